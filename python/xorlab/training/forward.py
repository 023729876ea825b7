"""The forward pass of many nets at once, in arrays that are made beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..model.activations import Activation
from .arrays import by_net


class Layer(NamedTuple):
    """Arrays of a layer, [units, nets, points]: `after` the activation there is a row of ones more,
    for the next layer; `delta` is the derivative of the points' losses by `before`, or with one
    output twice that."""

    before: Any
    after: Any
    delta: Any = None


def forward(
    xp: Any,
    activation: Activation,
    weights: Sequence[Any],
    inputs: Sequence[Any],
    hidden: Sequence[Layer],
    logits: Any,
) -> None:
    """Inputs of each layer to logits.

    Parameters
    ----------
    xp
        numpy, torch, or what notes their calls.
    activation
        Of the hidden units.
    weights
        Of each layer, [nets, out, in + 1].
    inputs
        Of each layer, [nets, in + 1, points]: the points, and then what the layers before put out.
    hidden
        The hidden layers.
    logits
        Where the result goes, [outputs, nets, points].
    """
    for i, layer in enumerate(hidden):
        xp.matmul(weights[i], inputs[i], out=by_net(layer.before))
        activation.value(xp, layer.before, layer.after[:-1])
    xp.matmul(weights[-1], inputs[-1], out=by_net(logits))
