"""The record of a training: loss, accuracy and time of each epoch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Real
from typing import TYPE_CHECKING, Any

from ..checks.optional import data_frame
from ..checks.values import check_entries
from ..checks.words import counted, show

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(repr=False)
class History:
    """One entry for each completed epoch.

    Attributes
    ----------
    loss
        Mean loss over the samples, as met on the way through the epoch.
    accuracy
        Share of samples classified correctly during the epoch, 0 to 1.
    seconds
        Time that the epoch took.
    val_loss, val_accuracy
        Mean loss and accuracy on the validation data after the epoch, without such data empty. A
        loss that is not a number counts as infinite.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    val_loss: list[float] = field(default_factory=list)
    val_accuracy: list[float] = field(default_factory=list)

    def add(self, loss: float, accuracy: float, seconds: float) -> None:
        """Put down one more epoch."""
        self.loss.append(loss)
        self.accuracy.append(accuracy)
        self.seconds.append(seconds)

    def add_validation(self, loss: float, accuracy: float) -> None:
        """Put down how the epoch ended on the validation data."""
        self.val_loss.append(loss)
        self.val_accuracy.append(accuracy)

    def cut(self, epochs: int) -> None:
        """Keep the first so many epochs alone."""
        for column in self._columns():
            del column[epochs:]

    def copy(self, epochs: int | None = None) -> History:
        """A history of its own, of the first so many epochs; None: of all."""
        return History(*(column[:epochs] for column in self._columns()))

    def _columns(self) -> list[list[float]]:
        return [getattr(self, name) for name in _LARGEST]

    def parted(self) -> int | None:
        """The epoch from which on the validation loss rose while the training loss fell, its
        lowest; None where they did not part, or there was no validation.

        They part where the mean validation loss of the last fifth of the epochs since, at least
        `FEWEST_LATER`, is higher than the lowest by more than `RISE` nats and by more than
        `RISE_SHARE` of it, and the mean training loss of these epochs lower than it was.
        """
        if not self.val_loss:
            return None
        lowest = min(self.val_loss)
        best = self.val_loss.index(lowest)
        later = len(self.val_loss) - best - 1
        if later < FEWEST_LATER or not math.isfinite(lowest):
            return None
        last = later // 5
        rise = sum(self.val_loss[-last:]) / last - lowest
        fell = sum(self.loss[-last:]) / last < self.loss[best]
        return best + 1 if fell and rise > max(RISE, RISE_SHARE * lowest) else None

    def to_dict(self) -> dict[str, list[float]]:
        """Plain lists by name; those of the validation only where there was one."""
        return {
            name: list(column)
            for name, column in zip(_LARGEST, self._columns(), strict=True)
            if column or name not in _VALIDATION
        }

    def to_frame(self) -> DataFrame:
        """A data frame of pandas, a row for each epoch: `epoch` from 1, `loss`, `accuracy` and
        `seconds`; with validation data `val_loss` and `val_accuracy`, too.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return data_frame({"epoch": range(1, len(self) + 1), **self.to_dict()})

    @classmethod
    def from_dict(cls, content: Any) -> History:
        """The history that `to_dict()` was made of.

        Raises
        ------
        TypeError, ValueError
            If a column is missing, or they are not numbers of as many epochs each.
        """
        needed = [name for name in _LARGEST if name not in _VALIDATION]
        columns: Mapping[str, Any] = check_entries("history", content, needed, _VALIDATION)
        history = cls(*(check_column(name, columns.get(name, [])) for name in _LARGEST))
        known = [name for name in _LARGEST if name in needed or columns.get(name)]
        lengths = [len(columns[name]) for name in known]
        if len({*lengths}) > 1 or len(known) not in (len(needed), len(_LARGEST)):
            raise ValueError(
                f"`history` must have columns of one length, not {', '.join(map(str, lengths))}."
            )
        return history

    def __len__(self) -> int:
        return len(self.loss)

    def __repr__(self) -> str:
        if not self.loss:
            return "History: no epoch completed"
        return (
            f"History: {counted(len(self), 'epoch')}, "
            f"loss {self.loss[0]:.4f} to {self.loss[-1]:.4f}, "
            f"accuracy {self.accuracy[-1]:.2%}, {sum(self.seconds):.2f} s"
        )


# How far the validation loss rises where it parts from that of training, in nats and as a share of
# the lowest, and after how many epochs at least. Of 1,350 nets on 100 to 2,500 rows, 333 rose
# further: for all but 15 of these the loss on 20,000 other points rose, too, and the 15 had at most
# 120 points for validation. Of 223 nets whose loss there rose by a fifth or more, 7 did not.
RISE, RISE_SHARE, FEWEST_LATER = 0.02, 0.1, 5

# The columns, and the largest number that each can hold; the smallest is 0.
_LARGEST = {
    "loss": math.inf,
    "accuracy": 1.0,
    "seconds": math.inf,
    "val_loss": math.inf,
    "val_accuracy": 1.0,
}
_VALIDATION = ("val_loss", "val_accuracy")


def check_column(name: str, values: Any) -> list[float]:
    must = f"`history` must have in {name!r} a list of numbers from 0 to {_LARGEST[name]:g}"
    if not isinstance(values, list | tuple):
        raise TypeError(f"{must}, not {show(values)}.")
    for value in values:
        number = isinstance(value, Real) and not isinstance(value, bool)
        if not number or not 0 <= value <= _LARGEST[name]:
            raise ValueError(f"{must}, not of {show(value)}.")
    return [float(value) for value in values]
