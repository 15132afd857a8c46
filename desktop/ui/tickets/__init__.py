"""The window with a person's tickets, and what can be done about each."""
