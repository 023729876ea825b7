"""Loss and accuracy of many nets on points that they are not trained on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..evaluation.accuracy import find_hits, logit_loss, paired
from ..model.activations import ACTIVATIONS
from ..model.classifier import SimpleClassifier
from .arrays import Call, Library, Recorder, by_net, targets_and_inputs
from .flat import FlatWeights
from .forward import Layer, forward
from .history import History

# Points that are looked at together, which bounds the memory.
POINTS = 2048


class Block(NamedTuple):
    """The calls that give the logits of so many points, and their logits and targets."""

    calls: list[Call]
    logits: Any
    targets: Any


class Validation:
    """The same points again and again, with the weights as they then are.

    A net's results do not depend, to the last bit, on the nets that are looked at with it, as in
    `FusedNets`.

    Parameters
    ----------
    weights
        Of nets of one shape.
    models
        Those nets.
    data, labels
        For each of them, shapes [n, p] and [n], the numbers of the classes.
    """

    def __init__(
        self,
        weights: FlatWeights,
        models: Sequence[SimpleClassifier],
        data: Sequence[Tensor],
        labels: Sequence[Tensor],
    ) -> None:
        self.lib, self.weights, outputs = weights.lib, weights, weights.widths[-1]
        self.points, self.activation = len(data[0]), ACTIVATIONS[models[0].activation]
        source = targets_and_inputs(self.lib, data, labels, outputs)
        ones = self.lib.ones(len(models), 1, self.points)
        self.inputs = self.lib.joined([source[:, outputs:], ones], axis=1)
        self.targets = by_net(source[:, :outputs])
        most = min(POINTS, self.points)
        self.hidden = [
            Layer(*(self.rows(width + one, most) for one in (0, 1)))
            for width in weights.widths[1:-1]
        ]
        self.logits = self.rows(outputs, most)
        self.blocks = [self.plan(start) for start in range(0, self.points, most)]

    def rows(self, units: int, points: int) -> Any:
        return self.lib.rows(units, self.weights.nets, points)

    def plan(self, start: int) -> Block:
        end = min(start + POINTS, self.points)
        hidden = [
            Layer(*(array[..., : end - start] for array in layer[:2])) for layer in self.hidden
        ]
        logits = self.logits[..., : end - start]
        inputs = [self.inputs[..., start:end], *(by_net(layer.after) for layer in hidden)]
        recorder = Recorder(self.lib)
        forward(recorder, self.activation, self.weights.layers, inputs, hidden, logits)
        return Block(recorder.calls, logits, self.targets[..., start:end])

    def measure(self) -> tuple[Any, Any]:
        """Mean loss and accuracy, each of shape [nets]; a loss that is not a number is infinite, so
        that it is no lowest one."""
        loss, hits = 0.0, 0.0
        for calls, logits, targets in self.blocks:
            for call in calls:
                call()
            loss = loss + self.lib.loss_sum(logits, targets)
            hits = hits + self.lib.hits(logits, targets)
        mean = self.lib.xp.nan_to_num(loss / self.points, nan=math.inf, posinf=math.inf)
        return mean, hits / self.points


class Validator:
    """A callback that puts loss and accuracy on validation data into the history, in the arithmetic
    of the fused engine.

    Parameters
    ----------
    model
        The classifier that is trained.
    data, label
        float32 [n, p], as the net takes them, and the numbers of the classes, [n].
    """

    def __init__(self, model: SimpleClassifier, data: Tensor, label: Tensor) -> None:
        weight = model.linear1.weight
        self.weights = FlatWeights(Library(weight.device, weight.dtype), [model])
        self.validation = Validation(self.weights, [model], [data], [label])

    def __call__(self, epoch: int, history: History) -> None:
        self.weights.read()
        with np.errstate(all="ignore"):
            loss, accuracy = self.validation.measure()
        history.add_validation(float(loss[0]), float(accuracy[0]))


class VisibleValidator:
    """The same by torch, as the visible loop would do it: what a script in plain PyTorch comes to,
    to the last bit."""

    def __init__(self, model: SimpleClassifier, data: Tensor, label: Tensor) -> None:
        device = model.linear1.weight.device
        self.model, self.data, self.label = model, data.to(device), label.to(device)
        self.loss_module = logit_loss(model.widths[-1])

    @torch.no_grad()
    def __call__(self, epoch: int, history: History) -> None:
        logits, label = paired(self.model(self.data), self.label, self.loss_module)
        loss = self.loss_module(logits, label).item()
        hits = int(find_hits(logits, label, self.loss_module).sum())
        history.add_validation(loss if math.isfinite(loss) else math.inf, hits / len(label))
