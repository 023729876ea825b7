"""Callbacks: functions called after each epoch with its number, from 1, and the history so far.

What else a callback needs, such as the model, it was made with. It draws no batch and no random
number, so that a training does not depend on who looks on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..checks.words import show
from .history import History

AfterEpoch = Callable[[int, History], None]


def check_callbacks(after_epoch: Any) -> Sequence[AfterEpoch]:
    """One function or several, or None, as a sequence."""
    if after_epoch is None:
        return ()
    given = after_epoch if isinstance(after_epoch, list | tuple) else (after_epoch,)
    if not all(map(callable, given)):
        raise TypeError(
            "`after_epoch` must be a function, several in a list, or None, "
            f"not {show(after_epoch)}."
        )
    return tuple(given)
