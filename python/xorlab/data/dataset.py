"""Two-class data, and continuous XOR."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice
from numbers import Real
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset, Subset

from ..checks.public import public
from ..checks.values import (
    check_complete,
    check_count,
    check_entries,
    check_labels,
    check_matrix,
    check_number,
    counted,
    show,
)
from ..seed import make_generator, resolve_seed

Level = bool | int | str

DEFAULT_STD = 0.1
# Of larger noise, points would be beyond float32.
MAX_STD = 1e30


class TwoClassDataset(Dataset[tuple[Tensor, Tensor]]):
    """Points with a label of 0 or 1, for any number of input columns.

    Parameters
    ----------
    data
        Shape [n, p], finite numbers.
    label
        Shape [n], 0 or 1, both present.
    levels
        What 0 and 1 stand for.
    features
        Names of the columns; "x1", "x2", ... if None.

    Attributes
    ----------
    data : float32 tensor, shape [n, p]
    label : int64 tensor, shape [n]
    categories
        What a pandas Categorical or a factor in R could hold, in order, where that is more than
        the two classes; else None.

    Raises
    ------
    TypeError, ValueError
        If the data are not numbers in rows and columns, the lengths differ, a value is missing,
        or the labels are not two classes.

    Examples
    --------
    >>> points = TwoClassDataset([[0.0, 1.0], [1.0, 1.0]], [1, 0])
    >>> points[0]
    (tensor([0., 1.]), tensor(1))
    """

    categories: tuple[Level, ...] | None = None

    @public
    def __init__(
        self,
        data: Any,
        label: Any,
        levels: Sequence[Level] = (0, 1),
        features: Sequence[str] | None = None,
    ) -> None:
        self.data = check_complete("x", check_matrix("x", data))
        self.label = check_labels("label", label, len(self.data))
        if len(torch.unique(self.label)) != 2:
            raise ValueError("`label` must hold both classes, 0 and 1.")
        self.levels = check_levels(levels)
        columns = self.data.shape[1]
        self.features = check_features(
            feature_names(columns) if features is None else features, columns
        )

    @public
    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone."""
        return {
            "x": self.data.numpy(),
            "label": self.label.numpy(),
            "levels": list(self.levels),
            "categories": list(self.categories) if self.categories else None,
            "features": list(self.features),
            "std": getattr(self, "std", None),
            "seed": getattr(self, "seed", None),
        }

    @public
    def take(self, rows: Sequence[int]) -> TwoClassDataset:
        """Some of the points, which no seed gives by itself, in the same classes and columns, and
        with the same noise where they are XOR's."""
        content = self.to_dict()
        content.update(x=self.data[rows].numpy(), label=self.label[rows].numpy(), seed=None)
        return dataset_from_dict(content)

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: Any) -> tuple[Tensor, Tensor]:
        return self.data[index], self.label[index]

    @public
    def __repr__(self) -> str:
        n, p = self.data.shape
        ones = int(self.label.sum())
        return (
            f"{type(self).__name__}: {counted(n, 'point')}, {counted(p, 'column')}; "
            f"class {self.levels[0]}: {n - ones:,}, class {self.levels[1]}: {ones:,}"
        )


class XORDataset(TwoClassDataset):
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
    seed
        The one that gives these points; None where they are some of a sample's.

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

    @public
    def __init__(self, size: int, std: float = DEFAULT_STD, seed: int | None = None) -> None:
        # Not through the parent: a small sample may well hold one class alone.
        self.size = check_count("size", size)
        self.std = check_number("std", std, minimum=0, maximum=MAX_STD)
        self.seed: int | None = resolve_seed(seed)
        self.levels = (0, 1)
        self.features = feature_names(2)
        generator = make_generator(self.seed, "data")
        self.data = torch.randint(2, (self.size, 2), generator=generator, dtype=torch.float32)
        self.label = (self.data[:, 0] != self.data[:, 1]).long()
        noise = torch.randn(self.data.shape, generator=generator, dtype=torch.float32)
        self.data.add_(noise, alpha=self.std)

    @property
    def best_accuracy(self) -> float:
        """What no classifier can expect to surpass on such data: see `bayes_xor()`."""
        return best_accuracy(self.std)


def known_best(dataset: Any) -> float | None:
    """The best possible accuracy on a dataset, or on a `Subset` of one, where that is known."""
    while type(dataset) is Subset:
        dataset = dataset.dataset
    return getattr(dataset, "best_accuracy", None)


def best_accuracy(std: float) -> float:
    """p^2 + (1 - p)^2, where p is the chance that the noise leaves a bit on its side of 1/2."""
    p = 0.5 * math.erfc(-0.5 / std / math.sqrt(2)) if std > 0 else 1.0
    return p**2 + (1 - p) ** 2


def is_xor(data: TwoClassDataset | None) -> bool:
    """Whether points lie in the plane of XOR: others have scales of their own. Those that bare
    weights were trained on are taken to."""
    return data is None or isinstance(data, XORDataset)


@public
def dataset_from_dict(content: Any) -> TwoClassDataset:
    """The dataset that `to_dict()` was made of.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or unknown, or they are not those of one dataset.
    """
    needed = ("x", "label", "levels", "features", "std")
    content = check_entries("data", content, needed, ("categories", "seed"))
    kind = TwoClassDataset if content["std"] is None else XORDataset
    dataset = kind.__new__(kind)
    dataset.data = check_complete("x", check_matrix("x", content["x"]))
    dataset.label = check_labels("label", content["label"], len(dataset.data))
    dataset.levels = check_levels(content["levels"])
    dataset.features = check_features(content["features"], dataset.data.shape[1])
    if content.get("categories"):  # older files have none
        dataset.categories = check_categories(content["categories"], dataset.levels)
    if isinstance(dataset, XORDataset):
        if dataset.data.shape[1] != 2:
            raise ValueError("`std` must be None for data that are not points of XOR.")
        dataset.size = len(dataset.data)
        dataset.std = check_number("std", content["std"], minimum=0, maximum=MAX_STD)
        seed = content.get("seed")
        dataset.seed = None if seed is None else check_count("seed", seed, minimum=0)
    return dataset


def check_levels(levels: Any) -> tuple[Level, ...]:
    """The two classes, which numpy's numbers and strings can be, too."""
    must = f"`levels` must name two classes, not {show(levels)}."
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        raise TypeError(must)
    plain = tuple(one.item() if isinstance(one, np.generic) else one for one in levels)
    if not all(isinstance(one, str | Real) for one in plain):
        raise TypeError(must)
    if len(plain) != 2 or plain[0] == plain[1]:
        raise ValueError(must)
    return plain


def check_categories(categories: Any, levels: Sequence[Level]) -> tuple[Level, ...]:
    """All that a factor could hold, the two classes among them."""
    must = f"`categories` must hold the classes {show(tuple(levels))}, not {show(categories)}."
    if not isinstance(categories, list | tuple):
        raise TypeError(must)
    if not all(isinstance(one, str | Real) for one in categories) or {*levels} - {*categories}:
        raise ValueError(must)
    return tuple(categories)


def check_features(features: Any, columns: int) -> tuple[str, ...]:
    """A name for each column, no two the same."""
    must = f"`features` must name {counted(columns, 'column')}, not {show(features)}."
    if isinstance(features, str) or not isinstance(features, Iterable):
        raise TypeError(must)
    given = tuple(islice(features, columns + 1))
    if not all(isinstance(one, str | Real) for one in given):
        raise TypeError(must)
    if len(given) != columns:
        raise ValueError(must)
    names = tuple(map(str, given))
    if len(set(names)) < len(names) or not all(names):
        raise ValueError(f"The columns of `x` must each have a name of its own, not {show(names)}.")
    return names


def feature_names(columns: int) -> tuple[str, ...]:
    return tuple(f"x{i + 1}" for i in range(columns))
