"""What train_xor() takes as data, as a dataset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch.utils.data import Dataset, Subset

from ..checks.tensors import check_complete, check_matrix
from ..checks.words import show
from .columns import column_names, in_columns
from .dataset import Level, PointDataset, feature_names
from .own import as_xor_data, plain_labels


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
    points, labels = zip(*(dataset[i] for i in range(len(dataset))), strict=True)  # type: ignore
    return torch.stack(points), torch.as_tensor(labels)


def labelled(x: Any, label: Any, levels: Sequence[Level], features: Sequence[str]) -> PointDataset:
    """Points in known classes, of one or both of them; without names, in known columns."""
    x = in_columns("x", x, features)
    points = check_complete("x", check_matrix("x", x))
    given = plain_labels(label, len(points))
    others = sorted({one for one in given.tolist() if one not in levels}, key=str)
    if others:
        raise ValueError(
            f"`data` must have the classes {tuple(levels)}, as the fit has, not {show(others)}."
        )
    count = points.shape[1]
    names = features if len(features) == count else feature_names(count)
    is_one = (given == levels[1]).astype(int)
    return PointDataset(points, is_one, levels, column_names(x) or names)
