"""The engines of `train_xor()`, by name."""

from __future__ import annotations

import torch
from torch import nn

from ..data.batches import Batches
from ..device import one_thread
from ..model.classifier import SimpleClassifier
from ..progress import Verbose
from ..settings import Settings
from .callbacks import AfterEpoch
from .fused import train_fused
from .history import History
from .loop import train_model


def train(
    model: SimpleClassifier,
    settings: Settings,
    batches: Batches,
    history: History,
    verbose: Verbose,
    after_epoch: AfterEpoch | None = None,
) -> None:
    """Train a model in place, from where its history stands to the last epoch of its settings."""
    if settings.engine == "fused":
        train_fused(
            model,
            batches,
            settings.lr,
            settings.epochs,
            verbose=verbose,
            history=history,
            after_epoch=after_epoch,
        )
        return
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.lr)
    with one_thread():
        train_model(
            model,
            optimizer,
            batches,
            nn.BCEWithLogitsLoss(),
            settings.epochs,
            verbose=verbose,
            history=history,
            after_epoch=after_epoch,
        )
