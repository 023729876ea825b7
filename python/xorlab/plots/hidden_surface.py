"""What each unit of the first hidden layer makes of the plane, and the net of them all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..diagnosis.units import hidden_outputs
from ..evaluation.boundary import check_outputs, check_surface, check_weights, chosen_lines
from ..fit.fit import Fit, check_fit
from ..model.activations import ACTIVATIONS
from .unit_maps import color_limits, grid_lines

_LINES = 80  # grid lines each way: a panel is small


class HiddenSurface(NamedTuple):
    """Outputs of the first hidden layer on a grid.

    `output[k, i, j]` belongs to unit k at the point (x1[i], x2[j]) in the user's units, and
    `input[k, i, j]` is what goes into it there. Row k of `line` holds w1, w2 and b, and the unit's
    line is where w1 x1 + w2 x2 + b = 0, in the same units; None where inputs are computed, for then
    it is no straight line. `low` and `high` are the ends of a colour scale for all units, whose
    middle is what a unit gives on its line; `key_low` and `key_high` those of the part of it that a
    unit can give. `weight` is what the one output makes of each unit, or None where there are
    several, or another hidden layer comes between. `prob` is what the net makes of them all, as in
    `Boundary`.
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
    first, second = chosen_lines(grid_lines(fit.grid_around(section), _LINES), x1, x2)
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
