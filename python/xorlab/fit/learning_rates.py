"""What a learning rate range test saw, and the rate that follows from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from ..checks.optional import data_frame
from ..checks.public import public
from ..checks.values import check_entries, check_number
from ..checks.words import counted, show

if TYPE_CHECKING:
    from pandas import DataFrame

# The smoothed loss is an exponential mean that forgets a twentieth with each step.
FORGET = 0.05
# The loss has exploded where it is this many times that of the first weights and that of guessing.
EXPLODED = 2.0
# The suggestion: this share of the rate at which so much of the fall of the loss is done. On 44
# combinations of data (XOR, other toy problems, iris and others), optimizer, net and batch size,
# with 12 seeds each, nets of the rate suggested came, in 100 epochs, to the loss of the best of 20
# rates but for 2 % of what it is below guessing, and at worst 9 %; of a tenth of the rate of the
# lowest loss, for 39 %, since a net that has learned all there is stands still at any rate.
SHARE, DONE = 1 / 3, 0.9
# A fall tells nothing unless the loss comes below that of guessing by this share of it, and by so
# many standard deviations of what chance does to the smoothed loss. Spirals come 6 % below: a net
# learns a straight line at once, and the rest after thousands of steps.
LEAST_FALL, LEAST_DEVIATIONS = 0.1, 4.0


@dataclass(frozen=True, repr=False)
class LearningRates:
    """What `lr_find()` saw: the loss against a rising learning rate.

    Attributes
    ----------
    lr
        The learning rate of each step, up to where the loss exploded.
    loss
        The smoothed loss: an exponential mean of `raw`, corrected for its start.
    raw
        The loss of each step's batch, before the step.
    suggestion
        The learning rate suggested, of two digits; None where the losses do not tell.
    reason
        Why, in words.
    exploded
        The learning rate at which the loss exploded; None where it did not.
    start, guessing
        The loss of the first weights, and that of answering every point with the shares of the
        classes.
    optimizer, seed
        What took the steps, and what fixed their start and order.
    """

    lr: list[float]
    loss: list[float]
    raw: list[float]
    suggestion: float | None
    reason: str
    exploded: float | None
    start: float
    guessing: float
    optimizer: str
    seed: int

    @property
    def headline(self) -> str:
        """The result in one line."""
        if self.suggestion is None:
            return "Learning rate: none can be suggested"
        return f"Learning rate: {self.suggestion:g} suggested"

    @property
    def note(self) -> str:
        """What was tried."""
        end = "" if self.exploded is None else ", where the loss exploded"
        last = self.lr[-1] if self.exploded is None else self.exploded
        return (
            f"{counted(len(self.lr), 'step')} of {self.optimizer} from {self.lr[0]:g} to "
            f"{two_digits(last):g}{end}; seed {self.seed}"
        )

    @public
    def to_dict(self) -> dict[str, Any]:
        """Plain values and lists, with `headline` and `note`, which say them in words."""
        return {**asdict(self), "headline": self.headline, "note": self.note}

    @classmethod
    @public
    def from_dict(cls, content: Any) -> LearningRates:
        """The result that `to_dict()` was made of.

        Raises
        ------
        TypeError, ValueError
            If an entry is missing or unknown, or those of the steps are not numbers of as many
            steps each.
        """
        names = [one.name for one in fields(cls)]
        entries = check_entries("content", content, names, ("headline", "note"))
        lengths = {len(check_column(name, entries[name])) for name in ("lr", "loss", "raw")}
        if len(lengths) > 1:
            raise ValueError("`content` must have in 'lr', 'loss' and 'raw' as many numbers each.")
        return cls(**{name: entries[name] for name in names})

    @public
    def to_frame(self) -> DataFrame:
        """A data frame of pandas, a row for each step: `step` from 1, `lr`, `loss` and `raw`.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        columns = {"lr": self.lr, "loss": self.loss, "raw": self.raw}
        return data_frame({"step": range(1, len(self.lr) + 1), **columns})

    def __repr__(self) -> str:
        return "\n".join([self.headline, f"  {self.reason}", f"  {self.note}"])


def check_column(name: str, values: Any) -> list[float]:
    """What there is of each step, of one at least."""
    if not isinstance(values, list) or not values:
        raise TypeError(f"`content` must have in {name!r} a list of numbers, not {show(values)}.")
    return [check_number(name, value) for value in values]


def two_digits(rate: float) -> float:
    return float(f"{rate:.1e}")


class Smoothed:
    """An exponential mean with bias correction, as in Adam."""

    def __init__(self) -> None:
        self.mean, self.steps = 0.0, 0

    def add(self, value: float) -> float:
        """The mean, with one more value."""
        self.steps += 1
        self.mean += FORGET * (value - self.mean)
        return self.mean / (1 - (1 - FORGET) ** self.steps)


def least_fall(guessing: float, deviation: float) -> float:
    """How far below that of guessing a smoothed loss must come to tell something, where the losses
    of batches have this standard deviation."""
    return max(LEAST_FALL * guessing, LEAST_DEVIATIONS * deviation * math.sqrt(FORGET / 2))


def suggest(
    lr: Sequence[float],
    loss: Sequence[float],
    exploded: float | None,
    start: float,
    guessing: float,
    least: float,
) -> tuple[float | None, str]:
    """The learning rate that smoothed losses suggest, or None, and the reason."""
    lowest = min(loss, default=start)
    if not math.isfinite(start) or lowest > min(start, guessing) - least:
        return None, why_not(lr, exploded, lowest, guessing)
    done = start - DONE * (start - lowest)
    reached = next(rate for rate, one in zip(lr, loss, strict=True) if one <= done)
    reason = (
        f"a third of {two_digits(reached):g}, where the loss had done nine tenths of its fall from "
        f"{start:.3g} to {lowest:.3g}"
    )
    if exploded is None and reached > SHARE * lr[-1]:
        reason += f"; above {lr[-1]:g} it may fall further: raise `highest`"
    return two_digits(SHARE * reached), reason


def why_not(lr: Sequence[float], exploded: float | None, lowest: float, guessing: float) -> str:
    """Why no rate can be suggested, and what to do."""
    at = "" if exploded is None else f"{two_digits(exploded):g}"
    if exploded is not None and exploded < 10 * lr[0]:
        return (
            f"the loss exploded at {at}, close to the lowest rate: lower `lowest`, or scale the "
            "columns"
        )
    end = f"; at {at} it exploded" if at else ""
    return (
        f"the loss did not fall clearly at any rate: {lowest:.3g} at its lowest, and guessing has "
        f"{guessing:.3g}{end}; more `steps` may tell"
    )
