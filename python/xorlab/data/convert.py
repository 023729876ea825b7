"""Conversion of what `train_xor()` takes as data to a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from torch import Tensor
from torch.utils.data import Dataset, Subset

from ..checks.tensors import Numbers, as_array, check_complete, check_matrix
from ..checks.words import show
from .columns import column_names, in_columns
from .dataset import Level, PointDataset, feature_names
from .own import as_xor_data, numbered, plain_labels


class Labelled(Protocol):
    """An object with points and their labels, in any form."""

    @property
    def data(self) -> Any: ...

    @property
    def label(self) -> Any: ...


# What `train_xor()` takes; numbers alone need labels beside them.
WithLabels = Dataset[Any] | Labelled | tuple[Numbers, Numbers]
Data = Numbers | WithLabels


def as_dataset(
    data: Any, levels: Sequence[Level] | None = None, features: Sequence[str] = ()
) -> PointDataset:
    """What `train_xor()` accepts: a dataset of ours, one made by hand, or a pair (x, label).

    Where the classes are known, as `levels`, one of them may be missing, and of a data frame only
    the columns called `features` matter.
    """
    data = taken(data)
    if isinstance(data, PointDataset):
        return data
    if isinstance(data, Dataset) and not hasattr(data, "label"):
        data = gathered(data)
    if hasattr(data, "data") and hasattr(data, "label"):
        data = data.data, data.label
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError(
            "`data` must be an XORDataset, the result of as_xor_data(), a pair (x, label), or an "
            f"object with `data` and `label`, not {show(data)}."
        )
    x, label = data
    return as_xor_data(x, label) if levels is None else labelled(x, label, levels, features)


def taken(data: Any) -> Any:
    """The points of a `Subset`, or a `Subset` of one, of a dataset of ours, as a dataset of ours;
    other data as they are."""
    if type(data) is not Subset:  # a subclass may give other items
        return data
    whole = taken(data.dataset)
    return (
        whole.take([int(row) for row in data.indices]) if isinstance(whole, PointDataset) else data
    )


def gathered(dataset: Dataset[Any]) -> tuple[Any, Any]:
    """All items of a dataset of torch's, such as a `TensorDataset`."""
    if not hasattr(dataset, "__len__"):
        raise TypeError(
            "`data` must be a dataset with a length, whose items are taken by number, "
            f"not {type(dataset).__name__}."
        )
    items = [dataset[i] for i in range(len(dataset))]
    for item in items:
        if not isinstance(item, tuple | list) or len(item) != 2:
            parts = f"{len(item)} parts" if isinstance(item, tuple | list) else show(item)
            raise TypeError(
                "`data` must be a dataset of pairs, the inputs and the label of a point, but an "
                f"item is {parts}."
            )
    points = [as_array(x) if isinstance(x, Tensor) else x for x, _ in items]
    labels = [one.item() if isinstance(one, Tensor) else one for _, one in items]
    return points, labels


def labelled(x: Any, label: Any, levels: Sequence[Level], features: Sequence[str]) -> PointDataset:
    """Points in known classes, of some or all of them; without names, in known columns."""
    x = in_columns("x", x, features)
    points = check_matrix("x", x, dtype=np.float64)
    check_complete("x", points, features if len(features) == points.shape[1] else None)
    given = plain_labels(label, len(points))
    others = sorted({one for one in given.tolist() if one not in levels}, key=str)
    if others:
        raise ValueError(
            f"`data` must have the classes {tuple(levels)}, as the fit has, not {show(others)}."
        )
    count = points.shape[1]
    names = features if len(features) == count else feature_names(count)
    return PointDataset(points, numbered(given, levels), levels, column_names(x) or names)
