"""Data frames, of pandas or polars, as columns of numbers.

Neither library is needed for that: a frame is asked for its columns by name. Numbers and truth
values stay a column. Text and categories become an indicator, 0 or 1, for each level but the first,
as R's treatment contrasts do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..checks.tensors import check_matrix, is_missing
from ..checks.words import counted, show
from .columns import column_names, missing_columns

# How each column of a frame becomes numbers, by its name: the levels of a categorical one, none for
# one of numbers.
Frame = Mapping[str, Sequence[Any]]

# A column of more different texts than these is a name or a number of the row, and no category.
MAX_LEVELS = 100


def is_frame(x: Any) -> bool:
    """Whether something has columns by name."""
    return hasattr(x, "columns") and hasattr(x, "__getitem__")


def learn_frame(name: str, x: Any, without: str | None = None) -> dict[str, list[Any]]:
    """How each column of a frame becomes numbers, of all but one."""
    names = column_names(x) or []
    twice = {one for one in names if names.count(one) > 1}
    if twice or not names:
        came = f"{', '.join(map(repr, sorted(twice)))} is there twice" if twice else "it has none"
        raise ValueError(f"`{name}` must have columns, each with a name of its own: {came}.")
    return {
        one: column_levels(name, one, x[key])
        for one, key in zip(names, x.columns, strict=True)
        if one != without
    }


def column_levels(name: str, column: str, values: Any) -> list[Any]:
    """The levels of a categorical column, in order, those that no row has left out; none for one of
    numbers."""
    given = np.asarray(values)
    known = categories_of(values)
    if given.dtype.kind in "biuf" and not known:
        return []
    there = {one for one in given.tolist() if not is_missing(one)}
    if not known and not any(isinstance(one, str) for one in there):
        check_column(name, column, given)
        return []
    if not known and not all(isinstance(one, str) for one in there):
        raise TypeError(f"`{name}` must not mix text and other values in the column {column!r}.")
    levels = [one for one in known or sorted(there) if one in there]
    if len(levels) > MAX_LEVELS:
        raise ValueError(
            f"`{name}` must have at most {MAX_LEVELS} levels in a column of text, but {column!r} "
            f"has {len(levels):,} ({show(levels[:3])}): leave it out if it only names the rows."
        )
    return levels


def categories_of(values: Any) -> list[Any]:
    """Those of a categorical column, in order; none for another, or where they have no order."""
    categories = getattr(getattr(values, "dtype", None), "categories", None)
    try:
        return [] if categories is None else list(categories)
    except TypeError:  # polars' Categorical, whose order is not its own
        return []


def check_column(name: str, column: str, values: Any) -> Tensor:
    """Numbers, truth values, or nothing where missing, as float64 [n, 1]."""
    try:
        return check_matrix(name, np.asarray(values)[:, None], dtype=np.float64)
    except TypeError:
        raise TypeError(
            f"`{name}` must hold numbers, truth values, text or categories, but the column "
            f"{column!r} holds values of type {getattr(values, 'dtype', type(values).__name__)}."
        ) from None


def frame_features(frame: Frame) -> list[str]:
    """Names of the columns of numbers."""
    return [
        one
        for name, levels in frame.items()
        for one in ([f"{name}_{level}" for level in levels[1:]] if len(levels) else [name])
    ]


def frame_matrix(name: str, frame: Frame, x: Any) -> Tensor:
    """The columns of numbers of a frame, float64 [n, p]; NaN where a value is missing.

    Raises
    ------
    ValueError
        If a column is not there, or has a level that the frame which was learned had not.
    """
    names = dict(zip(column_names(x) or [], x.columns, strict=True))
    missing = [one for one in frame if one not in names]
    if missing:
        raise ValueError(missing_columns(name, missing, {*names} - {*frame}))
    if not len(x):
        raise ValueError(f"`{name}` must have at least one row, not none.")
    parts = [
        indicators(name, one, levels, x[names[one]])
        if len(levels)
        else check_column(name, one, x[names[one]])
        for one, levels in frame.items()
    ]
    return torch.cat(parts, dim=1)


def indicators(name: str, column: str, levels: Sequence[Any], values: Any) -> Tensor:
    """0 or 1 for each level but the first, float64 [n, levels - 1]."""
    given = np.asarray(values).astype(object)
    lost = np.array([is_missing(one) for one in given.tolist()])
    places = {level: place for place, level in enumerate(levels)}
    new = sorted({str(one) for one in given[~lost].tolist() if one not in places})
    if new:
        raise ValueError(
            f"`{name}` has new levels in the column {column!r}, {counted(len(new), 'level')} that "
            f"the training data had not: {', '.join(map(repr, new[:5]))}. "
            f"They had {show(list(levels))}."
        )
    at = np.array([places.get(one, 0) for one in given.tolist()])
    coded = (at[:, None] == np.arange(1, len(levels))).astype(np.float64)
    coded[lost] = np.nan
    return torch.from_numpy(coded)
