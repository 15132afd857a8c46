"""The command line: every main job without a display."""
