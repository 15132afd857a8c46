"""The window with what is saved here and not with the help desk yet."""
