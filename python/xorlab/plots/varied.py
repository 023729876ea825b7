"""What a sweep varies, and which of it is on the axis of its picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from ..data.origin import NOISES
from ..optimizers import OPTIMIZERS
from ..study.config import CONFIG_COLUMNS, OWN, varying
from ..study.summary import plain
from .labels import LONGEST
from .scales import Scale, even_scale, linear_scale, log_scale

Columns = Mapping[str, Any]

# What axes are called that have another name than their column.
_TITLES = {
    "hidden": "Hidden units",
    "lr": "Learning rate",
    "std": "Noise",
    "size": "Points",
    "init": "First weights",
    "nesterov": "Nesterov's momentum",
    "l1": "L1 penalty",
    "validation": "Share held out for validation",
    "patience": "Patience, in epochs",
    "scale": "Columns standardised",
}
_MOST_TICKS = 10  # with a label each
# Lines are moved apart by this share of the axis from one to the next, and all of them by that, so
# that bars do not hide each other, and points stay where their value is; names have no such place.
_APART, _WIDEST = 0.015, 0.06
_NAMES_APART, _NAMES_WIDEST = 0.04, 0.16
_CLOSEST = 1 / 15  # of a linear axis, between values that many of their labels have room


@dataclass(frozen=True)
class Axis:
    """The horizontal axis of a sweep.

    Attributes
    ----------
    column
        What it shows; None where each configuration stands by itself.
    values
        Those of the column, in their order.
    kind
        Whether numbers have their places, or values stand side by side.
    """

    column: str | None
    values: Sequence[Any]
    kind: Literal["log", "linear", "even"]

    @property
    def joined(self) -> bool:
        """Whether lines join the points: what has a name has no order."""
        return all(is_number(value) for value in self.values)

    def place(self, value: Any) -> float:
        return float(self.values.index(value) if self.kind == "even" else value)

    def beside(self, place: float, line: int, lines: int) -> float:
        """The place on one of several lines, which are moved apart by a share of the axis each, as
        far as they stay nearer to it than to the next place."""
        if lines < 2:
            return place
        places = [self._along(self.place(value)) for value in self.values]
        closest = min((two - one for one, two in pairwise(places)), default=0.0)
        length = places[-1] - places[0]
        apart, widest = _APART, _WIDEST
        if not self.joined:
            apart, widest = _NAMES_APART, _NAMES_WIDEST
        width = min(apart * (lines - 1) * length, widest * length, closest / 3)
        moved = self._along(place) + width * (line / (lines - 1) - 0.5)
        return math.exp(moved) if self.kind == "log" else moved

    def _along(self, place: float) -> float:
        return math.log(place) if self.kind == "log" else place

    def scale(self, title: str, places: Sequence[float]) -> Scale:
        """With ticks at the values, or at round numbers where these are many."""
        if self.kind == "even":
            names = [tick_name(self.column, value) for value in self.values]
            return even_scale(title, names, _MOST_TICKS if self.joined else len(names))
        scale = log_scale if self.kind == "log" else linear_scale
        few = len(self.values) <= _MOST_TICKS
        return scale(title, places, [float(value) for value in self.values] if few else ())


def as_asked(configs: Sequence[Columns]) -> list[dict[str, Any]]:
    """The columns of the configurations, without what follows from others: an optimizer has its
    usual learning rate, a toy problem its usual noise, and own data their size. Hidden layers are
    numbers where no net has several."""
    asked = [dict(one) for one in configs]
    optimizers, kinds = ({one[name] for one in asked} for name in ("optimizer", "data"))
    sizes = {one["size"] for one in asked if one["data"] != OWN}
    follows = {
        "lr": len(optimizers) > 1
        and all(one["lr"] == OPTIMIZERS[one["optimizer"]].lr for one in asked),
        "std": len(kinds) > 1 and all(one["std"] == NOISES.get(one["data"]) for one in asked),
        "size": len(kinds) > 1 and len(sizes) == 1,
    }
    numbers = all("-" not in one["hidden"] for one in asked)
    for one in asked:
        one.update({name: None for name, is_so in follows.items() if is_so})
        one["hidden"] = int(one["hidden"]) if numbers else one["hidden"]
    return asked


def make_axis(asked: Sequence[Columns]) -> Axis:
    """The learning rate where it varies; else that of the numbers with the most values; else that
    of the names. What varies with another column alone is on no axis."""
    names = varying(asked)
    alone = [name for name in names if varies_alone(asked, name)]
    if "lr" in (alone or names):
        return Axis("lr", sorted({one["lr"] for one in asked}), "log")
    values = {name: values_of(asked, name) for name in alone}
    fitting = {
        name: those
        for name, those in values.items()
        if all(is_number(one) or len(tick_name(name, one)) <= LONGEST for one in those)
    }
    numbers = {name: those for name, those in fitting.items() if all(map(is_number, those))}
    if not fitting:
        return Axis(None, range(len(asked)), "even")
    column, those = max((numbers or fitting).items(), key=lambda item: len(item[1]))
    return Axis(column, those, kind_of(those) if numbers else "even")


def varies_alone(asked: Sequence[Columns], column: str) -> bool:
    """Whether two configurations differ in it, and in nothing else."""
    others = [name for name in CONFIG_COLUMNS if name != column]
    return len({tuple(one[name] for name in others) for one in asked}) < len(asked)


def values_of(asked: Sequence[Columns], column: str) -> list[Any]:
    """Each value once: numbers in their order, after None; names as they come."""
    values = [*dict.fromkeys(one[column] for one in asked)]
    if not all(map(is_number, values)):
        return values
    return sorted(values, key=lambda value: -math.inf if value is None else value)


def is_number(value: Any) -> bool:
    """Or None, for no number."""
    return value is None or not isinstance(value, bool | str)


def kind_of(values: Sequence[float | None]) -> Literal["log", "linear", "even"]:
    """The kind of axis on which numbers in their order have room."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return "even"
    if known[0] > 0 and known[-1] >= 10 * known[0]:
        return "log"
    closest = min(two - one for one, two in pairwise(known))
    least = min(_CLOSEST, 1 / (2 * len(known)))
    return "linear" if closest >= least * (known[-1] - known[0]) else "even"


def tick_name(column: str | None, value: Any) -> str:
    """As the label of a tick; empty where each configuration has its name in the key."""
    if column is None:
        return ""
    if column == "inputs" and not value:
        return "the columns"
    return "none" if value is None or (column, value) == ("hidden", "0") else plain(value)


def axis_title(axis: Axis, configs: Sequence[Columns]) -> str:
    """What the axis shows, and at what learning rate, where that is the same for all."""
    column = axis.column or "nets"
    title = _TITLES.get(column, column.replace("_", " ").capitalize())
    if column == "hidden" and not axis.joined:
        title = "Hidden layers"
    rates = {one["lr"] for one in configs}
    if len(rates) == 1:
        return f"{title}, at a learning rate of {rates.pop():g}"
    usual = column == "optimizer" and all(one["lr"] is None for one in as_asked(configs))
    return f"{title}, each at its usual learning rate" if usual else title
