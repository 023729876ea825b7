"""What a training keeps on its way: the weights of chosen epochs, and a file to go on from."""

from __future__ import annotations

from os import PathLike

from torch import Tensor

from ..settings import Settings
from ..training.history import History
from .fit import Fit


class Keeper:
    """Called after each epoch, it keeps the weights that the settings ask for, and the file.

    Parameters
    ----------
    fit
        What is trained: its model changes, and its history grows.
    settings
        Its settings.
    path
        A file for the fit so far, or None.
    every
        Epochs between two writings of the file; it is written after the last one, too.
    """

    def __init__(
        self, fit: Fit, settings: Settings, path: str | PathLike[str] | None, every: int
    ) -> None:
        self.fit, self.settings, self.path, self.every = fit, settings, path, every
        self.weights = fit.model.state_dict()  # shares its numbers with the model
        self.latest = len(fit.history), self.copied_weights()
        self.keep()

    def __call__(self, epoch: int, _: History) -> None:
        # One assignment, so that Ctrl-C finds an epoch with its own weights.
        self.latest = epoch, self.copied_weights()
        self.keep()
        if epoch % self.every == 0 or epoch == self.settings.epochs:
            self.write()

    def copied_weights(self) -> dict[str, Tensor]:
        return {name: weight.clone() for name, weight in self.weights.items()}

    def keep(self) -> None:
        epoch, weights = self.latest
        if epoch in self.settings.snapshots:
            self.fit.snapshots[epoch] = weights

    def write(self) -> None:
        if self.path is not None:
            self.fit.save(self.path)

    def go_back(self) -> None:
        """Make the fit what it was after its latest whole epoch, wherever it was stopped since."""
        epoch, weights = self.latest
        self.fit.model.load_state_dict(weights)
        self.fit.history = self.fit.history.copy(epoch)
        self.keep()
