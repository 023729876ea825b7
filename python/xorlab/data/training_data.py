"""What is meant by the first arguments of `train_xor()`: points with labels, or a data frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from torch import Tensor
from torch.utils.data import Dataset

from ..checks.tensors import check_complete
from ..checks.words import counted, show, suggestion, warn
from .columns import column_names, columns_by_name, left_out_line, nothing_varies
from .convert import as_dataset
from .dataset import PointDataset
from .frames import (
    Frame,
    check_names,
    frame_features,
    frame_matrix,
    is_frame,
    learn_frame,
    source_columns,
)
from .own import as_xor_data, classified


class Encoded(NamedTuple):
    """Training data, how a data frame became their columns, where it did, and rows of it that are
    held out already, where there are any."""

    dataset: PointDataset
    encoding: Mapping[str, Any] | None
    held_out: PointDataset | None = None


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
        raise ValueError(
            f"`y`, the classes, must be a column of the data frame, but {name!r} is none.{near}"
        )
    return x[names[name]]


def without_column(x: Any, name: str) -> Any:
    """The other columns of a data frame."""
    return x[[key for key in x.columns if str(key) != name]]
