"""Parts of a dataset: rows to train on, and rows that are held out."""

from __future__ import annotations

import torch

from ..checks.values import check_number
from ..checks.words import counted
from ..seed import Stream, make_generator
from .dataset import PointDataset


def held_out(
    dataset: PointDataset, share: float, seed: int, stream: Stream = "held out"
) -> tuple[list[int], list[int]]:
    """The rows to train on, and those that are held out, each in the order of the dataset.

    They are drawn at random within each class, so that all classes keep their shares: of n points
    of a class, `share * n`, rounded, are held out, but at least one, and never the last one.

    Parameters
    ----------
    dataset
        Points with labels.
    share
        Of each class, above 0 and below 1.
    seed
        Fixes which rows they are.
    stream
        The seed's stream that they are drawn by: rows held out for one end are no others' rows.

    Raises
    ------
    TypeError, ValueError
        If `share` is no such number, or no class has a second point.
    """
    share = check_number("share", share, above=0, maximum=1)
    generator = make_generator(seed, stream)
    held = torch.zeros(len(dataset), dtype=torch.bool)
    for number, size in enumerate(dataset.class_sizes()):
        order = torch.randperm(size, generator=generator)
        count = min(max(int(share * size + 0.5), 1), size - 1)
        held[(dataset.label == number).nonzero()[:, 0][order[: max(count, 0)]]] = True
    if not held.any():
        raise ValueError(
            "`data` must have two points of a class, one of which can be held out, but no class "
            "has more than one."
        )
    return (~held).nonzero()[:, 0].tolist(), held.nonzero()[:, 0].tolist()


def split_validation(
    dataset: PointDataset, share: float, seed: int
) -> tuple[PointDataset, PointDataset]:
    """The rows to train on, and those for validation: such a share of each class.

    Raises
    ------
    ValueError
        If a class has a single point.
    """
    for level, size in zip(dataset.levels, dataset.class_sizes(), strict=True):
        if size < 2:
            raise ValueError(
                f"`validation` must leave each class a point to train on and take one, but class "
                f"{level!r} has {counted(size, 'point')}."
            )
    rows, others = held_out(dataset, share, seed, "validation")
    return dataset.take(rows), dataset.take(others)
