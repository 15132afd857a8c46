"""What several figures need: two sides that talk, words to talk about, and the bare driver to compare with."""
