"""Whether a seed gives the points of a fit, so that a script can make them."""

from __future__ import annotations

import torch

from ..data.dataset import PointDataset
from ..data.split import split_validation
from ..data.xor import XORDataset, is_xor
from ..fit.fit import Fit
from ..settings import GIVEN


def is_drawn(data: PointDataset) -> bool:
    """Whether the points are those that their seed gives, and not some of them or others."""
    if data.origin is None or data.origin.seed is None or not is_xor(data):
        return False
    return same(XORDataset(len(data), data.origin.std, data.origin.seed), data)


def is_split(fit: Fit) -> bool:
    """Whether the points are those of XOR by the seed of the training that it does not hold out for
    validation."""
    data, validation, settings = fit.data, fit.validation, fit.settings
    if not (data and validation and settings) or data.origin is None or not is_xor(data):
        return False
    share = settings.validation
    whole = XORDataset(len(data) + len(validation), data.origin.std, settings.seed)
    if share is None or share == GIVEN or min(whole.class_sizes()) < 2:
        return False
    rows, others = split_validation(whole, float(share), settings.seed)
    return same(rows, data) and same(others, validation)


def same(one: PointDataset, other: PointDataset) -> bool:
    return torch.equal(one.data, other.data) and torch.equal(one.label, other.label)
