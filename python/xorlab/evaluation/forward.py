"""Logits of many classifiers of one shape, one after another, by numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model.activations import ACTIVATIONS
from ..model.classifier import SimpleClassifier


class Forward:
    """The forward pass, in arrays that are made once for up to so many points.

    What is computed for a net does not depend on the others.

    Parameters
    ----------
    model
        One of the nets.
    points
        The most points at once.
    """

    def __init__(self, model: SimpleClassifier, points: int) -> None:
        self.activation = ACTIVATIONS[model.activation]
        self.arrays = [np.empty((2, width, points), np.float32) for width in model.widths[1:]]

    def logits(self, layers: Sequence[Any], x: NDArray[np.float32]) -> Any:
        """Of a net's `layer_arrays()` at points [p, n], shape [n]; the next call overwrites."""
        last = len(layers) - 1
        for i, ((weight, bias), arrays) in enumerate(zip(layers, self.arrays, strict=True)):
            before, after = arrays[..., : x.shape[1]]
            np.matmul(weight, x, out=before)
            np.add(before, bias, out=before)
            if i < last:
                self.activation.value(np, before, after)
            x = after
        return before[0]


def layer_arrays(model: SimpleClassifier) -> list[tuple[Any, Any]]:
    """Weights [out, in] and biases [out, 1] of each layer."""
    layers = [(layer.weight.detach(), layer.bias.detach()) for layer in model.linears()]
    return [(weight.cpu().numpy(), bias.cpu().numpy()[:, None]) for weight, bias in layers]
