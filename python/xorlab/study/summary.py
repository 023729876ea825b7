"""How many nets of a configuration solved the problem, and how accurate they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ..checks.words import aligned
from .config import CONFIG_COLUMNS, LATER, Config, Run, varying

# 97.5 % point of the normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Summary:
    """Results of the nets of one configuration.

    Its attributes are also the columns of the configuration: `hidden` as text ("4", or "8-8" for
    two layers), `activation`, `lr`, and so on.

    Attributes
    ----------
    config
        The columns of the configuration by name.
    runs
        Number of nets.
    solved, share, lower, upper
        How many of them solved XOR, their share, and its 95 % interval (Wilson's); None for other
        data.
    loss
        Their median loss; infinite where that of most is not finite.
    accuracy, accuracy_low, accuracy_high
        Median and 5 % and 95 % quantile of their accuracies; where weights are not finite, the
        accuracy counts as 0.
    """

    config: Mapping[str, Any]
    runs: int
    solved: int | None
    share: float | None
    lower: float | None
    upper: float | None
    loss: float
    accuracy: float
    accuracy_low: float
    accuracy_high: float

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
    losses = sorted(run.loss if math.isfinite(run.loss) else math.inf for run in runs)
    median = (losses[(len(losses) - 1) // 2] + losses[len(losses) // 2]) / 2
    accuracies = sorted(run.accuracy if math.isfinite(run.accuracy) else 0.0 for run in runs)
    middle, low, high = (quantile(accuracies, share) for share in (0.5, *SPREAD))
    solved = share = lower = upper = None
    if config.is_xor:
        solved = sum(bool(run.solved) for run in runs)
        share, (lower, upper) = solved / len(runs), wilson_interval(solved, len(runs))
    return Summary(
        config.columns(), len(runs), solved, share, lower, upper, median, middle, low, high
    )


def quantile(ordered: Sequence[float], share: float) -> float:
    """By linear interpolation between ordered values, as numpy and R do it by default."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above, part = min(below + 1, len(ordered) - 1), place - below
    return (1 - part) * ordered[below] + part * ordered[above]


# The quantiles that tell the spread of accuracies.
SPREAD = (0.05, 0.95)
LARGE_LOSS = 1e6  # of a training that diverged: its digits say nothing


# What every table shows of a configuration; and the order of what it shows where they differ in
# it, or where it is another than in all tables of earlier versions.
_ALWAYS = ("hidden", "activation", "lr", "std")
_ORDER = (*_ALWAYS, *(name for name in CONFIG_COLUMNS if name not in _ALWAYS))
_SOLVED = ("solved", "share", "95 % interval")
_ACCURATE = ("nets", "accuracy", "5 % to 95 %")


def table_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each configuration, under the names of the columns: how many solved XOR, or, where
    there are other data, how accurate the nets are."""
    configs = [s.config for s in summaries]
    named = {*_ALWAYS, *varying(configs), *unusual(configs)}
    shown = [name for name in _ORDER if name in named]
    names, values = (_SOLVED, solved_texts) if all_xor(summaries) else (_ACCURATE, accuracy_texts)
    lines = [[*shown, *names, "loss"]]
    lines += [
        [
            *(plain(getattr(s, name)) for name in shown),
            *values(s),
            f"{s.loss:.4f}" if s.loss < LARGE_LOSS else f"{s.loss:.3g}",
        ]
        for s in summaries
    ]
    return aligned(lines)


def unusual(configs: Iterable[Mapping[str, Any]]) -> set[str]:
    """Columns that are not what they were before there were such columns."""
    return {n for one in configs for n, then in LATER.items() if one.get(n, then) != then}


def all_xor(summaries: Sequence[Summary]) -> bool:
    """Whether all nets were trained on XOR."""
    return all(s.solved is not None for s in summaries)


def solved_texts(s: Summary) -> list[str]:
    return [f"{s.solved} of {s.runs}", f"{s.share:.1%}", f"{s.lower:.1%} to {s.upper:.1%}"]


def accuracy_texts(s: Summary) -> list[str]:
    spread = f"{s.accuracy_low:.1%} to {s.accuracy_high:.1%}"
    return [str(s.runs), f"{s.accuracy:.1%}", spread]


def plain(value: float | str | None) -> str:
    """As in a table; own data, for example, have no noise."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
