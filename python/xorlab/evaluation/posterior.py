"""The exact probabilities of the classes of toy problems, and the best possible losses.

In each of them Bayes' rule gives the probabilities from densities that are known, with s for the
noise (Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., section 2.4).

XOR. A bit b of 0 or 1 with noise N(0, s^2) has the density N(x; b, s^2), which is proportional to
exp(u (2b - 1) / (2 s^2)) once the factor that both bits share is cancelled, where u = x - 1/2. With
a = u1 / (2 s^2) and c = u2 / (2 s^2), the two corners of class 1 together weigh
exp(a - c) + exp(c - a) = 2 cosh(a - c), and the two of class 0 weigh 2 cosh(a + c). The logit of
class 1 is

    log cosh(a - c) - log cosh(a + c),

and as cosh(a -+ c) = cosh a cosh c -+ sinh a sinh c, the probability (1 - tanh a tanh c) / 2.

Blobs. Class k has the density N(x; c_k, s^2 I), proportional to exp(-|x - c_k|^2 / (2 s^2)), and
all classes are equally likely. As |c_k| = 1 for all, the probabilities are the softmax of
c_k . x / s^2.

Linear. Points are even over the square, and the probability of class 1 is given:
sigmoid((x1 + x2) / s).

The best possible loss is the mean of -log of the true probability of a point's own class. Over
Gaussian noise in the plane it is a sum on nodes: a Gauss-Hermite rule for XOR; for blobs, whose
surfaces are steeper, the trapezoidal rule, which converges exponentially for such integrands (L. N.
Trefethen, J. A. C. Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56, 2014).
For the linear problem it is the integral of the entropy over |x1 + x2|, as in `data/ceiling.py`,
where the best accuracies are derived.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..data.ceiling import NEGLIGIBLE, linear_rule
from ..data.toys import blob_centers

Array = NDArray[np.float64]


def xor_logits(x1: Any, x2: Any, std: float) -> Array:
    """The logit of class 1, float64, for arrays that broadcast with each other.

    With log cosh z = |z| + log(1 + exp(-2 |z|)) - log 2, the large terms of its two halves leave
    |a - c| - |a + c| = -2 sign(a c) min(|a|, |c|), so that nothing is lost to cancellation.
    Without noise it is the limit: infinite, but 0 on the two lines x1 = 1/2 and x2 = 1/2.
    """
    a, c = (
        np.where(u == 0, 0.0, divided(u, std) / 2)
        for u in (np.subtract(x1, 0.5), np.subtract(x2, 0.5))
    )
    # Infinite ones would cancel to NaN further down.
    a, c = (np.clip(z, -1e300, 1e300) for z in (a, c))
    main = -2 * np.sign(a) * np.sign(c) * np.minimum(np.abs(a), np.abs(c))
    rest = np.log1p(np.exp(-2 * np.abs(a - c))) - np.log1p(np.exp(-2 * np.abs(a + c)))
    logit: Array = main + rest
    return logit


def blob_logits(x1: Any, x2: Any, noise: float, classes: int) -> Array:
    """Logits of all classes, in a last dimension: 0 for the most probable one, others below.

    Without noise it is the limit: minus infinity, but 0 where centers are equally near.
    """
    points = np.stack(np.broadcast_arrays(x1, x2), axis=-1).astype(np.float64)
    scores = points @ blob_centers(classes).T
    gaps = scores - scores.max(axis=-1, keepdims=True)
    # What rounding makes of a tie is one.
    rounding = 4 * np.finfo(np.float64).eps * np.abs(points).sum(axis=-1, keepdims=True)
    logits: Array = np.where(-gaps <= rounding, 0.0, divided(gaps, noise))
    return logits


def linear_logits(x1: Any, x2: Any, noise: float) -> Array:
    """The logit of class 1; without noise the limit: infinite, but 0 on the line."""
    total = np.add(x1, x2, dtype=np.float64)
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        logit: Array = np.where(total == 0, 0.0, total / noise)
    return logit


def divided(value: Any, std: float) -> Any:
    """By the square of the noise, which may be 0, or underflow."""
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        return np.asarray(value) / std / std


def best_loss(std: float) -> float:
    """The mean cross-entropy of the true probabilities of XOR, in nats: no classifier can expect
    less.

    By symmetry it is that of the points around (0, 0), E[log(1 + exp(z))] with their logit z of
    class 1, which a Gauss-Hermite rule of 100 nodes each way integrates over the noise.
    """
    nodes, weights = gauss_hermite()
    loss = np.logaddexp(0, xor_logits(std * nodes[:, None], std * nodes, std))
    return float(weights @ loss @ weights)


@lru_cache(maxsize=1)
def gauss_hermite() -> tuple[Array, Array]:
    """100 nodes and weights for the mean over standard normal noise."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(100)
    return nodes, weights / weights.sum()


def best_blobs_loss(noise: float, classes: int) -> float:
    """That of the points around the first center, E[log sum_k exp(z_k - z_0)], by symmetry."""
    if math.sin(math.pi / classes) > NEGLIGIBLE * noise:  # so many standard deviations to the next
        return 0.0
    nodes = np.linspace(-9, 9, 181)  # standard deviations, in steps of 0.1
    weights = np.exp(-(nodes**2) / 2)
    weights /= weights.sum()
    centers = blob_centers(classes)
    # Of the scores c_k . x / s^2 at x = c_0 + s (u, v), less that of the center c_0 itself.
    ahead = (centers - centers[0]) / noise
    total = np.zeros((len(nodes), len(nodes)))
    for shift in ahead[1:]:
        at = shift[0] / noise + shift[0] * nodes[:, None] + shift[1] * nodes
        total = np.logaddexp(total, at)
    return float(weights @ total @ weights)


def best_linear_loss(noise: float) -> float:
    if noise == 0:
        return 0.0
    t, weights = linear_rule(noise)
    z = t / noise
    miss = 1 / (1 + np.exp(z))
    return float(weights @ (np.log1p(np.exp(-z)) + z * miss))
