"""The best possible accuracy on the toy problems whose points have a known distribution.

To call the most probable class is the Bayes classifier, and none errs less often (Hastie,
Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., section 2.4). How often it is
right, with s for the noise and Phi for the normal distribution function:

XOR. It calls class 1 where x1 and x2 lie on different sides of 1/2, and is right when the noise
leaves both bits on their sides, or carries both across. One bit stays with the chance
p = Phi(1 / (2 s)), so the accuracy is p^2 + (1 - p)^2.

Blobs. With equal priors and equal, isotropic noise the nearest center wins, so that the center c_0
has the wedge around it between the two rays at the angles +-a, a = pi / K. The noise has the
density of angle and distance r exp(-r^2 / (2 s^2)) / (2 pi s^2), of which
exp(-r^2 / (2 s^2)) / (2 pi) lies beyond a distance r in each direction. A side of the wedge is at
the distance b s from the center, where b = sin(a) / s, so that a direction at the angle t to the
side meets it at b s / sin(t), for t from 0 to pi - a. Both sides together, the error is

    (1 / pi) integral over 0 < t < pi - a of exp(-b^2 / (2 sin^2 t)) dt

(J. W. Craig, A new, simple and exact result for calculating the probability of error for
two-dimensional signal constellations, MILCOM 1991). The half of it up to pi / 2 is Phi(-b), the
chance to cross one line. The rest, from a to pi / 2 since sin is symmetric, is smooth, and a
Gauss-Legendre rule integrates it.

Linear. The sum t = x1 + x2 of two uniform numbers has the density (2 - |t|) / 4, and the class is
misclassified with the probability sigmoid(-|t| / s). The error is

    integral over 0 < t < 2 of (1 - t / 2) sigmoid(-t / s) dt,

by a Gauss-Legendre rule up to t = 40 s, beyond which the sigmoid is below 1e-17.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

NEGLIGIBLE = 40.0  # a logit; exp(-40) is below the precision of float64


def best_accuracy(std: float) -> float:
    """That of XOR: p^2 + (1 - p)^2, where p is the chance that the noise leaves a bit on its side
    of 1/2."""
    p = normal_below(0.5, std)
    return p**2 + (1 - p) ** 2


@lru_cache(maxsize=64)
def best_blobs_accuracy(noise: float, classes: int) -> float:
    """The share of the Gaussian around a center that lies in the center's own wedge."""
    half = math.pi / classes
    distance = math.sin(half)
    t, weights = gauss_legendre(half, math.pi / 2)
    with np.errstate(divide="ignore", over="ignore"):
        beyond = np.exp(-((distance / np.sin(t) / noise) ** 2) / 2) if noise > 0 else 0 * t
    return normal_below(distance, noise) - float(weights @ beyond) / math.pi


@lru_cache(maxsize=64)
def best_linear_accuracy(noise: float) -> float:
    t, weights = linear_rule(noise)
    return 1 - float(weights @ (1 / (1 + np.exp(t / noise)))) if noise > 0 else 1.0


def linear_rule(noise: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes of |x1 + x2|, and weights with its density, for the mean of what the noise leaves to
    doubt, which vanishes far from the line."""
    t, weights = gauss_legendre(0.0, min(2.0, NEGLIGIBLE * noise))
    return t, weights * (1 - t / 2)


def normal_below(distance: float, std: float) -> float:
    """The chance that Gaussian noise stays below a distance."""
    return 0.5 * math.erfc(-distance / std / math.sqrt(2)) if std > 0 else 1.0


def gauss_legendre(low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nodes and weights for an integral between two limits."""
    nodes, weights = legendre()
    half = (high - low) / 2
    return low + half * (nodes + 1), half * weights


@lru_cache(maxsize=1)
def legendre() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.polynomial.legendre.leggauss(200)
