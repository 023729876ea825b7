"""The loss around a fit's weights, on a plane through them, as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from typing import Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..checks.values import check_choice, check_count
from ..data.dataset import PointDataset
from ..device import one_blas_thread
from ..evaluation.boundary import NothingToDrawError, check_weights
from ..fit.fit import Fit
from ..model.classifier import SimpleClassifier, classifier_from_weights
from ..seed import make_generator
from ..training.arrays import Library
from ..training.flat import FlatWeights
from ..training.validation import POINTS, Validation
from .labels import stage

Numbers = NDArray[np.float64]
Directions = Literal["path", "random"]

LINES = 51  # of the grid, each way
_MARGIN = 0.3  # around the path, as a share of its extent
_ROOM = 2**22  # numbers that the nets of one go take, which bounds the memory
_LEVELS = (1, 2, 5)  # times powers of ten
_SMALL = 1e-6  # losses below are drawn as this, since the scale is of powers of ten


class Landscape(NamedTuple):
    """`loss[i, j]` is that of the weights at the steps `x[i]` and `y[j]` along two directions from
    those of the fit, NaN where it is not finite; `path` has the places of the weights after the
    epochs in `epochs`, shape [n, 2], in that plane. `levels` are those of the contour lines, `low`
    and `high` the ends of the scale, and `names` those of the axes."""

    x: Numbers
    y: Numbers
    loss: Numbers
    path: Numbers
    epochs: list[int]
    levels: list[float]
    low: float
    high: float
    names: list[str]
    title: str
    caption: str


def make_landscape(
    fit: Fit, directions: Directions = "path", seed: int = 1, lines: int = LINES
) -> Landscape:
    """What `plot_landscape()` draws."""
    check_choice("directions", directions, ("path", "random"))
    seed, lines = check_count("seed", seed, minimum=0), check_count("lines", lines, minimum=2)
    check_weights(fit.model)
    if fit.data is None:
        raise ValueError(
            "A landscape needs the data that the net was trained on: the fit has none."
        )
    if directions == "path":
        epochs, weights = weights_on_path(fit)
        axes, caption = main_directions(weights)
        path = (weights - flat_weights(fit.model)) @ axes.T
        low, high = path.min(axis=0), path.max(axis=0)
        # As wide as high at least in part: a path along one direction alone is in a plane, too.
        margin = np.maximum(_MARGIN * (high - low), 0.1 * (high - low).max())
        ends = low - margin, high + margin
        names = ["Main direction of the path", "Second direction"]
    else:
        axes, path, epochs = random_directions(fit.model, seed), np.zeros((1, 2)), [fit.epoch]
        ends = np.full(2, -1.0), np.full(2, 1.0)
        names = ["First direction at random", "Second direction"]
        caption = "Directions at random, as long as the weights of each unit"
    x, y = np.linspace(*ends, lines).T
    loss = losses_on(fit, fit.data, axes, x, y)
    found = loss[np.isfinite(loss)]
    if not len(found):
        raise NothingToDrawError("There is nothing to draw: no loss of the landscape is finite.")
    bottom, top = max(float(found.min()), _SMALL), max(float(found.max()), 2 * _SMALL)
    return Landscape(
        *(x, y, loss, path, epochs, round_levels(bottom, top), bottom, top, names),
        f"Loss landscape{stage(fit)}",
        caption,
    )


def weights_on_path(fit: Fit) -> tuple[list[int], Numbers]:
    """The epochs whose weights are known, in order, and those weights, shape [epochs, weights]."""
    known: Mapping[int, Mapping[str, Tensor]] = {
        **fit.snapshots,
        fit.epoch: fit.model.state_dict(),
    }
    epochs = sorted(known)
    models = [classifier_from_weights(known[one], fit.model.activation) for one in epochs]
    weights = np.stack([flat_weights(model) for model in models])
    if len(np.unique(weights, axis=0)) < 3:
        raise ValueError(
            "A landscape along the path needs the weights of three different epochs or more: train "
            'with, say, `snapshots` of 0, 4, 8, ..., or take `directions` "random".'
        )
    return epochs, weights


def flat_weights(model: SimpleClassifier) -> Numbers:
    """All weights of a net, layer by layer and unit by unit, each unit's bias last."""
    layers = [torch.cat([linear.weight, linear.bias[:, None]], dim=1) for linear in model.linears()]
    parts = [layer.detach().double().cpu().flatten() for layer in layers]
    return np.asarray(torch.cat(parts).numpy())


def main_directions(weights: Numbers) -> tuple[Numbers, str]:
    """The two principal components of a path, shape [2, weights], on which it begins on the left
    and below, and how much of its movement they hold, in words."""
    moved = weights - weights.mean(axis=0)
    _, sizes, axes = np.linalg.svd(moved, full_matrices=False)
    axes = axes[:2] * np.where((weights[0] - weights[-1]) @ axes[:2].T > 0, -1, 1)[:, None]
    held = float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    return axes, f"A plane through {len(axes[0])} dimensions, with {held:.1%} of the movement"


def random_directions(model: SimpleClassifier, seed: int) -> Numbers:
    """Two Gaussian vectors whose part for each unit is as long as the unit's weights."""
    generator, parts = make_generator(seed, "directions"), []
    for linear in model.linears():
        own = torch.cat([linear.weight, linear.bias[:, None]], dim=1).detach().double().cpu()
        noise = torch.randn((2, *own.shape), generator=generator, dtype=torch.float64)
        lengths = own.norm(dim=1, keepdim=True) / noise.norm(dim=2, keepdim=True)
        parts.append((noise * lengths).flatten(start_dim=1))
    return np.asarray(torch.cat(parts, dim=1).numpy())


def losses_on(fit: Fit, points: PointDataset, axes: Numbers, x: Numbers, y: Numbers) -> Numbers:
    """Mean losses on points, [len(x), len(y)], of the nets on the grid, many at a time; NaN where
    one is not finite."""
    data, label = fit.prepared(points.points).cpu(), points.label
    steps = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    grid = flat_weights(fit.model) + steps @ axes
    together = max(1, min(len(grid), _ROOM // numbers_held(fit.model, len(data))))
    model = deepcopy(fit.model).cpu()
    weights = FlatWeights(Library(torch.device("cpu"), torch.float32), [model] * together)
    losses = np.empty(len(grid))
    with one_blas_thread(), np.errstate(all="ignore"):
        nets = Validation(weights, [model] * together, [data] * together, [label] * together)
        for start in range(0, len(grid), together):
            some = grid[start : start + together]
            weights.all[: len(some)] = some
            losses[start : start + together] = nets.measure()[0][: len(some)]
    losses[~np.isfinite(losses)] = math.nan
    return losses.reshape(len(x), len(y))


def numbers_held(model: SimpleClassifier, points: int) -> int:
    """How many numbers the evaluation of one net on so many points holds at a time."""
    inputs, *hidden, outputs = model.widths
    at_once = sum(2 * units + 1 for units in hidden) + outputs
    return points * (inputs + 1 + outputs) + min(points, POINTS) * at_once


def round_levels(low: float, high: float) -> list[float]:
    """1, 2 and 5 times the powers of ten between them."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    levels = [float(f"{factor * 10.0**power:.0e}") for power in powers for factor in _LEVELS]
    return [level for level in levels if low < level < high]
