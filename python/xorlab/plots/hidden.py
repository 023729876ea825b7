"""A panel for each unit of the first hidden layer, and one for what the net makes of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..checks.public import public
from ..diagnosis.units import hidden_outputs
from ..evaluation.boundary import (
    Boundary,
    check_outputs,
    check_surface,
    check_weights,
    chosen_lines,
)
from ..fit.fit import Fit, check_fit
from ..model.activations import ACTIVATIONS, Activation
from .axes import several_axes
from .boundary import draw_boundary
from .hidden_panels import HiddenPanels, hidden_panels
from .labels import as_text, cut, name_axes
from .palette import INK, signed_colors
from .samples import draw_points, of_one_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes

_LINES = 80  # grid lines each way: a panel is small


class HiddenSurface(NamedTuple):
    """Outputs of the first hidden layer on a grid.

    `output[k, i, j]` belongs to unit k at the point (x1[i], x2[j]) in the user's units, and
    `input[k, i, j]` is what goes into it there. Row k of `line` holds w1, w2 and b, and the unit's
    line is where w1 x1 + w2 x2 + b = 0, in the same units; None where inputs are computed, for then
    it is no straight line. `low` and `high` are the ends of a colour scale for all units, whose
    middle is what a unit gives on its line; `key_low` and `key_high` those of the part of it that a
    unit can give. `weight` is what the one output makes of each unit, or None where there are
    several, or another hidden layer comes between. `prob` holds the probabilities of the classes,
    as of `Fit.boundary()`.
    """

    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    output: NDArray[np.float64]
    line: NDArray[np.float64] | None
    low: float
    high: float
    key_low: float
    key_high: float
    weight: NDArray[np.float64] | None
    input: NDArray[np.float64]
    prob: NDArray[np.float64]


def hidden_surface(
    fit: Fit, x1: ArrayLike | None = None, x2: ArrayLike | None = None
) -> HiddenSurface:
    """What each unit of the first hidden layer makes of the plane.

    Parameters
    ----------
    fit
        A `Fit` of data of two columns.
    x1, x2
        Grid lines of the first and second input, shapes [a] and [b]; None takes lines around the
        data.

    Returns
    -------
    A `HiddenSurface`.

    Raises
    ------
    TypeError, ValueError
        If the data do not have two columns, the net has no hidden layer, a grid is empty or not
        finite, or weights or outputs of the net are not finite.
    """
    if check_fit(fit).num_inputs != 2:
        raise ValueError(
            f"A picture of the units needs two inputs, not {fit.num_inputs}: each panel is the "
            "plane of two columns."
        )
    if not fit.model.hidden:
        raise ValueError("A picture of the units needs a hidden layer, and the net has none.")
    check_weights(fit.model)
    section = fit.section()
    if len(section.names) != 2:
        raise ValueError("A picture of the units needs two columns of numbers, and there is one.")
    usual = tuple(np.linspace(line[0], line[-1], _LINES) for line in fit.grid_around(section))
    first, second = chosen_lines(usual, x1, x2)
    layer = hidden_outputs(fit.model, fit.prepared(section.points(first, second)))[0]
    before, surfaces = (values.T.reshape(-1, len(first), len(second)).numpy() for values in layer)
    check_outputs(fit.model, surfaces)
    outputs = fit.model.linears()[1].weight.detach().double().cpu().numpy()
    activation = ACTIVATIONS[fit.model.activation]
    low, high = color_limits(activation, surfaces)
    return HiddenSurface(
        first,
        second,
        surfaces,
        unit_lines(fit),
        *(low, high, max(low, activation.low), min(high, activation.high)),
        outputs[0] if len(fit.model.linears()) == 2 and len(outputs) == 1 else None,
        before,
        check_surface(fit.model, fit.boundary_in(section, first, second)).prob,
    )


def unit_lines(fit: Fit) -> NDArray[np.float64] | None:
    """Rows of w1, w2 and b for the units of the first hidden layer, in the user's units; None where
    inputs are computed."""
    linear = fit.model.linears()[0]
    weight, bias = (one.detach().double().cpu().numpy() for one in (linear.weight, linear.bias))
    preparation = fit.preparation
    if preparation is None:
        return np.column_stack([weight, bias])
    if preparation.inputs is not None:
        return None
    if preparation.center is not None and preparation.scale is not None:
        weight = weight / preparation.scale
        bias = bias - weight @ preparation.center
    lines = np.zeros((len(weight), 3))
    lines[:, [fit.features.index(one) for one in preparation.columns]] = weight
    lines[:, 2] = bias
    return lines


def color_limits(activation: Activation, output: NDArray[np.float64]) -> tuple[float, float]:
    middle = activation.at_zero
    ends = [activation.low, activation.high] if activation.saturates else output
    reach = float(np.abs(np.subtract(ends, middle)).max()) or 1.0
    return middle - reach, middle + reach


@public
def plot_hidden(fit: Fit, ax: SeveralAxes | None = None) -> NDArray[Any]:
    """A panel for each unit of the first hidden layer: its output over the plane as colours, the
    line where what goes into it is 0, and some of the samples. Where there is one hidden layer, a
    panel's title has the unit's weight in the output. The last panel shows what the net makes of
    them all: the probabilities of the classes.

    Parameters
    ----------
    fit
        A `Fit` of data of two columns. Of more than 35 units the first 35 are drawn.
    ax
        Axes to draw in, one for each unit that is drawn and one for the probabilities; None makes
        a pyplot figure.

    Returns
    -------
    An array of the matplotlib `Axes`, one for each unit that is drawn, and the last one.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its data do not have two columns, or its net has no hidden
        layer, or its weights or the outputs
        of its units are not finite, or `ax` are too few.

    Examples
    --------
    >>> import xorlab
    >>> axes = plot_hidden(xorlab.train_xor(seed=1, epochs=20))
    >>> len(axes)
    5
    """
    surface = hidden_surface(fit)
    content = hidden_panels(fit, surface.x1, surface.x2, surface.line, surface.weight)
    shown, columns = len(content.titles), content.columns
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
            draw_sum(panel, fit, surface, content)
        panel.title.set_fontsize(min(8.3, 6.3 * width / columns))  # beside each other
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


def draw_sum(ax: Axes, fit: Fit, surface: HiddenSurface, content: HiddenPanels) -> None:
    draw_boundary(ax, Boundary(surface.x1, surface.x2, surface.prob))
    draw_some(ax, fit, content)
    ax.set_aspect("equal" if of_one_unit(fit.data) else "auto")
    finish(ax, fit, surface, content.titles[-1])


def draw_some(ax: Axes, fit: Fit, content: HiddenPanels) -> None:
    if fit.data:
        points, classes = fit.data.points[: content.samples], fit.data.label[: content.samples]
        draw_points(
            ax, points.numpy(), classes.numpy(), fit.levels, s=6, linewidths=0.25, alpha=0.6
        )


def finish(ax: Axes, fit: Fit, surface: HiddenSurface, title: str) -> None:
    x1, x2 = surface.x1, surface.x2
    ax.set(xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]), title=title)
    ax.tick_params(labelsize="x-small")
    if not of_one_unit(fit.data):
        ax.locator_params(nbins=5)  # whose numbers may be long


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
    draw_some(ax, fit, content)
    line = content.segments[k]
    if np.isfinite(line).all():
        ax.plot(line[::2], line[1::2], color=INK, lw=1.2)
    elif surface.line is None and surface.input[k].min() < 0 < surface.input[k].max():
        ax.contour(x1, x2, surface.input[k].T, levels=[0], colors=INK, linewidths=1.2)
    finish(ax, fit, surface, content.titles[k])
    return image
