"""A panel for each unit of the first hidden layer, and one of what the net makes of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks.public import public
from ..evaluation.boundary import Boundary
from ..fit.fit import Fit
from .axes import several_axes
from .boundary import draw_boundary
from .hidden_panels import HiddenPanels, hidden_panels
from .hidden_surface import HiddenSurface, hidden_surface
from .labels import as_text, cut, name_axes
from .palette import INK, signed_colors
from .samples import draw_points, of_one_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes


@public
def plot_hidden(fit: Fit, ax: SeveralAxes | None = None) -> NDArray[Any]:
    """A panel for each unit of the first hidden layer: its output over the plane as colours, the
    line where what goes into it is 0, and some of the samples; and a last panel of the probability
    that the net makes of them all, as `plot_fit()` draws it. Where there are one hidden layer and
    one output, the title of a unit has its weight in the sum that the last panel shows.

    Parameters
    ----------
    fit
        A `Fit` of data of two columns. Of more than 35 units the first 35 are drawn.
    ax
        Axes to draw in, one for each unit that is drawn and one more; None makes a pyplot figure.

    Returns
    -------
    An array of the matplotlib `Axes`, one for each unit that is drawn, and that of the last panel.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its data do not have two columns, or its net has no hidden
        layer, or its weights or the outputs of its units are not finite, or `ax` are too few.

    Examples
    --------
    >>> import xorlab
    >>> axes = plot_hidden(xorlab.train_xor(seed=1, epochs=20))
    >>> len(axes)
    5
    """
    surface = hidden_surface(fit)
    content = hidden_panels(fit, surface.x1, surface.x2, surface.line, surface.weight)
    shown, columns = len(content.titles) + 1, content.columns
    size = max(1.5, 4.4 / columns)
    page = (size * columns + 1.2, size * math.ceil(shown / columns) + 0.9)
    panels = several_axes(ax, shown, columns, page)
    figure = panels[0].figure
    width = figure.bbox.width / figure.dpi
    image: Any = None
    for k, panel in enumerate(panels):
        if k < shown - 1:
            image = draw_unit(panel, fit, surface, content, k)
        else:
            draw_last(panel, fit, surface, content)
        finish_panel(panel, fit, surface, content.samples)
        letters = max(14, len(panel.get_title()))  # which have room beside each other
        panel.title.set_fontsize(min(8.3, 88 * width / columns / letters))
        if ax is None:
            panel.tick_params(labelleft=k % columns == 0, labelbottom=k + columns >= shown)
        else:
            name_axes(panel, content.features)
    if ax is None:
        first, second = content.features
        as_text(figure.supxlabel(cut(first), fontsize="medium"))
        as_text(figure.supylabel(cut(second), fontsize="medium"))
        title = content.title
        figure.suptitle(title, fontsize=min(12, 130 * width / len(title)))  # within the figure
    bar = figure.colorbar(image, ax=list(panels), shrink=0.7, label=content.key)
    bar.ax.set_ylim(surface.key_low, surface.key_high)
    return panels


def draw_unit(ax: Axes, fit: Fit, surface: HiddenSurface, content: HiddenPanels, k: int) -> Any:
    x1, x2 = surface.x1, surface.x2
    image = ax.imshow(
        surface.output[k].T,  # a picture has rows for x2, and columns for x1
        origin="lower",
        extent=(x1[0], x1[-1], x2[0], x2[-1]),
        cmap=signed_colors(),
        vmin=surface.low,
        vmax=surface.high,
        aspect="equal" if of_one_unit(fit.data) else "auto",
    )
    line = content.segments[k]
    if np.isfinite(line).all():
        ax.plot(line[::2], line[1::2], color=INK, lw=1.2)
    elif surface.line is None and surface.input[k].min() < 0 < surface.input[k].max():
        ax.contour(x1, x2, surface.input[k].T, levels=[0], colors=INK, linewidths=1.2)
    ax.set_title(content.titles[k])
    return image


def draw_last(ax: Axes, fit: Fit, surface: HiddenSurface, content: HiddenPanels) -> None:
    draw_boundary(ax, Boundary(surface.x1, surface.x2, surface.prob))
    ax.set_aspect("equal" if of_one_unit(fit.data) else "auto")
    ax.set_title(content.last)


def finish_panel(ax: Axes, fit: Fit, surface: HiddenSurface, samples: int) -> None:
    if fit.data:
        points, classes = fit.data.points[:samples].numpy(), fit.data.label[:samples].numpy()
        draw_points(ax, points, classes, fit.levels, s=6, linewidths=0.25, alpha=0.6)
    ax.set(xlim=surface.x1[[0, -1]], ylim=surface.x2[[0, -1]])
    ax.tick_params(labelsize="x-small")
    if not of_one_unit(fit.data):
        ax.locator_params(nbins=5)  # whose numbers may be long
