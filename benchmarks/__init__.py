"""Every speed that we claim, as a ratio in one run."""
