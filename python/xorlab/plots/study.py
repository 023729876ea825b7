"""Pictures of studies by matplotlib: what became of many nets, and at which rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..checks.public import public
from ..checks.words import counted, show
from ..study.study import Study
from ..study.summary import Summary, varying
from .plotting import figure_and_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Of the Okabe-Ito palette, like the colours of the classes, and a marker for each. R/study_plots.R
# has the same.
SERIES_COLORS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
SERIES_MARKERS = ("o", "s", "^", "D", "v", "*")
# Nets that solved the problem, and those that did not.
_SOLVED, _FAILED = ("#0072B2", "o"), ("#D55E00", "^")

# The rate that the verbs take when none is given, marked in a sweep's pictures.
_USUAL_RATE = 0.1
_GUESSING = math.log(2)  # the loss of calling every point either class with probability 1/2
_SMALLEST_LOSS = 1e-6  # what is smaller is drawn here, on an axis of powers of ten
_MOST_TICKS = 10
_MOST_NAMES = 8  # lines whose names have room within the picture


class Series(NamedTuple):
    """The cells of a study that differ in their rates alone: a line of a picture."""

    label: str
    cells: list[Summary]


@public
def plot_study(study: Study, ax: Any = None) -> Figure:
    """A study as a picture.

    Of a sweep, the share of the nets that solved the problem, with its 95 % interval, and their
    median loss, against the learning rate, a line for each width; where all had the same rate,
    against the width. Of a study of one cell, loss and accuracy of each net.

    Parameters
    ----------
    study
        What `seed_study()`, `xor_sweep()` or `read_study()` returned.
    ax
        Axes to draw in: two for a sweep, for shares and losses, else one. None makes a pyplot
        figure.

    Returns
    -------
    The matplotlib `Figure`. A loss that is not finite is left out.

    Raises
    ------
    TypeError, ValueError
        If `study` is none, or has no nets, or `ax` are not as many axes as it takes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import xorlab
    >>> study = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, 4], runs=3, epochs=2, seed=1)
    >>> figure = plot_study(study, ax=Figure().subplots(1, 2))
    """
    check_drawn(study)
    if len(study.summary()) == 1:
        figure, axes = figure_and_panels(ax, 1, 1, (5.6, 4.2))
        draw_nets(axes[0], study)
        return figure
    figure, axes = figure_and_panels(ax, 2, 2, (9.6, 4.2))
    draw_series(axes[0], axes[1], study_series(study))
    return figure


def check_drawn(study: Any) -> Study:
    """A study of some nets."""
    if not isinstance(study, Study):
        raise TypeError(f"`study` must be what seed_study() returned, not {show(study)}.")
    if not len(study):
        raise ValueError("`study` must have at least one net to be drawn.")
    return study


def figure_and_panels(
    ax: Any, count: int, columns: int, size: tuple[float, float]
) -> tuple[Figure, list[Axes]]:
    """The figure and its first `count` axes: the caller's, or of a new figure of this size."""
    if ax is None:
        from .pyplot_figure import new_figure

        figure = new_figure(size)
        grid = figure.subplots(-(-count // columns), columns, squeeze=False).ravel()
        for spare in grid[count:]:
            spare.set_axis_off()
        return figure, list(grid[:count])
    given = list(np.asarray(ax, dtype=object).ravel())
    if not all(hasattr(one, "get_figure") for one in given):
        raise TypeError(f"`ax` must be matplotlib axes, not {show(ax)}.")
    if len(given) < count:
        raise ValueError(f"`ax` must hold {count} axes for this picture, not {len(given)}.")
    return figure_and_axes(given[0], size)[0], given[:count]


def study_series(study: Study) -> list[Series]:
    """The lines of a study, each in the order of its rates."""
    summaries = study.summary()
    names = [name for name in varying(summaries) if name != "lr"] or ["hidden"]
    series: dict[str, list[Summary]] = {}
    for summary in summaries:
        series.setdefault(describe(summary, names), []).append(summary)
    return [Series(label, sorted(mine, key=lambda one: one.lr)) for label, mine in series.items()]


def describe(cell: Any, names: Sequence[str]) -> str:
    """Some settings of a cell in words."""
    words = {
        "hidden": f"{cell.hidden} hidden",
        "activation": cell.activation,
        "lr": f"lr {cell.lr:g}",
        "std": f"std {cell.std:g}",
        "size": counted(cell.size, "point"),
        "epochs": counted(cell.epochs, "epoch"),
        "batch_size": f"batches of {cell.batch_size}",
    }
    return ", ".join(words[name] for name in names)


def draw_series(shares: Axes, losses: Axes, series: Sequence[Series]) -> None:
    rates = sorted({cell.lr for one in series for cell in one.cells})
    mark_losses(losses)
    for k, (label, cells) in enumerate(series):
        color = SERIES_COLORS[k % len(SERIES_COLORS)]
        style: dict[str, Any] = {
            "color": color,
            "marker": SERIES_MARKERS[k % len(SERIES_MARKERS)],
            "ms": 5,
            "lw": 1.6,
            "label": label if len(rates) > 1 else None,
        }
        x: list[float] = [cell.lr for cell in cells] if len(rates) > 1 else [k]
        share = np.array([cell.share for cell in cells])
        beyond = [[c.share - c.lower for c in cells], [c.upper - c.share for c in cells]]
        bars = np.maximum(beyond, 0.0)  # rounding may leave a limit on the wrong side
        shares.errorbar(beside(x, rates, k, len(series)), share, bars, capsize=2.5, **style)
        losses.plot(x, [drawn_loss(cell.loss) for cell in cells], **style)
    runs = {cell.runs for one in series for cell in one.cells}
    each = f"{counted(runs.pop(), 'net')} each, " if len(runs) == 1 else ""
    shares.set_title(f"Share that solved XOR\n({each}bars: 95 % interval)", fontsize="medium")
    shares.set(ylim=(-0.03, 1.03), ylabel="Share solved")
    shares.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    losses.set_title("Median loss\nin the last epoch", fontsize="medium")
    losses.set_ylabel("Loss")
    name_losses(losses)
    for axes in (shares, losses):
        mark_rates(axes, rates, [one.label for one in series])
    if len(series) > _MOST_NAMES and len(rates) > 1:
        losses.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize="small")
    else:
        losses.legend(loc="best", framealpha=0.9)


def beside(x: Sequence[float], rates: Sequence[float], k: int, count: int) -> Any:
    """The places of line k of `count`, moved a little so that intervals do not hide each other."""
    if len(rates) == 1 or count == 1:
        return x
    gap = float(np.diff(np.log(rates)).min())
    return np.array(x) * math.exp(0.3 * gap * (k / (count - 1) - 0.5))


def drawn_loss(loss: float) -> float:
    return max(loss, _SMALLEST_LOSS) if math.isfinite(loss) else math.nan


def mark_rates(axes: Axes, rates: Sequence[float], labels: Sequence[str]) -> None:
    """Ticks at the rates, or for one rate at the lines' names; the usual rate by a pale line."""
    if len(rates) == 1:
        short = [label.removesuffix(" hidden") for label in labels]
        widths = all(" " not in label for label in short)  # they differ in nothing else
        what = "Hidden units," if widths else "Nets"
        axes.set_xticks(range(len(labels)), short, rotation=0 if widths or len(labels) < 4 else 30)
        axes.set(
            xlim=(-0.5, len(labels) - 0.5), xlabel=f"{what} at a learning rate of {rates[0]:g}"
        )
        return
    axes.set(xscale="log", xlabel="Learning rate")
    if len(rates) <= _MOST_TICKS:
        axes.set_xticks(rates, [f"{rate:g}" for rate in rates])
        axes.minorticks_off()
    if rates[0] <= _USUAL_RATE <= rates[-1]:
        axes.axvline(_USUAL_RATE, color="#E0E0E0", lw=7, zorder=0, label="the usual rate")


def mark_losses(axes: Axes) -> None:
    """A scale of powers of ten, and the loss of guessing."""
    axes.set_yscale("log")
    axes.axhline(_GUESSING, color="#777777", ls=":", lw=1.5, label="guessing")


def name_losses(axes: Axes) -> None:
    """Plain numbers at powers of ten, or closer where the scale is short."""
    from matplotlib.ticker import MaxNLocator

    low, high = axes.get_ylim()
    powers = 10.0 ** np.arange(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    closer = np.outer(powers, [1, 2, 5]).ravel()
    for ticks in (powers, closer, np.asarray(MaxNLocator(5).tick_values(low, high))):
        shown = ticks[(ticks > 0) & (ticks >= low) & (ticks <= high)]
        if len(shown) >= 3:
            break
    axes.set_yticks(shown, [f"{tick:g}" for tick in shown])
    axes.minorticks_off()


def draw_nets(axes: Axes, study: Study) -> None:
    """Loss against accuracy, a point for each net."""
    total = study.summary()[0]
    nets = counted(total.runs, "net")
    mark_losses(axes)
    for solved, (color, marker) in ((True, _SOLVED), (False, _FAILED)):
        mine = [run for _, run in study.rows if run.solved == solved]
        drawn = [run for run in mine if math.isfinite(run.loss)]
        axes.scatter(
            [run.accuracy for run in drawn],
            [drawn_loss(run.loss) for run in drawn],
            s=34,
            c=color,
            marker=marker,
            alpha=0.6,
            edgecolors="#333333",
            linewidths=0.4,
            label=f"{'solved' if solved else 'not solved'} ({len(mine)})",
        )
    axes.set_title(
        f"{total.solved} of {nets} solved XOR: {total.share:.1%}\n"
        f"(95 % interval {total.lower:.1%} to {total.upper:.1%})",
        fontsize="medium",
    )
    axes.set(xlabel="Accuracy on fresh points", ylabel="Loss in the last epoch")
    name_losses(axes)
    least = min([0.95, *(run.accuracy for _, run in study.rows if math.isfinite(run.accuracy))])
    axes.set_xlim(least - 0.02, 1.02)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.legend(loc="best", framealpha=0.9)
