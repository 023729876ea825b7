"""Where the points of a toy problem lie."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..data.origin import Toy
from ..data.toys import blob_centers
from .corners import CORNERS

# Of the points around a center, the share that lies within so many standard deviations of it: the
# squared distance of Gaussian points in the plane has an exponential distribution.
HELD = 0.99
_REACH = math.sqrt(-2 * math.log(1 - HELD))


def distance_held(origin: Toy, x1: Any, x2: Any) -> NDArray[np.float64] | None:
    """How far out places of the plane are, for arrays that broadcast with each other: within 1 lies
    the share `HELD` of the points at least, or for the linear problem all. None where these are at
    the centers themselves, for want of noise."""
    if origin.kind == "linear":
        square: NDArray[np.float64] = np.maximum(np.abs(x1), np.abs(x2)).astype(np.float64)
        return square
    if origin.noise == 0:
        return None
    centers = np.array(CORNERS) if origin.kind == "xor" else blob_centers(origin.classes)
    distances = [np.hypot(np.subtract(x1, a), np.subtract(x2, b)) for a, b in centers]
    nearest: NDArray[np.float64] = np.min(distances, axis=0) / (_REACH * origin.noise)
    return nearest
