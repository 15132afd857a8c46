"""What the machine can tell: screens, computer, error text."""
