"""The best possible classifier for a toy problem: an exact answer to compare a net with.

What is known of each problem is derived in `posterior.py`, beside this file, and the best accuracy
in `data/ceiling.py`.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from ..checks.public import public
from ..checks.tensors import check_matrix
from ..checks.values import check_choice, check_number
from ..checks.words import listed
from ..data.origin import MAX_STD, NOISES, Toy, check_class_count
from .boundary import Boundary, Grid, chosen_lines, default_grid, surface_of
from .posterior import (
    best_blobs_loss,
    best_linear_loss,
    best_loss,
    blob_logits,
    linear_logits,
    xor_logits,
)
from .predict import probabilities, surface_probabilities

BayesKind = Literal["xor", "blobs", "linear"]
KINDS: tuple[BayesKind, ...] = get_args(BayesKind)


class BayesXor:
    """The best possible classifier for a toy problem, as `bayes_xor()` makes it.

    Attributes
    ----------
    kind, std, classes
        The problem, its noise, and the number of its classes.
    accuracy
        The share of points that it classifies correctly, 0 to 1; none can expect more.
    loss
        Its mean cross-entropy, in nats; none can expect less.
    """

    def __init__(self, std: float, kind: BayesKind = "xor", classes: int = 2) -> None:
        self.std, self.kind, self.classes = std, kind, classes
        best = Toy(kind, std, classes=classes).best_accuracy
        assert best is not None, kind
        self.accuracy: float = best
        if kind == "xor":
            self.loss = best_loss(std)
        else:
            self.loss = best_linear_loss(std) if kind == "linear" else best_blobs_loss(std, classes)

    @public
    def to_dict(self, x1: ArrayLike | None = None, x2: ArrayLike | None = None) -> dict[str, Any]:
        """Plain values and numpy arrays: `std`, `kind`, `classes`, `accuracy`, `loss`, and the
        `x1`, `x2` and `prob` of `boundary(x1, x2)`."""
        names = ("std", "kind", "classes", "accuracy", "loss")
        return {name: getattr(self, name) for name in names} | self.boundary(x1, x2)._asdict()

    def __repr__(self) -> str:
        name = {"xor": "XOR", "linear": "the linear problem", "blobs": f"{self.classes} blobs"}
        return (
            f"Bayes classifier of {name[self.kind]} with noise {self.std:g}: "
            f"accuracy {self.accuracy:.4%}"
        )

    @public
    def predict_logits(self, x: ArrayLike | torch.Tensor) -> NDArray[np.float64]:
        """Logits of points [n, 2]: shape [n], of the second of two classes; shape [n, K] for more
        classes, 0 for the most probable one. NaN for a row with a missing value."""
        points = check_matrix("x", x, columns=2).double().numpy()
        return self._logits(points[:, 0], points[:, 1])

    @public
    def predict_proba(self, x: ArrayLike | torch.Tensor) -> NDArray[np.float64]:
        """Probabilities of the classes for points [n, 2], shape [n, K]; NaN for a row with a
        missing value.

        Raises
        ------
        TypeError, ValueError
            If `x` is not a matrix of numbers with two columns.
        """
        return probabilities(torch.from_numpy(self.predict_logits(x))).numpy()

    @public
    def prob(self, x: ArrayLike | torch.Tensor) -> NDArray[np.float64]:
        """Probability of class 1 for points [n, 2], shape [n]; NaN for a row with a missing value.

        Raises
        ------
        TypeError, ValueError
            If `x` is not a matrix of numbers with two columns, or there are more than two classes.
        """
        if self.classes > 2:
            raise ValueError(
                f"`prob()` is for two classes, and here are {self.classes}: use `predict_proba()`."
            )
        return torch.from_numpy(self.predict_logits(x)).sigmoid().numpy()

    @public
    def boundary(self, x1: ArrayLike | None = None, x2: ArrayLike | None = None) -> Boundary:
        """Probabilities on a grid, by default one that shows the points and their noise.

        `prob` is that of class 1, shape [a, b]; for more than two classes those of all, shape
        [a, b, K].

        Raises
        ------
        TypeError, ValueError
            If a grid is empty or not finite.
        """
        first, second = chosen_lines(self._usual_grid(), x1, x2)
        logits = torch.from_numpy(self._logits(first[:, None], second[None, :])).flatten(0, 1)
        return surface_of(surface_probabilities(logits), first, second)

    def _usual_grid(self) -> Grid:
        reach = 3 * self.std
        low, high = {
            "xor": (-reach, 1 + reach),
            "blobs": (-1 - reach, 1 + reach),
            "linear": (-1.0, 1.0),
        }[self.kind]
        return default_grid(torch.tensor([[low, low], [high, high]]), xor=self.kind == "xor")

    def _logits(self, x1: Any, x2: Any) -> NDArray[np.float64]:
        if self.kind == "xor":
            return xor_logits(x1, x2, self.std)
        if self.kind == "linear":
            return linear_logits(x1, x2, self.std)
        logits = blob_logits(x1, x2, self.std, self.classes)
        return logits if self.classes > 2 else logits[..., 1] - logits[..., 0]


@public
def bayes_xor(std: float = 0.1, kind: BayesKind = "xor", classes: int | None = None) -> BayesXor:
    """The exact probabilities behind a toy problem, and the best possible accuracy.

    For XOR the probability of class 1 is (1 - tanh(u1 / (2 std^2)) tanh(u2 / (2 std^2))) / 2 with
    u = x - 1/2, and no classifier can expect more than p^2 + (1 - p)^2 right, where
    p = Phi(1 / (2 std)) is the chance that the noise leaves a bit on its side of 1/2. For blobs the
    probabilities are the softmax of -|x - c|^2 / (2 std^2), c being the centers; for the linear
    problem that of class 1 is sigmoid((x1 + x2) / std).

    Parameters
    ----------
    std
        The noise, 0 or more: a standard deviation for XOR and blobs. Without noise the
        probabilities are the limit for ever smaller noise: 0, 1, or equal shares where classes
        meet.
    kind
        "xor", "blobs" or "linear", as for `toy_data()`. (Of its other kinds the probabilities
        cannot be written down.)
    classes
        Number of classes, for blobs alone, where None gives 3.

    Returns
    -------
    A `BayesXor`, with `std`, `accuracy`, `loss`, `predict_proba(x)`, `prob(x)` and
    `boundary(x1, x2)`.

    Raises
    ------
    TypeError, ValueError
        If `std` is not a finite number of at least 0, `kind` is none of these, or it has another
        number of classes.

    References
    ----------
    T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd ed., Springer
    2009, section 2.4: the Bayes classifier and the Bayes rate. The derivations stand at the head
    of the modules `xorlab.evaluation.posterior` and `xorlab.data.ceiling`.

    Examples
    --------
    >>> bayes_xor(std=0.3)
    Bayes classifier of XOR with noise 0.3: accuracy 90.8987%
    >>> bayes_xor().boundary([0, 1], [0, 1]).prob.round(3).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    >>> bayes_xor(0.5, "blobs", classes=4).predict_proba([[1, 0]]).round(3).tolist()
    [[0.964, 0.018, 0.0, 0.018]]
    """
    std = check_number("std", std, minimum=0, maximum=MAX_STD)
    kind = check_known(kind)
    return BayesXor(std, kind, check_class_count(kind, classes))


def check_known(kind: object) -> BayesKind:
    """A kind whose probabilities are known."""
    if isinstance(kind, str) and kind in NOISES and kind not in KINDS:
        raise ValueError(
            f"`kind` must be {listed(KINDS)}, not {kind!r}, whose probabilities are not known "
            "exactly."
        )
    return check_choice("kind", kind, KINDS)
