"""The probabilities of the classes over the plane, and the boundary between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from torch import nn

from ..checks.public import public
from ..checks.tensors import Numbers
from ..evaluation.accuracy import Loss
from ..evaluation.boundary import Boundary, boundary, check_surface, default_grid
from ..fit.fit import Fit, check_fit
from ..fit.section import Section
from .axes import Size, one_axes
from .curve import plot_curve
from .fit_points import FitPoints, draw_fit_points, fit_points, widened
from .labels import as_text, cut, legend_height, name_axes, points, set_title, stage
from .palette import CLASS_COLORS, INK, class_shades, signed_colors, winning
from .samples import check_samples, draw_samples, near_xor, of_one_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Probabilities with a line in the picture, and its width.
LINES = {0.25: 0.6, 0.5: 1.4, 0.75: 0.6}
Extent = tuple[float, float, float, float]
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

    Of K classes, more than two, every point of the plane has the colour of the most probable one,
    the paler the less probable that is, down to white at 1 / K, and lines are where that class
    changes.

    Parameters
    ----------
    model
        Maps float32 [n, 2] to outputs [n, 1], or [n, K] for K classes.
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
    samples, classes = check_samples(data, label)
    square = near_xor(samples)
    first, second = default_grid(samples, square)
    surface = check_surface(model, boundary(model, first, second, loss_module))
    levels = range(surface.prob.shape[2] if surface.prob.ndim == 3 else 2)
    check_samples(data, label, len(levels))
    ax = one_axes(ax, (5.1, 5.0))
    draw_boundary(ax, surface)
    draw_samples(ax, samples, classes, square, levels)
    draw_key(ax, levels)
    set_title(ax, "Classification boundary")
    return ax


def plot_boundary(
    fit: Fit,
    ax: Axes | None = None,
    vars: Any = None,
    at: Any = None,
    points: bool | None = None,
    data: Any = None,
) -> Axes:
    """A fit's boundary with the samples it was trained on, or others; of one column a curve."""
    section = check_fit(fit).section(vars, at)
    shown = fit_points(fit, points, data)
    if len(section.names) == 1:
        return plot_curve(fit, section, ax, shown)
    surface = check_surface(fit.model, wide_surface(fit, section, shown))
    square = of_one_unit(fit.data)
    ax = one_axes(ax, page_of(surface.x1, surface.x2) if square else (5.1, 5.0))
    draw_boundary(ax, surface)
    ax.set_aspect("equal" if square else "auto")
    name_axes(ax, section.names)
    if section.places:  # none of columns that R computed
        columns = list(section.places)
        draw_fit_points(ax, fit, shown, lambda sample: sample.points[:, columns].numpy())
    set_title(ax, f"Classification boundary{stage(fit)}", section.caption)
    draw_key(ax, fit.levels)
    return ax


def wide_surface(fit: Fit, section: Section, shown: FitPoints) -> Boundary:
    """A fit's boundary, on a grid that is wide enough for test points, too."""
    lines = fit.grid_around(section)
    if shown.test is None or not section.places or section.given is not None:
        return fit.boundary_in(section)
    columns = shown.test.points[:, list(section.places)].double().T.numpy()
    first, second = (widened(line, one) for line, one in zip(lines, columns, strict=True))
    return fit.boundary_in(section, first, second)


def fit_surface(fit: Fit) -> Boundary:
    """A fit's boundary, where its net has one."""
    surface = check_fit(fit).boundary()
    return check_surface(fit.model, surface)


def draw_boundary(ax: Axes, surface: Boundary) -> None:
    x1, x2, prob = surface
    extent = extent_of(x1, x2)
    # A picture has rows for x2, and columns for x1.
    drawn = prob.T if prob.ndim == 2 else class_shades(prob).swapaxes(0, 1)
    ax.imshow(
        drawn,
        cmap=signed_colors(),
        vmin=0,
        vmax=1,
        origin="lower",
        extent=extent,
        interpolation="nearest",
        aspect="auto",
    )
    ax.set(xlim=extent[:2], ylim=extent[2:])  # samples at the edge would leave a white margin
    if prob.ndim == 3:
        draw_winners(ax, surface)
    elif crossed := [level for level in LINES if np.min(prob) < level < np.max(prob)]:
        widths = [LINES[level] for level in crossed]
        ax.contour(x1, x2, prob.T, levels=crossed, colors=INK, linewidths=widths)


def extent_of(x1: NDArray[np.float64], x2: NDArray[np.float64]) -> Extent:
    """Where a picture of a grid has its edges: half a step around the outermost lines."""
    half = ((x1[1] - x1[0]) / 2, (x2[1] - x2[0]) / 2)
    return x1[0] - half[0], x1[-1] + half[0], x2[0] - half[1], x2[-1] + half[1]


def page_of(x1: NDArray[np.float64], x2: NDArray[np.float64]) -> Size:
    """A figure in inches that a grid fills where both columns have the same scale."""
    left, right, bottom, top = extent_of(x1, x2)
    return 5.1, min(8.0, max(2.6, 1.0 + 4.1 * (top - bottom) / (right - left)))


def draw_winners(ax: Axes, surface: Boundary) -> None:
    """Lines where the most probable class changes."""
    x1, x2, prob = surface
    for lead in class_leads(prob):
        if lead.min() < 0 < lead.max():
            ax.contour(x1, x2, lead.T, levels=[0], colors=INK, linewidths=LINES[0.5])


def class_leads(prob: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each of K classes is above the best other one, shape [K, a, b] for [a, b, K]."""
    best, other = np.moveaxis(np.sort(prob, axis=-1)[..., :-3:-1], -1, 0)
    by_class = np.moveaxis(prob, -1, 0)
    leads: NDArray[np.float64] = by_class - np.where(by_class == best, other, best)
    return leads


def draw_key(ax: Axes, levels: Sequence[Any] = (0, 1)) -> None:
    """What the colours mean: a slim bar to the right of the axes, with its words beside it; of
    more than two classes a strip for each."""
    several = len(levels) > 2
    lowest = 1 / len(levels) if several else 0.0
    label = "Probability of that class" if several else f"Probability of class {cut(levels[1])}"
    shades = np.linspace(0, 1, 255)[:, None]
    if several:
        shades = class_key(len(levels))
    bar = draw_key_bar(ax, shades, f"{lowest:.2g}", label, "1")
    for prob, width in {} if several else LINES.items():
        bar.axhline(prob, color=INK, lw=width)


def draw_key_bar(ax: Axes, shades: NDArray[np.float64], low: str, label: str, high: str) -> Axes:
    """A slim bar of shades, from the bottom up, with the numbers at its ends and words between."""
    make_room(ax)
    bar = ax.inset_axes((1.025, 0, 0.035, 1))
    bar.imshow(shades, cmap=signed_colors(), extent=(0, 1, 0, 1), origin="lower", aspect="auto")
    bar.set(xticks=[], yticks=[])
    height = key_height(ax)
    # In points: with the numbers at the ends, the words are as long as the bar at most.
    letters = len(label) + 2 * max(0, max(len(low), len(high)) - 1)
    size = min(9.0, 1.4 * height / letters)
    for text, y, align in ((low, 0.0, "bottom"), (label, 0.5, "center"), (high, 1.0, "top")):
        style: dict[str, Any] = {"rotation": 90, "va": align, "fontsize": size}
        as_text(bar.annotate(text, (1, y), (3, 0), textcoords="offset points", **style))
    return bar


def key_height(ax: Axes) -> float:
    """About how high the axes will be, in points, when all that stands above them has its room."""
    height, width = points(ax, ax.bbox.height), points(ax, ax.bbox.width)
    if ax.get_aspect() == 1:
        low, high = ax.get_ylim()
        left, right = ax.get_xlim()
        height = min(height, width * (high - low) / (right - left))
    above = [text for text in ax.texts if text.get_text()]  # the caption
    lines = sum(text.get_text().count("\n") + 1 for text in above)
    return height - 11 * lines - max(0, legend_height(ax) - 26)


def class_key(classes: int) -> NDArray[np.float64]:
    """A strip of shades for each class, at most as many as have a colour of their own: shape [255,
    strips, 3], from 1 / K to 1."""
    sure = np.linspace(1 / classes, 1, 255)
    strips = range(min(classes, len(CLASS_COLORS)))
    return np.stack([class_shades(winning(k, classes, sure)) for k in strips], axis=1)


def make_room(ax: Axes) -> None:
    """Narrow the axes, once, where no layout engine of the figure makes room for the key."""
    place = ax.get_subplotspec()
    if place is None or ax.figure.get_layout_engine() is not None:
        return
    if place.get_gridspec().get_width_ratios() != _ROOM:
        grid = place.subgridspec(1, 2, wspace=0, width_ratios=_ROOM)
        ax.set_subplotspec(grid[0])
