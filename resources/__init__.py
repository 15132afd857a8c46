"""Icons, styles and organisation profiles, shipped inside the wheel."""
