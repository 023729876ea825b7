"""Points with labels: continuous XOR, and the user's own data."""
