"""How far a net's probabilities are from the exact ones of a toy problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.public import public
from ..fit.fit import Fit, check_fit
from .axes import one_axes
from .boundary import draw_key_bar, extent_of, page_of
from .difference_map import Difference, Surface, make_difference
from .labels import legend_above, name_axes, set_title, stage
from .palette import GREY, INK, difference_shades

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@public
def plot_difference(fit: Fit, ax: Axes | None = None) -> Axes:
    """A net's probability of class 1 less the exact one, over the plane.

    Green is where the net says more than the exact probability, purple where it says less. The
    exact probability is one half on the solid lines, that of the net on the dashed ones. Beyond the
    grey line, where colours are faded, there are next to no data: nothing told the net what is
    there.

    Parameters
    ----------
    fit
        A `Fit` of XOR, of blobs of two classes or of the linear problem: see `bayes_xor()`.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is no `Fit`, or of other data, or there is nothing to draw, as where the net's
        weights are not finite.

    Examples
    --------
    >>> import xorlab
    >>> ax = plot_difference(xorlab.train_xor(epochs=5, seed=1))
    """
    difference = make_difference(check_fit(fit))
    width, height = page_of(difference.x1, difference.x2)
    ax = one_axes(ax, (width, height + 0.2))  # with room for the caption
    draw_map(ax, difference)
    draw_lines(ax, difference)
    ax.set_aspect("equal")
    name_axes(ax, fit.features)
    legend_above(ax)
    set_title(ax, f"Net minus exact probability{stage(fit)}", difference.caption)
    limit = difference.limit
    key = difference_shades(np.linspace(-1, 1, 255)[:, None])
    draw_key_bar(ax, key, f"{-limit:g}", difference.key, f"+{limit:g}")
    return ax


def draw_map(ax: Axes, difference: Difference) -> None:
    x1, x2, distance = difference.x1, difference.x2, difference.distance
    faded = np.False_ if distance is None else distance > 1
    shades = difference_shades(difference.values / difference.limit, faded)
    extent = extent_of(x1, x2)
    place: dict[str, Any] = {"extent": extent, "origin": "lower", "aspect": "auto"}
    ax.imshow(shades.swapaxes(0, 1), interpolation="nearest", **place)
    ax.set(xlim=extent[:2], ylim=extent[2:])


def draw_lines(ax: Axes, difference: Difference) -> None:
    exact, net, held = difference.labels
    draw_line(ax, difference, difference.exact, 0.5, exact, INK, "-")
    draw_line(ax, difference, difference.net, 0.5, net, INK, "--")
    if difference.distance is not None:
        draw_line(ax, difference, difference.distance, 1, held, GREY, ":")


def draw_line(
    ax: Axes, of: Difference, surface: Surface, level: float, label: str, color: str, style: str
) -> None:
    """Where a surface has a level, with its entry of the legend."""
    if np.min(surface) < level < np.max(surface):
        look: dict[str, Any] = {"colors": color, "linewidths": 1.5, "linestyles": style}
        ax.contour(of.x1, of.x2, surface.T, levels=[level], **look)
        ax.plot([], [], color=color, lw=1.5, ls=style, label=label)
