"""Training the parts of a fit in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor

from ..checks.values import check_count
from ..data.batches import Batches
from ..files import check_target
from ..model.classifier import SimpleClassifier
from ..progress import Verbose, check_verbose
from ..settings import Settings
from ..training.callbacks import AfterEpoch, check_callbacks
from ..training.engine import make_trainer, make_validator
from ..training.history import History
from ..training.loop import NonFiniteLossError
from .snapshots import Keeper, Kept

# What the net takes, float32 [n, p], and labels, [n].
Points = tuple[Tensor, Tensor]


def check_writing(verbose: Any, checkpoint: Any, every: Any, after_epoch: Any = None) -> None:
    """What a training shows, writes and calls on its way."""
    check_count("every", every)
    check_verbose(verbose)
    check_callbacks(after_epoch)
    if checkpoint is not None:
        check_target(checkpoint, "checkpoint")


def train_in_place(
    model: SimpleClassifier,
    settings: Settings,
    data: Points,
    validation: Points | None,
    history: History,
    kept: Kept,
    optimizer: torch.optim.Optimizer | None,
    verbose: Verbose,
    after_epoch: Sequence[AfterEpoch],
    write: Callable[[], None],
    every: int,
) -> None:
    """Train from where the history stands to the last epoch of the settings, or to where a callback
    ends it; the best epoch's weights are in the model then, where there is one.

    After Ctrl-C, and where the file cannot be written or a callback fails, all parts are as after
    the latest whole epoch; the exception goes on its way.
    """
    points, label = (part.to(settings.device) for part in data)
    batches = Batches(points, label, settings.batch_size, settings.seed, skip=len(history))
    trainer = make_trainer(model, settings, batches, history, kept.state or {}, optimizer)
    keeper = Keeper(model, history, settings, kept, trainer.state, write, every)
    first = [make_validator(model, settings, *validation)] if validation else []
    try:
        trainer.run(verbose, [*first, keeper, *after_epoch])
        kept.restore(model)
        write()
    except NonFiniteLossError:
        raise
    except Exception:
        keeper.go_back()
        raise
    except KeyboardInterrupt:
        keeper.go_back()
        with suppress(OSError):
            write()
        raise
