"""A batch of models that take their steps together, and the result of each."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any

import numpy as np
import torch
from torch.nn.utils import parameters_to_vector

from ..data.batches import Batches
from ..data.ceiling import best_accuracy
from ..device import one_thread
from ..evaluation.corners import CORNERS, CornerJudge, is_solved, lost_corners
from ..fit.train import check_classes
from ..model.classifier import SimpleClassifier, new_classifier
from ..training.fused import FusedNets
from .config import Config, Run


def run_stack(config: Config, seeds: Sequence[int], device: torch.device, stop: Event) -> list[Run]:
    """Train the nets of a configuration; no results where it was asked to stop."""
    with one_thread():
        models, losses = train_stack(config, seeds, device, stop)
        if stop.is_set():
            return []
        return judge(models, losses, seeds, config.std)


def train_stack(
    config: Config,
    seeds: Sequence[int],
    device: torch.device,
    stop: Event | None = None,
    dtype: torch.dtype = torch.float32,
) -> tuple[list[SimpleClassifier], list[float]]:
    """The nets, and their mean losses in the last epoch."""
    settings = config.settings
    sets = [check_classes(config.sample(seed)) for seed in seeds]
    models = [
        new_classifier(2, settings.hidden, settings.activation, seed).to(device, dtype)
        for seed in seeds
    ]
    batches = [
        Batches(data.data, data.label, settings.batch_size, seed)
        for data, seed in zip(sets, seeds, strict=True)
    ]
    with np.errstate(all="ignore"):
        nets = FusedNets(models, [b.data for b in batches], [b.label for b in batches], settings)
        loss: Any = []
        for epoch in range(1, settings.epochs + 1):
            if stop and stop.is_set():
                break
            loss, _ = nets.epoch([b.next_order for b in batches], measure=epoch == settings.epochs)
        nets.write_back()
    return models, [float(one) for one in loss] if stop is None or not stop.is_set() else []


def judge(
    models: Sequence[SimpleClassifier], losses: Sequence[float], seeds: Sequence[int], std: float
) -> list[Run]:
    """The result of each net: accuracy on fresh points, and the corners that it misclassifies."""
    around = CornerJudge(models[0], std)
    accuracies = [around.expected_accuracy(model) for model in models]
    corners = torch.tensor([around.corner_logits(model) for model in models])
    solved = is_solved(corners, torch.tensor(accuracies), best_accuracy(std)).tolist()
    lost = lost_corners(corners).tolist()
    nan, runs = float("nan"), []
    for k, model in enumerate(models):
        if parameters_to_vector(model.parameters()).isfinite().all():
            names = [str(corner) for corner, gone in zip(CORNERS, lost[k], strict=True) if gone]
            runs.append(Run(seeds[k], losses[k], accuracies[k], solved[k], " ".join(names)))
        else:
            runs.append(Run(seeds[k], nan, nan, False, ""))
    return runs
