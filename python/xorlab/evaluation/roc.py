"""The area under the ROC curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from torch import Tensor


def area_under_roc(logits: Tensor, label: Tensor) -> float | None:
    """The chance that a point of the second of two classes has the higher logit, [n]; for more
    classes, [n, K], the mean over each of them against all others, by their probabilities.

    It is the Mann-Whitney statistic of the ranks, ties counting half (Hanley and McNeil 1982, "The
    meaning and use of the area under a receiver operating characteristic (ROC) curve").

    None where a class has no points, or a logit, or a probability, is not a number.
    """
    classes = label.numpy()
    if logits.isnan().any():
        return None
    if logits.ndim == 1:
        return separation(logits.numpy(), classes == 1)
    prob = logits.double().softmax(dim=1).numpy()
    if np.isnan(prob).any():  # of two infinite logits
        return None
    areas = [separation(column, classes == k) for k, column in enumerate(prob.T)]
    known = [area for area in areas if area is not None]
    return sum(known) / len(known) if len(known) == len(areas) else None


def separation(score: NDArray[np.float64], positive: NDArray[np.bool_]) -> float | None:
    """The share of pairs of a positive and a negative point in which the positive has the higher
    score; None where there are no such pairs."""
    hits = int(positive.sum())
    pairs = hits * (len(positive) - hits)
    if not pairs:
        return None
    _, tie, ties = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(ties) - (ties - 1) / 2  # the mean rank of each group of equal scores, from 1
    return float((rank[tie[positive]].sum() - hits * (hits + 1) / 2) / pairs)
