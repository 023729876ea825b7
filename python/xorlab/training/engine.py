"""The engines of `train_xor()`, by name."""

from __future__ import annotations

from typing import Any

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
    options: Any = {"verbose": verbose, "history": history, "after_epoch": after_epoch}
    if settings.engine == "fused":
        train_fused(model, batches, settings, **options)
        return
    optimizer = torch.optim.SGD(model.parameters(), **settings.optimizer_terms())
    several = model.widths[-1] > 1
    with one_thread():
        loss_module = nn.CrossEntropyLoss() if several else nn.BCEWithLogitsLoss()
        train_model(model, optimizer, batches, loss_module, settings.epochs, **options)
