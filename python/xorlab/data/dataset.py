"""Points with class labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from numbers import Real
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from ..checks.public import public
from ..checks.tensors import Numbers, check_complete, check_labels, check_matrix
from ..checks.words import counted, show
from .origin import MAX_CLASSES, Toy

Level = bool | int | str


class PointDataset(Dataset[tuple[Tensor, Tensor]]):
    """Points with class labels, for any number of input columns.

    Parameters
    ----------
    data
        Shape [n, p], finite numbers.
    label
        Shape [n], 0 or 1; for K classes from 0 to K - 1. (Training asks for all of them.)
    levels
        What 0, 1, ... stand for, from 2 to 100 classes.
    features
        Names of the columns; "x1", "x2", ... if None.

    Attributes
    ----------
    data : float32 tensor, shape [n, p]
    label : int64 tensor, shape [n]
    origin
        The toy problem that the points are a sample of, such as `Toy("xor", noise)`; None for
        the user's own.
    categories
        What a pandas Categorical or a factor in R could hold, in order, where that is more than
        the classes; else None.

    Raises
    ------
    TypeError, ValueError
        If the data are not numbers in rows and columns, the lengths differ, a value is missing,
        or a label is not the number of a class.

    Examples
    --------
    >>> points = PointDataset([[0.0, 1.0], [1.0, 1.0]], [1, 0])
    >>> points[0]
    (tensor([0., 1.]), tensor(1))
    """

    origin: Toy | None = None
    _exact: Tensor | None = None
    categories: tuple[Level, ...] | None = None

    @public
    def __init__(
        self,
        data: Numbers,
        label: Numbers,
        levels: Sequence[Level] = (0, 1),
        features: Sequence[str] | None = None,
    ) -> None:
        points, levels = check_matrix("x", data, dtype=np.float64), check_levels(levels)
        columns = points.shape[1]
        names = check_features(feature_names(columns) if features is None else features, columns)
        check_complete("x", points, None if features is None else names)
        label = check_labels("label", label, len(points), len(levels))
        self._hold(points, label, levels, names)

    def _hold(
        self,
        points: Tensor,
        label: Tensor,
        levels: tuple[Level, ...],
        features: tuple[str, ...],
        origin: Toy | None = None,
    ) -> None:
        """Take parts that were checked, or made, to be right."""
        self.data = points.float()
        self._exact = None if self.data is points else points
        self.label, self.levels, self.features = label, levels, features
        self.origin = origin

    @property
    def points(self) -> Tensor:
        """The points as given, float64 [n, p]; `data`, where they are float32 or were changed."""
        exact = self._exact
        return self.data if exact is None or not torch.equal(exact.float(), self.data) else exact

    @staticmethod
    def _blank() -> PointDataset:
        """A dataset of nothing yet, of the class that parts of this one are of."""
        return PointDataset.__new__(PointDataset)

    @public
    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone."""
        return {
            "x": self.points.numpy(),
            "label": self.label.numpy(),
            "levels": list(self.levels),
            "categories": list(self.categories) if self.categories else None,
            "features": list(self.features),
            "kind": getattr(self.origin, "kind", None),
            "std": getattr(self.origin, "std", None),
            "seed": getattr(self.origin, "seed", None),
        }

    @public
    def take(self, rows: Sequence[int]) -> PointDataset:
        """Some of the points, which no seed gives by itself, in the same classes and columns, and
        of the same origin."""
        index = torch.as_tensor(list(rows), dtype=torch.int64)
        if not len(index):
            raise ValueError("`rows` must be at least one, not none.")
        part = self._blank()
        origin = replace(self.origin, seed=None) if self.origin else None
        part._hold(self.points[index], self.label[index], self.levels, self.features, origin)
        part.categories = self.categories
        return part

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: Any) -> tuple[Tensor, Tensor]:
        return self.data[index], self.label[index]

    @public
    def __repr__(self) -> str:
        n, p = self.data.shape
        sizes = ", ".join(
            f"class {level}: {count:,}"
            for level, count in zip(self.levels, self.class_sizes(), strict=True)
        )
        return f"{type(self).__name__}: {counted(n, 'point')}, {counted(p, 'column')}; {sizes}"

    @public
    def class_shares(self) -> list[float]:
        """Share of the points of each class, 0 to 1."""
        return [size / len(self) for size in self.class_sizes()]

    @public
    def class_sizes(self) -> list[int]:
        """Number of points of each class."""
        return torch.bincount(self.label, minlength=len(self.levels)).tolist()


def check_levels(levels: Any) -> tuple[Level, ...]:
    """The names of the classes, which numpy's numbers and strings can be, too."""
    must = f"`levels` must name from 2 to {MAX_CLASSES} different classes, not {show(levels)}."
    if isinstance(levels, str) or not isinstance(levels, Iterable):
        raise TypeError(must)
    given = islice(levels, MAX_CLASSES + 1)
    plain = tuple(one.item() if isinstance(one, np.generic) else one for one in given)
    if not all(isinstance(one, str | Real) and one == one for one in plain):
        raise TypeError(must)
    if not 2 <= len(plain) <= MAX_CLASSES or len({*plain}) < len(plain):
        raise ValueError(must)
    return plain


def check_categories(categories: Any, levels: Sequence[Level]) -> tuple[Level, ...]:
    """All that a factor could hold, the classes among them."""
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
