"""What the administrator of this very computer has forbidden, from where each system keeps such rules."""
