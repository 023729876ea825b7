"""Arrays for closed-form training: numpy's on the CPU, whose calls cost less than torch's do, and
torch's elsewhere. Both know the functions used here by the same names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor


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
        self.zero, self.half = self.constant(0.0), self.constant(0.5)

    def array(self, values: Tensor) -> Any:
        """One of its own, that shares no memory with `values`."""
        copy = values.detach().to(self.device, self.dtype, copy=True)
        return copy.numpy() if self.by_numpy else copy

    def ones(self, *shape: int) -> Any:
        return self.array(torch.ones(shape))

    def constant(self, value: float) -> Any:
        return self.array(torch.tensor(value, dtype=torch.float64))

    def operand(self, value: Any) -> Any:
        """A number as an array, which numpy need not convert at each call; arrays as they are."""
        return self.constant(value) if isinstance(value, int | float) else value

    def take(self, rows: Any, order: Tensor, out: Any) -> None:
        """Put columns of [rows, points] into `out` in the given order."""
        if self.by_numpy:
            np.take(rows, order.numpy(), axis=1, out=out, mode="clip")  # "raise" would buffer
        else:
            out.copy_(rows[:, order.to(self.device)])

    def copy_to(self, target: Tensor, values: Any) -> None:
        target.copy_(torch.from_numpy(values) if self.by_numpy else values)

    def loss_sum(self, logits: Any, signs: Any) -> Any:
        """Sum of log(1 + exp(-s z)) over the last axis, without overflow."""
        margin = logits * signs
        loss = self.xp.maximum(-margin, self.zero) + self.xp.log1p(self.xp.exp(-abs(margin)))
        return loss.sum(-1, dtype=self.wide)

    def hits(self, logits: Any, signs: Any) -> Any:
        """How many points are on their own side, along the last axis."""
        return ((logits >= 0) == (signs > 0)).sum(-1)


Call = Callable[[], object]


class Recorder:
    """Stands in for numpy or torch where a computation is written down, and notes its calls
    instead of making them: they are made again and again on the same arrays."""

    def __init__(self, lib: Library) -> None:
        self.lib, self.calls = lib, list[Call]()

    def __getattr__(self, name: str) -> Callable[..., None]:
        function = getattr(self.lib.xp, name)

        def note(*operands: Any, out: Any) -> None:
            self.calls.append(partial(function, *map(self.lib.operand, operands), out=out))

        return note
