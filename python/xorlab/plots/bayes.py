"""The true probability of a toy problem, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.public import public
from ..checks.words import show
from ..evaluation.bayes import BayesXor
from .axes import one_axes
from .boundary import draw_boundary, draw_key

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@public
def plot_bayes(bayes: BayesXor, ax: Axes | None = None) -> Axes:
    """The true probability of class 1 over the plane. How far a net is from it, `plot_difference()`
    shows.

    Parameters
    ----------
    bayes
        What `bayes_xor()` made.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `bayes` is no such thing or of more than two classes, or `ax` is not an axes.

    Examples
    --------
    >>> import xorlab
    >>> ax = plot_bayes(xorlab.bayes_xor(0.3))
    """
    if not isinstance(bayes, BayesXor):
        raise TypeError(f"`bayes` must be what bayes_xor() made, not {show(bayes)}.")
    ax = one_axes(ax, (5.1, 5.0))
    draw_boundary(ax, bayes.boundary())
    draw_key(ax, range(bayes.classes))
    ax.set(xlabel="x1", ylabel="x2", aspect="equal")
    ax.set_title(
        f"True probability\n(best possible accuracy {bayes.accuracy:.2%})", fontsize="medium"
    )
    return ax
