"""The user's own data, in the many forms they come in, as a dataset."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import Numbers, as_array, check_matrix, is_missing
from ..checks.words import counted, show, warn
from .columns import column_names
from .dataset import Level, PointDataset
from .frames import categories_of, entries, plain
from .origin import MAX_CLASSES


@public
def as_xor_data(x: Numbers, label: Numbers, levels: Sequence[Level] | None = None) -> PointDataset:
    """Turn your own data into what `train_xor()` takes.

    Parameters
    ----------
    x
        Shape [n, p], numbers: an array, a tensor, lists of lists, or a data frame, whose column
        names are kept.
    label
        Shape [n], from 2 to 100 classes: strings, False and True, or whole numbers from 0 on. Their
        order is that of a pandas `Categorical`'s categories, else the sorted one; of two classes
        the second is the one whose probability a net gives.
    levels
        The classes in the order that they are to have; None takes that of `label`. A factor of
        R's arrives as a `Categorical` where it is the column of a data frame, and as a list of
        strings where it is not: name its levels here then.

    Returns
    -------
    A `PointDataset` with float32 data; predictions come back in the classes given here.

    Raises
    ------
    TypeError, ValueError
        If `x` is not numeric, a value is missing, the lengths differ, there are fewer than two
        classes, `levels` are others, or `label` holds measurements.

    Warns
    -----
    UserWarning
        If a `Categorical` has categories that no row has, and `levels` does not say which are
        meant.

    Examples
    --------
    >>> as_xor_data([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], ["yes", "no"])
    PointDataset: 2 points, 3 columns; class no: 1, class yes: 1
    >>> as_xor_data([[1.0], [2.0]], ["pos", "neg"], levels=["pos", "neg"]).levels
    ('pos', 'neg')
    """
    return classified(check_matrix("x", x, dtype=np.float64), label, levels, column_names(x))


def classified(
    data: Tensor,
    label: Any,
    levels: Sequence[Level] | None = None,
    features: Sequence[str] | None = None,
) -> PointDataset:
    """Points of these columns in the classes that are found among their labels."""
    given = plain_labels(label, len(data))
    categories: list[Any] = [plain(one) for one in categories_of(label)]
    found = found_levels(given, bool(categories))
    unused = [one for one in categories if one not in found]
    if levels is not None:
        order = check_levels(levels, found)
        categories = [*order, *unused]
    else:
        order = tuple(one for one in categories if one in found) or tuple(found)
        if unused:
            named = ", ".join(map(repr, unused))
            warn(f"`label` has unused categories, which are dropped: {named}.")
    dataset = PointDataset(data, numbered(given, order), order, features)
    dataset.categories = tuple(categories) if unused else None
    return dataset


def numbered(label: np.ndarray[Any, Any], levels: Sequence[Level]) -> NDArray[np.int64]:
    """The number of each label's class, from 0."""
    numbers = np.zeros(len(label), np.int64)
    for number, level in enumerate(levels):
        numbers[label == np.asarray(level)] = number
    return numbers


def check_levels(levels: Any, found: Sequence[Level]) -> tuple[Level, ...]:
    """The classes that were found, in the order asked for."""
    several = isinstance(levels, Iterable) and not isinstance(levels, str)
    asked = [plain(one) for one in levels] if several else []
    if len(asked) != len(found) or {*asked} != {*found}:
        *first, last = map(repr, found)
        raise ValueError(
            f"`levels` must be the {len(found)} classes of `label`, {', '.join(first)} and {last}, "
            f"in the order wanted, not {show(levels)}."
        )
    return tuple(found[found.index(one)] for one in asked)


AS_TEXT = "`label.astype(str)`"  # what makes text of labels, in Python
_KINDS = "`label` must be strings, False and True, or whole numbers from 0 on"
_MIXED = f"{_KINDS}, not a mixture."


def plain_labels(label: Any, rows: int) -> np.ndarray[Any, Any]:
    """One label for each row, as an array of numbers, truth values or strings where they are all of
    one kind."""
    given = label_array(label)
    if given.shape != (rows,):
        raise ValueError(
            f"`label` must have one entry for each of the {counted(rows, 'row')} of `x`, "
            f"not shape {given.shape}."
        )
    if given.dtype.kind == "U" and not all(isinstance(one, str) for one in label):
        raise TypeError(_MIXED)  # numpy made strings of them
    missing = 0
    if given.dtype.kind in "Of":
        missing = sum(map(is_missing, given.flat))
    if isinstance(label, np.ma.MaskedArray):
        missing = int(np.ma.getmaskarray(label).sum())
    if missing:
        raise ValueError(f"`label` must be complete, but {missing} of {given.size} are missing.")
    if given.dtype.kind != "O":
        return given
    kinds = {type(one) for one in given.flat}
    return given.astype(kinds.pop()) if len(kinds) == 1 and kinds <= {bool, int, float} else given


def label_array(label: Any) -> np.ndarray[Any, Any]:
    """Labels as numpy has them; intervals, dates and the like, where they are categories, as
    text."""
    if isinstance(label, Tensor):
        return as_array(label)
    if all(isinstance(one, str | Real) for one in categories_of(label)):
        return np.asarray(label)
    return np.array([None if is_missing(one) else plain(one) for one in entries(label)], object)


def found_levels(label: np.ndarray[Any, Any], categorical: bool) -> list[Level]:
    """The classes among the labels, sorted."""
    kind = label.dtype.kind
    if kind == "O" and not all(isinstance(one, str) for one in label):
        raise TypeError(_MIXED)
    if kind not in "biufOUT":
        raise TypeError(f"{_KINDS}, not {label.dtype}.")
    found: list[Level] = np.unique(label).tolist()
    if kind in "iuf" and not categorical:
        found = whole_numbers(found)
    if not 2 <= len(found) <= MAX_CLASSES:
        raise ValueError(
            f"`label` must hold from 2 to {MAX_CLASSES} classes, not {len(found)}: {show(found)}."
        )
    return found


def whole_numbers(found: list[Any]) -> list[Level]:
    """Numbers that stand for classes: 0, 1, ... without a gap."""
    if len(found) == 1 or found == [*range(len(found))]:
        return [int(one) if math.isfinite(one) else one for one in found]
    measured = any(one != int(one) for one in found if math.isfinite(one))
    first = [int(one) if math.isfinite(one) and not measured else one for one in found[:3]]
    shown = f"{', '.join(map(repr, first))}{', ...' if len(found) > 3 else ''}"
    if measured:
        raise ValueError(
            f"`label` must name classes, and {shown} are measurements, which a classifier does not "
            "predict. To tell ranges of them apart, make classes of them first (`label > 1.5`)."
        )
    raise ValueError(
        "Numeric `label` counts as classes only where it is 0, 1, 2, ... without a gap, "
        f"not {shown}. Other numbers can name classes as text "
        f"({AS_TEXT})."
    )
