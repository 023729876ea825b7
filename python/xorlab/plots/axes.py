"""The axes of a picture: the caller's, or those of a new pyplot figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks.words import show

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    # One for each panel.
    SeveralAxes = Axes | Sequence[Axes] | NDArray[Any]

Size = tuple[float, float]


def one_axes(ax: Any, size: Size) -> Axes:
    """The caller's axes, or those of a new pyplot figure of this size in inches."""
    if ax is None:
        new: Axes = new_grid(1, 1, size)[0]
        return new
    if not is_axes(ax):
        raise TypeError(f"`ax` must be matplotlib axes or None, not {show(ax)}.")
    given: Axes = ax
    return given


def several_axes(ax: Any, count: int, columns: int, size: Size) -> NDArray[Any]:
    """The first `count` of the caller's axes, or those of a new pyplot figure, shape [count]."""
    if ax is None:
        grid = new_grid(-(-count // columns), columns, size)
        for spare in grid[count:]:
            spare.set_axis_off()
        return grid[:count]
    given = np.asarray(ax, dtype=object).ravel()
    if not all(is_axes(one) for one in given):
        raise TypeError(f"`ax` must be matplotlib axes or None, not {show(ax)}.")
    if len(given) < count:
        raise ValueError(f"`ax` must hold {count} axes for this picture, not {len(given)}.")
    return given[:count]


def is_axes(ax: Any) -> bool:
    return hasattr(ax, "get_figure") and hasattr(ax, "get_xlim")


def new_grid(rows: int, columns: int, size: Size) -> NDArray[Any]:
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=size, layout="constrained")
    grid: NDArray[Any] = figure.subplots(rows, columns, squeeze=False).ravel()
    return grid
