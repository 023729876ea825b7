"""Training the parts of a fit in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from torch import Tensor

from ..checks.values import check_count
from ..data.batches import Batches
from ..files import check_target
from ..model.classifier import SimpleClassifier
from ..progress import Verbose, check_verbose
from ..settings import Settings
from ..training.engine import train
from ..training.history import History
from .snapshots import Keeper, Weights


def check_writing(verbose: Any, checkpoint: Any, every: Any) -> None:
    """What a training shows and writes on its way."""
    check_count("every", every)
    check_verbose(verbose)
    if checkpoint is not None:
        check_target(checkpoint, "checkpoint")


def train_in_place(
    model: SimpleClassifier,
    settings: Settings,
    data: tuple[Tensor, Tensor],
    history: History,
    snapshots: dict[int, Weights],
    verbose: Verbose,
    write: Callable[[], None],
    every: int,
) -> None:
    """Train from where the history stands to the last epoch of the settings.

    `data` are what the net takes, float32 [n, p], and labels [n]. After Ctrl-C, and where the file
    cannot be written, all parts are as after the latest whole epoch; the exception goes on its way.
    """
    points, label = (part.to(settings.device) for part in data)
    batches = Batches(points, label, settings.batch_size, settings.seed, skip=len(history))
    keeper = Keeper(model, history, settings, snapshots, write, every)
    try:
        train(model, settings, batches, history, verbose, keeper)
    except OSError:
        keeper.go_back()
        raise
    except KeyboardInterrupt:
        keeper.go_back()
        with suppress(OSError):
            write()
        raise
