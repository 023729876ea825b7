"""What a training keeps on its way: the weights of chosen epochs, those of the best one, what the
optimizer remembers, and a file to go on from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from torch import Tensor

from ..model.classifier import SimpleClassifier
from ..settings import Settings
from ..training.history import History
from ..training.state import State

Weights = Mapping[str, Tensor]


class Epoch(NamedTuple):
    """What a training was after an epoch: all that it takes to go on from there. The optimizer's
    state is None where it is not known."""

    epoch: int
    weights: Weights
    state: State | None


@dataclass
class Kept:
    """What a fit keeps beside its model and history.

    Attributes
    ----------
    snapshots
        Weights of chosen epochs.
    state
        What the optimizer remembers, after the epoch whose weights the model has; None where it is
        not known.
    best
        With `patience`, the epoch of the lowest validation loss so far.
    restored
        Whether the model has the weights of that epoch, as where the training has ended, and not
        those of the latest one.
    parted
        Why the weights are not those of the settings and the data; empty where they are.
    """

    snapshots: dict[int, Weights] = field(default_factory=dict)
    state: State | None = field(default_factory=dict)
    best: Epoch | None = None
    restored: bool = False
    parted: str = ""

    def restore(self, model: SimpleClassifier) -> None:
        """Give the model the weights of the best epoch, where there is one."""
        if self.best:
            model.load_state_dict(self.best.weights)
            self.state, self.restored = self.best.state, True

    def epochs(self, stateless: bool) -> dict[int, Epoch]:
        """What is kept of epochs, by their number; for an optimizer that remembers nothing, with
        its state."""
        kept = {
            epoch: Epoch(epoch, weights, {} if stateless or epoch == 0 else None)
            for epoch, weights in self.snapshots.items()
        }
        return {**kept, self.best.epoch: self.best} if self.best else kept

    def until(self, epoch: int, patient: bool) -> Kept:
        """What a training that goes on from an epoch has kept already, whose weights the model has
        now; the best one only where it is looked for."""
        snapshots: dict[int, Weights] = {
            one: copied(weights) for one, weights in self.snapshots.items() if one <= epoch
        }
        best = self.best if patient else None
        return Kept(snapshots, self.state, best, parted=self.parted)


class Keeper:
    """Called after each epoch, it keeps what has to be kept, and ends the training where the
    validation loss has not fallen for long enough.

    Parameters
    ----------
    model, history
        What is trained, and what grows with it.
    settings
        They say of which epochs the weights are kept, and how patient the training is.
    kept
        Where all is put.
    state
        Gives what the optimizer remembers now.
    write
        Writes the fit so far, or does nothing.
    every
        Epochs between two calls of `write`.
    """

    def __init__(
        self,
        model: SimpleClassifier,
        history: History,
        settings: Settings,
        kept: Kept,
        state: Callable[[], State | None],
        write: Callable[[], None],
        every: int,
    ) -> None:
        self.model, self.history, self.settings, self.kept = model, history, settings, kept
        self.state, self.write, self.every = state, write, every
        self.weights = model.state_dict()  # shares its numbers with the model
        self.latest = Epoch(len(history), copied(self.weights), kept.state)
        self.keep()

    def __call__(self, epoch: int, history: History) -> bool:
        # One assignment, so that Ctrl-C finds an epoch with its own weights.
        self.latest = Epoch(epoch, copied(self.weights), self.state())
        self.keep()
        if self.is_late:
            return True
        if epoch % self.every == 0 and epoch < self.settings.epochs:
            self.write()
        return False

    @property
    def is_late(self) -> bool:
        """Whether the latest epoch came too long after the best one."""
        best, patience = self.kept.best, self.settings.patience
        return (
            best is not None and patience is not None and self.latest.epoch - best.epoch >= patience
        )

    def keep(self) -> None:
        """Keep the latest epoch, as far as it is to be kept."""
        kept, epoch = self.kept, self.latest.epoch
        kept.state = self.latest.state
        if epoch in self.settings.snapshots:
            kept.snapshots[epoch] = self.latest.weights
        if self.settings.patience and epoch:
            loss = self.history.val_loss
            if kept.best is None or loss[epoch - 1] < loss[kept.best.epoch - 1]:
                kept.best = self.latest

    def go_back(self) -> None:
        """Make model and history what they were after the latest whole epoch, wherever the training
        was stopped since."""
        self.model.load_state_dict(self.latest.weights)
        self.history.cut(self.latest.epoch)
        self.kept.restored = False
        self.keep()
        if self.is_late or self.latest.epoch >= self.settings.epochs:
            self.kept.restore(self.model)


def copied(weights: Weights) -> dict[str, Tensor]:
    return {name: weight.clone() for name, weight in weights.items()}
