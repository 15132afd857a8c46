"""What an error message looks like, and when two are the same failure."""
