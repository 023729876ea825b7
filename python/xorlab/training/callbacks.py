"""Callbacks: functions called after each epoch with its number, from 1, and the history so far.

What else a callback needs, such as the model, it was made with. It draws no batch and no random
number, so that a training does not depend on who looks on. One that returns True ends the training
after that epoch, once all the others were called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..checks.words import show
from .history import History

AfterEpoch = Callable[[int, History], Any]


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


def call_all(callbacks: Sequence[AfterEpoch], epoch: int, history: History) -> bool:
    """Call each of them; whether one of them ends the training."""
    answers = [callback(epoch, history) for callback in callbacks]
    return any(isinstance(answer, bool | np.bool_) and bool(answer) for answer in answers)
