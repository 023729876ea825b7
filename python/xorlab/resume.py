"""Going on with a training that was stopped, or with one that is to be longer."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from os import PathLike
from typing import Any

from .checks import check_count, show
from .data import TwoClassDataset
from .device import get_device
from .fit import Fit, load_xor
from .settings import Settings, check_snapshots


class DefaultCount(int):
    """A default that can be told from the same number when a caller says it."""


class TrainingInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a training.

    Attributes
    ----------
    fit
        The `Fit` after its latest whole epoch, which `train_xor(resume=...)` goes on with.
    epochs
        How many there were to be.
    """

    def __init__(self, fit: Fit, epochs: int) -> None:
        super().__init__(
            f"Interrupted after {len(fit.history)} of {epochs} epochs. "
            "`train_xor(resume=True)` goes on from there."
        )
        self.fit = fit
        self.epochs = epochs


# What `resume=True` goes on with: the latest training, if Ctrl-C ended it.
_interrupted: list[Fit] = []


def note_start() -> None:
    """Forget the training that Ctrl-C ended before."""
    _interrupted.clear()


def note_interrupt(fit: Fit) -> None:
    """Keep the training that Ctrl-C ended."""
    _interrupted[:] = [fit]


def interrupted_fit() -> Fit | None:
    """The latest training, if Ctrl-C ended it."""
    return _interrupted[0] if _interrupted else None


def fit_to_resume(resume: Any) -> Fit:
    fit = interrupted_fit() if resume is True else resume
    if fit is None:
        raise ValueError("`resume` must be a fit or a file: Ctrl-C has ended no training here.")
    if isinstance(fit, str | PathLike):
        fit = load_xor(fit)
    if not isinstance(fit, Fit):
        raise TypeError(f"`resume` must be a Fit, the file of one, or True, not {show(resume)}.")
    return fit


def unfinished_fit(resume: Any, epochs: Any, device: Any, snapshots: Any) -> Fit:
    """A copy of the fit to go on with, that has epochs before it."""
    fit = fit_to_resume(resume)
    settings, data = making(fit)
    planned = settings.epochs if isinstance(epochs, DefaultCount) else epochs
    planned, done = check_count("epochs", planned), len(fit.history)
    if planned <= done:
        raise ValueError(
            f"`epochs` must be more than the {done} that the fit has already, not {planned}."
        )
    settings = replace(
        settings,
        epochs=planned,
        device=str(get_device(settings.device if device == "auto" else device)),
        snapshots=check_snapshots(
            [*settings.snapshots, *check_snapshots(snapshots, planned)], planned
        ),
    )
    model = deepcopy(fit.model).to(settings.device)
    return Fit(model, settings, fit.history.copy(), data, fit.snapshots)


def making(fit: Fit) -> tuple[Settings, TwoClassDataset]:
    """What a fit was told and shown."""
    if fit.settings is None or fit.data is None:
        raise ValueError("`resume` must be a fit that train_xor() made, not bare weights.")
    return fit.settings, fit.data
