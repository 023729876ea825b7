"""A fit: training, resuming, snapshots and files."""
