"""Where points came from: a toy problem, of which more is known than its points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..checks.values import check_choice, check_count, check_number
from .ceiling import best_accuracy, best_blobs_accuracy, best_linear_accuracy

DEFAULT_STD = 0.1
# Of larger noise, points would be beyond float32.
MAX_STD = 1e30
ToyKind = Literal["xor", "circles", "moons", "spirals", "blobs", "checkerboard", "linear"]
# The noise of each kind of toy problem where none is given.
NOISES: dict[ToyKind, float] = {
    "xor": DEFAULT_STD,
    "circles": 0.1,
    "moons": 0.1,
    "spirals": 0.05,
    "blobs": 0.3,
    "checkerboard": 0.05,
    "linear": 0.3,
}
# Kinds of more than two classes, with the number of them where none is given.
SEVERAL = {"blobs": 3}
# A classifier of more classes than these is no small one.
MAX_CLASSES = 100


@dataclass(frozen=True)
class Toy:
    """A toy problem, as the origin of points.

    Attributes
    ----------
    kind
        Its name, as `toy_data()` takes it.
    noise
        0 or more; what it is the size of depends on the kind.
    seed
        The one that gives the points; None where they are some of a sample's.
    classes
        How many there are: 2, but for blobs.

    Raises
    ------
    TypeError, ValueError
        If there is no such kind, noise or seed, or the kind has another number of classes.
    """

    kind: ToyKind
    noise: float
    seed: int | None = None
    classes: int = 2

    def __post_init__(self) -> None:
        kind = check_kind(self.kind)
        name = "std" if kind == "xor" else "noise"
        noise = check_number(name, self.noise, minimum=0, maximum=MAX_STD)
        object.__setattr__(self, "noise", noise)
        object.__setattr__(self, "classes", check_class_count(kind, self.classes))
        if self.seed is not None:
            object.__setattr__(self, "seed", check_count("seed", self.seed, minimum=0))

    @property
    def std(self) -> float:
        """The noise, as XOR calls it: the standard deviation of that on each bit."""
        return self.noise

    @property
    def best_accuracy(self) -> float | None:
        """What no classifier can expect to surpass on such points: see `bayes_xor()`. None where
        it is not known."""
        if self.kind == "xor":
            return best_accuracy(self.noise)
        if self.kind == "blobs":
            return best_blobs_accuracy(self.noise, self.classes)
        return best_linear_accuracy(self.noise) if self.kind == "linear" else None


def check_kind(kind: object) -> ToyKind:
    return check_choice("kind", kind, tuple(NOISES))


def check_class_count(kind: str, classes: int | None = None) -> int:
    """How many classes a kind is to have; None for its own number."""
    usual = SEVERAL.get(kind, 2)
    count = usual if classes is None else check_count("classes", classes, minimum=2)
    if kind not in SEVERAL and count != 2:
        several = " or ".join(map(repr, SEVERAL))
        raise ValueError(
            f"`classes` must be 2 for {kind!r}, not {count}: only {several} takes more."
        )
    if count > MAX_CLASSES:
        raise ValueError(f"`classes` must be at most {MAX_CLASSES}, not {count:,}.")
    return count
