"""Conversion of what `train_xor()` takes as data to a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from torch import Tensor
from torch.utils.data import Dataset, Subset

from ..checks.tensors import Numbers, as_array, check_complete, check_matrix
from ..checks.words import counted, show, suggestion, warn
from .columns import column_names, columns_by_name, in_columns, left_out_line, nothing_varies
from .dataset import Level, PointDataset, feature_names
from .frames import (
    Frame,
    check_names,
    frame_features,
    frame_matrix,
    is_frame,
    learn_frame,
    source_columns,
)
from .own import as_xor_data, classified, numbered, plain_labels


class Labelled(Protocol):
    """An object with points and their labels, in any form."""

    @property
    def data(self) -> Any: ...

    @property
    def label(self) -> Any: ...


class Encoded(NamedTuple):
    """Training data, and how a data frame became their columns, where it did."""

    dataset: PointDataset
    encoding: Mapping[str, Any] | None


# What `train_xor()` takes; numbers alone need labels beside them.
WithLabels = Dataset[Any] | Labelled | tuple[Numbers, Numbers]
Data = Numbers | WithLabels


def training_data(x: Any, y: Any, data: Any) -> Encoded | None:
    """The training data given by the first arguments of `train_xor()`; None without any."""
    if data is not None:
        if x is not None:
            raise ValueError(
                "`x` and `data` must not both be given: what is to be learned is one of them."
            )
        x = data
    if x is None:
        if y is not None:
            raise ValueError("`x` must be given beside `y`.")
        return None
    if isinstance(x, Encoded):
        return x
    x, y = frame_and_labels(x, y)
    if y is None:
        if is_frame(x):
            need_labels(None)
        if isinstance(x, np.ndarray | Tensor) or (isinstance(x, list) and len(x) != 2):
            raise ValueError("`y` must be given beside a matrix: its labels, one for each row.")
        return Encoded(as_dataset(x), None)
    check_y(x, y)
    return encoded_frame(x, y) if is_frame(x) else Encoded(as_xor_data(x, y), None)


def frame_and_labels(x: Any, y: Any) -> tuple[Any, Any]:
    """Split a pair of a data frame and its labels, or the name of their column; other data are
    returned unchanged."""
    pair = y is None and isinstance(x, tuple | list) and len(x) == 2
    return (x[0], x[1]) if pair and is_frame(x[0]) else (x, y)


def need_labels(y: Any) -> Any:
    """The labels of a data frame, or the name of their column, which must be known."""
    if y is None:
        raise ValueError(
            "`y` must be given beside a data frame: the name of the column that holds the "
            "classes, or the labels."
        )
    return y


_BY_NAME = "All other arguments go by name, as in `hidden=8`."


def check_y(x: Any, y: Any) -> None:
    """Labels, one for each row, or the name of a column that holds them."""
    if isinstance(x, Dataset):
        raise ValueError(
            f"`y` must be left out for a dataset, which has labels, not {show(y)}. {_BY_NAME}"
        )
    if isinstance(y, str):
        if not is_frame(x):
            raise TypeError(
                f"`y` must be labels, one for each row of `x`, not {show(y)}: only a data frame "
                "has columns by name."
            )
        return
    table = isinstance(x, list | tuple | np.ndarray | Tensor) or is_frame(x)
    rows, labels = length(x) if table else None, length(y)
    if rows is None or rows == labels:
        return
    must = f"`y` must be the labels of `x`, one for each of its {counted(rows, 'row')}"
    if labels is None:
        raise TypeError(f"{must}, not {show(y)}. {_BY_NAME}")
    raise ValueError(f"{must}, not {labels:,} of them. {_BY_NAME}")


def length(values: Any) -> int | None:
    """Number of values; None for a scalar."""
    try:
        return len(values)
    except TypeError:
        return None


def encoded_frame(x: Any, y: Any) -> Encoded:
    """A data frame with the labels in one of its columns, or beside it."""
    target = y if isinstance(y, str) else None
    check_names("x", x)
    label = y if target is None else column_of(x, target)
    named = getattr(label, "name", None)
    among = target is None and isinstance(named, str) and named in (column_names(x) or [])
    if among and np.array_equal(np.asarray(x[named]), np.asarray(label)):
        raise ValueError(
            f"`x` must not hold the labels among its columns, but {named!r} is there: pass "
            f"`y={named!r}`, or leave the column out."
        )
    frame = learn_frame("x", x, target)
    if not frame:
        raise ValueError(f"`x` must have a column beside the classes, {target!r}.")
    warn_of_one_level(frame)
    points = check_complete("x", frame_matrix("x", frame, x), source_columns(frame))
    dataset = classified(points, label, None, frame_features(frame))
    coded = target is not None or any(frame.values())
    return Encoded(dataset, {"frame": frame, "target": target} if coded else None)


def warn_of_one_level(frame: Frame) -> None:
    """Warn of text columns that are left out because they have only one level."""
    constant = [name for name, levels in frame.items() if len(levels) == 1]
    if len(constant) == len(frame):
        raise ValueError(nothing_varies(constant))
    if constant:
        warn(left_out_line(constant))


def column_of(x: Any, name: str) -> Any:
    """A column of a data frame by its name."""
    names = columns_by_name(x)
    if name not in names:
        near = suggestion(name, names) or f" It has {', '.join(map(repr, [*names][:10]))}."
        raise ValueError(f"`y` must be a column of the data frame, not {name!r}.{near}")
    return x[names[name]]


def without_column(x: Any, name: str) -> Any:
    """The other columns of a data frame."""
    return x[[key for key in x.columns if str(key) != name]]


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
