"""Samples of two classes as points of the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import Numbers, check_complete, check_labels, check_matrix
from ..data.dataset import PointDataset, feature_names
from ..evaluation.boundary import SQUARE
from .axes import one_axes
from .labels import legend_above, name_axes, set_title
from .palette import CLASS_COLORS, CLASS_MARKERS, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MANY = 1000  # points from which on they are drawn small
_SOME = 0.1  # share of points in the lesson's square from which on they are drawn as XOR is


@public
def visualize_samples(data: Numbers, label: Numbers, ax: Axes | None = None) -> Axes:
    """Scatter plot of the two classes.

    Parameters
    ----------
    data
        Shape [n, 2], tensor or array.
    label
        Shape [n], 0 or 1, tensor or array.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `data` is not of shape [n, 2] with finite numbers, `label` is not 0 and 1 of that length,
        or `ax` is not an axes.

    Examples
    --------
    >>> import xorlab
    >>> dataset = xorlab.XORDataset(200, seed=1)
    >>> ax = visualize_samples(dataset.data, dataset.label)
    """
    points, classes = check_samples(data, label)
    ax = one_axes(ax, (4.8, 5.0))
    draw_samples(ax, points, classes, near_xor(points))
    set_title(ax, "Samples")
    return ax


def check_samples(data: Any, label: Any) -> tuple[Tensor, NDArray[Any]]:
    points = check_complete("data", check_matrix("data", data, columns=2))
    return points, check_labels("label", label, len(points)).numpy()


def near_xor(points: Tensor) -> bool:
    """Whether some of the points, at least, lie where those of XOR do."""
    inside = ((points > SQUARE[0]) & (points < SQUARE[1])).all(dim=1)
    return bool(inside.double().mean() >= _SOME)


def draw_samples(
    ax: Axes,
    points: Tensor,
    classes: NDArray[Any],
    square: bool,
    dataset: PointDataset | None = None,
) -> None:
    levels = dataset.levels if dataset else (0, 1)
    features = dataset.features if dataset else feature_names(2)
    size = 12 if len(points) > _MANY else 28
    for k, level in enumerate(levels):
        style: dict[str, Any] = {"s": size, "c": CLASS_COLORS[k], "marker": CLASS_MARKERS[k]}
        style |= {"edgecolors": INK, "linewidths": 0.4, "label": f"Class {level}"}
        ax.scatter(*points.numpy()[classes == k].T, **style)
    ax.set_aspect("equal" if square else "auto")
    name_axes(ax, features)
    legend_above(ax)
