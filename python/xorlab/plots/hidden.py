"""What each unit of the first hidden layer sees of the plane, and a panel of it for each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from ..checks.public import public
from ..data.xor import is_xor
from ..diagnosis.units import hidden_outputs
from ..evaluation.boundary import check_grid, check_outputs, check_weights, default_grid
from ..fit.fit import Fit, check_fit
from ..model.activations import ACTIVATIONS, Activation
from .axes import several_axes
from .hidden_panels import HiddenPanels, hidden_panels
from .labels import as_text, name_axes
from .palette import CLASS_COLORS, CLASS_MARKERS, INK, signed_colors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes

_LINES = 80  # grid lines each way: a panel is small


class HiddenSurface(NamedTuple):
    """Outputs of the first hidden layer on a grid.

    `output[k, i, j]` belongs to unit k at the point (x1[i], x2[j]). Row k of `line` holds w1, w2
    and b, and the unit's line is where w1 x1 + w2 x2 + b = 0. `low` and `high` are the ends of a
    colour scale for all units, whose middle is what a unit gives on its line; `key_low` and
    `key_high` those of the part of it that a unit can give. `weight` is what the output makes of
    each unit, or None where another hidden layer comes between.
    """

    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    output: NDArray[np.float64]
    line: NDArray[np.float64]
    low: float
    high: float
    key_low: float
    key_high: float
    weight: NDArray[np.float64] | None


def hidden_surface(
    fit: Fit, x1: ArrayLike | None = None, x2: ArrayLike | None = None
) -> HiddenSurface:
    """What each unit of the first hidden layer makes of the plane.

    Parameters
    ----------
    fit
        A `Fit` of a net with two inputs.
    x1, x2
        Grid lines of the first and second input, shapes [a] and [b]; None takes lines around the
        data.

    Returns
    -------
    A `HiddenSurface`.

    Raises
    ------
    TypeError, ValueError
        If the net does not have two inputs, or a grid is empty or not finite, or weights or outputs
        of the net are not.
    """
    if check_fit(fit).num_inputs != 2:
        raise ValueError(f"A picture of the units needs two inputs, not {fit.num_inputs}.")
    check_weights(fit.model)
    points = fit.data.data if fit.data else torch.zeros(1, 2)
    ends = default_grid(points, is_xor(fit.data))
    lines = [np.linspace(line[0], line[-1], _LINES) for line in ends]
    first = lines[0] if x1 is None else check_grid("x1", x1)
    second = lines[1] if x2 is None else check_grid("x2", x2)
    grid = torch.cartesian_prod(torch.from_numpy(first), torch.from_numpy(second)).float()
    _, output = hidden_outputs(fit.model, grid)[0]
    surfaces = output.T.reshape(-1, len(first), len(second)).numpy()
    check_outputs(fit.model, surfaces)
    weights = [layer.weight.detach().double().cpu().numpy() for layer in fit.model.linears()]
    bias = fit.weights()["linear1.bias"].astype(np.float64)
    activation = ACTIVATIONS[fit.model.activation]
    low, high = color_limits(activation, surfaces)
    return HiddenSurface(
        first,
        second,
        surfaces,
        np.column_stack([weights[0], bias]),
        *(low, high, max(low, activation.low), min(high, activation.high)),
        weights[1][0] if len(weights) == 2 else None,
    )


def color_limits(activation: Activation, output: NDArray[np.float64]) -> tuple[float, float]:
    middle = activation.at_zero
    ends = [activation.low, activation.high] if activation.saturates else output
    reach = float(np.abs(np.subtract(ends, middle)).max()) or 1.0
    return middle - reach, middle + reach


@public
def plot_hidden(fit: Fit, ax: SeveralAxes | None = None) -> NDArray[Any]:
    """A panel for each unit of the first hidden layer: its output over the plane as colours, the
    line where what goes into it is 0, and some of the samples. Where there is one hidden layer, a
    panel's title has the unit's weight in the output.

    Parameters
    ----------
    fit
        A `Fit` of a net with two inputs. Of more than 36 units the first 36 are drawn.
    ax
        Axes to draw in, one for each unit that is drawn; None makes a pyplot figure.

    Returns
    -------
    An array of the matplotlib `Axes`, one for each unit that is drawn.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its net does not have two inputs, or its weights or the outputs
        of its units are not finite, or `ax` are too few.

    Examples
    --------
    >>> import xorlab
    >>> axes = plot_hidden(xorlab.train_xor(seed=1, epochs=20))
    >>> len(axes)
    4
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
        image = draw_unit(panel, fit, surface, content, k)
        panel.title.set_fontsize(min(8.3, 6.3 * width / columns))  # beside each other
        if ax is None:
            panel.tick_params(labelleft=k % columns == 0, labelbottom=k + columns >= shown)
        else:
            name_axes(panel, content.features)
    if ax is None:
        first, second = content.features
        as_text(figure.supxlabel(first, fontsize="medium"))
        as_text(figure.supylabel(second, fontsize="medium"))
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
        aspect="equal" if is_xor(fit.data) else "auto",
    )
    if fit.data:
        points, classes = fit.data[: content.samples]
        for label in range(len(fit.levels)):
            style: dict[str, Any] = {"c": CLASS_COLORS[label], "marker": CLASS_MARKERS[label]}
            style |= {"s": 6, "edgecolors": INK, "linewidths": 0.25, "alpha": 0.6}
            ax.scatter(*points[classes == label].numpy().T, **style)
    line = content.segments[k]
    if np.isfinite(line).all():
        ax.plot(line[::2], line[1::2], color=INK, lw=1.2)
    ax.set(xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]), title=content.titles[k])
    ax.tick_params(labelsize="x-small")
    return image
