"""The window with the few things that can be set."""
