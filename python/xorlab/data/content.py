"""The plain values of a dataset, as of a file, back into a dataset."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..checks.public import public
from ..checks.tensors import check_complete, check_labels, check_matrix
from ..checks.values import check_entries
from .dataset import PointDataset, check_categories, check_features, check_levels
from .origin import XOR
from .xor import XORDataset


@public
def dataset_from_dict(content: Any) -> PointDataset:
    """The dataset that `to_dict()` was made of.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or unknown, or they are not those of one dataset.
    """
    needed = ("x", "label", "levels", "features", "std")
    content = check_entries("data", content, needed, ("categories", "seed"))  # 0.1.0: may lack both
    dtype = np.float64 if content["std"] is None else np.float32
    points = check_complete("x", check_matrix("x", content["x"], dtype=dtype))
    levels = check_levels(content["levels"])
    label = check_labels("label", content["label"], len(points), len(levels))
    features = check_features(content["features"], points.shape[1])
    origin = None if content["std"] is None else XOR(content["std"], content.get("seed"))
    if origin and points.shape[1] != 2:
        raise ValueError("`std` must be None for data that are not points of XOR.")
    dataset = (XORDataset if origin else PointDataset)._blank()
    dataset._hold(points, label, levels, features, origin)
    if content.get("categories"):
        dataset.categories = check_categories(content["categories"], levels)
    return dataset
