"""Checks of points and labels: numbers in rows and columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from .words import counted, shortened_names, show

# Numbers, or labels, in rows: an array, a tensor, lists, a data frame or a column of one.
Numbers = ArrayLike | Tensor


def check_matrix(
    name: str, x: Any, columns: int | None = None, dtype: type[np.floating[Any]] = np.float32
) -> Tensor:
    """Numbers in rows and columns, as a tensor of its own, shape [n, columns].

    Missing values stay: whether they are an error is for the caller to say.
    """
    x = as_array(x) if isinstance(x, Tensor) else x
    try:
        if isinstance(x, np.ma.MaskedArray):
            x = np.ma.filled(x.astype(np.float64), np.nan)
        values = np.asarray(x)
        if values.ndim == 0:
            raise TypeError("a single value, or what numpy takes as one")
        if values.dtype.kind == "O":
            if any(isinstance(one, str) for one in values.flat):
                raise TypeError("text, which numpy would read as numbers")
            plain = [math.nan if is_missing(one) else one for one in values.flat]
            values = np.array(plain, dtype=np.float64).reshape(values.shape)
    except (TypeError, ValueError):
        raise TypeError(f"`{name}` must be a matrix of numbers, not {show(x)}.") from None
    if values.dtype.kind not in "fiub":
        raise TypeError(f"`{name}` must hold numbers, not values of type {values.dtype}.")
    if values.ndim != 2 or 0 in values.shape:
        raise ValueError(
            f"`{name}` must have two dimensions, at least one row and one column, "
            f"not shape {values.shape}."
        )
    if columns is not None and values.shape[1] != columns:
        raise ValueError(f"`{name}` must have {counted(columns, 'column')}, not {values.shape[1]}.")
    with np.errstate(over="ignore", invalid="ignore"):
        return torch.from_numpy(np.array(values, dtype=dtype, order="C"))


def as_array(x: Tensor) -> NDArray[Any]:
    """The same numbers, in float64 where they are of a kind that numpy has not."""
    x = x.detach().cpu()
    if x.layout is not torch.strided:
        raise TypeError("A sparse tensor must be made dense first: pass `x.to_dense()`.")
    return (x.double() if x.dtype is torch.bfloat16 else x).numpy()


def is_missing(value: Any) -> bool:
    """None, NaN, NaT, or pandas' NA."""
    same = value == value  # NaN and NaT are not; NA gives itself, an array or a list another one
    return value is None or (not same if isinstance(same, bool | np.bool_) else same is value)


def check_labels(name: str, label: Any, rows: int, classes: int = 2) -> Tensor:
    """One whole number from 0 to below `classes` for each row, as an int64 tensor of its own, shape
    [rows]."""
    given = as_array(label) if isinstance(label, Tensor) else np.asarray(label)
    if given.shape != (rows,):
        raise ValueError(
            f"`{name}` must have one entry for each of the {counted(rows, 'row')}, "
            f"not shape {given.shape}."
        )
    if given.dtype.kind not in "fiub" or not np.isin(given, range(classes)).all():
        must = "0 and 1" if classes == 2 else f"whole numbers from 0 to {classes - 1}"
        raise ValueError(f"`{name}` must hold {must} and nothing else, not {show(given)}.")
    return torch.from_numpy(given.astype(np.int64))


def check_complete(name: str, x: Tensor, columns: Sequence[str] | None = None) -> Tensor:
    """Every row of `x` is finite, as float32; the message names the columns, where they have
    names."""
    bad = ~torch.isfinite(x.float())
    if bad.any():
        lost = [one for one, is_bad in zip(columns or (), bad.any(dim=0), strict=False) if is_bad]
        names = shortened_names([*map(repr, dict.fromkeys(lost))])
        raise ValueError(
            f"`{name}` must be finite (and within float32), but missing, infinite or too large "
            f"values are in {int(bad.any(dim=1).sum())} of {counted(len(x), 'row')}"
            f"{f', in {names}' if lost else ''}."
        )
    return x
