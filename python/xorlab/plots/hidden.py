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
from .plotting import CLASS_COLORS, as_text, stage

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure, SubFigure

_LINES = 80  # grid lines each way: a panel is small
MOST_PANELS = 36
SAMPLES_SHOWN = 200
_EACH = "What each hidden unit sees"


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


def panel_columns(panels: int) -> int:
    """Columns for so many panels: as near to a square as it goes without an empty place, or else
    with some."""
    least = math.ceil(math.sqrt(panels))
    full = [c for c in range(least, 2 * least) if panels % c == 0 and c <= 2 * math.sqrt(panels)]
    return full[0] if full else least


def signed_colors() -> Colormap:
    """Blue over white to orange, a quarter of the way to white so that samples stand out."""
    from matplotlib.colors import LinearSegmentedColormap, to_rgb

    ends = [tuple(0.25 + 0.75 * part for part in to_rgb(color)) for color in CLASS_COLORS]
    parts: Any = {
        name: [(0, ends[0][i], ends[0][i]), (0.5, 1, 1), (1, ends[1][i], ends[1][i])]
        for i, name in enumerate(("red", "green", "blue"))
    }
    return LinearSegmentedColormap("xorlab", parts)


@public
def plot_hidden(fit: Fit, figure: Figure | SubFigure | None = None) -> Figure | SubFigure:
    """A panel for each unit of the first hidden layer: its output over the plane as colours, the
    line where what goes into it is 0, and some of the samples. Where there is one hidden layer, a
    panel's title has the unit's weight in the output.

    Parameters
    ----------
    fit
        A `Fit` of a net with two inputs. Of more than 36 units the first 36 are drawn.
    figure
        A matplotlib figure to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Figure`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its net does not have two inputs, or its weights or the outputs
        of its units are not finite.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import xorlab
    >>> figure = plot_hidden(xorlab.train_xor(seed=1, epochs=20), Figure(layout="constrained"))
    """
    surface = hidden_surface(fit)
    shown = min(len(surface.output), MOST_PANELS)
    columns = panel_columns(shown)
    rows = math.ceil(shown / columns)
    if figure is None:
        from .pyplot_figure import new_figure

        size = max(1.5, 4.4 / columns)
        figure = new_figure((size * columns + 1.2, size * rows + 0.9))
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    width = float(figure.bbox.width) / figure.dpi
    image: Any = None
    for k, ax in enumerate(panels.flat):
        if k < shown:
            image = draw_unit(ax, fit, surface, k)
            ax.title.set_fontsize(min(8.3, 6.3 * width / columns))  # beside each other
        else:
            ax.set_axis_off()
    first, second = fit.features
    as_text(figure.supxlabel(first, fontsize="medium"), figure.supylabel(second, fontsize="medium"))
    brackets = "" if surface.weight is None else " (and its weight in the output)"
    units = len(surface.output)
    see = f"What {shown} of {units} hidden units see" if shown < units else _EACH
    title = f"{see}{brackets}{stage(fit)}"
    figure.suptitle(title, fontsize=min(12, 130 * width / len(title)))  # within the figure
    bar = figure.colorbar(image, ax=panels, shrink=0.7, label=f"{fit.model.activation} output")
    bar.ax.set_ylim(surface.key_low, surface.key_high)
    return figure


def draw_unit(ax: Axes, fit: Fit, surface: HiddenSurface, k: int) -> Any:
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
        points, classes = fit.data.data.numpy()[:SAMPLES_SHOWN], fit.data.label[:SAMPLES_SHOWN]
        colors = [CLASS_COLORS[one] for one in classes.tolist()]
        ax.scatter(
            points[:, 0],
            points[:, 1],
            s=5,
            c=colors,
            edgecolors="#333333",
            linewidths=0.25,
            alpha=0.6,
        )
    w1, w2, b = surface.line[k]
    if length := w1**2 + w2**2:
        foot = (-b * w1 / length, -b * w2 / length)  # the point of the line nearest to (0, 0)
        ax.axline(foot, (foot[0] - w2, foot[1] + w1), color="#333333", lw=1.2)
    ax.set(xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]))
    ax.tick_params(labelsize="x-small")
    weight = "" if surface.weight is None else f" ({round(surface.weight[k], 1) + 0.0:+.1f})"
    ax.set_title(f"Unit {k + 1}{weight}")
    return image
