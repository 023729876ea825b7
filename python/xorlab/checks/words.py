"""How errors and warnings say things."""

from __future__ import annotations

import contextlib
import os
import reprlib
import sys
import warnings
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from .synonyms import SYNONYMS

_FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")


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


def suggestion(name: str, choices: Iterable[str]) -> str:
    """The end of an error message that names the nearest choice; empty where none is near."""
    near = nearest(name, choices)
    return f" Did you mean {near!r}?" if near else ""


def nearest(name: str, choices: Iterable[str]) -> str | None:
    """The choice that a name was probably meant to be: in other letters' case, by what other
    libraries call it, or as it may have been misspelt."""
    lower = {choice.lower(): choice for choice in choices}
    meant = SYNONYMS.get(name.lower(), "")
    known = [one for one in (meant, SYNONYMS.get(meant, "")) if one in lower]
    close = known or get_close_matches(name.lower(), lower, n=1)
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


def aligned(lines: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, whose columns are flush right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(map(str.rjust, line, widths)) for line in lines]


def shortened_names(names: Sequence[str], most: int = 5) -> str:
    """Names in a row, the last ones left out where they are many."""
    return ", ".join([*names[:most], *(["..."] if len(names) > most else [])])


def shortened(epochs: Iterable[int]) -> str:
    """Whole numbers in order, the middle ones left out where they are many."""
    shown = [str(epoch) for epoch in sorted(epochs)]
    return ", ".join(shown if len(shown) <= 8 else [*shown[:4], "...", *shown[-2:]])
