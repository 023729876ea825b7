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
from .columns import check_once, column_names, columns_by_name, missing_columns

# How each column of a frame becomes numbers, by name: the levels of a categorical column; empty for
# a numeric one.
Frame = Mapping[str, Sequence[Any]]

_KINDS = "numbers, truth values, text or categories"

# Text with more distinct values than this identifies rows and is not a category.
MAX_LEVELS = 100


def is_frame(x: Any) -> bool:
    """Whether something has columns by name; a frame of polars' that is not computed yet is an
    error."""
    if type(x).__name__ == "LazyFrame":
        raise TypeError("A LazyFrame must be computed first: pass `frame.collect()`.")
    return hasattr(x, "columns") and hasattr(x, "__getitem__")


def check_names(name: str, x: Any) -> list[str]:
    """The names of a frame's columns, no two the same."""
    names = column_names(x) or []
    twice = {one for one in names if names.count(one) > 1}
    if twice or not names:
        came = f"{', '.join(map(repr, sorted(twice)))} is there twice" if twice else "it has none"
        raise ValueError(f"`{name}` must have columns, each with a name of its own: {came}.")
    return names


def learn_frame(name: str, x: Any, without: str | None = None) -> dict[str, list[Any]]:
    """How each column of a frame becomes numbers, for all columns but `without`."""
    return {
        one: column_levels(name, one, x[key])
        for one, key in zip(check_names(name, x), x.columns, strict=True)
        if one != without
    }


def column_levels(name: str, column: str, values: Any) -> list[Any]:
    """Levels of a categorical column in order, without unused ones; empty for a numeric column."""
    known = categories_of(values)
    if np.asarray(values).dtype.kind in "biuf" and not known:
        return []
    given = [one for one in entries(values) if not is_missing(one)]
    text = [isinstance(one, str) for one in given]
    if not known and not any(text):
        check_column(name, column, np.asarray(values))
        return []
    if not known and not all(text):
        raise TypeError(f"`{name}` must not mix text and other values in the column {column!r}.")
    there = {*given}
    levels = [plain(one) for one in known or sorted(there) if one in there]
    if len(levels) > MAX_LEVELS:
        raise ValueError(
            f"`{name}` must have at most {MAX_LEVELS} levels in a column of text, but {column!r} "
            f"has {len(levels):,} ({show(levels[:3])}): leave it out if it only names the rows."
        )
    return levels


def categories_of(values: Any) -> list[Any]:
    """Categories of a categorical column in order; empty for others, and without an order."""
    categories: Any = getattr(getattr(values, "dtype", None), "categories", None)
    # Those of polars' Categorical, whose order depends on what was read before, are no list.
    return list(categories.to_list()) if hasattr(categories, "to_list") else []


def entries(values: Any) -> list[Any]:
    """The values of a column, dates as the same objects that categories of them are."""
    return list(np.asarray(values, dtype=object))


def plain(level: Any) -> str | int | float:
    """A level as it can stand in a file; an interval or a date as text."""
    return level if isinstance(level, str | int | float) else str(level)


def check_column(name: str, column: str, values: Any, kinds: str = _KINDS) -> Tensor:
    """Numbers, truth values, or nothing where missing, as float64 [n, 1]."""
    try:
        return check_matrix(name, np.asarray(values)[:, None], dtype=np.float64)
    except TypeError:
        raise TypeError(
            f"`{name}` must hold {kinds}, but the column {column!r} holds values of type "
            f"{getattr(values, 'dtype', type(values).__name__)}."
        ) from None


def frame_features(frame: Frame) -> list[str]:
    """Names of the numeric columns that a frame becomes."""
    return [
        one
        for name, levels in frame.items()
        for one in ([f"{name}_{level}" for level in levels[1:]] if len(levels) else [name])
    ]


def source_columns(frame: Frame) -> list[str]:
    """For each column of numbers, the column of the frame that it comes from."""
    return [
        name for name, levels in frame.items() for _ in range(len(levels) - 1 if len(levels) else 1)
    ]


def check_frame(frame: Any, features: Sequence[str]) -> None:
    """Check that `frame`, maybe read from a file, gives numeric columns of these names."""
    lists = isinstance(frame, Mapping) and all(
        isinstance(name, str)
        and isinstance(levels, list | tuple)
        and all(isinstance(one, str | int | float) for one in levels)
        for name, levels in frame.items()
    )
    if not lists:
        raise TypeError(f"`frame` must be a dict of lists of levels, not {show(frame)}.")
    if frame_features(frame) != list(features):
        raise ValueError(f"`frame` must give the columns {show(features)}, not {show(frame)}.")


def frame_matrix(name: str, frame: Frame, x: Any) -> Tensor:
    """The columns of numbers of a frame, float64 [n, p]; NaN where a value is missing.

    Raises
    ------
    ValueError
        If a column is missing, or has a level that the frame which was learned had not.
    """
    names = columns_by_name(x)
    missing = [one for one in frame if one not in names]
    if missing:
        raise ValueError(missing_columns(name, missing, {*names} - {*frame}))
    check_once(name, [*map(str, x.columns)], frame)
    if not len(x):
        raise ValueError(f"`{name}` must have at least one row, not none.")
    parts = [
        indicators(name, one, levels, x[names[one]])
        if len(levels)
        else check_column(name, one, x[names[one]], "numbers where the training data do")
        for one, levels in frame.items()
    ]
    return torch.cat(parts, dim=1)


def indicators(name: str, column: str, levels: Sequence[Any], values: Any) -> Tensor:
    """0 or 1 for each level but the first, float64 [n, levels - 1]."""
    places = {level: place for place, level in enumerate(levels)}
    given = [None if is_missing(one) else plain(one) for one in entries(values)]
    new = sorted({str(one) for one in given if one is not None and one not in places})
    if new:
        raise ValueError(
            f"`{name}` has new levels in the column {column!r}, {counted(len(new), 'level')} that "
            f"the training data had not: {', '.join(map(repr, new[:5]))}. "
            f"They had {show(list(levels))}."
        )
    at = np.array([np.nan if one is None else places[one] for one in given])
    coded = (at[:, None] == np.arange(1, len(levels))).astype(np.float64)
    coded[np.isnan(at)] = np.nan
    return torch.from_numpy(coded)
