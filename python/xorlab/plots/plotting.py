"""Pictures by matplotlib. Given an axes, a function draws there; given none, it makes a pyplot
figure, for `plt.show()` to show. It returns the figure and shows nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.public import public
from ..checks.tensors import check_complete, check_labels, check_matrix
from ..checks.words import show
from ..data.dataset import PointDataset, feature_names
from ..data.xor import is_xor
from ..evaluation.boundary import (
    SQUARE,
    Boundary,
    NothingToDrawError,
    boundary,
    check_surface,
    default_grid,
)
from ..fit.fit import Fit, check_fit
from ..training.history import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

# Blue and orange of the Okabe-Ito palette, which colour-blind people tell apart too
# (https://jfly.uni-koeln.de/color/). R/plotting.R has the same.
CLASS_COLORS = ("#0072B2", "#E69F00")
_MARKERS = ("o", "^")
_MANY = 1000  # points from which on they are drawn small
_SOME = 0.1  # share of points in the lesson's square from which on they are drawn as XOR is


def figure_and_axes(ax: Axes | None, size: tuple[float, float]) -> tuple[Figure, Axes]:
    if ax is None:
        from .pyplot_figure import new_figure

        new = new_figure(size)
        return new, new.subplots()
    if not hasattr(ax, "get_figure"):
        raise TypeError(f"`ax` must be matplotlib axes or None, not {show(ax)}.")
    figure: Any = ax.get_figure()
    return figure, ax


@public
def visualize_samples(data: Any, label: Any, ax: Axes | None = None) -> Figure:
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
    The matplotlib `Figure`.

    Raises
    ------
    TypeError, ValueError
        If `data` is not of shape [n, 2] with finite numbers, `label` is not 0 and 1 of that length,
        or `ax` is not an axes.

    Examples
    --------
    >>> import xorlab
    >>> dataset = xorlab.XORDataset(200, seed=1)
    >>> figure = visualize_samples(dataset.data, dataset.label)
    """
    points, classes = check_samples(data, label)
    figure, ax = figure_and_axes(ax, (4.8, 5.0))
    draw_samples(ax, points, classes, near_xor(points))
    set_title(ax, "Samples")
    return figure


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
    for k, (color, marker) in enumerate(zip(CLASS_COLORS, _MARKERS, strict=True)):
        style: dict[str, Any] = {"s": size, "c": color, "marker": marker}
        mine = points.numpy()[classes == k]
        style |= {"edgecolors": "#333333", "linewidths": 0.4, "label": f"Class {levels[k]}"}
        ax.scatter(*mine.T, **style)
    ax.set_aspect("equal" if square else "auto")
    name_axes(ax, features)
    legend_above(ax)


def name_axes(ax: Axes, features: Sequence[str]) -> None:
    as_text(ax.set_xlabel(features[0]), ax.set_ylabel(features[1]))


def as_text(*texts: Text) -> None:
    """Names that users gave are text: a `$` in them begins no mathematics."""
    for text in texts:
        if "$" in text.get_text():
            text.set_parse_math(False)


def legend_above(ax: Axes, **options: Any) -> None:
    """Between the axes and their title, where it hides nothing."""
    legend = ax.legend(
        loc="lower center",
        bbox_to_anchor=(0.5, 0.99),
        ncols=2,
        frameon=False,
        handletextpad=0.3,
        **options,
    )
    as_text(*legend.get_texts())


def set_title(ax: Axes, title: str) -> None:
    """Above the legend, where there is one."""
    ax.set_title(title, pad=26 if ax.get_legend() else None)


@public
def visualize_classification(
    model: nn.Module, data: Any, label: Any, ax: Axes | None = None, loss_module: Any = None
) -> Figure:
    """The probability of class 1 over the plane, as a mixture of the two class colours, with the
    line where it is one half and the samples on top.

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
    The matplotlib `Figure`.

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
    >>> figure = visualize_classification(model, dataset.data, dataset.label)
    """
    points, classes = check_samples(data, label)
    square = near_xor(points)
    surface = check_surface(model, boundary(model, *default_grid(points, square), loss_module))
    figure, ax = figure_and_axes(ax, (4.8, 5.0))
    draw_boundary(ax, surface)
    draw_samples(ax, points, classes, square)
    set_title(ax, "Classification boundary")
    return figure


@public
def plot_fit(fit: Fit, ax: Axes | None = None) -> Figure:
    """A fit's boundary with the samples it was trained on.

    Parameters
    ----------
    fit
        A `Fit` of a net with two inputs.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Figure`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its net does not have two inputs, or its weights or outputs are
        not finite.

    Examples
    --------
    >>> import xorlab
    >>> figure = plot_fit(xorlab.train_xor(epochs=5, seed=1))
    """
    surface = fit_surface(fit)
    figure, ax = figure_and_axes(ax, (4.8, 5.0))
    draw_boundary(ax, surface)
    square = is_xor(fit.data)
    if fit.data:
        draw_samples(ax, fit.data.data, fit.data.label.numpy(), square, fit.data)
    else:
        ax.set_aspect("equal")
        name_axes(ax, fit.features)
    set_title(ax, f"Classification boundary{stage(fit)}")
    return figure


def fit_surface(fit: Fit) -> Boundary:
    """A fit's boundary, where its net has one."""
    surface = check_fit(fit).boundary()
    return check_surface(fit.model, surface)


def stage(fit: Fit) -> str:
    """For titles: how far the training of a fit has come, where not to its end."""
    done = len(fit.history)
    if fit.settings is None or done >= fit.settings.epochs:
        return ""
    return f", epoch {done} of {fit.settings.epochs}"


def draw_boundary(ax: Axes, surface: Boundary) -> None:
    x1, x2, prob = surface
    half = ((x1[1] - x1[0]) / 2, (x2[1] - x2[0]) / 2)
    extent = (x1[0] - half[0], x1[-1] + half[0], x2[0] - half[1], x2[-1] + half[1])
    ax.imshow(
        mixed_colors(prob.T),  # a picture has rows for x2, and columns for x1
        origin="lower",
        extent=extent,
        interpolation="nearest",
        aspect="auto",
    )
    ax.set(xlim=extent[:2], ylim=extent[2:])  # samples at the edge would leave a white margin
    if np.min(prob) < 0.5 < np.max(prob):
        ax.contour(x1, x2, prob.T, levels=[0.5], colors="#333333", linewidths=1.2)


def mixed_colors(prob: NDArray[Any]) -> NDArray[Any]:
    """Shape [a, b] of probabilities to shape [a, b, 3] of colours, half-way to white so that the
    samples stand out."""
    from matplotlib.colors import to_rgb

    zero, one = (np.array(to_rgb(color)) for color in CLASS_COLORS)
    mixture = (1 - prob[..., None]) * zero + prob[..., None] * one
    lightened: NDArray[Any] = 0.5 + 0.5 * mixture
    return lightened


@public
def plot_history(history: Fit | History, ax: Axes | None = None) -> Figure:
    """Loss and accuracy against the epoch.

    Parameters
    ----------
    history
        A `Fit`, or the `History` that `train_model()` returned.
    ax
        Axes to draw the loss in, with the accuracy on a second scale; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Figure`. A loss that is not finite is left out.

    Raises
    ------
    TypeError, ValueError
        If `history` is neither, or has no epoch, or none of its losses is finite.

    Examples
    --------
    >>> import xorlab
    >>> figure = plot_history(xorlab.train_xor(epochs=5, seed=1))
    """
    if isinstance(history, Fit):
        history = history.history
    if not isinstance(history, History):
        raise TypeError(
            "`history` must be what train_xor() or train_model() returned, "
            f"not a {type(history).__name__}."
        )
    if not len(history):
        raise ValueError("`history` must have at least one epoch to be drawn.")
    loss = np.array(history.loss)
    loss[~np.isfinite(loss)] = np.nan
    finite = int(np.isfinite(loss).sum())
    if not finite:
        raise NothingToDrawError("There is nothing to draw: no loss of the history is finite.")
    figure, ax = figure_and_axes(ax, (6.4, 4.0))
    epochs = torch.arange(1, len(history) + 1).numpy()
    second = ax.twinx()
    one = finite == 1  # a line of one point would not show
    styles: list[dict[str, Any]] = [
        {"color": CLASS_COLORS[0], "lw": 2, "label": "Loss", "marker": "o" if one else None},
        {"color": CLASS_COLORS[1], "lw": 2, "ls": "--", "label": "Accuracy"}
        | {"marker": "^" if one else None},
    ]
    lines = [
        *ax.plot(epochs, loss, **styles[0]),
        *second.plot(epochs, history.accuracy, **styles[1]),
    ]
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None))
    if len(history) == 1:
        ax.set_xticks([1])
    second.set(ylabel="Accuracy", ylim=(0, 1.02))
    legend_above(ax, handles=lines)
    set_title(ax, "Training")
    return figure
