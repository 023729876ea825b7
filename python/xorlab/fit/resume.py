"""Going on with a training that was stopped, or with one that is to be longer."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from os import PathLike
from typing import Any, Generic, TypeVar

from torch import Tensor

from ..checks.values import check_count, show
from ..data.dataset import TwoClassDataset
from ..device import get_device
from ..files import check_path
from ..settings import Settings, check_snapshots, make_settings
from .fit import Fit, load_xor


class Unsaid:
    """Mixed into a default, it tells it from the same value said by a caller."""


class UnsaidInt(Unsaid, int):
    """A whole number that nobody said."""


class UnsaidFloat(Unsaid, float):
    """A number that nobody said."""


class UnsaidStr(Unsaid, str):
    """A string that nobody said."""

    __slots__ = ()


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

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.fit, self.epochs)


T = TypeVar("T")


class Stopped(Generic[T]):
    """What was stopped last: here a training, until it has been resumed and completed."""

    def __init__(self) -> None:
        self.kept: T | None = None
        self.progress: list[int] = []

    def note(self, kept: T, done: int, planned: int) -> None:
        """Keep what was stopped, and how far it had come."""
        self.kept, self.progress = kept, [done, planned]

    def clear(self) -> None:
        """Keep nothing any more."""
        self.kept, self.progress = None, []

    def news(self) -> list[int]:
        """How many were done, and of how many, where it was stopped since this was last asked; or
        nothing."""
        progress, self.progress = self.progress, []
        return progress


stopped: Stopped[Fit] = Stopped()


def fit_to_resume(resume: Any) -> Fit:
    fit = stopped.kept if resume is True else resume
    if fit is None:
        raise ValueError("`resume` must be a fit or a file: no training was stopped here.")
    if isinstance(fit, str | PathLike):
        fit = load_xor(check_path(fit, "resume"))
    if not isinstance(fit, Fit):
        raise TypeError(f"`resume` must be a Fit, the file of one, or True, not {show(resume)}.")
    return fit


def unfinished_fit(resume: Any, epochs: Any, device: Any, snapshots: Any) -> Fit:
    """A copy of the fit to go on with, that has epochs before it."""
    fit = fit_to_resume(resume)
    settings, data = making(fit)
    planned, done = check_count("epochs", said(epochs, settings.epochs)), len(fit.history)
    if planned <= done:
        raise ValueError(
            f"`epochs` must be more than the {done} that the fit has already, not {planned}."
        )
    new = check_snapshots(snapshots, planned)
    for epoch in new:
        if epoch < done and epoch not in fit.snapshots:
            raise ValueError(
                f"`snapshots` must be epochs from {done} on, which the fit has come to, or kept "
                f"already, not {epoch}."
            )
    old = [epoch for epoch in settings.snapshots if epoch <= planned]
    settings = replace(
        settings,
        epochs=planned,
        device=str(get_device(said(device, settings.device))),
        snapshots=check_snapshots([*old, *new], planned),
    )
    model = deepcopy(fit.model).to(settings.device)
    kept = {epoch: copied(weights) for epoch, weights in fit.snapshots.items()}
    return Fit(model, settings, fit.history.copy(), data, kept)


def said(value: Any, otherwise: Any) -> Any:
    """What a caller said, or else the other."""
    return otherwise if isinstance(value, Unsaid) else value


def copied(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: weight.clone() for name, weight in weights.items()}


def refuse_changes(resume: Any, data: Any, seed: Any, **others: Any) -> None:
    """Complain of what is said beside `resume` and would make another training of it."""
    settings, _ = making(fit_to_resume(resume))
    if data is not None:
        raise ValueError("`resume` goes on with the data that the fit has: leave out `data`.")
    told = {name: said(value, getattr(settings, name)) for name, value in others.items()}
    seed = settings.seed if seed is None else seed
    wanted = make_settings(**told, epochs=1, device="cpu", seed=seed)
    for name in ("seed", *others):
        before, now = getattr(settings, name), getattr(wanted, name)
        if before != now:
            raise ValueError(
                f"`resume` goes on as the fit was told to: `{name}` must be left out, or be "
                f"{plain(before)}, not {plain(now)}."
            )


def plain(setting: Any) -> str:
    """A setting as both languages read it: the widths of the hidden layers as 8-8."""
    return "-".join(map(str, setting)) if isinstance(setting, tuple) else show(setting)


def making(fit: Fit) -> tuple[Settings, TwoClassDataset]:
    """What a fit was told and shown."""
    if fit.settings is None or fit.data is None:
        raise ValueError("`resume` must be a fit that train_xor() made, not bare weights.")
    if fit.settings.engine not in ("autograd", "fused"):
        raise ValueError("`resume` must be a fit of one process, not one that several trained.")
    return fit.settings, fit.data
