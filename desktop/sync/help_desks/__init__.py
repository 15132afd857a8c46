"""One file for each kind of help desk that tickets travel to."""
