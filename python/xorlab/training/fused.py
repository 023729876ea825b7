"""Training by closed-form gradients: the steps of the visible loop, for many nets at once.

For a label written as a sign s = -1 or 1, the logistic loss of the logit z is log(1 + exp(-s z)),
and its derivative is (tanh(z / 2) - s) / 2. The chain rule carries it back through the layers
(Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors").

Arrays are [nets, units, points], so that an operation meets long rows, and every layer's input ends
in a row of ones, so that a bias is one more column of weights.

On the CPU a net's weights do not depend, to the last bit, on the nets that are trained with it:
numpy's batched matmul gives a pair of matrices the same product at every position while its BLAS
keeps to one thread (see `one_thread()`). With several threads it does not, nor does torch's.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from torch import Tensor

from ..data.batches import Batches
from ..device import one_thread
from ..model.activations import ACTIVATIONS
from ..model.classifier import SimpleClassifier
from ..progress import Verbose, progress
from .arrays import Call, Library, Recorder
from .callbacks import AfterEpoch
from .history import History
from .loop import NonFiniteLossError

# Points whose order is looked up at once: bounds the memory, whatever the number of points.
BLOCK = 65_536


class Layer(NamedTuple):
    """What one batch reads and writes at one layer: views of arrays that are made once."""

    input: Any  # [nets, in + 1, points]
    turned: Any  # the same, [nets, points, in + 1]
    before: Any  # before the activation, [nets, out, points]
    after: Any  # and after it: the next layer's input without its row of ones
    activate: list[Call]  # from `before` into `after`
    slope: list[Call]  # the derivative, from `after` into `before`
    delta: Any  # twice the derivative of the points' losses by `before`


class Step(NamedTuple):
    """One batch."""

    layers: list[Layer]
    signs: Any  # [nets, 1, points]
    rate: Any  # half the learning rate over the number of points


class FusedNets:
    """Nets of one shape, each with data of its own, which take their steps together.

    Parameters
    ----------
    models
        Of the same shape and type, with one output, on one device.
    data, labels
        For each of them, shapes [n, p] and [n] of 0 and 1.
    batch_size, lr
        As in `train_xor()`.
    """

    def __init__(
        self,
        models: Sequence[SimpleClassifier],
        data: Sequence[Tensor],
        labels: Sequence[Tensor],
        batch_size: int,
        lr: float,
    ) -> None:
        linears = models[0].linears()
        weight = linears[0].weight
        self.lib = Library(weight.device, weight.dtype)
        self.activation = ACTIVATIONS[models[0].activation]
        self.widths = [linears[0].in_features, *(layer.out_features for layer in linears)]
        self.nets, self.points, self.lr = len(models), len(data[0]), lr
        self.batch_size = min(batch_size, self.points)
        self.block = min(max(1, BLOCK // self.batch_size) * self.batch_size, self.points)

        self.parameters = [
            [(layer.weight.detach(), layer.bias.detach()) for layer in model.linears()]
            for model in models
        ]
        self.flat = self.lib.ones(self.nets, sum(p.numel() for p in models[0].parameters()))
        self.gradient = self.lib.ones(*self.flat.shape)
        self.weights, self.gradients = self.by_layer(self.flat), self.by_layer(self.gradient)
        self.back = [weights[:, :, :-1].swapaxes(1, 2) for weights in self.weights]
        # From a single unit the product is one of numbers, which is quicker as such.
        xp = self.lib.xp
        self.carry = [xp.multiply if width == 1 else xp.matmul for width in self.widths[1:]]
        for i, layers in enumerate(self.parameters):
            for weights, (weight, bias) in zip(self.weights, layers, strict=True):
                weights[i, :, :-1] = self.lib.array(weight)
                weights[i, :, -1] = self.lib.array(bias)

        # The sign and the inputs of each point, [nets, 1 + p, n].
        self.source = self.lib.ones(self.nets, 1 + self.widths[0], self.points)
        for source, x, label in zip(self.source, data, labels, strict=True):
            source[0] = self.lib.array(label)
            source[0] *= 2
            source[0] -= 1
            source[1:] = self.lib.array(x).T
        # Those of a block of batches in their order, then a row of ones, [nets, 1 + p + 1, block].
        self.shuffled = self.lib.ones(self.nets, 2 + self.widths[0], self.block)
        self.logits = self.lib.ones(self.nets, 1, self.block)
        self.room = self.make_room()
        self.plans = {n: self.plan(n) for n in {self.block, self.points % self.block} - {0}}

    def by_layer(self, flat: Any) -> list[Any]:
        """Views of [nets, all weights]: for each layer [nets, out, in + 1]."""
        views, start = [], 0
        for before, after in zip(self.widths[:-1], self.widths[1:], strict=True):
            end = start + after * (before + 1)
            views.append(flat[:, start:end].reshape(self.nets, after, before + 1))
            start = end
        return views

    def make_room(self) -> list[tuple[Any, Any, Any]]:
        """For each layer: before and after its activation, the derivative."""
        return [
            tuple(self.lib.ones(self.nets, width + one, self.batch_size) for one in (0, 1, 0))
            for width in self.widths[1:]
        ]

    def plan(self, points: int) -> list[Step]:
        """The batches of a block of so many points."""
        return [
            self.plan_step(start, min(start + self.batch_size, points))
            for start in range(0, points, self.batch_size)
        ]

    def plan_step(self, start: int, end: int) -> Step:
        n = end - start
        x = self.shuffled[:, 1:, start:end]
        layers = []
        for before, after, delta in self.room:
            layers.append(self.plan_layer(x, before[..., :n], after[:, :-1, :n], delta[..., :n]))
            x = after[..., :n]
        layers[-1] = layers[-1]._replace(before=self.logits[..., start:end])
        return Step(layers, self.shuffled[:, :1, start:end], self.lib.constant(0.5 * self.lr / n))

    def plan_layer(self, x: Any, before: Any, after: Any, delta: Any) -> Layer:
        activate, slope = Recorder(self.lib), Recorder(self.lib)
        self.activation.value(activate, before, after)
        self.activation.slope(slope, after, before)
        return Layer(x, x.swapaxes(1, 2), before, after, activate.calls, slope.calls, delta)

    def step(self, step: Step) -> None:
        """Predict, differentiate, update: steps 2 to 5 of the visible loop."""
        lib, xp = self.lib, self.lib.xp
        *hidden, output = step.layers
        for weights, layer in zip(self.weights, hidden, strict=False):
            xp.matmul(weights, layer.input, out=layer.before)
            for call in layer.activate:
                call()
        xp.matmul(self.weights[-1], output.input, out=output.before)

        delta = output.delta
        xp.multiply(output.before, lib.half, out=delta)
        xp.tanh(delta, out=delta)
        xp.subtract(delta, step.signs, out=delta)
        xp.matmul(delta, output.turned, out=self.gradients[-1])
        for i in range(len(hidden) - 1, -1, -1):
            layer = hidden[i]
            self.carry[i + 1](self.back[i + 1], delta, out=layer.delta)
            delta = layer.delta
            for call in layer.slope:
                call()
            xp.multiply(delta, layer.before, out=delta)
            xp.matmul(delta, layer.turned, out=self.gradients[i])
        # The rate comes last, as in the visible loop: a large one within would overflow sooner.
        xp.multiply(self.gradient, step.rate, out=self.gradient)
        xp.subtract(self.flat, self.gradient, out=self.flat)

    def epoch(self, orders: Sequence[Tensor], measure: bool = True) -> tuple[Any, Any]:
        """One step for each batch, each net taking its points in its own order.

        Returns the mean loss and the accuracy on the way, each of shape [nets].
        """
        loss, hits = 0.0, 0.0
        for start in range(0, self.points, self.block):
            n = min(self.block, self.points - start)
            for source, order, shuffled in zip(self.source, orders, self.shuffled, strict=True):
                self.lib.take(source, order[start : start + n], shuffled[:-1, :n])
            for step in self.plans[n]:
                self.step(step)
            if measure:
                block = self.logits[:, 0, :n], self.shuffled[:, 0, :n]
                loss, hits = loss + self.lib.loss_sum(*block), hits + self.lib.hits(*block)
        return loss / self.points, hits / self.points

    def write_back(self) -> None:
        """Put the weights into the models."""
        for i, layers in enumerate(self.parameters):
            for weights, (weight, bias) in zip(self.weights, layers, strict=True):
                self.lib.copy_to(weight, weights[i, :, :-1])
                self.lib.copy_to(bias, weights[i, :, -1])


def train_fused(
    model: SimpleClassifier,
    batches: Batches,
    lr: float,
    num_epochs: int,
    *,
    verbose: Verbose = "auto",
    history: History | None = None,
    after_epoch: AfterEpoch | None = None,
) -> History:
    """Train one classifier as `train_model()` does with `nn.BCEWithLogitsLoss` and plain SGD.

    Parameters and errors are as there; the model is changed in place, after every epoch.
    """
    history = History() if history is None else history
    with one_thread(), np.errstate(all="ignore"):
        nets = FusedNets([model], [batches.data], [batches.label], batches.batch_size, lr)
        for epoch in progress(num_epochs, verbose, done=len(history)):
            started = time.perf_counter()
            loss, accuracy = nets.epoch([batches.next_order()])
            nets.write_back()
            if not math.isfinite(loss[0]):
                raise NonFiniteLossError(epoch, float(loss[0]), lr, history)
            history.add(float(loss[0]), float(accuracy[0]), time.perf_counter() - started)
            if after_epoch:
                after_epoch(epoch, history)
    return history
