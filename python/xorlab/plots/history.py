"""Loss and accuracy, epoch by epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..checks.public import public
from ..evaluation.boundary import NothingToDrawError
from ..fit.fit import Fit
from ..fit.resumable import best_so_far
from ..training.history import History
from .axes import one_axes
from .labels import legend_above, set_title
from .palette import GREY, SERIES_COLORS, VALIDATION_COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@public
def plot_history(history: Fit | History, ax: Axes | None = None) -> Axes:
    """Loss and accuracy against the epoch.

    Those on validation data, where there are any, are dotted, in darker shades. A vertical line is
    at the epoch of the lowest validation loss: with patience, and where the validation loss rose
    after it while the training loss fell.

    Parameters
    ----------
    history
        A `Fit`, or the `History` that `train_model()` returned.
    ax
        Axes to draw the loss in, with the accuracy on a second scale; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes` of the loss. A loss that is not finite is left out.

    Raises
    ------
    TypeError, ValueError
        If `history` is neither, or has no epoch, or none of its losses is finite.

    Examples
    --------
    >>> import xorlab
    >>> ax = plot_history(xorlab.train_xor(epochs=5, seed=1))
    """
    best = None
    if isinstance(history, Fit):
        best, history = best_so_far(history.settings, history.history), history.history
    if not isinstance(history, History):
        raise TypeError(
            "`history` must be what train_xor() or train_model() returned, "
            f"not a {type(history).__name__}."
        )
    if not len(history):
        raise ValueError("`history` must have at least one epoch to be drawn.")
    loss = finite(history.loss)
    if np.isnan(loss).all():
        raise NothingToDrawError("There is nothing to draw: no loss of the history is finite.")
    ax = one_axes(ax, (6.4, 4.0))
    draw_history(ax, loss, history, best or history.parted())
    set_title(ax, "Training")
    return ax


def finite(values: list[float]) -> NDArray[np.float64]:
    """The values, NaN for those that are not finite."""
    array = np.array(values, dtype=np.float64)
    array[~np.isfinite(array)] = np.nan
    return array


def draw_history(ax: Axes, loss: NDArray[Any], history: History, lowest: int | None) -> None:
    """The curves, with a mark at an epoch."""
    epochs = np.arange(1, len(loss) + 1)
    second = ax.twinx()
    one = int(np.isfinite(loss).sum()) == 1  # a line of one point would not show
    styles: list[dict[str, Any]] = [
        {"label": "Loss", "marker": "o" if one else None},
        {"label": "Accuracy", "marker": "^" if one else None, "ls": "--"},
    ]
    lines = [
        *ax.plot(epochs, loss, color=SERIES_COLORS[0], lw=2, **styles[0]),
        *second.plot(epochs, history.accuracy, color=SERIES_COLORS[1], lw=2, **styles[1]),
    ]
    if history.val_loss:
        own = {"label": "Validation loss", "ls": ":", "marker": styles[0]["marker"]}
        other = {"label": "Validation accuracy", "ls": "-.", "marker": styles[1]["marker"]}
        val_loss, shades = finite(history.val_loss), VALIDATION_COLORS
        lines += ax.plot(epochs, val_loss, color=shades[0], lw=2, **own)
        lines += second.plot(epochs, history.val_accuracy, color=shades[1], lw=1.5, **other)
    if lowest:
        label = f"Best epoch: {lowest}"
        lines.append(ax.axvline(lowest, color=GREY, lw=1, zorder=0, label=label))
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None))
    if len(loss) == 1:
        ax.set_xticks([1])
    second.set(ylabel="Accuracy", ylim=(0, 1.02))
    legend_above(ax, handles=lines, handletextpad=0.6)
