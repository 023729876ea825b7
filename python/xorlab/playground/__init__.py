"""A page in the browser on which a net is built, trained and taken away."""
