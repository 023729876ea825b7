"""What every unit of a net makes of the plane, for the circles of its diagram."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..diagnosis.units import hidden_outputs
from ..evaluation.boundary import Grid
from ..fit.fit import Fit
from ..model.activations import ACTIVATIONS, Activation
from .palette import class_shades, signed_colors, winning

_LINES = 48  # grid lines each way: a circle is small


class UnitMaps(NamedTuple):
    """What the units of all layers but the inputs give on a grid.

    `output[k, i, j]` belongs to unit k at the point (x1[i], x2[j]) in the user's units; of the last
    layer it is the probability of a class. `low[k]` and `high[k]` are the ends of the unit's colour
    scale.
    """

    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    output: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def unit_maps(fit: Fit) -> UnitMaps | None:
    """The maps of a net on data of two columns, layer by layer; None where there are none, for data
    of other columns, or because not all outputs are finite."""
    if fit.num_inputs != 2:
        return None
    section = fit.section()
    if len(section.names) != 2:
        return None
    x1, x2 = grid_lines(fit.grid_around(section), _LINES)
    points = section.points(x1, x2)
    activation = ACTIVATIONS[fit.model.activation]
    layers = [after.T.numpy() for _, after in hidden_outputs(fit.model, fit.prepared(points))]
    if not all(np.isfinite(layer).all() for layer in layers):
        return None
    prob = fit.section_prob(section, x1, x2).reshape(len(points), -1).T.numpy()
    if not np.isfinite(prob).all():
        return None
    limits = [*(color_limits(activation, layer) for layer in layers), (0.0, 1.0)]
    widths = [*map(len, layers), len(prob)]
    low, high = np.repeat(limits, widths, axis=0).T
    output = np.concatenate([*layers, prob]).reshape(-1, len(x1), len(x2))
    return UnitMaps(x1, x2, output, low, high)


def grid_lines(usual: Grid, lines: int) -> Grid:
    """So many lines between the ends of others."""
    return tuple(np.linspace(line[0], line[-1], lines) for line in usual)


def color_limits(activation: Activation, output: NDArray[np.float64]) -> tuple[float, float]:
    """The ends of a colour scale for units, whose middle is what one gives on its line."""
    middle = activation.at_zero
    ends = [activation.low, activation.high] if activation.saturates else output
    reach = float(np.abs(np.subtract(ends, middle)).max()) or 1.0
    return middle - reach, middle + reach


def map_shades(maps: UnitMaps, k: int, classes: int) -> NDArray[np.float64]:
    """The colours of unit k, shape [a, b, 3]: blue over white to orange, or for the probability of
    one of more than two classes white at 1 / K to the colour of that class."""
    output = maps.output[k]
    which = k - (len(maps.output) - classes)
    if classes > 2 and which >= 0:
        sure = output.ravel().clip(1 / classes, 1)
        return class_shades(winning(which, classes, sure)).reshape(*output.shape, 3)
    share = (output - maps.low[k]) / (maps.high[k] - maps.low[k])
    shades: NDArray[np.float64] = signed_colors()(share)[..., :3]
    return shades
