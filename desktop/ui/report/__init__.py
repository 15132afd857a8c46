"""The window in which a person says what is wrong, and the receipt for it."""
