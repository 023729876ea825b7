"""Early stopping of many nets that take their steps together: a record of its own best for each."""

from __future__ import annotations

from typing import Any

import numpy as np

from .flat import FlatWeights


class BestOfEach:
    """The epoch of the lowest validation loss of each net, with its weights and losses.

    What a net does after it has stopped is not looked at.

    Parameters
    ----------
    weights
        Of all nets, as they are trained.
    patience
        Epochs without a lower validation loss after which a net has stopped.
    """

    def __init__(self, weights: FlatWeights, patience: int) -> None:
        self.weights, self.patience = weights, patience
        self.kept = weights.zeros()
        self.epoch = np.zeros(weights.nets, dtype=np.int64)
        self.loss, self.val_loss = np.full((2, weights.nets), np.inf)
        self.stopped = np.zeros(weights.nets, dtype=bool)
        self.diverged = np.zeros(weights.nets, dtype=bool)

    def look(self, epoch: int, loss: Any, val_loss: Any) -> bool:
        """Take note of an epoch, with the losses of each net; whether all of them have stopped."""
        losses, val_losses = (np.array([float(one) for one in each]) for each in (loss, val_loss))
        running = ~self.stopped
        self.diverged |= running & ~np.isfinite(losses)
        better = (running & ((self.epoch == 0) | (val_losses < self.val_loss))).nonzero()[0]
        self.epoch[better] = epoch
        self.loss[better], self.val_loss[better] = losses[better], val_losses[better]
        self.kept[better] = self.weights.all[better]
        self.stopped |= (epoch - self.epoch >= self.patience) | self.diverged
        return bool(self.stopped.all())

    def restore(self) -> None:
        """Give each net its best weights; one whose loss was not finite has none."""
        self.weights.all[:] = self.kept
        self.weights.all[self.diverged.nonzero()[0]] = float("nan")
