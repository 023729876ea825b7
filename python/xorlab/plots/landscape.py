"""The loss as a landscape over the weights, with the path of the training."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.public import public
from ..fit.fit import Fit, check_fit
from .axes import one_axes
from .boundary import draw_key_bar, extent_of
from .labels import name_axes, set_title
from .landscape_map import Directions, Landscape, make_landscape
from .palette import INK, PATH_COLOR, loss_shades

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@public
def plot_landscape(
    fit: Fit,
    ax: Axes | None = None,
    *,
    directions: Directions = "path",
    seed: int = 1,
    lines: int = 51,
) -> Axes:
    """The loss on the training data over a plane of the weights, and the path of the training.

    Every net of the grid is evaluated on all training points. The loss is the cross-entropy,
    without penalties for large weights; colours and lines are on a scale of powers of ten.

    Parameters
    ----------
    fit
        A `Fit` with its data, and for its path with the weights of three epochs or more:
        `train_xor(snapshots=range(0, 101, 4))`.
    ax
        Axes to draw in; None makes a pyplot figure.
    directions
        "path": the plane of the path's two main directions (principal components of the weights
        after the epochs that were kept), with the path's projection on it. "random": two
        directions at random from the fit's weights, of which the part for each unit is as long as
        its weights, as in [1]_; there is no path then, since it has next to no extent there.
    seed
        Of directions at random.
    lines
        Grid lines each way.

    Returns
    -------
    The matplotlib `Axes`. Where a loss is not finite, nothing is drawn.

    Raises
    ------
    TypeError, ValueError
        If `fit` is no such fit, an argument is not as above, or there is nothing to draw.

    References
    ----------
    .. [1] H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, "Visualizing the Loss Landscape of
       Neural Nets", NeurIPS 2018, https://arxiv.org/abs/1712.09913.

    Examples
    --------
    >>> import xorlab
    >>> fit = xorlab.train_xor(seed=1, snapshots=range(0, 101, 4))
    >>> ax = plot_landscape(fit)
    """
    landscape = make_landscape(check_fit(fit), directions, seed, lines)
    ax = one_axes(ax, (5.6, 5.0))
    draw_landscape(ax, landscape)
    draw_path(ax, landscape)
    name_axes(ax, landscape.names)
    set_title(ax, landscape.title, landscape.caption)
    key = loss_shades(np.linspace(0, 1, 255)[:, None])
    draw_key_bar(ax, key, f"{landscape.low:.1g}", "Loss", f"{landscape.high:.1g}")
    return ax


def draw_landscape(ax: Axes, landscape: Landscape) -> None:
    x, y, loss = landscape.x, landscape.y, landscape.loss
    extent = extent_of(x, y)
    height = np.log(np.maximum(loss, landscape.low) / landscape.low)
    shades = loss_shades(height / max(np.log(landscape.high / landscape.low), 1e-12))
    place: dict[str, Any] = {"extent": extent, "origin": "lower", "aspect": "auto"}
    ax.imshow(shades.swapaxes(0, 1), interpolation="bilinear", **place)
    if landscape.levels:
        look: dict[str, Any] = {"colors": INK, "linewidths": 0.6}
        contours = ax.contour(x, y, loss.T, levels=landscape.levels, **look)
        ax.clabel(contours, fmt="%g", fontsize="x-small")
    ax.set(xlim=extent[:2], ylim=extent[2:])


def draw_path(ax: Axes, landscape: Landscape) -> None:
    """With a ring at its start, a disc at its end, and the epochs of both."""
    path, epochs = landscape.path, landscape.epochs
    ax.plot(*path.T, color=PATH_COLOR, lw=1.5, marker="o", ms=3)
    for place, epoch, fill in ((path[0], epochs[0], "white"), (path[-1], epochs[-1], PATH_COLOR)):
        style: dict[str, Any] = {"mec": INK, "mfc": fill, "zorder": 3}
        ax.plot(*place, "o", ms=8, **style)
        where: dict[str, Any] = {"xytext": (7, 5), "textcoords": "offset points"}
        ax.annotate(f"epoch {epoch}", place, fontsize="small", **where)
