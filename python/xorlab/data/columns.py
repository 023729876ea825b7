"""Columns of new data, taken by name or by position, and how far they lie from the known ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor

from ..checks.words import nearest, shortened_names, warn
from .dataset import PointDataset


def column_names(x: Any) -> list[str] | None:
    """Those of a data frame; None for what has none."""
    names = getattr(x, "columns", None)
    return None if names is None else [str(name) for name in names]


def columns_by_name(x: Any) -> dict[str, Any]:
    """The keys of a data frame's columns, which need not be text, by their names."""
    return dict(zip(column_names(x) or [], x.columns, strict=True))


def in_columns(name: str, x: Any, features: Sequence[str]) -> Any:
    """The columns of these names, in this order, of a data frame or a dataset of ours.

    All columns, by position, where it has no names or none of these.

    Raises
    ------
    ValueError
        If it has some of these names and not the others.
    """
    ours = isinstance(x, PointDataset)
    names = list(x.features) if ours else column_names(x) or []
    points = x.points if ours else x
    missing = [one for one in features if one not in names]
    if len(missing) == len(features):
        return points
    if missing:
        raise ValueError(missing_columns(name, missing, set(names).difference(features)))
    check_once(name, names, features)
    places = [names.index(one) for one in features]
    return points[:, places] if ours else x[[list(x.columns)[place] for place in places]]


def check_once(name: str, names: Sequence[str], needed: Iterable[str]) -> None:
    """Each column that is needed is there once."""
    twice = [one for one in needed if names.count(one) > 1]
    if twice:
        raise ValueError(
            f"`{name}` must have each column of the training data once, but {quoted(twice)} "
            f"{'is' if len(twice) == 1 else 'are'} there more than once."
        )


def missing_columns(name: str, missing: Sequence[str], others: Iterable[str]) -> str:
    """What is wrong with new data that have some columns of the training data and `others`."""
    others = sorted(others)
    meant = {one: nearest(one, others) for one in missing}
    shown = [
        f"{one!r} (misspelt as {near!r}?)" if near else repr(one) for one, near in meant.items()
    ]
    return (
        f"`{name}` must have all columns of the training data, but {' and '.join(shown)} "
        f"{'is' if len(missing) == 1 else 'are'} missing."
    )


def left_out_line(constant: Sequence[str]) -> str:
    """What is warned of where columns of the training data are constant."""
    return f"Columns that do not vary are left out: {quoted(constant)}."


def nothing_varies(constant: Sequence[str]) -> str:
    """What is wrong with training data whose columns are all constant."""
    return f"`x` must have a column that varies, but every one is constant: {quoted(constant)}."


def quoted(names: Sequence[str]) -> str:
    return shortened_names([repr(name) for name in names])


# New data are far where they lie outside the range of the training data by more than so many times
# its width.
FAR = 5


_ROWS = 4096  # looked at together


def is_far(points: Tensor, known: Tensor) -> bool:
    """Whether every row of new points [n, p] has a column that is far from the known ones.

    Rows with a missing value are left out, and so are columns in which the known points do not
    differ. Without a row that is left, nothing is far.
    """
    low, high = known.amin(dim=0), known.amax(dim=0)
    reach = FAR * (high - low)
    counted_rows = 0
    for rows in torch.split(points, _ROWS):  # one that is near ends the search
        complete = rows[~rows.isnan().any(dim=1)]
        outside = torch.maximum(low - complete, complete - high)
        if not ((outside > reach) & (reach > 0)).any(dim=1).all():
            return False
        counted_rows += len(complete)
    return counted_rows > 0


def warn_if_far(points: Tensor, data: PointDataset | None) -> None:
    """Warn of new points that are far from the training data, if those are known."""
    if data is not None and is_far(points, data.points):
        warn(
            "Every row of the new data lies outside the range of the training data by more than "
            f"{FAR} times its width: are both in the same units, and scaled in the same way?"
        )
