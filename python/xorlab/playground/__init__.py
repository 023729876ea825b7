"""The playground: a page on which a net trains while its settings are changed."""
