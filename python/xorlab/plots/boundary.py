"""The probability of the second class over the plane, and the boundary between the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from torch import nn

from ..checks.public import public
from ..checks.tensors import Numbers
from ..data.xor import is_xor
from ..evaluation.accuracy import Loss
from ..evaluation.boundary import Boundary, boundary, check_surface, default_grid
from ..fit.fit import Fit, check_fit
from .axes import one_axes
from .labels import as_text, name_axes, set_title, stage
from .palette import INK, signed_colors
from .samples import check_samples, draw_samples, near_xor

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Probabilities with a line in the picture, and its width.
LINES = {0.25: 0.6, 0.5: 1.4, 0.75: 0.6}
_ROOM = [0.85, 0.15]  # for the axes, and for the key beside it


@public
def visualize_classification(
    model: nn.Module,
    data: Numbers,
    label: Numbers,
    ax: Axes | None = None,
    loss_module: Loss | None = None,
) -> Axes:
    """The probability of class 1 over the plane in the colours of the classes, white at one half,
    with a line there, thin lines at 0.25 and 0.75, and the samples on top.

    Parameters
    ----------
    model
        Maps float32 [n, 2] to outputs [n, 1], or [n, 2] for two classes.
    data, label, ax
        As for `visualize_samples()`.
    loss_module
        The loss that it was trained with, by which its outputs are read: see `boundary()`.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        As for `visualize_samples()`, and if `model` is not such a net, or its weights or outputs
        are not finite.

    Examples
    --------
    >>> import xorlab
    >>> dataset = xorlab.XORDataset(200, seed=1)
    >>> model = xorlab.SimpleClassifier(2, 4, 1)
    >>> ax = visualize_classification(model, dataset.data, dataset.label)
    """
    points, classes = check_samples(data, label)
    square = near_xor(points)
    surface = check_surface(model, boundary(model, *default_grid(points, square), loss_module))
    ax = one_axes(ax, (5.1, 5.0))
    draw_boundary(ax, surface)
    draw_samples(ax, points, classes, square)
    draw_key(ax)
    set_title(ax, "Classification boundary")
    return ax


def plot_boundary(fit: Fit, ax: Axes | None = None) -> Axes:
    """A fit's boundary with the samples it was trained on."""
    surface = fit_surface(fit)
    ax = one_axes(ax, (5.1, 5.0))
    draw_boundary(ax, surface)
    if fit.data:
        draw_samples(ax, fit.data.data, fit.data.label.numpy(), is_xor(fit.data), fit.data)
    else:
        ax.set_aspect("equal")
        name_axes(ax, fit.features)
    draw_key(ax, fit.levels[1])
    set_title(ax, f"Classification boundary{stage(fit)}")
    return ax


def fit_surface(fit: Fit) -> Boundary:
    """A fit's boundary, where its net has one."""
    surface = check_fit(fit).boundary()
    return check_surface(fit.model, surface)


def draw_boundary(ax: Axes, surface: Boundary) -> None:
    x1, x2, prob = surface
    half = ((x1[1] - x1[0]) / 2, (x2[1] - x2[0]) / 2)
    extent = (x1[0] - half[0], x1[-1] + half[0], x2[0] - half[1], x2[-1] + half[1])
    ax.imshow(
        prob.T,  # a picture has rows for x2, and columns for x1
        cmap=signed_colors(),
        vmin=0,
        vmax=1,
        origin="lower",
        extent=extent,
        interpolation="nearest",
        aspect="auto",
    )
    ax.set(xlim=extent[:2], ylim=extent[2:])  # samples at the edge would leave a white margin
    if crossed := [level for level in LINES if np.min(prob) < level < np.max(prob)]:
        widths = [LINES[level] for level in crossed]
        ax.contour(x1, x2, prob.T, levels=crossed, colors=INK, linewidths=widths)


def draw_key(ax: Axes, level: Any = 1) -> None:
    """What the colours mean: a slim bar to the right of the axes, with its words beside it."""
    make_room(ax)
    label = f"Probability of class {level}"
    bar = ax.inset_axes((1.025, 0, 0.035, 1))
    shades = np.linspace(0, 1, 255)[:, None]
    bar.imshow(shades, cmap=signed_colors(), extent=(0, 1, 0, 1), origin="lower", aspect="auto")
    for prob, width in LINES.items():
        bar.axhline(prob, color=INK, lw=width)
    bar.set(xticks=[], yticks=[])
    height = ax.bbox.height * 72 / ax.figure.dpi
    size = min(9.0, 1.4 * height / len(label))  # points: the words are as long as the bar at most
    for text, y, align in (("0", 0.0, "bottom"), (label, 0.5, "center"), ("1", 1.0, "top")):
        style: dict[str, Any] = {"rotation": 90, "va": align, "fontsize": size}
        as_text(bar.annotate(text, (1, y), (3, 0), textcoords="offset points", **style))


def make_room(ax: Axes) -> None:
    """Narrow the axes, once, where no layout engine of the figure makes room for the key."""
    place = ax.get_subplotspec()
    if place is None or ax.figure.get_layout_engine() is not None:
        return
    if place.get_gridspec().get_width_ratios() != _ROOM:
        grid = place.subgridspec(1, 2, wspace=0, width_ratios=_ROOM)
        ax.set_subplotspec(grid[0])
