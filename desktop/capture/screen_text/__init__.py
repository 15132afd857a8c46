"""What is written on a picture: read on this machine, without a network."""
