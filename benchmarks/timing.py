"""Measuring several things fairly: in turn, several times, told as median and spread."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Sample:
    """One measurement: a value, and the accuracy that came with it if there is one."""

    value: float
    accuracy: float | None = None


Task = Callable[[int], Sample]


def in_turn(tasks: Mapping[str, Task], rounds: int) -> dict[str, list[Sample]]:
    """Run every task once in each round, so that a slow minute of the machine hits them all.

    Each task is given the number of the round. Every other round goes backwards, so that none is
    always measured right after the same other one.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in tasks}
    for number in range(rounds):
        names = list(tasks) if number % 2 == 0 else list(tasks)[::-1]
        for name in names:
            gc.collect()
            samples[name].append(tasks[name](number))
    return samples


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@dataclass(frozen=True)
class Row:
    """A line of the results. `value` is the median over `repeats`, `low` and `high` the spread."""

    section: str
    name: str
    setting: str
    value: float
    low: float
    high: float
    unit: str
    repeats: int
    accuracy: float | None = None
    accuracy_low: float | None = None
    note: str = ""


def summarise(
    section: str,
    name: str,
    samples: list[Sample],
    *,
    setting: object = "",
    unit: str = "s",
    scale: float = 1.0,
    note: str = "",
) -> Row:
    """The row of one task; every value is multiplied by `scale` to come to `unit`."""
    values = [sample.value * scale for sample in samples]
    shares = [sample.accuracy for sample in samples if sample.accuracy is not None]
    return Row(
        section,
        name,
        str(setting),
        median(values),
        min(values),
        max(values),
        unit,
        len(values),
        median(shares) if shares else None,
        min(shares) if shares else None,
        note,
    )
