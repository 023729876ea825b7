"""The points before the hidden layers, where a line will not do, and after them, where one will."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks.public import public
from ..data.dataset import Level
from ..fit.fit import Fit, check_fit
from .axes import several_axes
from .boundary import draw_boundary
from .labels import as_text, legend_above, name_axes, set_title
from .palette import GREY
from .samples import draw_points, of_one_unit
from .space_map import Panel, make_space

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes


@public
def plot_space(
    fit: Fit, ax: SeveralAxes | None = None, *, units: Sequence[int] | None = None
) -> NDArray[Any]:
    """The points as they come in, and as the last hidden layer has them.

    On the left the plane of the inputs, on the right the same points, and the same grid lines, by
    the outputs of the last hidden layer. Its output layer is linear, so that in this plane the
    boundary is a straight line. The subtitles say how many training points a line has on their
    sides: the best of lines in 180 directions among the inputs, and the net's own on the right.

    Parameters
    ----------
    fit
        A `Fit` whose last hidden layer has two units or more. Of data of more than two columns,
        the left panel has the two that `plot_fit()` shows.
    ax
        Two axes to draw in; None makes a pyplot figure.
    units
        Two units of the last hidden layer, counted from 1; None takes the only two, or of more
        their two main directions (principal components of their outputs at the training data).

    Returns
    -------
    An array of the two matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is no such fit, `units` are not two of its units, `ax` are too few, or there is
        nothing to draw, as where the net's weights are not finite.

    Examples
    --------
    >>> import xorlab
    >>> axes = plot_space(xorlab.train_xor(seed=1))
    >>> len(axes)
    2
    """
    space = make_space(check_fit(fit), units)
    axes = several_axes(ax, 2, 2, (9.2, 5.1))
    draw_panel(axes[0], space.inputs, space.label, fit.levels)
    draw_panel(axes[1], space.hidden, space.label, fit.levels)
    if of_one_unit(fit.data):
        axes[0].set_aspect("equal")
    if ax is None:
        figure = axes[0].figure
        as_text(figure.suptitle(space.title))
        if space.caption:
            as_text(figure.supxlabel(space.caption, fontsize="small", color="#555555"))
    return axes


def draw_panel(
    ax: Axes, panel: Panel, label: NDArray[np.int64], levels: Sequence[Level], size: float = 16
) -> None:
    draw_boundary(ax, panel.surface)
    for line in panel.lines:
        ax.plot(*line.T, color=GREY, lw=0.6, alpha=0.8)
    draw_points(ax, panel.samples, label, levels, s=size)
    name_axes(ax, panel.names)
    if len(panel.samples):
        legend_above(ax)
    set_title(ax, panel.title, panel.subtitle)
