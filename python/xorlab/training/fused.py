"""Training by closed-form gradients: the steps of the visible loop, for many nets at once.

For a label written as a sign s = -1 or 1, the logistic loss of the logit z is log(1 + exp(-s z)),
and its derivative is (tanh(z / 2) - s) / 2. With a logit for each of several classes, the
derivative of cross-entropy by a logit is softmax's probability of its class, less 1 for the point's
own (Bishop 2006, "Pattern Recognition and Machine Learning", section 4.3.4). The chain rule carries
it back through the layers (Rumelhart, Hinton and Williams 1986, "Learning representations by
back-propagating errors").

Arrays are [units, nets, points], so that what is done to each number is one long row, and every
layer's input ends in a row of ones, so that a bias is one more column of weights. The calls of a
step are noted once and then made again for each batch.

On the CPU a net's weights do not depend, to the last bit, on the nets that are trained with it:
numpy's batched matmul gives a pair of matrices the same product at every position while its BLAS
keeps to one thread (see `one_thread()`). With several threads it does not, nor does torch's.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..data.batches import Batches
from ..device import one_thread
from ..model.activations import ACTIVATIONS
from ..model.classifier import SimpleClassifier
from ..progress import Verbose, progress
from ..settings import Settings
from .arrays import (
    Call,
    Library,
    Recorder,
    by_net,
    carry_back,
    softmax_error,
    targets_and_inputs,
)
from .callbacks import AfterEpoch, call_all
from .flat import FlatWeights
from .forward import Layer, forward
from .history import History
from .loop import NonFiniteLossError
from .state import State
from .update import Update

# Points that are looked up at once, and steps that are planned: they bound the memory, whatever the
# number of points.
BLOCK, STEPS = 65_536, 256


class Block(NamedTuple):
    """So many points from `start` on in the order of an epoch: what looks them up for each net,
    and what takes the step of each of their batches."""

    start: int
    points: int
    gather: list[Call]
    steps: list[list[Call]]


class FusedNets:
    """Nets of one shape, each with data of its own, which take their steps together.

    Parameters
    ----------
    models
        Of the same shape and type, on one device.
    data, labels
        For each of them, shapes [n, p] and [n], the numbers of the classes.
    settings
        The hyperparameters of the steps.
    state
        What the optimizer remembers of a single net, from the steps before.
    """

    def __init__(
        self,
        models: Sequence[SimpleClassifier],
        data: Sequence[Tensor],
        labels: Sequence[Tensor],
        settings: Settings,
        state: State | None = None,
    ) -> None:
        weight = models[0].linear1.weight
        self.lib = Library(weight.device, weight.dtype)
        self.activation = ACTIVATIONS[models[0].activation]
        self.weights = FlatWeights(self.lib, models)
        self.write_back, self.widths = self.weights.write_back, self.weights.widths
        self.nets, self.points = len(models), len(data[0])
        self.update = Update(self.lib, self.weights, settings, state)
        self.batch_size = min(settings.batch_size, self.points)

        self.outputs = self.widths[-1]
        self.source = targets_and_inputs(self.lib, data, labels, self.outputs)
        self.make_arrays()
        lengths = {self.block, self.points % self.block} - {0}
        self.plans = {points: self.plan_steps(points) for points in lengths}
        self.blocks = [self.plan_block(at) for at in range(0, self.points, self.block)]

    def make_arrays(self) -> None:
        """What the steps read and write, made once."""
        self.block = min(
            max(1, min(BLOCK // self.batch_size, STEPS)) * self.batch_size, self.points
        )
        # The order of an epoch: one is used up before the next, but where it comes in blocks.
        orders = 1 if self.block == self.points else self.nets
        self.orders = torch.empty(orders, self.points, dtype=torch.int64)
        # Targets and inputs of a block in that order, then a row of ones.
        self.shuffled = self.lib.ones(self.nets, self.outputs + self.widths[0] + 1, self.block)
        self.logits = self.rows(self.outputs, self.block)
        self.layers = [
            Layer(*(self.rows(width + one, self.batch_size) for one in (0, 1, 0)))
            for width in self.widths[1:]
        ]

    def rows(self, units: int, points: int) -> Any:
        return self.lib.rows(units, self.nets, points)

    def plan_block(self, start: int) -> Block:
        points = min(self.block, self.points - start)
        gather = [
            self.lib.take_call(
                self.source[net],
                self.orders[net % len(self.orders)][start : start + points],
                self.shuffled[net, :-1, :points],
            )
            for net in range(self.nets)
        ]
        return Block(start, points, gather, self.plans[points])

    def plan_steps(self, points: int) -> list[list[Call]]:
        plans = []
        for at in range(0, points, self.batch_size):
            plan = Recorder(self.lib)
            self.step(plan, at, min(at + self.batch_size, points))
            plans.append(plan.calls)
        return plans

    def step(self, xp: Any, start: int, end: int) -> None:
        """Predict, differentiate, update: steps 2 to 5 of the visible loop, for one batch."""
        n, (weights, gradients) = end - start, (self.weights.layers, self.weights.gradients)
        batch = self.shuffled[..., start:end]
        layers = [Layer(*(array[..., :n] for array in layer)) for layer in self.layers]
        *hidden, output = layers
        inputs = [batch[:, self.outputs :], *(by_net(layer.after) for layer in hidden)]
        logits = self.logits[..., start:end]
        forward(xp, self.activation, weights, inputs, hidden, logits)

        targets = by_net(batch[:, : self.outputs])
        if self.outputs == 1:
            xp.multiply(logits, 0.5, out=output.delta)
            xp.tanh(output.delta, out=output.delta)
            xp.subtract(output.delta, targets, out=output.delta)
        else:
            softmax_error(xp, logits, targets, output.delta, output.before[0])
        for i in range(len(hidden), -1, -1):
            delta = layers[i].delta
            xp.matmul(by_net(delta), inputs[i].swapaxes(1, 2), out=gradients[i])
            if i:
                slope, after, below = layers[i - 1]  # what was `before` is no longer needed
                carry_back(xp, weights[i][:, :, :-1], delta, below)
                self.activation.slope(xp, after[:-1], slope)
                xp.multiply(below, slope, out=below)
        self.update.plan(xp, (0.5 if self.outputs == 1 else 1.0) / n)

    def epoch(
        self, next_orders: Sequence[Callable[[Tensor], object]], measure: bool = True
    ) -> tuple[Any, Any]:
        """One step for each batch, each net taking its points in its own order, which a function
        of `next_orders` puts into an int64 tensor.

        Returns the mean loss and the accuracy on the way, each of shape [nets].
        """
        batches = self.by_batch(next_orders, measure)
        while True:
            try:
                next(batches)
            except StopIteration as end:
                loss, accuracy = end.value
                return loss, accuracy

    def by_batch(
        self, next_orders: Sequence[Callable[[Tensor], object]], measure: bool = True
    ) -> Generator[None, None, tuple[Any, Any]]:
        """The same, with a stop after each batch."""
        loss, hits = 0.0, 0.0
        for start, points, gather, steps in self.blocks:
            for net, next_order in enumerate(next_orders):
                if start == 0:
                    next_order(self.orders[net % len(self.orders)])
                gather[net]()
            for calls in steps:
                for call in calls:
                    call()
                yield
            if measure:
                targets = by_net(self.shuffled[:, : self.outputs, :points])
                block = self.logits[..., :points], targets
                loss, hits = loss + self.lib.loss_sum(*block), hits + self.lib.hits(*block)
        return loss / self.points, hits / self.points


class FusedTrainer:
    """Trains one classifier in place, as `train_model()` does with torch's optimizer on
    `nn.BCEWithLogitsLoss`, or for several outputs on `nn.CrossEntropyLoss`.

    Parameters
    ----------
    model
        Changed in place, after every epoch.
    batches
        The points, and their order in every epoch.
    settings
        The hyperparameters.
    history
        Of the epochs done before, to be added to.
    state
        What the optimizer remembers from them.
    """

    def __init__(
        self,
        model: SimpleClassifier,
        batches: Batches,
        settings: Settings,
        history: History,
        state: State | None = None,
    ) -> None:
        self.batches, self.settings, self.history = batches, settings, history
        self.nets = FusedNets([model], [batches.data], [batches.label], settings, state)

    def state(self) -> State:
        """A copy of what the optimizer remembers now."""
        return self.nets.update.state_of(0)

    def run(self, verbose: Verbose, callbacks: Sequence[AfterEpoch] = ()) -> None:
        """Train up to the last epoch of the settings; errors are as of `train_model()`."""
        history, settings = self.history, self.settings
        with one_thread(), np.errstate(all="ignore"):
            for epoch in progress(settings.epochs, verbose, done=len(history)):
                for _ in self.epoch():
                    pass
                if call_all(callbacks, epoch, history):
                    break

    def epoch(self) -> Iterator[None]:
        """Train for one more epoch, with a stop after each batch, and add it to the history."""
        started, epoch = time.perf_counter(), len(self.history) + 1
        loss, accuracy = yield from self.nets.by_batch([self.batches.next_order])
        self.nets.write_back()
        if not math.isfinite(loss[0]):
            raise NonFiniteLossError(epoch, float(loss[0]), self.settings.lr, self.history)
        self.history.add(float(loss[0]), float(accuracy[0]), time.perf_counter() - started)
