"""Style sheets, small: the look is the system's own."""
