"""The plain values of a dataset, as of a file, back into a dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..checks.public import public
from ..checks.tensors import check_complete, check_labels, check_matrix
from ..checks.values import check_entries
from .dataset import Level, PointDataset, check_categories, check_features, check_levels
from .origin import Toy
from .xor import XORDataset

# Files of earlier versions may lack these.
_LATER = ("categories", "kind", "seed")


@public
def dataset_from_dict(content: Any) -> PointDataset:
    """The dataset that `to_dict()` was made of.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or unknown, or they are not those of one dataset.
    """
    needed = ("x", "label", "levels", "features", "std")
    content = check_entries("data", content, needed, _LATER)
    dtype = np.float64 if content["std"] is None else np.float32
    points = check_complete("x", check_matrix("x", content["x"], dtype=dtype))
    levels = check_levels(content["levels"])
    label = check_labels("label", content["label"], len(points), len(levels))
    features = check_features(content["features"], points.shape[1])
    origin = origin_of(content, levels, points.shape[1])
    is_xor = origin is not None and origin.kind == "xor"
    dataset = (XORDataset if is_xor else PointDataset)._blank()
    dataset._hold(points, label, levels, features, origin)
    if content.get("categories"):
        dataset.categories = check_categories(content["categories"], levels)
    return dataset


def origin_of(content: Mapping[str, Any], levels: tuple[Level, ...], columns: int) -> Toy | None:
    """The toy problem that the points of a file come from; None for the user's own."""
    std = content["std"]
    kind = content.get("kind", None if std is None else "xor")  # 0.1.0 knew XOR alone
    if std is not None and (kind is None or columns != 2):
        raise ValueError(
            "`std` must be None for data that are not points of XOR or another toy problem."
        )
    if kind is None:
        return None
    origin = Toy(kind, std, content.get("seed"), len(levels))
    numbers = tuple(range(len(levels)))
    if kind != "xor" and levels != numbers:  # more of its points come in these
        raise ValueError(f"`levels` must be {numbers} for points of a toy problem, not {levels}.")
    return origin
