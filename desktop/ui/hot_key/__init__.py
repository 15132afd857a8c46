"""One key registered with the system, never a hook on the keyboard."""
