"""Studies: training many nets, and how often it works."""
