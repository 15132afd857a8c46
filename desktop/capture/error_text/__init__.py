"""Error messages that a person has copied."""
