"""Columns that are on different scales, or far from 0."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from ..data.dataset import PointDataset

# Columns whose spread (standard deviation) differs by a factor beyond the first, whose mean is
# further from 0 than the second, in spreads, or that are larger than the third or all smaller than
# the fourth altogether, make units flat and steps too long or too short.
SPREADS_APART, FAR_FROM_ZERO, LARGE, SMALL = 3, 3, 10, 0.1


def columns_line(data: PointDataset) -> str:
    """A line where columns are on different scales, or far from 0. Columns of 0 and 1 are not, and
    those that do not vary have no say."""
    x, bits = data.data.double(), torch.tensor([0.0, 1.0], dtype=torch.float64)
    mean, spread = x.mean(dim=0), x.std(dim=0, correction=0)
    varying = [
        i
        for i in range(x.shape[1])
        if x[:, i].min() < x[:, i].max() and not torch.isin(x[:, i], bits).all()
    ]
    far = [
        data.features[i]
        for i in varying
        if mean[i].abs() > FAR_FROM_ZERO * spread[i] or max(mean[i].abs(), spread[i]) > LARGE
    ]
    apart = (spread[varying].max() / spread[varying].min()).item() if varying else 1.0
    if far:
        what = f"far from 0 or large: {some(far)}"
    elif apart > SPREADS_APART:
        what = f"on different scales, by a factor of {apart:.2g}"
    elif varying and spread[varying].max() < SMALL:
        what = f"very small: {some([data.features[i] for i in varying])}"
    else:
        return ""
    return (
        f"Columns {what}. Standardise them (subtract each column's mean, divide by its standard "
        "deviation), and train again."
    )


def some(names: Sequence[str]) -> str:
    return ", ".join([*names[:5], *(["..."] if len(names) > 5 else [])])
