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

    def loss_sum(self, logits: Any, signs: Any) -> Any:
        """Sum of log(1 + exp(-s z)) over the last axis, without overflow."""
        margin = logits * signs
        loss = self.xp.maximum(-margin, self.zero) + self.xp.log1p(self.xp.exp(-abs(margin)))
        return loss.sum(-1, dtype=self.wide)

    def hits(self, logits: Any, signs: Any) -> Any:
        """How many points are on their own side, along the last axis."""
        return ((logits >= 0) == (signs > 0)).sum(-1)


_BY_KEYWORD = ("maximum", "minimum")  # where numpy deprecates the other


class Recorder:
    """Stands in for numpy or torch where a computation is written down, and notes its calls
    instead of making them: they are made again and again on the same arrays."""

    def __init__(self, lib: Library) -> None:
        self.lib, self.calls = lib, list[Call]()

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


def signs_and_inputs(lib: Library, data: Sequence[Tensor], labels: Sequence[Tensor]) -> Any:
    """The sign and the inputs of each point of each net, [nets, 1 + p, n]."""
    source = lib.ones(len(data), 1 + data[0].shape[1], len(data[0]))
    for rows, x, label in zip(source, data, labels, strict=True):
        rows[0] = 2 * lib.array(label) - 1
        rows[1:] = lib.array(x).T
    return source
