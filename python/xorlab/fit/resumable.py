"""Whether a training can go on as if there had been no break, and how."""

from __future__ import annotations

from dataclasses import replace

from ..checks.words import counted
from ..settings import Settings
from ..training.history import History
from .snapshots import Kept


def after_the_end(settings: Settings, best: int, done: int, epochs: int | None) -> Settings:
    """The settings of a training that has ended after so many epochs, and goes on from its best
    one: without patience, where it would end as it did.

    Raises
    ------
    ValueError
        If it does not say how many epochs there are to be.
    """
    if epochs is None:
        raise ValueError(
            f"`epochs` must be given, more than {best}: the training has ended, after "
            f"{counted(done, 'epoch')}, and goes on from the best one, {best}."
        )
    ended_early = settings.patience is not None and done - best >= settings.patience
    return replace(settings, patience=None) if ended_early else settings


def check_complete(kept: Kept, settings: Settings, history: History) -> None:
    """All that it takes is there.

    Raises
    ------
    ValueError
        If what the optimizer remembers is not, or, with patience, the best epoch so far.
    """
    must = "`fit` must have {} to go on, which was not kept: take the whole fit, not `at()`."
    if kept.state is None and settings.has_state:
        raise ValueError(must.format("the state of its optimizer"))
    best = best_so_far(settings, history)
    if best and not (kept.best and kept.best.state is not None):
        raise ValueError(must.format(f"the weights of its best epoch, {best},"))


def best_so_far(settings: Settings | None, history: History) -> int | None:
    """With patience, the number of the epoch of the lowest validation loss."""
    if settings is None or settings.patience is None or not history.val_loss:
        return None
    return history.val_loss.index(min(history.val_loss)) + 1
