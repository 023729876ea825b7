"""Axes that no test but its own sees."""

from matplotlib.figure import Figure


def new_axes():
    return Figure(figsize=(4, 4), dpi=100).subplots()
