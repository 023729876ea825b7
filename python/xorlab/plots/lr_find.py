"""The loss against a rising learning rate."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ..checks.public import public
from ..checks.words import show
from ..fit.learning_rates import EXPLODED, LearningRates
from .axes import one_axes
from .labels import legend_within
from .outcomes import draw_guessing
from .palette import GREY, INK, SERIES_COLORS
from .scales import Panel, linear_scale, log_scale, set_panel

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class RangeTest:
    """The picture of a learning rate range test: a point for the loss of each batch, a line for the
    smoothed loss, and where there is a rate suggested, another one at it, whose label is this."""

    panel: Panel
    lr: list[float]
    loss: list[float]
    raw: list[float]
    guessing: float
    suggestion: float | None
    label: str


@public
def plot_lr_find(rates: LearningRates, ax: Axes | None = None) -> Axes:
    """The loss against a rising learning rate, and the rate suggested.

    Parameters
    ----------
    rates
        What `lr_find()` returned.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`. Losses far above that of guessing and that of the first weights are cut
    off.

    Raises
    ------
    TypeError
        If `rates` is something else.

    Examples
    --------
    >>> import xorlab
    >>> ax = plot_lr_find(xorlab.lr_find(seed=1))
    """
    picture = make_range_test(rates)
    ax = one_axes(ax, (6.4, 4.2))
    ax.scatter(picture.lr, picture.raw, s=6, color=GREY, alpha=0.35, lw=0, label="each batch")
    ax.plot(picture.lr, picture.loss, color=SERIES_COLORS[0], lw=2, label="smoothed")
    draw_guessing(ax, picture.guessing)
    if picture.suggestion is not None:
        ax.axvline(picture.suggestion, color=INK, lw=2, ls="--", label=picture.label)
    set_panel(ax, picture.panel)
    legend_within(ax, "lower left")
    return ax


def make_range_test(rates: Any) -> RangeTest:
    if not isinstance(rates, LearningRates):
        raise TypeError(f"`rates` must be what lr_find() returned, not {show(rates)}.")
    least = max(rates.start, rates.guessing)
    top = min(max([*rates.loss, least]), EXPLODED * least)
    panel = Panel(
        *(rates.headline, f"({rates.note})"),
        log_scale("Learning rate", rates.lr),
        linear_scale("Loss", [0.0, top]),
    )
    label = "" if rates.suggestion is None else f"suggested: {rates.suggestion:g}"
    columns = rates.lr, rates.loss, rates.raw
    return RangeTest(panel, *columns, rates.guessing, rates.suggestion, label)


def lr_find_content(rates: LearningRates) -> dict[str, Any]:
    """The picture as plain values."""
    return asdict(make_range_test(rates))
