"""The user's own data, in the many forms they come in, as two-class data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset, Subset

from ..checks.public import public
from ..checks.tensors import check_complete, check_labels, check_matrix, is_missing
from ..checks.words import counted, nearest, show, warn
from .content import dataset_from_dict
from .dataset import Level, PointDataset, feature_names


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


def column_names(x: Any) -> list[str] | None:
    """Those of a data frame; None for what has none."""
    names = getattr(x, "columns", None)
    return None if names is None else [str(name) for name in names]


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
    points = x.data if ours else x
    missing = [one for one in features if one not in names]
    if len(missing) == len(features):
        return points
    if missing:
        raise ValueError(missing_columns(name, missing, set(names).difference(features)))
    places = [names.index(one) for one in features]
    return points[:, places] if ours else x[[list(x.columns)[place] for place in places]]


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
    if data is not None and is_far(points, data.data):
        warn(
            "Every row of the new data lies outside the range of the training data by more than "
            f"{FAR} times its width: are both in the same units, and scaled in the same way?"
        )


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
    return dataset_from_dict(
        {
            "x": points,
            "label": check_labels("label", (given == levels[1]).astype(int), len(points)).numpy(),
            "levels": levels,
            "features": column_names(x) or names,
            "std": None,
        }
    )
