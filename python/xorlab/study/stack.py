"""A batch of models that take their steps together, and the result of each."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import Any

import numpy as np
import torch

from ..data.batches import Batches
from ..data.origin import best_accuracy
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
        judge, best = CornerJudge(models[0], config.std), best_accuracy(config.std)
        return [
            judge_net(judge, model, loss, seed, best)
            for model, loss, seed in zip(models, losses, seeds, strict=True)
        ]


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


def judge_net(
    judge: CornerJudge, model: SimpleClassifier, loss: float, seed: int, best: float
) -> Run:
    accuracy, corners = judge.expected_accuracy(model), torch.tensor([judge.corner_logits(model)])
    lost = [str(c) for c, gone in zip(CORNERS, lost_corners(corners)[0], strict=True) if gone]
    finite = all(bool(p.isfinite().all()) for p in model.parameters())
    return Run(
        seed=seed,
        loss=loss if finite else float("nan"),
        accuracy=accuracy if finite else float("nan"),
        solved=finite and bool(is_solved(corners, accuracy, best)),
        corner=" ".join(lost) if finite else "",
    )
