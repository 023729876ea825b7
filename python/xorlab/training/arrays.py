"""Arrays for closed-form training: numpy's on the CPU, whose calls cost less than torch's do, and
torch's elsewhere. Both know the functions used here by the same names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

Call = Callable[[], object]

# Points below which a matrix counts as small: several times OpenBLAS's limit, which is 8.
SHORT = 64


def by_numpy(device: torch.device) -> bool:
    return device.type == "cpu"


class Library:
    """numpy or torch, with the constants and allocation that differ between them."""

    def __init__(self, device: torch.device, dtype: torch.dtype) -> None:
        self.by_numpy = by_numpy(device)
        self.xp: Any = np if self.by_numpy else torch
        self.device, self.dtype = device, dtype
        # Sums are kept in float64, which Apple's GPUs do not have.
        self.wide = self.xp.float32 if device.type == "mps" else self.xp.float64
        self.constants: dict[float, Any] = {}
        self.zero = self.constant(0.0)

    def array(self, values: Tensor) -> Any:
        """One of its own, that shares no memory with `values`."""
        copy = values.detach().to(self.device, self.dtype, copy=True)
        return copy.numpy() if self.by_numpy else copy

    def ones(self, *shape: int) -> Any:
        return self.array(torch.ones(shape))

    def rows(self, units: int, nets: int, points: int) -> Any:
        """An array [units, nets, points]. A short one has room for two nets at least: a BLAS may
        add in another order where a small matrix lies in one piece, as that of one net would."""
        room = max(2, nets) if points < SHORT else nets
        return self.ones(units, room, points)[:, :nets]

    def joined(self, arrays: Sequence[Any], axis: int) -> Any:
        return self.xp.concatenate(arrays, axis)

    def constant(self, value: float) -> Any:
        """A number as an array of no dimension, which need not be converted at each call."""
        if value not in self.constants:
            self.constants[value] = self.array(torch.tensor(value, dtype=torch.float64))
        return self.constants[value]

    def operand(self, value: Any) -> Any:
        """A number as a constant; arrays as they are."""
        return self.constant(value) if isinstance(value, int | float) else value

    def take_call(self, rows: Any, order: Tensor, out: Any) -> Call:
        """A call that puts the columns of [rows, points] into `out`, in the order that is then in
        `order`."""
        if self.by_numpy:
            return partial(rows.take, order.numpy(), 1, out, "wrap")  # "raise" would buffer
        return lambda: out.copy_(rows[:, order.to(self.device)])

    def copy_call(self, target: Tensor, values: Any) -> Call:
        """A call that copies an array, as it then is, into a tensor."""
        return partial(target.copy_, torch.from_numpy(values) if self.by_numpy else values)

    def loss_sum(self, logits: Any, targets: Any) -> Any:
        """Sum of the losses over the last axis, without overflow: for logits [1, nets, points] and
        signs, log(1 + exp(-s z)); for more logits and indicators of the classes, log(sum(exp(z)))
        less the logit of the class itself."""
        if len(logits) > 1:
            top = logits[0]
            for row in logits[1:]:
                top = self.xp.maximum(top, row)
            # Not times the indicators: a logit of -inf for another class leaves the loss finite.
            own = self.xp.where(targets > 0, logits, self.zero).sum(0)
            return (self.xp.log(self.xp.exp(logits - top).sum(0)) + top - own).sum(
                -1, dtype=self.wide
            )
        margin = logits[0] * targets[0]
        loss = self.xp.maximum(-margin, self.zero) + self.xp.log1p(self.xp.exp(-abs(margin)))
        return loss.sum(-1, dtype=self.wide)

    def hits(self, logits: Any, targets: Any) -> Any:
        """How many points are classified correctly, along the last axis."""
        if len(logits) > 1:
            return (logits.argmax(0) == targets.argmax(0)).sum(-1)
        return ((logits[0] >= 0) == (targets[0] > 0)).sum(-1)


_BY_KEYWORD = ("maximum", "minimum")  # where numpy deprecates the other


class Recorder:
    """Stands in for numpy or torch where a computation is written down, and notes its calls
    instead of making them: they are made again and again on the same arrays."""

    def __init__(self, lib: Library) -> None:
        self.lib, self.calls = lib, list[Call]()

    def call(self, function: Call) -> None:
        """Note a call of another function, without operands."""
        self.calls.append(function)

    def __getattr__(self, name: str) -> Callable[..., None]:
        function = getattr(self.lib.xp, name)
        # numpy takes the array for the result by position, too, which is quicker.
        by_position = self.lib.by_numpy and name not in _BY_KEYWORD

        def note(*operands: Any, out: Any) -> None:
            values = map(self.lib.operand, operands)
            if by_position:
                self.calls.append(partial(function, *values, out))
            else:
                self.calls.append(partial(function, *values, out=out))

        return note


def carry_back(xp: Any, weights: Any, delta: Any, out: Any) -> None:
    """The weights' transposed product with `delta`; from a single unit it is one of numbers, which
    costs less as such."""
    if len(delta) == 1:
        xp.multiply(weights.swapaxes(0, 2).swapaxes(1, 2), delta, out=out)  # by [in, nets, 1]
    else:
        xp.matmul(weights.swapaxes(1, 2), by_net(delta), out=by_net(out))


def by_net(array: Any) -> Any:
    """[units, nets, points] as [nets, units, points], or the other way round."""
    return array.swapaxes(0, 1)


def softmax_error(xp: Any, logits: Any, targets: Any, out: Any, room: Any) -> None:
    """Softmax of logits [K, ...] less the indicators of the classes, without overflow; `room` has
    the shape of one row."""
    xp.maximum(logits[0], logits[1], out=room)
    for row in logits[2:]:
        xp.maximum(room, row, out=room)
    xp.subtract(logits, room, out=out)
    xp.exp(out, out=out)
    xp.add(out[0], out[1], out=room)
    for row in out[2:]:
        xp.add(room, row, out=room)
    xp.divide(out, room, out=out)
    xp.subtract(out, targets, out=out)


def targets_and_inputs(
    lib: Library, data: Sequence[Tensor], labels: Sequence[Tensor], outputs: int
) -> Any:
    """The target of each output and the inputs of each point of each net, [nets, outputs + p, n]: a
    sign for one output, indicators of the classes for more."""
    source = lib.ones(len(data), outputs + data[0].shape[1], len(data[0]))
    for rows, x, label in zip(source, data, labels, strict=True):
        if outputs == 1:
            rows[0] = 2 * lib.array(label) - 1
        else:
            for number in range(outputs):
                rows[number] = lib.array(label == number)
        rows[outputs:] = lib.array(x).T
    return source
