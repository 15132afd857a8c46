"""What this computer can tell about itself: one module a group of facts."""
