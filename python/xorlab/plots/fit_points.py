"""Points on top of a fit's boundary: those of the training, and test points."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..checks.words import show
from ..data.dataset import PointDataset
from ..evaluation.predict import predicted_classes
from ..fit.fit import Fit
from .labels import legend_above
from .palette import INK
from .samples import draw_points

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Sample(NamedTuple):
    """Points in the columns of a fit, [n, p], and their classes, [n]."""

    points: Tensor
    classes: NDArray[Any]


class FitPoints(NamedTuple):
    """Those of the training and those for testing, None where they are not drawn, and which of the
    latter the net misclassifies."""

    training: Sample | None
    test: Sample | None = None
    wrong: NDArray[np.bool_] | None = None


# From points and their classes to places of a picture, [n, 2].
Places = Callable[[Sample], NDArray[Any]]


def fit_points(fit: Fit, points: bool | None, data: Any) -> FitPoints:
    """Without `points`, those of the training are drawn unless there are test points, `data`."""
    if points is not None and not isinstance(points, bool | np.bool_):
        raise TypeError(f"`points` must be True, False or None, not {show(points)}.")
    drawn = data is None if points is None else points
    training = Sample(fit.data.points, fit.data.label.numpy()) if fit.data and drawn else None
    if data is None:
        return FitPoints(training)
    dataset = fit.dataset_of(data, None)
    test = Sample(fit.inputs_of(dataset), dataset.label.numpy())
    return FitPoints(training, test, misclassified(fit, dataset))


def misclassified(fit: Fit, dataset: PointDataset) -> NDArray[np.bool_]:
    """Which points of a dataset the net gives another class, or none."""
    called, known = predicted_classes(fit.logits(fit.inputs_of(dataset)))
    wrong: NDArray[np.bool_] = ((called != dataset.label) | ~known).numpy()
    return wrong


def draw_fit_points(ax: Axes, fit: Fit, shown: FitPoints, places: Places) -> None:
    """The points, and the legend; those of the training are pale beside test points."""
    training, test = shown.training, shown.test
    if training:
        pale = {"c": "none", "edgecolors": INK, "alpha": 0.35, "label": None}
        options: dict[str, Any] = pale if test else {}
        draw_points(ax, places(training), training.classes, fit.levels, **options)
    if test:
        draw_points(ax, places(test), test.classes, fit.levels, zorder=3)
    if test and shown.wrong is not None:
        draw_rings(ax, places(test), shown.wrong)
    if training or test:
        legend_above(ax)


def draw_rings(ax: Axes, at: NDArray[Any], wrong: NDArray[np.bool_]) -> None:
    label = f"misclassified ({wrong.sum()} of {len(wrong)})"
    look: dict[str, Any] = {"facecolors": "none", "edgecolors": "black", "linewidths": 1.2}
    ax.scatter(at[wrong, 0], at[wrong, 1], s=75, label=label, zorder=4, **look)


def widened(line: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lines of a grid, which reach far enough for these values."""
    low, high = min(line[0], values.min()), max(line[-1], values.max())
    if (low, high) == (line[0], line[-1]):
        return line
    margin = 0.03 * (high - low)
    return np.linspace(low - margin, high + margin, len(line))
