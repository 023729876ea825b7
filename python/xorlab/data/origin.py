"""Where points came from: a toy problem, of which more is known than its points."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..checks.values import check_count, check_number

DEFAULT_STD = 0.1
# Of larger noise, points would be beyond float32.
MAX_STD = 1e30


@dataclass(frozen=True)
class XOR:
    """Continuous XOR, as the origin of points.

    Attributes
    ----------
    std
        Standard deviation of the noise, 0 or more.
    seed
        The one that gives the points; None where they are some of a sample's.
    """

    std: float
    seed: int | None = None

    def __post_init__(self) -> None:
        std = check_number("std", self.std, minimum=0, maximum=MAX_STD)
        object.__setattr__(self, "std", std)
        if self.seed is not None:
            object.__setattr__(self, "seed", check_count("seed", self.seed, minimum=0))

    @property
    def best_accuracy(self) -> float:
        """What no classifier can expect to surpass on such points: see `bayes_xor()`."""
        return best_accuracy(self.std)


def best_accuracy(std: float) -> float:
    """p^2 + (1 - p)^2, where p is the chance that the noise leaves a bit on its side of 1/2."""
    p = 0.5 * math.erfc(-0.5 / std / math.sqrt(2)) if std > 0 else 1.0
    return p**2 + (1 - p) ** 2
