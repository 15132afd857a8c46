"""The server side of Helptray: accounts, HTTP API and life-cycle clock over SQLite."""
