"""A batch of models that take their steps together, and the result of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils import parameters_to_vector

from ..data.batches import Batches
from ..data.ceiling import best_accuracy
from ..device import one_thread
from ..evaluation.corners import (
    CORNERS,
    CornerJudge,
    corner_logits,
    expected_accuracy,
    is_solved,
    lost_corners,
)
from ..evaluation.predict import predict_logits, predicted_classes
from ..evaluation.prepared import Prepared
from ..model.classifier import SimpleClassifier, new_classifier
from ..training.fused import FusedNets
from .config import Config, Run
from .samples import Samples, draw_samples, fresh_points


def run_stack(config: Config, seeds: Sequence[int], device: torch.device, stop: Event) -> list[Run]:
    """Train the nets of a configuration; no results where it was asked to stop."""
    runs: dict[int, Run] = {}
    with one_thread():
        for samples in by_inputs({seed: draw_samples(config, seed) for seed in seeds}):
            models, losses = train_stack(config, samples, device, stop)
            if stop.is_set():
                return []
            runs |= {run.seed: run for run in judge(config, models, losses, samples)}
    return [runs[seed] for seed in seeds]


def by_inputs(samples: Mapping[int, Samples]) -> list[dict[int, Samples]]:
    """Those of nets of one shape: a column that varies in all of the data may be constant in the
    training rows of some nets, which leave it out."""
    groups: dict[int, dict[int, Samples]] = {}
    for seed, one in samples.items():
        columns = one.preparation.columns if one.preparation else one.train.features
        groups.setdefault(len(columns), {})[seed] = one
    return list(groups.values())


def train_stack(
    config: Config,
    samples: Mapping[int, Samples],
    device: torch.device,
    stop: Event | None = None,
    dtype: torch.dtype = torch.float32,
) -> tuple[list[SimpleClassifier], list[float]]:
    """The nets, by the samples of their seeds, and their mean losses in the last epoch."""
    settings = config.settings
    batches = [
        Batches(one.inputs(one.train.points), one.train.label, settings.batch_size, seed)
        for seed, one in samples.items()
    ]
    inputs, classes = batches[0].data.shape[1], config.classes
    models = [
        new_classifier(
            inputs, settings.hidden, settings.activation, seed, classes, settings.init
        ).to(device, dtype)
        for seed in samples
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
    config: Config,
    models: Sequence[SimpleClassifier],
    losses: Sequence[float],
    samples: Mapping[int, Samples],
) -> list[Run]:
    """The result of each net."""
    judged = judge_xor if config.is_xor else judge_others
    nan, runs = float("nan"), judged(config, models, losses, samples)
    return [
        run
        if parameters_to_vector(model.parameters()).isfinite().all()
        else Run(run.seed, nan, nan, False if config.is_xor else None, "")
        for run, model in zip(runs, models, strict=True)
    ]


def judge_xor(
    config: Config,
    models: Sequence[SimpleClassifier],
    losses: Sequence[float],
    samples: Mapping[int, Samples],
) -> list[Run]:
    """Accuracy on fresh points, and the corners that a net misclassifies."""
    std = config.std or 0.0
    preparations = [one.preparation for one in samples.values()]
    if any(preparations):
        nets = [
            Prepared(one, model) for one, model in zip(preparations, models, strict=True) if one
        ]
        accuracies = [expected_accuracy(net, std) for net in nets]
        corners = torch.cat([corner_logits(net) for net in nets])
    else:
        around = CornerJudge(models[0], std)
        accuracies = [around.expected_accuracy(model) for model in models]
        corners = torch.tensor([around.corner_logits(model) for model in models])
    solved = is_solved(corners, torch.tensor(accuracies), best_accuracy(std)).tolist()
    lost = [
        " ".join(str(corner) for corner, gone in zip(CORNERS, flags, strict=True) if gone)
        for flags in lost_corners(corners).tolist()
    ]
    return [Run(*values) for values in zip(samples, losses, accuracies, solved, lost, strict=True)]


def judge_others(
    config: Config,
    models: Sequence[SimpleClassifier],
    losses: Sequence[float],
    samples: Mapping[int, Samples],
) -> list[Run]:
    """Accuracy on fresh points of a toy problem, or on those of the user's that were held out."""
    runs = []
    for (seed, one), model, loss in zip(samples.items(), models, losses, strict=True):
        if one.held_out:
            points, label = one.inputs(one.held_out.points), one.held_out.label
        else:
            points, label = fresh_points(config.data, config.std or 0.0)
            points = one.inputs(points)
        runs.append(Run(seed, loss, share_correct(model, points, label), None, ""))
    return runs


def share_correct(model: SimpleClassifier, points: Tensor, label: Tensor) -> float:
    """Accuracy; a point whose logit is not a number has no class, and counts as misclassified."""
    called, known = predicted_classes(predict_logits(model, points))
    return ((called == label) & known).double().mean().item()
