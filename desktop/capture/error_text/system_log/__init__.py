"""The error log that each system keeps: read when a person asks, one handler a system."""
