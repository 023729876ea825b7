"""A section through the data's columns: one or two vary, the others are fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.words import listed
from ..data.dataset import PointDataset
from ..evaluation.importance import column_effects
from .section_columns import Column, check_at, check_vars, user_columns


class Section(NamedTuple):
    """Points of which one or two columns vary.

    `names` are those of the columns that vary, `places` theirs among all p columns of numbers,
    `fixed` what all columns have where they do not vary, float64 [p]; `caption` says so in words,
    and is empty where there is no other column. Columns that R computes by a formula vary together:
    then `given` holds the points of the one grid that the section is for, and `places` is empty
    where no column is what varies.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    fixed: Tensor
    caption: str
    given: Tensor | None = None

    def points(self, *lines: NDArray[np.float64]) -> Tensor:
        """The points of a grid of these lines, one for each name; float64 [n, p], the last line
        varying fastest."""
        if self.given is not None:
            return self.given
        grid = torch.meshgrid(*map(torch.from_numpy, lines), indexing="ij")
        varying = torch.stack(grid, dim=-1).reshape(-1, len(lines))
        points = self.fixed.repeat(len(varying), 1)
        points[:, list(self.places)] = varying
        return points

    def samples(self, data: PointDataset, most: int | None = None) -> tuple[Tensor, Tensor]:
        """The first of the points of a dataset, in the columns that vary, and their labels; none
        where R computes the columns."""
        first = slice(most if self.places else 0)
        return data.points[first, list(self.places)], data.label[first]


def find_section(
    features: Sequence[str],
    frame: Mapping[str, Sequence[Any]] | None,
    points: Tensor | None,
    predictor: nn.Module,
    vars: Any = None,
    at: Any = None,
) -> Section:
    """The section that is asked for, or the one that shows most.

    Parameters
    ----------
    features
        Names of the columns of numbers.
    frame
        How columns of a frame became those; None where they are the user's own.
    points
        Points of the training data, shape [n, p]; None where they are not known.
    predictor
        What is asked which columns matter, where `vars` does not say.
    vars
        Names of two columns of numbers; None takes the two that predictions depend on most, or the
        only ones there are.
    at
        Values of other columns by name, a level for a categorical one; the others are at their
        means, or the most frequent level.

    Raises
    ------
    TypeError, ValueError
        If `vars` or `at` name no such columns, or there is no column of numbers.
    """
    columns = user_columns(features, frame)
    numeric = [one for one in columns if not len(one.levels)]
    if not numeric:
        raise ValueError(
            "A boundary needs a column of numbers, but all are categories: "
            f"{listed([one.name for one in columns][:5])}."
        )
    if points is None and len(features) > 2:
        raise ValueError(
            f"A boundary of a net with {len(features)} inputs needs the training data, whose means "
            "it takes for those that do not vary, but the fit has none."
        )
    chosen = vars is None and len(numeric) > 2
    if chosen and points is not None:
        free = most_influential(numeric, column_effects(predictor, points))
    else:
        free = numeric if vars is None else check_vars(vars, columns)
    values = check_at(at, columns, [one.name for one in free])
    fixed = torch.zeros(len(features), dtype=torch.float64)
    typical = {} if points is None else {one.name: typical_value(one, points) for one in columns}
    for one in columns if typical else ():
        place_value(fixed, one, values.get(one.name, typical[one.name]))
    return Section(
        tuple(one.name for one in free),
        tuple(one.place for one in free),
        fixed,
        section_caption(columns, free, values, typical, chosen),
    )


def most_influential(columns: Sequence[Column], effects: NDArray[np.float64]) -> list[Column]:
    """The two columns of the largest effects, in the order of the data."""
    ranked = sorted(columns, key=lambda one: -effects[one.place])
    return sorted(ranked[:2], key=lambda one: one.place)


def typical_value(column: Column, points: Tensor) -> Any:
    """A column's mean, or its most frequent level."""
    if not len(column.levels):
        return points[:, column.place].double().mean().item()
    counts = points[:, indicator_places(column)].sum(dim=0).tolist()
    counts = [len(points) - sum(counts), *counts]
    return column.levels[counts.index(max(counts))]


def indicator_places(column: Column) -> slice:
    """Of a column of categories, where the indicators of its levels but the first are."""
    return slice(column.place, column.place + len(column.levels) - 1)


def place_value(fixed: Tensor, column: Column, value: Any) -> None:
    """Set the numeric columns of a column to a value."""
    if not len(column.levels):
        fixed[column.place] = float(value)
        return
    others = [float(level == value) for level in column.levels[1:]]
    fixed[indicator_places(column)] = torch.tensor(others, dtype=torch.float64)


def section_caption(
    columns: Sequence[Column],
    free: Sequence[Column],
    values: Mapping[str, Any],
    typical: Mapping[str, Any],
    chosen: bool,
) -> str:
    """The values of the other columns in words, and how those that vary were chosen."""
    others = [one for one in columns if one not in free]
    if not others:
        return ""
    left = [one for one in others if one.name not in values]
    parts = [f"{name} at {shown_value(value)}" for name, value in values.items()]
    if left:
        one = left[0]
        alone = f"{one.name} at {shown_value(typical[one.name])}, {typical_words(left)}"
        parts.append(alone if len(left) == 1 else f"others at {typical_words(left)}")
    text = ", ".join(parts)
    if chosen:
        return f"Most influential columns; {text}"
    return text.replace("others", "Others") if text.startswith("others at ") else text


def typical_words(columns: Sequence[Column]) -> str:
    several = len(columns) > 1
    numbers = any(not len(one.levels) for one in columns)
    levels = any(len(one.levels) for one in columns)
    words = []
    if numbers:
        words.append("their means" if several else "its mean")
    if levels:
        their = "" if numbers else "their "
        words.append(f"{their}most frequent levels" if several else "its most frequent level")
    return " or ".join(words)


def shown_value(value: Any) -> str:
    number = isinstance(value, Real) and not isinstance(value, bool)
    return f"{float(value):.4g}" if number else str(value)
