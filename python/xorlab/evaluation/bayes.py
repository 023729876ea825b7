"""What the best of all classifiers makes of continuous XOR: an exact answer to hold a net against.

A bit b of 0 or 1 with noise N(0, s^2) has the density N(x; b, s^2), which is proportional to
exp(u (2b - 1) / (2 s^2)) once the factor that both bits share is cancelled, where u = x - 1/2. With
a = u1 / (2 s^2) and c = u2 / (2 s^2), the two corners of class 1 together weigh
exp(a - c) + exp(c - a) = 2 cosh(a - c), and the two of class 0 weigh 2 cosh(a + c). Bayes' rule
gives the logit of class 1,

    log cosh(a - c) - log cosh(a + c),

and as cosh(a -+ c) = cosh a cosh c -+ sinh a sinh c, the probability (1 - tanh a tanh c) / 2.

To call the more probable class is the Bayes classifier, and none errs less often (Hastie,
Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., section 2.4). Here it calls
class 1 where x1 and x2 lie on different sides of 1/2. It is right when the noise leaves both bits
on their sides, or carries both across. One bit stays with the chance p = Phi(1 / (2 s)), Phi being
the normal distribution function, so the best possible accuracy is p^2 + (1 - p)^2.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from ..checks.public import public
from ..checks.tensors import check_matrix
from ..checks.values import check_number
from ..data.origin import MAX_STD, best_accuracy
from .boundary import Boundary, check_grid, default_grid


def true_logit(x1: Any, x2: Any, std: float) -> NDArray[np.float64]:
    """The logit of class 1, float64, for arrays that broadcast with each other.

    With log cosh z = |z| + log(1 + exp(-2 |z|)) - log 2, the large terms of its two halves leave
    |a - c| - |a + c| = -2 sign(a c) min(|a|, |c|), so that nothing is lost to cancellation.
    Without noise it is the limit: infinite, but 0 on the two lines x1 = 1/2 and x2 = 1/2.
    """
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        a, c = (
            np.where(u == 0, 0.0, u / std / std / 2)
            for u in (np.subtract(x1, 0.5), np.subtract(x2, 0.5))
        )
    # Infinite ones would cancel to NaN further down.
    a, c = (np.clip(z, -1e300, 1e300) for z in (a, c))
    main = -2 * np.sign(a) * np.sign(c) * np.minimum(np.abs(a), np.abs(c))
    rest = np.log1p(np.exp(-2 * np.abs(a - c))) - np.log1p(np.exp(-2 * np.abs(a + c)))
    logit: NDArray[np.float64] = main + rest
    return logit


@lru_cache(maxsize=1)
def gauss_hermite() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """100 nodes and weights for the mean over standard normal noise."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(100)
    return nodes, weights / weights.sum()


def best_loss(std: float) -> float:
    """The mean cross-entropy of the true probabilities, in nats: no classifier can expect less.

    By symmetry it is that of the points around (0, 0), E[log(1 + exp(z))] with their logit z of
    class 1, which a Gauss-Hermite rule of 100 nodes each way integrates over the noise.
    """
    nodes, weights = gauss_hermite()
    loss = np.logaddexp(0, true_logit(std * nodes[:, None], std * nodes, std))
    return float(weights @ loss @ weights)


def sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """In float64, for logits of any size."""
    return torch.from_numpy(logit).sigmoid().numpy()


class BayesXor:
    """The best possible classifier for continuous XOR, as `bayes_xor()` makes it.

    Attributes
    ----------
    std
        Standard deviation of the noise.
    accuracy
        The share of points that it classifies correctly, 0 to 1; none can expect more.
    loss
        Its mean cross-entropy, in nats; none can expect less.
    """

    def __init__(self, std: float) -> None:
        self.std = std
        self.accuracy = best_accuracy(std)
        self.loss = best_loss(std)

    @public
    def to_dict(self, x1: ArrayLike | None = None, x2: ArrayLike | None = None) -> dict[str, Any]:
        """Plain values and numpy arrays: `std`, `accuracy`, `loss`, and the `x1`, `x2` and `prob`
        of `boundary(x1, x2)`."""
        figures = {"std": self.std, "accuracy": self.accuracy, "loss": self.loss}
        return {**figures, **self.boundary(x1, x2)._asdict()}

    def __repr__(self) -> str:
        return f"Bayes classifier of XOR with noise {self.std:g}: accuracy {self.accuracy:.4%}"

    @public
    def predict_logits(self, x: ArrayLike | torch.Tensor) -> NDArray[np.float64]:
        """Logits of points [n, 2], shape [n]; NaN for a row with a missing value."""
        points = check_matrix("x", x, columns=2).double().numpy()
        return true_logit(points[:, 0], points[:, 1], self.std)

    @public
    def predict_proba(self, x: ArrayLike | torch.Tensor) -> NDArray[np.float64]:
        """Probability of class 1 for points [n, 2], shape [n]; NaN for a row with a missing value.

        Raises
        ------
        TypeError, ValueError
            If `x` is not a matrix of numbers with two columns.
        """
        return sigmoid(self.predict_logits(x))

    @public
    def boundary(self, x1: ArrayLike | None = None, x2: ArrayLike | None = None) -> Boundary:
        """Probability of class 1 on a grid, by default one that shows the corners and their noise.

        Raises
        ------
        TypeError, ValueError
            If a grid is empty or not finite.
        """
        reach = 3 * self.std
        corners = torch.tensor([[-reach, -reach], [1 + reach, 1 + reach]])
        lines = default_grid(corners, xor=True)
        first = lines[0] if x1 is None else check_grid("x1", x1)
        second = lines[1] if x2 is None else check_grid("x2", x2)
        return Boundary(
            first, second, sigmoid(true_logit(first[:, None], second[None, :], self.std))
        )


@public
def bayes_xor(std: float = 0.1) -> BayesXor:
    """The exact probabilities behind continuous XOR, and the best possible accuracy.

    The probability of class 1 is (1 - tanh(u1 / (2 std^2)) tanh(u2 / (2 std^2))) / 2 with
    u = x - 1/2, and no classifier can expect more than p^2 + (1 - p)^2 right, where
    p = Phi(1 / (2 std)) is the chance that the noise leaves a bit on its side of 1/2.

    Parameters
    ----------
    std
        Standard deviation of the noise, 0 or more. Without noise the four corners alone occur, and
        the surface is the limit for ever smaller noise: 0, 1, or 1/2 on the lines between.

    Returns
    -------
    A `BayesXor`, with `std`, `accuracy`, `loss`, `predict_proba(x)` and `boundary(x1, x2)`.

    Raises
    ------
    TypeError, ValueError
        If `std` is not a finite number of at least 0.

    References
    ----------
    T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd ed., Springer
    2009, section 2.4: the Bayes classifier and the Bayes rate. The derivation stands at the head
    of the module.

    Examples
    --------
    >>> bayes_xor(std=0.3)
    Bayes classifier of XOR with noise 0.3: accuracy 90.8987%
    >>> bayes_xor().boundary([0, 1], [0, 1]).prob.round(3).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    return BayesXor(check_number("std", std, minimum=0, maximum=MAX_STD))
