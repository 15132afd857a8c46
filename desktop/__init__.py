"""Helptray: the desktop ticket client of a help desk."""
