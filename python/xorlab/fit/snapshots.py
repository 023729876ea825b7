"""What a training keeps on its way: the weights of chosen epochs, and a file to go on from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from torch import Tensor

from ..model.classifier import SimpleClassifier
from ..settings import Settings
from ..training.history import History

Weights = Mapping[str, Tensor]


class Keeper:
    """Called after each epoch, it keeps the weights of chosen epochs, and writes the file.

    Parameters
    ----------
    model, history
        What is trained, and what grows with it.
    settings
        They say of which epochs the weights are kept, and which is the last.
    snapshots
        Where the weights are put, by epoch.
    write
        Writes the fit so far, or does nothing.
    every
        Epochs between two calls of `write`; it is called after the last one, too.
    """

    def __init__(
        self,
        model: SimpleClassifier,
        history: History,
        settings: Settings,
        snapshots: dict[int, Weights],
        write: Callable[[], None],
        every: int,
    ) -> None:
        self.model, self.history, self.settings = model, history, settings
        self.snapshots, self.write, self.every = snapshots, write, every
        self.weights = model.state_dict()  # shares its numbers with the model
        self.latest = len(history), copied(self.weights)
        self.keep()

    def __call__(self, epoch: int, _: History) -> None:
        # One assignment, so that Ctrl-C finds an epoch with its own weights.
        self.latest = epoch, copied(self.weights)
        self.keep()
        if epoch % self.every == 0 or epoch == self.settings.epochs:
            self.write()

    def keep(self) -> None:
        epoch, weights = self.latest
        if epoch in self.settings.snapshots:
            self.snapshots[epoch] = weights

    def go_back(self) -> None:
        """Make model and history what they were after the latest whole epoch, wherever the training
        was stopped since."""
        epoch, weights = self.latest
        self.model.load_state_dict(weights)
        self.history.cut(epoch)
        self.keep()


def copied(weights: Weights) -> dict[str, Tensor]:
    return {name: weight.clone() for name, weight in weights.items()}
