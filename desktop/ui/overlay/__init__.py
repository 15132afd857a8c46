"""What is seen over the whole screen for a moment: a countdown, a cue, the choice of a region."""
