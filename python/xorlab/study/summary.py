"""How many nets of a configuration solved the problem."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .config import CONFIG_COLUMNS, Config, Run, varying

# 97.5 % point of the normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Summary:
    """How many nets of a configuration solved the problem, with Wilson's 95 % interval of the
    share, and their median loss.

    Its attributes are also the columns of the configuration: `hidden` as text ("4", or "8-8" for
    two layers), `activation`, `lr`, and so on.
    """

    config: Mapping[str, Any]
    runs: int
    solved: int
    share: float
    lower: float
    upper: float
    loss: float

    def __getattr__(self, name: str) -> Any:
        if name in CONFIG_COLUMNS:
            return self.config[name]
        raise AttributeError(name)

    def to_dict(self) -> dict[str, Any]:
        """All columns by name."""
        results = asdict(self)
        return {**results.pop("config"), **results}


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


def summarize(config: Config, runs: Sequence[Run]) -> Summary:
    solved = sum(run.solved for run in runs)
    losses = sorted(run.loss if math.isfinite(run.loss) else math.inf for run in runs)
    median = (losses[(len(losses) - 1) // 2] + losses[len(losses) // 2]) / 2
    lower, upper = wilson_interval(solved, len(runs))
    share = solved / len(runs)
    return Summary(
        config.columns(),
        runs=len(runs),
        solved=solved,
        share=share,
        lower=lower,
        upper=upper,
        loss=median,
    )


LARGE_LOSS = 1e6  # of a training that diverged: its digits say nothing


# What every table shows of a configuration, and what it shows where they differ in it.
_ALWAYS = ("hidden", "activation", "lr", "std")


def table_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each configuration, under the names of the columns."""
    shown = [
        *_ALWAYS,
        *(name for name in varying(s.config for s in summaries) if name not in _ALWAYS),
    ]
    lines = [[*shown, "solved", "share", "95 % interval", "loss"]]
    lines += [
        [
            *(plain(getattr(s, name)) for name in shown),
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
