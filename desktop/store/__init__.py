"""Where tickets are kept: an encrypted SQLite database and encrypted files."""
