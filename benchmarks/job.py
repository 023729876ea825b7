"""The one job that every peer does, and the data for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import xorlab
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Job:
    """Train a net of one hidden layer of tanh units, by plain stochastic gradient descent where a
    peer knows no `optimizer` and `momentum`."""

    size: int = 2500
    epochs: int = 100
    batch_size: int = 128
    hidden: int = 4
    lr: float = 0.1
    optimizer: str = "sgd"
    momentum: float = 0.0


@dataclass(frozen=True)
class Data:
    """Points [n, 2] and labels [n] to train on, and fresh ones to test on, as plain arrays."""

    x: NDArray[np.float32]
    label: NDArray[np.int64]
    test_x: NDArray[np.float32]
    test_label: NDArray[np.int64]
    seed: int


TEST_SIZE = 500


def make_data(size: int, seed: int) -> Data:
    """Continuous XOR; the points to test on share no random number with those to train on."""
    train, test = (
        xorlab.XORDataset(size, seed=seed),
        xorlab.XORDataset(TEST_SIZE, seed=seed + 10**6),
    )
    return Data(
        train.data.numpy(), train.label.numpy(), test.data.numpy(), test.label.numpy(), seed
    )


@dataclass(frozen=True)
class Trained:
    """What a peer hands back.

    Attributes
    ----------
    called
        The classes, shape [n], that the trained net gives to the fresh points.
    seconds
        The time of the job where the peer took it itself, because it runs in a process of its own
        whose start is not part of the job; else None, and the caller's clock counts.
    """

    called: ArrayLike
    seconds: float | None = None


Peer = Callable[[Job, Data], Trained]


def accuracy(trained: Trained, data: Data) -> float:
    """Share of the fresh points that are classified rightly."""
    return float(np.mean(np.asarray(trained.called) == data.test_label))
