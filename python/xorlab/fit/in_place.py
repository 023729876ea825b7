"""Training the parts of a fit in place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from ..data.batches import Batches
from ..data.dataset import PointDataset
from ..model.classifier import SimpleClassifier
from ..progress import Verbose
from ..settings import Settings
from ..training.engine import train
from ..training.history import History
from .snapshots import Keeper, Weights


def train_in_place(
    model: SimpleClassifier,
    settings: Settings,
    data: PointDataset,
    history: History,
    snapshots: dict[int, Weights],
    verbose: Verbose,
    write: Callable[[], None],
    every: int,
) -> None:
    """Train from where the history stands to the last epoch of the settings.

    After Ctrl-C, and where the file cannot be written, all parts are as after the latest whole
    epoch; the exception goes on its way.
    """
    batches = Batches(
        data.data.to(settings.device),
        data.label.to(settings.device),
        settings.batch_size,
        settings.seed,
        skip=len(history),
    )
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
