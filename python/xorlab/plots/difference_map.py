"""What is drawn of the difference between a net and the exact probabilities, as plain values."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from ..data.origin import Toy
from ..evaluation.bayes import KINDS, BayesXor, check_known
from ..evaluation.boundary import check_surface
from ..evaluation.reach import HELD, distance_held
from ..fit.fit import Fit
from .labels import cut

Surface = NDArray[np.float64]

# Ends of the key's scale: the smallest that holds every difference of the picture.
_LIMITS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


class Difference(NamedTuple):
    """A net less the exact probability on a grid, `values[i, j]` at (x1[i], x2[j]), and both of
    them. `distance` is up to 1 where the points lie, and None where that is not drawn; `mean` is
    the mean absolute difference at the training points, and `largest` that of the picture. The
    labels are those of the lines: of the exact probability, the net's, and `distance`'s."""

    x1: Surface
    x2: Surface
    values: Surface
    net: Surface
    exact: Surface
    distance: Surface | None
    mean: float
    largest: float
    limit: float
    caption: str
    key: str
    labels: list[str]


def make_difference(
    fit: Fit, x1: ArrayLike | None = None, x2: ArrayLike | None = None
) -> Difference:
    """On a grid, by default the one of the fit's boundary."""
    origin, points = known_problem(fit)
    best = BayesXor(origin.noise, check_known(origin.kind), origin.classes)
    first, second, net = check_surface(fit.model, fit.boundary(x1, x2))
    exact = best.boundary(first, second).prob
    mean = float(np.abs(fit.prob(points) - best.prob(points)).mean())
    largest = float(np.abs(net - exact).max())
    held = "all points" if origin.kind == "linear" else f"{HELD:.0%} of the points"
    return Difference(
        *(first, second, net - exact, net, exact),
        distance_held(origin, first[:, None], second[None, :]),
        *(mean, largest, min(limit for limit in _LIMITS if limit >= largest)),
        f"Absolute difference: mean {mean:.2g} at the points, largest {largest:.2g}",
        f"Difference for class {cut(str(fit.levels[1]))}",
        ["exact: 0.5", "net: 0.5", held],
    )


def known_problem(fit: Fit) -> tuple[Toy, Tensor]:
    """The toy problem of a fit, whose exact probabilities are known, and its points."""
    needs = (
        "A difference needs exact probabilities, which are known of XOR, two blobs and the linear "
        "problem; the fit"
    )
    if fit.data is None:
        raise ValueError(f"{needs} has no data.")
    origin = fit.data.origin
    if origin is None:
        raise ValueError(f"{needs} is of data of your own.")
    if origin.kind not in KINDS or origin.classes > 2:
        what = f"{origin.classes} blobs" if origin.kind == "blobs" else repr(origin.kind)
        raise ValueError(f"{needs} is of {what}.")
    return origin, fit.data.points


def difference_content(fit: Fit, x1: Any = None, x2: Any = None) -> dict[str, Any]:
    """The picture as plain values."""
    return make_difference(fit, x1, x2)._asdict()
