"""The true probability of continuous XOR, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.public import public
from ..checks.words import show
from ..evaluation.bayes import BayesXor
from .plotting import draw_boundary, figure_and_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@public
def plot_bayes(bayes: BayesXor, ax: Axes | None = None) -> Figure:
    """The true probability of class 1 over the plane.

    Parameters
    ----------
    bayes
        What `bayes_xor()` made.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Figure`.

    Raises
    ------
    TypeError
        If `bayes` is no such thing, or `ax` is not an axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import xorlab
    >>> figure = plot_bayes(xorlab.bayes_xor(0.3), ax=Figure().subplots())
    """
    if not isinstance(bayes, BayesXor):
        raise TypeError(f"`bayes` must be what bayes_xor() made, not {show(bayes)}.")
    figure, ax = figure_and_axes(ax, (4.8, 5.0))
    draw_boundary(ax, bayes.boundary())
    ax.set(xlabel="x1", ylabel="x2", aspect="equal")
    ax.set_title(
        f"True probability\n(best possible accuracy {bayes.accuracy:.2%})", fontsize="medium"
    )
    return figure
