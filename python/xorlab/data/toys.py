"""Toy problems: points in the plane whose classes are drawn from a seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from ..checks.public import public
from ..checks.values import check_count, check_number
from ..seed import make_generator, resolve_seed
from .dataset import PointDataset, feature_names
from .origin import MAX_STD, NOISES, Toy, ToyKind, check_class_count, check_kind
from .xor import XORDataset, noisy_bits

DEFAULT_SIZE = 2500
CELLS = 4  # of the checkerboard, each way
TURNS = 1.5  # of a spiral


@public
def toy_data(
    kind: ToyKind = "xor",
    size: int = DEFAULT_SIZE,
    noise: float | None = None,
    seed: int | None = None,
    *,
    classes: int | None = None,
) -> PointDataset:
    """Sample a toy problem: points in the plane, within about -1.5 to 1.5.

    Parameters
    ----------
    kind
        How points are drawn. "Noise" is Gaussian, of standard deviation `noise` in each column, and
        all classes are equally likely.

        - "xor" (noise 0.1): two random bits, of class 1 where exactly one is 1, plus noise; the
          same points as `XORDataset(size, noise, seed)`.
        - "circles" (0.1): a circle of radius 1, and within it one of radius 0.5, class 1; plus
          noise.
        - "moons" (0.1): two half circles of radius 1 that reach into each other, plus noise; class
          0 is the upper one.
        - "spirals" (0.05): two arms of one and a half turns, plus noise. Class 1 is class 0 turned
          by half a turn.
        - "blobs" (0.3): for each class noise around a center of its own; the centers are evenly
          spaced on the circle of radius 1, and class 0 is at (1, 0).
        - "checkerboard" (0.05): the square from -1 to 1 in 4 by 4 cells, of class 0 and 1 in turn,
          plus noise, which carries points across the edges.
        - "linear" (0.3): evenly spread over the square from -1 to 1; class 1 has the probability
          sigmoid((x1 + x2) / noise).
    size
        Number of points, at least 1.
    noise
        0 or more; None takes that of the kind.
    seed
        Fixes the points; None draws one from torch's global generator.
    classes
        Number of classes, 2 to 100, for "blobs" alone, where None gives 3; the other kinds have 2.

    Returns
    -------
    A `PointDataset` with classes 0, 1, ..., whose `origin` is a `Toy(kind, noise, seed, classes)`:
    with its `kind`, `noise` and `best_accuracy`, which is None where it is not known. For "xor", an
    `XORDataset`.

    Raises
    ------
    TypeError, ValueError
        If there is no such kind, or `size`, `noise`, `seed` or `classes` is not such a number.

    Examples
    --------
    >>> moons = toy_data("moons", 200, seed=1)
    >>> moons.data.shape, moons.levels, moons.origin.noise
    (torch.Size([200, 2]), (0, 1), 0.1)
    >>> toy_data("blobs", 90, seed=1, classes=5).levels
    (0, 1, 2, 3, 4)
    """
    kind, size = check_kind(kind), check_count("size", size)
    noise = NOISES[kind] if noise is None else noise
    noise = check_number("noise", noise, minimum=0, maximum=MAX_STD)
    classes = check_class_count(kind, classes)
    origin = Toy(kind, noise, resolve_seed(seed), classes)
    dataset = (XORDataset if kind == "xor" else PointDataset)._blank()
    dataset._hold(*draw(origin, size), tuple(range(classes)), feature_names(2), origin)
    return dataset


def draw(origin: Toy, size: int) -> tuple[Tensor, Tensor]:
    """The points of a toy problem that has a seed, float32 [size, 2], and their classes."""
    if origin.seed is None:
        raise ValueError("`origin` must have a seed.")
    generator = make_generator(origin.seed, "data")
    return TOYS[origin.kind](size, origin.noise, origin.classes, generator)


def more_of(origin: Toy, size: int, noise: Any = None, seed: Any = None) -> PointDataset:
    """Other points of a toy problem, with its own noise or another."""
    noise = origin.noise if noise is None else noise
    return toy_data(origin.kind, size, noise, seed, classes=origin.classes)


def circles(size: int, noise: float, classes: int, generator: Generator) -> tuple[Tensor, Tensor]:
    label = random_classes(size, classes, generator)
    angle = 2 * math.pi * evenly(size, generator)
    return jittered((1 - 0.5 * label)[:, None] * on_circle(angle), noise, generator), label


def moons(size: int, noise: float, classes: int, generator: Generator) -> tuple[Tensor, Tensor]:
    label = random_classes(size, classes, generator)
    angle = math.pi * evenly(size, generator)
    shift = torch.tensor([0.5, 0.25], dtype=torch.float64)
    upper = on_circle(angle) - shift
    points = torch.where(label[:, None] == 1, -upper, upper)  # the lower one is the other, turned
    return jittered(points, noise, generator), label


def spirals(size: int, noise: float, classes: int, generator: Generator) -> tuple[Tensor, Tensor]:
    label = random_classes(size, classes, generator)
    along = evenly(size, generator)
    angle = 2 * math.pi * TURNS * along + math.pi * label
    radius = 0.15 + 0.85 * along  # the arms do not meet
    return jittered(radius[:, None] * on_circle(angle), noise, generator), label


def blobs(size: int, noise: float, classes: int, generator: Generator) -> tuple[Tensor, Tensor]:
    label = random_classes(size, classes, generator)
    return jittered(torch.from_numpy(blob_centers(classes))[label], noise, generator), label


def checkerboard(
    size: int, noise: float, classes: int, generator: Generator
) -> tuple[Tensor, Tensor]:
    points = 2 * evenly((size, 2), generator) - 1
    cells = ((points + 1) * CELLS / 2).long()
    return jittered(points, noise, generator), cells.sum(dim=1) % classes


def linear(size: int, noise: float, classes: int, generator: Generator) -> tuple[Tensor, Tensor]:
    points = (2 * evenly((size, 2), generator) - 1).float()
    logit = (points.double().sum(dim=1) / noise).nan_to_num(nan=0.0)  # 0 / 0 on the line itself
    return points, (evenly(size, generator) < logit.sigmoid()).long()


def blob_centers(classes: int) -> NDArray[np.float64]:
    """The centers of so many blobs, [classes, 2]."""
    angle = 2 * np.pi * np.arange(classes) / classes
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def random_classes(size: int, classes: int, generator: Generator) -> Tensor:
    return torch.randint(classes, (size,), generator=generator)


def evenly(shape: int | tuple[int, ...], generator: Generator) -> Tensor:
    """Uniform from 0 to 1, float64."""
    return torch.rand(shape, generator=generator, dtype=torch.float64)


def on_circle(angle: Tensor) -> Tensor:
    """Points of the circle of radius 1, [n, 2]."""
    return torch.stack([angle.cos(), angle.sin()], dim=1)


def jittered(points: Tensor, noise: float, generator: Generator) -> Tensor:
    """Points with Gaussian noise, float32."""
    noisy = torch.randn(points.shape, generator=generator, dtype=torch.float64) * noise
    return (points + noisy).float()


# How each kind of toy problem is drawn: points and classes of so many, with this noise, this number
# of classes and this generator.
TOYS: dict[str, Callable[[int, float, int, Generator], tuple[Tensor, Tensor]]] = {
    "xor": noisy_bits,
    "circles": circles,
    "moons": moons,
    "spirals": spirals,
    "blobs": blobs,
    "checkerboard": checkerboard,
    "linear": linear,
}
