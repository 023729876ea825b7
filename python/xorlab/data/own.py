"""The user's own data, in the many forms they come in, as two-class data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import check_matrix, is_missing
from ..checks.words import counted, show, warn
from .columns import column_names
from .dataset import Level, PointDataset


@public
def as_xor_data(x: Any, label: Any, levels: Sequence[Level] | None = None) -> PointDataset:
    """Turn your own data into what `train_xor()` takes.

    Parameters
    ----------
    x
        Shape [n, p], numbers: an array, a tensor, lists of lists, or a data frame, whose column
        names are kept.
    label
        Shape [n], two classes: 0 and 1, False and True, or two strings. The second class is the one
        whose probability a net gives: of a pandas `Categorical` in the order of its categories,
        else in sorted order.
    levels
        The two classes in the order that they are to have; None takes that of `label`. A factor of
        R's arrives as a `Categorical` where it is the column of a data frame, and as a list of
        strings where it is not: name its levels here then.

    Returns
    -------
    A `PointDataset` with float32 data; predictions come back in the classes given here.

    Raises
    ------
    TypeError, ValueError
        If `x` is not numeric, a value is missing, the lengths differ, there are not exactly two
        classes, or `levels` are others.

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
    data = check_matrix("x", x)
    given = plain_labels(label, len(data))
    found = two_levels(given)
    categories = label_categories(label)
    unused = [one for one in categories if one not in found]
    if levels is not None:
        order = check_levels(levels, found)
        categories = [*order, *unused]
    else:
        order = tuple(one for one in categories if one in found) or found
        if unused:
            named = ", ".join(map(repr, unused))
            warn(f"`label` has unused categories, which are dropped: {named}.")
    dataset = PointDataset(data, given == np.asarray(order[1]), order, column_names(x))
    dataset.categories = tuple(categories) if unused else None
    return dataset


def label_categories(label: Any) -> list[Level]:
    """Those of a pandas Categorical, or of a Series of such, in order; none for other labels."""
    dtype: Any = getattr(label, "dtype", None)
    known = hasattr(dtype, "categories") and hasattr(dtype, "ordered")
    return dtype.categories.tolist() if known else []


def check_levels(levels: Any, found: tuple[Level, Level]) -> tuple[Level, ...]:
    """The classes that were found, in the order asked for."""
    asked = list(levels) if isinstance(levels, Iterable) and not isinstance(levels, str) else []
    if len(asked) != 2 or asked[0] == asked[1] or not all(one in found for one in asked):
        raise ValueError(
            f"`levels` must be the two classes of `label`, {found[0]!r} and {found[1]!r}, in the "
            f"order wanted, not {show(levels)}."
        )
    return tuple(found[found.index(one)] for one in asked)


_MIXED = "`label` must be 0 and 1, False and True, or strings, not a mixture."


def plain_labels(label: Any, rows: int) -> np.ndarray[Any, Any]:
    """One label for each row, as an array of numbers, truth values or strings where they are all of
    one kind."""
    given = label.detach().cpu().numpy() if isinstance(label, Tensor) else np.asarray(label)
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
    if missing:
        raise ValueError(f"`label` must be complete, but {missing} of {given.size} are missing.")
    if given.dtype.kind != "O":
        return given
    kinds = {type(one) for one in given.flat}
    return given.astype(kinds.pop()) if len(kinds) == 1 and kinds <= {bool, int, float} else given


def two_levels(label: np.ndarray[Any, Any]) -> tuple[Level, Level]:
    """The two classes among the labels, sorted."""
    kind = label.dtype.kind
    if kind == "O" and not all(isinstance(one, str) for one in label):
        raise TypeError(_MIXED)
    if kind not in "biufOUT":
        raise TypeError(f"`label` must be 0 and 1, False and True, or strings, not {label.dtype}.")
    found = np.unique(label).tolist()
    if len(found) != 2:
        raise ValueError(f"`label` must hold exactly two classes, not {len(found)}: {show(found)}.")
    if kind in "iuf":
        if found != [0, 1]:
            raise ValueError(f"Numeric `label` must be 0 and 1, not {found[0]} and {found[1]}.")
        return 0, 1
    return found[0], found[1]
