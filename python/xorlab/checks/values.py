"""Checks of what a caller passes in. Each error says what must hold and what came."""

from __future__ import annotations

import contextlib
import math
import os
import reprlib
import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from numbers import Integral, Real
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from .synonyms import SYNONYMS

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
# The largest count that R, numpy and torch all hold without loss.
MAX_COUNT = 2**31 - 1
# The largest number that weights, which are float32, can hold.
MAX_FLOAT32 = float(np.finfo(np.float32).max)


# Prints no more of a value than is shown: a few lists within lists may print without end.
_short = reprlib.Repr()
_short.maxlevel = 4
_short.maxlist = _short.maxtuple = _short.maxdict = _short.maxset = 20
_short.maxstring = _short.maxlong = _short.maxother = 200


def show(value: Any) -> str:
    """A short printed form of any value, for error messages."""
    try:
        text = _short.repr(value).replace("\n", " ")
    except ValueError:  # a whole number of thousands of digits
        text = object.__repr__(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def warn(message: str, category: type[Warning] = UserWarning) -> None:
    """Warn at the line of the caller's that led here, however many of ours lie between."""
    frame, level = sys._getframe(1), 2
    while frame.f_back and frame.f_code.co_filename.startswith((_FOLDER, contextlib.__file__)):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)


def check_count(name: str, value: Any, minimum: int = 1) -> int:
    must = f"`{name}` must be a whole number from {minimum} to {MAX_COUNT}, not {show(value)}."
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(must)
    if not isinstance(value, Integral) and not float(value).is_integer():
        raise ValueError(must)
    count = int(cast(float, value))
    if not minimum <= count <= MAX_COUNT:
        raise ValueError(must)
    return count


def check_counts(name: str, value: Any, most: int) -> tuple[int, ...]:
    """One count or a sequence of up to so many counts, as a tuple."""
    if isinstance(value, np.ndarray | Tensor) and value.ndim == 0:
        value = value.item()
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return (check_count(name, value),)
    counts = tuple(check_count(name, one) for one in islice(value, most + 1))  # may be endless
    if not counts:
        raise ValueError(f"`{name}` must hold at least one whole number, not {show(value)}.")
    if len(counts) > most:
        raise ValueError(f"`{name}` must hold at most {most:,} whole numbers, not {show(value)}.")
    return counts


def check_number(
    name: str,
    value: Any,
    *,
    minimum: float = -math.inf,
    above: float = -math.inf,
    maximum: float = math.inf,
) -> float:
    must = f"`{name}` must be a finite number"
    if above > -math.inf:
        must += f" above {above:g}"
    elif minimum > -math.inf:
        must += f" of at least {minimum:g}"
    must += f", not {show(value)}."
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(must)
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond every float
        number = math.inf
    if not math.isfinite(number) or number < minimum or number <= above:
        raise ValueError(must)
    if number > maximum:
        raise ValueError(f"`{name}` must be at most {maximum:g}, not {show(value)}.")
    return number


def check_choice(name: str, value: Any, choices: Sequence[str]) -> str:
    must = f"`{name}` must be {listed(choices)}, not {show(value)}."
    if not isinstance(value, str):
        raise TypeError(must)
    if value not in choices:
        raise ValueError(must + suggestion(value, choices))
    return str(value)


def check_entries(
    name: str, content: Any, needed: Iterable[str], others: Iterable[str] = ()
) -> Mapping[str, Any]:
    """A mapping, as of a file, that has all the entries needed, and none that nobody knows."""
    if not isinstance(content, Mapping):
        raise TypeError(f"`{name}` must be a dict, not {show(content)}.")
    known = {*needed, *others}
    for entry in needed:
        if entry not in content:
            raise ValueError(f"{entry!r} is missing from `{name}`.")
    for entry in content:
        if entry not in known:
            near = suggestion(entry, known) if isinstance(entry, str) else ""
            raise ValueError(f"`{name}` has an unknown entry, {show(entry)}.{near}")
    return content


def suggestion(name: str, choices: Iterable[str]) -> str:
    """The end of an error message that names the nearest choice; empty where none is near."""
    near = nearest(name, choices)
    return f" Did you mean {near!r}?" if near else ""


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice that a name was probably meant to be: in other letters' case, by what other
    libraries call it, or as it may have been misspelt."""
    lower = {choice.lower(): choice for choice in choices}
    meant = SYNONYMS.get(name.lower())
    close = [meant] if meant in lower else get_close_matches(name.lower(), lower, n=1)
    if name.lower() in lower:
        close = [name.lower()]
    return lower[close[0]] if close else None


def counted(n: int, thing: str) -> str:
    """A number of things in words, such as "1 point" or "2,500 points"."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def listed(choices: Sequence[str]) -> str:
    """'a', 'b' or 'c'."""
    quoted = [repr(choice) for choice in choices]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def shortened(epochs: Iterable[int]) -> str:
    """Whole numbers in order, the middle ones left out where they are many."""
    shown = [str(epoch) for epoch in sorted(epochs)]
    return ", ".join(shown if len(shown) <= 8 else [*shown[:4], "...", *shown[-2:]])


def check_matrix(name: str, x: Any, columns: int | None = None) -> Tensor:
    """Numbers in rows and columns, as a float32 tensor of its own, shape [n, columns].

    Missing values stay: whether they are an error is for the caller to say.
    """
    if isinstance(x, Tensor):
        x = x.detach().cpu().numpy()
    try:
        if isinstance(x, np.ma.MaskedArray):
            x = np.ma.filled(x.astype(np.float64), np.nan)
        values = np.asarray(x)
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
        return torch.from_numpy(np.array(values, dtype=np.float32, order="C"))


def is_missing(value: Any) -> bool:
    """None, NaN, or pandas' NA."""
    same = value == value  # NaN is not; NA says that nobody knows
    return value is None or not isinstance(same, bool | np.bool_) or not same


def check_labels(name: str, label: Any, rows: int) -> Tensor:
    """One 0 or 1 for each row, as an int64 tensor of its own, shape [rows]."""
    given = label.detach().cpu().numpy() if isinstance(label, Tensor) else np.asarray(label)
    if given.shape != (rows,):
        raise ValueError(
            f"`{name}` must have one entry for each of the {counted(rows, 'row')}, "
            f"not shape {given.shape}."
        )
    if given.dtype.kind not in "fiub" or not np.isin(given, (0, 1)).all():
        raise ValueError(f"`{name}` must hold 0 and 1 and nothing else, not {show(given)}.")
    return torch.from_numpy(given.astype(np.int64))


def check_complete(name: str, x: Tensor) -> Tensor:
    """Every row of `x` is finite, as float32."""
    bad = int((~torch.isfinite(x).all(dim=1)).sum())
    if bad:
        raise ValueError(
            f"`{name}` must be finite (and within float32), but missing, infinite or too large "
            f"values are in {bad} of {counted(len(x), 'row')}."
        )
    return x
