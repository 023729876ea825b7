"""The version of the Python module; DESCRIPTION holds the same for R."""

__version__ = "0.2.0"
