"""Samples of several classes as points of the plane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import Numbers, check_complete, check_labels, check_matrix
from ..data.dataset import Level, PointDataset
from ..data.origin import MAX_CLASSES
from ..evaluation.boundary import SQUARE
from .axes import one_axes
from .labels import cut, legend_above, name_axes, set_title
from .palette import INK, class_color, class_marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Labels = NDArray[Any]

_MANY = 1000  # points from which on they are drawn small
_SOME = 0.1  # share of points in the lesson's square from which on they are drawn as XOR is


@public
def visualize_samples(data: Numbers, label: Numbers, ax: Axes | None = None) -> Axes:
    """Scatter plot of two classes or more, each with a colour and a shape.

    Parameters
    ----------
    data
        Shape [n, 2], tensor or array.
    label
        Shape [n], 0 or 1, or from 0 to K - 1 for K classes; tensor or array.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `data` is not of shape [n, 2] with finite numbers, `label` is not whole numbers from 0
        on of that length, or `ax` is not an axes.

    Examples
    --------
    >>> import xorlab
    >>> dataset = xorlab.XORDataset(200, seed=1)
    >>> ax = visualize_samples(dataset.data, dataset.label)
    """
    points, classes = check_samples(data, label)
    ax = one_axes(ax, (4.8, 5.0))
    draw_samples(ax, points, classes, near_xor(points), range(count_classes(label)))
    set_title(ax, "Samples")
    return ax


def check_samples(data: Any, label: Any, classes: int | None = None) -> tuple[Tensor, Labels]:
    points = check_complete("data", check_matrix("data", data, columns=2))
    classes = count_classes(label) if classes is None else classes
    return points, check_labels("label", label, len(points), classes).numpy()


def count_classes(label: Any) -> int:
    """As many as the largest label says; two where it says nothing."""
    given = label.detach().cpu().numpy() if isinstance(label, Tensor) else np.asarray(label)
    if given.dtype.kind not in "fiub" or not given.size or not np.isfinite(given).all():
        return 2
    return int(min(max(given.max() + 1, 2), MAX_CLASSES))


def near_xor(points: Tensor) -> bool:
    """Whether some of the points, at least, lie where those of XOR do."""
    inside = ((points > SQUARE[0]) & (points < SQUARE[1])).all(dim=1)
    return bool(inside.double().mean() >= _SOME)


def of_one_unit(data: PointDataset | None) -> bool:
    """Whether both columns have the same unit, as those of XOR and the other toy problems."""
    return data is None or data.origin is not None


def draw_samples(
    ax: Axes,
    points: Tensor,
    classes: Labels,
    square: bool,
    levels: Sequence[Level] = (0, 1),
    names: Sequence[str] = ("x1", "x2"),
) -> None:
    draw_points(ax, points.numpy(), classes, levels)
    ax.set_aspect("equal" if square else "auto")
    name_axes(ax, names)
    legend_above(ax)


def draw_points(
    ax: Axes, points: NDArray[Any], classes: Labels, levels: Sequence[Level], **options: Any
) -> None:
    """Points [n, 2], each class in its colour and shape."""
    size = 12 if len(points) > _MANY else 28
    for k, level in enumerate(levels):
        style: dict[str, Any] = {"s": size, "c": class_color(k), "marker": class_marker(k)}
        style |= {"edgecolors": INK, "linewidths": 0.4, "label": class_name(level, levels)}
        ax.scatter(*points[classes == k].T, **{**style, **options})


def class_name(level: Level, levels: Sequence[Level]) -> str:
    """Of a class in a legend, where names of more than two have room for themselves alone."""
    name = str(level)
    return cut(name) if len(levels) > 2 and not name.isdigit() else f"Class {cut(name, 18)}"
