"""Which columns predictions depend on."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .predict import predict_logits, probabilities

# Rows that are looked at: more would say the same.
MOST_ROWS = 1000


def column_effects(
    predictor: nn.Module, points: Tensor, most: int = MOST_ROWS
) -> NDArray[np.float64]:
    """How much predictions change when they do not see a column.

    Parameters
    ----------
    predictor
        Maps points [n, p] to outputs, such as `Fit.predictor()`.
    points
        Points of the training data, shape [n, p]; of many rows, `most` are looked at, evenly
        spaced.

    Returns
    -------
    Shape [p]: for each column the mean absolute change of the probabilities of the classes where
    the column's mean takes its place; 0 where nothing depends on it.

    Examples
    --------
    >>> first = nn.Linear(2, 1, bias=False)
    >>> _ = first.weight.data.copy_(torch.tensor([[5.0, 0.0]]))
    >>> column_effects(first, torch.eye(2)).round(1).tolist()
    [0.2, 0.0]
    """
    mean = points.double().mean(dim=0)
    rows = np.unique(np.linspace(0, len(points) - 1, min(len(points), most)).round())
    some = points[torch.from_numpy(rows).long()].double()
    usual = probabilities(predict_logits(predictor, some))
    effects = np.zeros(points.shape[1])
    for column in range(points.shape[1]):
        blind = some.clone()
        blind[:, column] = mean[column]
        change = probabilities(predict_logits(predictor, blind)) - usual
        effects[column] = change.abs().mean().item()
    return effects
