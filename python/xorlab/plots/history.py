"""Loss and accuracy, epoch by epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..checks.public import public
from ..fit.fit import Fit
from ..training.history import History
from .axes import is_axes, several_axes
from .history_panels import Curve, HistoryPanel, HistoryPicture, make_history
from .labels import legend_above, set_title
from .palette import GREY, SERIES_COLORS, VALIDATION_COLOR
from .scales import set_scales

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes

_SIZE = (9.6, 4.2)


@public
def plot_history(
    history: Fit | History,
    ax: SeveralAxes | None = None,
    *,
    guessing: float | Literal["auto"] | None = "auto",
) -> Any:
    """Loss and accuracy against the epoch, in a panel each.

    A grey dotted line is at what guessing gives, which knows how frequent the classes are and
    nothing else: a net whose loss stays there has learned nothing. Curves on validation data, where
    there are any, are dashed and darker. A vertical line is at the epoch of the lowest validation
    loss: with patience, and where the validation loss rose after it while the training loss fell.

    Parameters
    ----------
    history
        A `Fit`, or the `History` that `train_model()` returned.
    ax
        Two axes, for loss and accuracy; or one, for the loss alone. None makes a pyplot figure.
    guessing
        The loss of guessing. "auto" takes that of the classes of a `Fit`, log K for K equally
        frequent ones, and for a `History` log 2, that of `nn.BCEWithLogitsLoss()` for two. Give a
        number for another loss, such as 0.25 for `nn.MSELoss()`, or None for no line.

    Returns
    -------
    An array of two matplotlib `Axes`; where one was given, that one. A loss that is not finite is
    left out.

    Raises
    ------
    TypeError, ValueError
        If `history` is neither, or has no epoch, or none of its losses is finite; or `guessing` is
        no number of at least 0.

    Examples
    --------
    >>> import xorlab
    >>> loss, accuracy = plot_history(xorlab.train_xor(epochs=5, seed=1))
    """
    picture = make_history(history, guessing)
    if is_axes(ax):
        draw_panel(several_axes(ax, 1, 1, _SIZE)[0], picture, picture.panels[0])
        return ax
    axes = several_axes(ax, 2, 2, _SIZE)
    for one, panel in zip(axes, picture.panels, strict=True):
        draw_panel(one, picture, panel)
    if axes[0].bbox.y0 >= axes[1].bbox.y1:  # one above the other: what both have stands once
        axes[0].set_xlabel("")
        axes[0].tick_params(labelbottom=False)
        axes[1].get_legend().remove()
        set_title(axes[1], picture.panels[1].frame.title)
    return axes


def draw_panel(ax: Axes, picture: HistoryPicture, panel: HistoryPanel) -> None:
    for k, curve in enumerate(panel.curves):
        draw_curve(ax, curve, validation=k > 0)
    if panel.guessing is not None:
        ax.axhline(panel.guessing, color=GREY, lw=1.5, ls=":", zorder=0, label="guessing")
    if picture.best is not None:
        label = f"best epoch: {picture.best}"
        ax.axvline(picture.best, color=GREY, lw=1, zorder=0, label=label)
    set_scales(ax, panel.frame)
    ax.set_ylabel("")  # which the title has
    legend_above(ax, handletextpad=0.6)
    set_title(ax, panel.frame.title)


def draw_curve(ax: Axes, curve: Curve, validation: bool) -> None:
    look: dict[str, Any] = {"color": SERIES_COLORS[0], "lw": 2, "marker": None}
    if validation:
        look |= {"color": VALIDATION_COLOR, "ls": "--", "lw": 1.6}
    if curve.single:
        look["marker"] = "s" if validation else "o"
    ax.plot(range(1, len(curve.values) + 1), curve.values, label=curve.label, **look)
