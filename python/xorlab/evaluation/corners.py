"""The four corners of XOR: which of them a net gets wrong, and whether it has solved the problem.

`lost_corners()` and `is_solved()` take the logits of many nets at once, shape [runs, 4], on any
device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.public import public
from ..data.ceiling import best_accuracy
from ..device import one_thread
from ..model.classifier import SimpleClassifier
from .forward import Forward, layer_arrays
from .predict import plane_logits, predict_logits

# The order of the corners wherever four of something belong to them, and the class of each.
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
CORNER_CLASSES = (0, 1, 1, 0)

# How far below the best possible accuracy a net may stay and still count as having solved XOR, and
# how far above guessing it must be.
SOLVED_WITHIN = 0.005


def corner_logits(model: nn.Module) -> Tensor:
    """Logits of one net with two inputs at the four corners, shape [1, 4]."""
    return plane_logits(model, torch.tensor(CORNERS, dtype=torch.float32))[None, :]


@public
def lost_corners(corners: Tensor | nn.Module) -> Tensor:
    """Which corners of XOR a net, or each of many nets, misclassifies.

    Parameters
    ----------
    corners
        Logits at (0, 0), (0, 1), (1, 0), (1, 1), shape [runs, 4]; or a net with two inputs.

    Returns
    -------
    A bool tensor of shape [runs, 4], on the device of the logits; True where the corner is lost. A
    logit that is not a number counts as lost.

    Raises
    ------
    TypeError, ValueError
        If `corners` is neither, or a net of other inputs or outputs.

    Examples
    --------
    >>> lost_corners(torch.tensor([[-1.0, 1.0, 1.0, -1.0], [-1.0, 1.0, 1.0, 1.0]])).tolist()
    [[False, False, False, False], [False, False, False, True]]
    """
    if isinstance(corners, nn.Module):
        corners = corner_logits(corners)
    if not isinstance(corners, Tensor):
        raise TypeError(f"`corners` must be a tensor or a module, not {type(corners).__name__}.")
    if corners.ndim != 2 or corners.shape[1] != len(CORNERS):
        raise ValueError(f"`corners` must be of shape [runs, 4], not {[*corners.shape]}.")
    ones = torch.tensor(CORNER_CLASSES, device=corners.device) == 1
    return ~torch.where(ones, corners >= 0, corners < 0)


@public
def is_solved(corners: Tensor | nn.Module, accuracy: Tensor | float, best: float) -> Tensor:
    """Whether a net, or each of many nets, has solved XOR: every corner has its own class, and the
    accuracy on fresh points is within 0.005 of the best possible, and as far above one half, which
    is that of guessing. (With noise above 4 there is no such net.)

    Parameters
    ----------
    corners
        As for `lost_corners()`.
    accuracy
        Of each net on fresh points, shape [runs]; or one number.
    best
        The best possible accuracy, as of `bayes_xor()`.

    Returns
    -------
    A bool tensor of shape [runs].

    Examples
    --------
    >>> is_solved(torch.tensor([[-1.0, 1.0, 1.0, -1.0]]), accuracy=0.98, best=1.0).tolist()
    [False]
    """
    lost = lost_corners(corners)
    near = torch.as_tensor(accuracy, device=lost.device) >= least_accuracy(best)
    return ~lost.any(dim=1) & near


def least_accuracy(best: float) -> float:
    """The accuracy from which on a net whose corners are right has solved XOR."""
    return max(best - SOLVED_WITHIN, 0.5 + SOLVED_WITHIN)


# Points around each corner, and how far the accuracy on them can be from the exact one: more than
# the largest error among hundreds of half-planes, bands and pairs of tilted lines, whose accuracy
# is known exactly, with noise of 0.1 to 2, and among 360 trained nets.
_ERRORS = {4_096: 2.5e-3, 16_384: 7e-4, 65_536: 3e-4, 262_144: 1e-4}


def expected_accuracy(model: nn.Module, std: float) -> float:
    """The share of fresh points of XOR that a net classifies correctly, 0 to 1, without chance.

    Its error is below 2.5e-3, and mostly below 1e-3; below 1e-4 where it is so near to the least
    accuracy of a solved net (see `is_solved()`) that a larger one could change the verdict.

    The noise is not drawn but spread evenly: the additive recurrence of steps 1/g and 1/g^2, with g
    the real root of g^3 = g + 1 (the plastic number; M. Roberts, The Unreasonable Effectiveness of
    Quasirandom Sequences, 2018), put through the normal quantile function.
    """
    if type(model) is SimpleClassifier:
        with one_thread():
            return CornerJudge(model, std).expected_accuracy(model)
    return refined(lambda points: accuracy_around_corners(model, std, points), std)


def refined(measure: Callable[[int], float], std: float) -> float:
    """An accuracy that is measured on so many points, on more of them where it must be precise."""
    least, accuracy = least_accuracy(best_accuracy(std)), 0.0
    for points, error in _ERRORS.items():
        accuracy = measure(points)
        if abs(accuracy - least) > error:
            break
    return accuracy


def accuracy_around_corners(model: nn.Module, std: float, points: int) -> float:
    """The share of correct ones of so many points around each corner."""
    logits = predict_logits(model, spread_points(std, points)).reshape(len(CORNERS), -1)
    right = (logits >= 0) == torch.tensor(CORNER_CLASSES)[:, None].bool()
    return (right & ~logits.isnan()).double().mean().item()


def spread_points(std: float, points: int = min(_ERRORS)) -> Tensor:
    """Points around each corner in turn, float32 [4 * points, 2]."""
    around: Tensor = torch.tensor(CORNERS)[:, None] + std * spread_noise(points)
    return around.reshape(-1, 2).float()


def corner_labels(points: int = min(_ERRORS)) -> Tensor:
    """The classes of as many of `spread_points()`, int64 [4 * points]."""
    return torch.tensor(CORNER_CLASSES).repeat_interleave(points)


@lru_cache(maxsize=len(_ERRORS))
def spread_noise(points: int) -> Tensor:
    """Standard normal noise, spread evenly, float64 [points, 2]."""
    plastic = 1.324717957244746
    steps = torch.tensor([1 / plastic, 1 / plastic**2], dtype=torch.float64)
    even = (0.5 + torch.arange(1, points + 1, dtype=torch.float64)[:, None] * steps) % 1
    noise: Tensor = torch.special.ndtri(even)
    return noise


class CornerJudge:
    """`expected_accuracy()` and the logits at the corners of many nets of one shape, by numpy.

    Points are taken in pieces that stay in the processor's cache. What is found for a net does not
    depend on the others.

    Parameters
    ----------
    model
        One of the nets.
    std
        The noise.
    """

    def __init__(self, model: SimpleClassifier, std: float) -> None:
        self.forward, self.std = Forward(model, min(_ERRORS)), std

    @np.errstate(all="ignore")
    def expected_accuracy(self, model: SimpleClassifier) -> float:
        layers = layer_arrays(model)
        return refined(lambda points: self.share_correct(layers, points), self.std)

    @np.errstate(all="ignore")
    def corner_logits(self, model: SimpleClassifier) -> list[float]:
        logits: list[float] = self.forward.logits(layer_arrays(model), _CORNER_COLUMNS).tolist()
        return logits

    def share_correct(self, layers: Sequence[Any], points: int) -> float:
        """The share of correct ones of so many points around each corner."""
        correct = 0
        for pieces, label in zip(spread_columns(self.std, points), CORNER_CLASSES, strict=True):
            for piece in pieces:
                logits = self.forward.logits(layers, piece)
                correct += int(np.count_nonzero(logits >= 0 if label else logits < 0))
        return correct / (len(CORNERS) * points)


_CORNER_COLUMNS = np.array(CORNERS, np.float32).T


@lru_cache(maxsize=len(_ERRORS))
def spread_columns(std: float, points: int) -> NDArray[np.float32]:
    """`spread_points()` in pieces, [4, pieces, 2, points in a piece]."""
    pieces = spread_points(std, points).reshape(len(CORNERS), -1, min(_ERRORS), 2)
    return np.ascontiguousarray(pieces.numpy().swapaxes(2, 3))
