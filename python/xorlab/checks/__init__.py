"""What must hold of an argument, and how errors say it."""
