"""Continuous XOR: its points."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import torch
from torch import Generator, Tensor
from torch.utils.data import Subset

from ..checks.public import public
from ..checks.values import check_count
from ..seed import make_generator, resolve_seed
from .ceiling import best_accuracy
from .dataset import PointDataset, feature_names
from .origin import DEFAULT_STD, Toy


class XORDataset(PointDataset):
    """Continuous XOR: two random bits, of class 1 where exactly one is 1, plus Gaussian noise.

    Parameters
    ----------
    size
        Number of points, at least 1.
    std
        Standard deviation of the noise on each bit, 0 or more.
    seed
        Fixes the points; None draws one from torch's global generator.

    Attributes
    ----------
    data : float32 tensor, shape [size, 2]
    label : int64 tensor, shape [size]
    size, std, seed
        As given, or drawn; `seed` is None where the points are some of a sample's.

    Raises
    ------
    TypeError, ValueError
        If `size`, `std` or `seed` is not such a number.

    Examples
    --------
    >>> dataset = XORDataset(200, seed=1)
    >>> len(dataset), dataset.data.shape, dataset[0][1].dtype
    (200, torch.Size([200, 2]), torch.int64)
    """

    origin: Toy

    @public
    def __init__(self, size: int, std: float = DEFAULT_STD, seed: int | None = None) -> None:
        size, std = check_count("size", size), Toy("xor", std).noise
        seed = resolve_seed(seed)
        data, label = noisy_bits(size, std, 2, make_generator(seed, "data"))
        self._hold(data, label, (0, 1), feature_names(2), Toy("xor", std, seed))

    @staticmethod
    def _blank() -> PointDataset:
        """A dataset of nothing yet, of the class that parts of this one are of."""
        return XORDataset.__new__(XORDataset)

    # Cached, so that a subclass may set them as well.
    @cached_property
    def size(self) -> int:
        """Number of points."""
        return len(self)

    @cached_property
    def std(self) -> float:
        """Standard deviation of the noise."""
        return self.origin.std

    @cached_property
    def seed(self) -> int | None:
        """What gives these points; None where they are some of a sample's."""
        return self.origin.seed

    @property
    def best_accuracy(self) -> float:
        """What no classifier can expect to surpass on such data: see `bayes_xor()`."""
        return best_accuracy(self.origin.noise)


def noisy_bits(size: int, std: float, _: int, generator: Generator) -> tuple[Tensor, Tensor]:
    """Points of XOR, float32 [size, 2], and their classes."""
    data = torch.randint(2, (size, 2), generator=generator, dtype=torch.float32)
    label = (data[:, 0] != data[:, 1]).long()
    noise = torch.randn(data.shape, generator=generator, dtype=torch.float32)
    return data.add_(noise, alpha=std), label


def is_xor(data: PointDataset | None) -> bool:
    """Whether points lie in the plane of XOR: others have scales of their own. Those that bare
    weights were trained on are taken to."""
    return data is None or (data.origin is not None and data.origin.kind == "xor")


def known_best(dataset: Any) -> float | None:
    """The best possible accuracy on a dataset, or on a `Subset` of one, where that is known."""
    while type(dataset) is Subset:
        dataset = dataset.dataset
    return getattr(getattr(dataset, "origin", None), "best_accuracy", None)
