"""What xorlab costs, beside what else one could pick. See README.md in this folder."""
