"""Columns as the user has them, and how some are chosen by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any, NamedTuple

import numpy as np

from ..checks.words import shortened_names, show, suggestion


class Column(NamedTuple):
    """A column as the user has it: `place` is that of its first column of numbers; of one of
    numbers, `levels` is empty."""

    name: str
    place: int
    levels: Sequence[Any]


def user_columns(
    features: Sequence[str], frame: Mapping[str, Sequence[Any]] | None
) -> list[Column]:
    """The columns as the user has them."""
    if frame is None:
        return [Column(name, place, ()) for place, name in enumerate(features)]
    columns, place = [], 0
    for name, levels in frame.items():
        columns.append(Column(name, place, levels))
        place += len(levels) - 1 if len(levels) else 1
    return columns


def check_vars(vars: Any, columns: Sequence[Column]) -> list[Column]:
    """Two different columns of numbers by name."""
    known = {one.name: one for one in columns}
    given = [vars] if isinstance(vars, str) or not isinstance(vars, Iterable) else list(vars)
    if not all(isinstance(one, str) for one in given):
        raise TypeError(f"`vars` must be the names of two columns, not {show(vars)}.")
    for name in given:
        check_name("vars", name, known)
        if len(known[name].levels):
            raise ValueError(f"`vars` must name columns of numbers, but {name!r} has categories.")
    if len(given) != 2 or given[0] == given[1]:
        raise ValueError(f"`vars` must be the names of two different columns, not {show(vars)}.")
    return [known[name] for name in given]


def check_at(at: Any, columns: Sequence[Column], free: Sequence[str]) -> dict[str, Any]:
    """Values by name: finite numbers, or levels."""
    if at is None:
        return {}
    if not isinstance(at, Mapping):
        raise TypeError(f"`at` must be a dict of values by the name of a column, not {show(at)}.")
    known = {one.name: one for one in columns}
    for name, value in at.items():
        check_name("at", name, known)
        if name in free:
            raise ValueError(f"`at` must not fix a column that varies, but {name!r} is there.")
        levels = known[name].levels
        if len(levels) and value not in levels:
            near = suggestion(value, map(str, levels)) if isinstance(value, str) else ""
            raise ValueError(
                f"`at` must have a level of {name!r}, one of {show(list(levels))}, "
                f"not {show(value)}.{near}"
            )
        finite = isinstance(value, Real) and np.isfinite(float(value))
        if not len(levels) and not finite:
            raise ValueError(f"`at` must have a finite number for {name!r}, not {show(value)}.")
    return dict(at)


def check_name(argument: str, name: Any, known: Mapping[str, Any]) -> None:
    if name not in known:
        near = suggestion(name, known) if isinstance(name, str) else ""
        there = shortened_names(list(map(repr, known)), 10)
        raise ValueError(
            f"`{argument}` must name columns of the data, not {show(name)}."
            f"{near or f' They are {there}.'}"
        )
