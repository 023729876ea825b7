"""How well a net does on some data."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks.optional import data_frame
from ..checks.words import aligned, counted

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How well a net does on some data.

    Attributes
    ----------
    accuracy
        Share of points classified correctly, 0 to 1. A point whose logit is not a number has no
        class, and counts as misclassified.
    loss
        Mean loss over the points: binary cross-entropy in nats, or `eval_model()`'s own
        `loss_module`.
    n
        Number of points.
    confusion
        Shape [K, K]: entry (i, j) counts points of class i that were predicted as class j. Points
        without a class are in none of them.
    best
        The accuracy that no classifier can expect to surpass on such data, where that is known:
        for an `XORDataset` (see `bayes_xor()`); else None. Luck may lift one sample above it.
    levels
        Names of the classes.
    auc
        Area under the ROC curve: the chance that a point of the second class gets a higher
        probability of it than one of the first, ties counting half. Of more classes, the mean over
        each of them against all others. None where a class has no points.
    """

    accuracy: float
    loss: float
    n: int
    confusion: NDArray[np.int64]
    best: float | None = None
    levels: tuple[Any, ...] = (0, 1)
    auc: float | None = None

    @property
    def precision(self) -> NDArray[np.float64]:
        """Of the points predicted as a class, the share that belong to it, [K]; NaN where none
        was predicted so."""
        return shares(self.confusion, self.confusion.sum(axis=0))

    @property
    def recall(self) -> NDArray[np.float64]:
        """Of the points of a class, the share predicted so, [K]; NaN where there are none.
        Points without a class are in none of them."""
        return shares(self.confusion, self.confusion.sum(axis=1))

    @property
    def unclassified(self) -> int:
        """Number of points without a class, whose logits are not numbers."""
        return self.n - int(self.confusion.sum())

    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone."""
        rates = {"precision": self.precision, "recall": self.recall}
        return {**asdict(self), "levels": list(self.levels), **rates}

    def to_frame(self) -> DataFrame:
        """A data frame of pandas, a row for each class.

        Returns
        -------
        Columns `class`; `n`, its points that got a prediction; `called`, the points
        predicted as it; `correct`, those that were both; `recall`, `correct` / `n`, and
        `precision`, `correct` / `called`, NaN of none. What is one number for all classes, such as
        `accuracy`, is in `to_dict()`.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return data_frame(
            {
                "class": self.levels,
                "n": self.confusion.sum(axis=1),
                "called": self.confusion.sum(axis=0),
                "correct": np.diag(self.confusion),
                "recall": self.recall,
                "precision": self.precision,
            }
        )

    def __repr__(self) -> str:
        auc = "" if self.auc is None else f", AUC: {self.auc:.4f}"
        lines = [f"Accuracy of the model: {self.accuracy:.2%}"]
        if self.best is not None:
            lines.append(f"Best possible: {self.best:.2%}, with noise like this")
        lines.append(f"Loss: {self.loss:.4f}{auc}, over {counted(self.n, 'point')}")
        if self.unclassified:
            count = counted(self.unclassified, "point")
            lines.append(f"No class: {count}, where the logit is not a number")
        return "\n".join([*lines, *self._table()])

    def _table(self) -> list[str]:
        """The confusion, and the rates of each class."""
        first = max(len(f"class {level}") for level in self.levels)
        lines = [["".ljust(first), *(f"predicted {level}" for level in self.levels)]]
        lines[0] += ["recall", "precision"]
        by_class = zip(self.levels, self.confusion, self.recall, self.precision, strict=True)
        for level, counts, *rates in by_class:
            lines.append([f"class {level}".ljust(first), *map(str, counts), *map(percent, rates)])
        return aligned(lines)


def percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{share:.1%}"


def shares(confusion: NDArray[np.int64], totals: NDArray[np.int64]) -> NDArray[np.float64]:
    """What is right of each total, NaN of none."""
    right = np.diag(confusion).astype(np.float64)
    rates = np.full(len(right), np.nan)
    np.divide(right, totals, out=rates, where=totals > 0)
    return rates
