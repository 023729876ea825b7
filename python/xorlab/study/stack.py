"""A batch of models that take their steps together, and the result of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import Any, NamedTuple

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
from ..training.best import BestOfEach
from ..training.fused import FusedNets
from ..training.validation import Validation
from .config import Config, Run
from .samples import Samples, draw_samples, fresh_points


class Trained(NamedTuple):
    """Nets after their training, and for each of them the mean loss in the last epoch, or in the
    best one where there was patience; the loss on validation data after that epoch; and the number
    of the best epoch."""

    models: list[SimpleClassifier]
    losses: list[float]
    val_losses: list[float | None]
    best_epochs: list[int | None]


def run_stack(config: Config, seeds: Sequence[int], device: torch.device, stop: Event) -> list[Run]:
    """Train the nets of a configuration; no results where it was asked to stop."""
    runs: dict[int, Run] = {}
    with one_thread():
        for samples in by_shape({seed: draw_samples(config, seed) for seed in seeds}):
            trained = train_stack(config, samples, device, stop)
            if trained is None:
                return []
            runs |= {run.seed: run for run in judge(config, trained, samples)}
    return [runs[seed] for seed in seeds]


def by_shape(samples: Mapping[int, Samples]) -> list[dict[int, Samples]]:
    """Those of nets of one shape with as many points: a column that varies in all of the data may
    be constant in the training rows of some nets, which leave it out, and how many points of a toy
    problem are held out depends on the sizes of its classes."""
    groups: dict[tuple[int, int, int], dict[int, Samples]] = {}
    for seed, one in samples.items():
        groups.setdefault(one.shape(), {})[seed] = one
    return list(groups.values())


def train_stack(
    config: Config,
    samples: Mapping[int, Samples],
    device: torch.device,
    stop: Event | None = None,
    dtype: torch.dtype = torch.float32,
) -> Trained | None:
    """The nets, by the samples of their seeds; None where it was asked to stop."""
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
        validation = make_validation(nets, models, list(samples.values()))
        best = BestOfEach(nets.weights, settings.patience) if settings.patience else None
        loss: Any = []
        val_loss: Any = [None] * len(models)
        for epoch in range(1, settings.epochs + 1):
            if stop and stop.is_set():
                return None
            last = epoch == settings.epochs
            loss, _ = nets.epoch([b.next_order for b in batches], measure=last or best is not None)
            if validation and (last or best):
                val_loss, _ = validation.measure()
            if best and best.look(epoch, loss, val_loss):
                break
        if best:
            best.restore()
            loss, val_loss = best.loss, best.val_loss
        nets.write_back()
    return Trained(
        models,
        [float(one) for one in loss],
        [None if one is None else float(one) for one in val_loss],
        best.epoch.tolist() if best else [None] * len(models),
    )


def make_validation(
    nets: FusedNets, models: Sequence[SimpleClassifier], samples: Sequence[Samples]
) -> Validation | None:
    """The validation data of each net, where there are any."""
    given = [one.validation for one in samples if one.validation]
    if not given:
        return None
    points = [one.inputs(data.points) for one, data in zip(samples, given, strict=True)]
    return Validation(nets.weights, models, points, [data.label for data in given])


def judge(
    config: Config,
    trained: Trained,
    samples: Mapping[int, Samples],
) -> list[Run]:
    """The result of each net."""
    models, losses = trained.models, trained.losses
    judged = judge_xor if config.is_xor else judge_others
    runs = judged(config, models, losses, samples)
    validated = zip(models, runs, trained.val_losses, trained.best_epochs, strict=True)
    return [
        replace(run, val_loss=val_loss, best_epoch=best_epoch)
        if parameters_to_vector(model.parameters()).isfinite().all()
        else diverged(config, run.seed, val_loss)
        for model, run, val_loss, best_epoch in validated
    ]


def diverged(config: Config, seed: int, val_loss: float | None) -> Run:
    """The result of a net whose weights are not finite."""
    nan = float("nan")
    solved = False if config.is_xor else None
    return Run(seed, nan, nan, solved, "", None if val_loss is None else nan)


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
