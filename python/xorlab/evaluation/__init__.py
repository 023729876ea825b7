"""What a net makes of points: predictions, accuracy and loss, the boundary, the exact answers."""
