"""What should not leave this computer: found in texts and on pictures, and taken out for good."""
