"""Checks of single values. Each error says what must hold and what came."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from numbers import Integral, Real
from typing import Any, TypeVar, cast

import numpy as np
from torch import Tensor

from .words import listed, show, suggestion

_Choice = TypeVar("_Choice", bound=str)

# The largest count that R, numpy and torch all hold without loss.
MAX_COUNT = 2**31 - 1


# The largest number that weights, which are float32, can hold.
MAX_FLOAT32 = float(np.finfo(np.float32).max)


def check_count(name: str, value: Any, minimum: int = 1, maximum: int = MAX_COUNT) -> int:
    must = f"`{name}` must be a whole number from {minimum} to {maximum}, not {show(value)}."
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(must)
    if not isinstance(value, Integral) and not float(value).is_integer():
        raise ValueError(must)
    count = int(cast(float, value))
    if not minimum <= count <= maximum:
        raise ValueError(must)
    return count


def check_counts(name: str, value: Any, most: int) -> tuple[int, ...]:
    """One count or a sequence of up to so many counts, as a tuple; a single 0 is none."""
    if isinstance(value, np.ndarray | Tensor) and value.ndim == 0:
        value = value.item()
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        value = [value]
    counts = [*islice(value, most + 1)]  # may be endless
    if len(counts) == 1 and check_count(name, counts[0], minimum=0) == 0:
        return ()
    counts = [check_count(name, one) for one in counts]
    if len(counts) > most:
        raise ValueError(f"`{name}` must hold at most {most:,} whole numbers, not {show(value)}.")
    return tuple(counts)


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


def check_flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"`{name}` must be True or False, not {show(value)}.")
    return bool(value)


def check_choice(name: str, value: Any, choices: Sequence[_Choice]) -> _Choice:
    must = f"`{name}` must be {listed(choices)}, not {show(value)}."
    if not isinstance(value, str):
        raise TypeError(must)
    if value not in choices:
        raise ValueError(must + suggestion(value, choices))
    return choices[choices.index(cast(_Choice, value))]


def check_entries(
    name: str, content: Any, needed: Iterable[str], others: Iterable[str] = ()
) -> Mapping[str, Any]:
    """A mapping, as of a file, with all required entries and no unknown one."""
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
