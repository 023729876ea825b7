"""Batches: the points of an epoch in a new order, cut into pieces, and what any loader yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import Dataset

from ..checks.words import show
from ..seed import make_generator

_PAIRS = "`data_loader` must yield pairs of tensors, inputs and labels, but a batch is"


def check_loader(data_loader: Any) -> None:
    """Something to go through that yields batches."""
    if not isinstance(data_loader, Iterable) or isinstance(data_loader, Dataset | str):
        raise TypeError(
            "`data_loader` must yield batches of inputs and labels, as DataLoader(...) does, "
            f"not {show(data_loader)}."
        )


def inputs_and_labels(batch: Any) -> tuple[Tensor, Tensor]:
    """The two parts of what a loader yields."""
    if not isinstance(batch, tuple | list):
        raise TypeError(f"{_PAIRS} {of_type(batch)}.")
    if len(batch) != 2 or not all(isinstance(part, Tensor) for part in batch):
        raise TypeError(f"{_PAIRS} ({', '.join(of_type(part) for part in batch)}).")
    inputs, labels = batch
    return inputs, labels


def of_type(value: Any) -> str:
    kind = type(value)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


class Batches:
    """The batches of one epoch each time it is gone through: shuffled, cut, the last one kept.

    It gives what `DataLoader(dataset, batch_size, shuffle=True)` gives, but slices the tensors
    at once instead of collating single items, and draws from a generator of its own.

    Parameters
    ----------
    data, label
        Shapes [n, p] and [n].
    batch_size
        Points in a batch; the last one of an epoch may be smaller.
    seed
        Fixes the order of the points in every epoch.
    skip
        Epochs to pass over first, for a training that goes on from there.
    """

    def __init__(
        self, data: Tensor, label: Tensor, batch_size: int, seed: int, skip: int = 0
    ) -> None:
        self.data, self.label = data, label
        self.batch_size = min(batch_size, len(data))
        self.generator = make_generator(seed, "batches")
        for _ in range(skip):
            self.next_order()

    def next_order(self, out: Tensor | None = None) -> Tensor:
        """The numbers of the points in the order of the next epoch, int64 [n], on the CPU; in
        `out`, if it is there."""
        return torch.randperm(len(self.data), generator=self.generator, out=out)

    def __len__(self) -> int:
        return -(-len(self.data) // self.batch_size)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        order = self.next_order().to(self.data.device)
        for batch in torch.split(order, self.batch_size):
            yield self.data[batch], self.label[batch]


class OneByOne:
    """The batches of one epoch after the other, a single one each time it is gone through."""

    def __init__(self, batches: Batches) -> None:
        self.batches, self.epoch = batches, iter(batches)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        batch = next(self.epoch, None)
        if batch is None:
            self.epoch = iter(self.batches)
            batch = next(self.epoch)
        yield batch
