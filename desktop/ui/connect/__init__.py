"""The window that connects this computer to a help desk."""
