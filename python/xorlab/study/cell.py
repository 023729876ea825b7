"""A cell of a study: nets that differ in their seed alone, and what became of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from ..checks.values import MAX_FLOAT32, check_choice, check_count, check_number
from ..data.dataset import MAX_STD
from ..model.classifier import ACTIVATIONS, check_hidden

# 97.5 % point of the normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Cell:
    """What the nets of one cell of a study have in common."""

    hidden: str  # "4", or "8-8" for two layers
    activation: str
    lr: float
    std: float
    size: int
    epochs: int
    batch_size: int

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(int(width) for width in self.hidden.split("-"))


@dataclass(frozen=True)
class Run:
    """What became of one net."""

    seed: int
    loss: float
    accuracy: float
    solved: bool
    corner: str


@dataclass(frozen=True)
class Summary(Cell):
    """How many nets of a cell solved the problem, with Wilson's 95 % interval of the share."""

    runs: int
    solved: int
    share: float
    lower: float
    upper: float
    loss: float


def wilson_interval(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1 (Wilson 1927, J. Amer. Statist. Assoc. 22, 209-212).

    Examples
    --------
    >>> [round(limit, 3) for limit in wilson_interval(97, 100)]
    [0.915, 0.99]
    """
    share, z2 = hits / trials, _Z**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def check_cell(
    hidden: Any, activation: Any, lr: Any, std: Any, size: Any, epochs: Any, batch: Any
) -> Cell:
    """What the nets of a cell have in common, or an error that says what must hold."""
    return Cell(
        hidden="-".join(map(str, check_hidden("hidden", hidden))),
        activation=check_choice("activation", activation, tuple(ACTIVATIONS)),
        lr=check_number("lr", lr, above=0, maximum=MAX_FLOAT32),
        std=check_number("std", std, minimum=0, maximum=MAX_STD),
        size=check_count("size", size, minimum=2),
        epochs=check_count("epochs", epochs),
        batch_size=check_count("batch_size", batch),
    )


def summarize(cell: Cell, runs: Sequence[Run]) -> Summary:
    solved = sum(run.solved for run in runs)
    losses = sorted(run.loss if math.isfinite(run.loss) else math.inf for run in runs)
    median = (losses[(len(losses) - 1) // 2] + losses[len(losses) // 2]) / 2
    lower, upper = wilson_interval(solved, len(runs))
    share = solved / len(runs)
    return Summary(
        **asdict(cell),
        runs=len(runs),
        solved=solved,
        share=share,
        lower=lower,
        upper=upper,
        loss=median,
    )


LARGE_LOSS = 1e6  # of a training that diverged: its digits say nothing


# What every table shows of a cell, and what it shows where it is not the same in all of them.
_ALWAYS = ("hidden", "activation", "lr", "std")
_VARYING = ("size", "epochs", "batch_size")


def table_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each cell, under the names of the columns."""
    told = [*_ALWAYS, *(name for name in varying(summaries) if name in _VARYING)]
    lines = [[*told, "solved", "share", "95 % interval", "loss"]]
    lines += [
        [
            *(plain(getattr(s, name)) for name in told),
            f"{s.solved} of {s.runs}",
            f"{s.share:.1%}",
            f"{s.lower:.1%} to {s.upper:.1%}",
            f"{s.loss:.4f}" if s.loss < LARGE_LOSS else f"{s.loss:.3g}",
        ]
        for s in summaries
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(f"{text:>{width}}" for text, width in zip(line, widths, strict=True))
        for line in lines
    ]


def plain(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def varying(cells: Sequence[Cell]) -> list[str]:
    """Names of the settings that are not the same in all the cells."""
    names = [field.name for field in fields(Cell)]
    return [name for name in names if len({getattr(cell, name) for cell in cells}) > 1]
