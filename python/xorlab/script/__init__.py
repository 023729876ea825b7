"""A fit as a script in plain PyTorch."""
