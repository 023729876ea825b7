"""The way of a net's weights."""

from __future__ import annotations

from ..fit.snapshots import Weights

# More epochs than these are not kept: then every second one goes.
MOST = 200


class Path:
    """Weights of epochs, evenly spaced, however many there were; the first is always among them."""

    def __init__(self) -> None:
        self.weights: dict[int, Weights] = {}
        self.every = 1

    def add(self, epoch: int, weights: Weights) -> None:
        """Take note of an epoch, if it is one of those to keep."""
        if self.weights and epoch % self.every:
            return
        self.weights[epoch] = weights
        if len(self.weights) > MOST:
            self.every *= 2
            first = min(self.weights)
            self.weights = {
                one: kept
                for one, kept in self.weights.items()
                if one == first or one % self.every == 0
            }
