"""The picture of a sweep: how many nets solved XOR, or for other data how accurate they are, and
their loss, by what varies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.words import counted
from ..optimizers import OPTIMIZERS
from ..study.config import varying
from ..study.study import Study
from ..study.summary import all_xor
from .configs import describe
from .labels import points
from .outcomes import LEAST_ACCURACY, draw_guessing, guessing_loss_of
from .palette import PALE, SERIES_COLORS, SERIES_MARKERS
from .scales import (
    GUESSING,
    Panel,
    Scale,
    drawn_loss,
    loss_scale,
    set_panel,
    share_scale,
)
from .varied import Axis, Columns, as_asked, axis_title, make_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study.summary import Summary


@dataclass(frozen=True)
class Line:
    """Nets that differ alone in what is on the axis. `x` are places on it, and `beside` the same
    moved apart a little, so that the intervals of several lines do not hide each other. `share` is
    that of the nets that solved XOR, or their median accuracy."""

    label: str
    x: list[float]
    beside: list[float]
    share: list[float]
    lower: list[float]
    upper: list[float]
    loss: list[float]


@dataclass(frozen=True)
class Sweep:
    """Two panels of the same lines. `named` says whether the key names the lines, as their ticks
    do not, and `joined` whether they are drawn, or the points alone; `usual_rate` is None where it
    is not in sight, and `guessing` where it is not the same for all nets."""

    lines: list[Line]
    shares: Panel
    losses: Panel
    named: bool
    joined: bool
    usual_rate: float | None
    guessing: float | None = GUESSING


def make_sweep(study: Study) -> Sweep:
    summaries = study.summary()
    configs = [one.config for one in summaries]
    axis = make_axis(as_asked(configs))
    groups = group_by(axis, summaries)
    lines = [
        make_line(label, group, axis, k, len(groups), all_xor(summaries))
        for k, (label, group) in enumerate(groups)
    ]
    places = [place for line in lines for place in (*line.x, *line.beside)]
    x = axis.scale(axis_title(axis, configs), places)
    losses, guessing = [loss for line in lines for loss in line.loss], guessing_loss_of(study)
    return Sweep(
        lines,
        shares_panel(summaries, lines, x),
        Panel("Median loss", "in the last epoch", x, loss_scale("Loss", losses, guessing)),
        axis.column in (None, "lr") or len(lines) > 1,
        axis.joined,
        usual_rate(configs) if axis.column == "lr" else None,
        guessing,
    )


def usual_rate(configs: Sequence[Columns]) -> float | None:
    """The usual learning rate of the optimizer, where that is one and it is among those drawn."""
    optimizers, rates = {one["optimizer"] for one in configs}, [one["lr"] for one in configs]
    usual: float = OPTIMIZERS[optimizers.pop()].lr
    return usual if not optimizers and min(rates) <= usual <= max(rates) else None


def shares_panel(summaries: Sequence[Summary], lines: Sequence[Line], x: Scale) -> Panel:
    runs = {one.runs for one in summaries}
    each = f"{counted(runs.pop(), 'net')} each, " if len(runs) == 1 else ""
    if all_xor(summaries):
        y = share_scale("Share solved", 0)
        return Panel("Share that solved XOR", f"({each}bars: 95 % interval)", x, y)
    y = share_scale(
        "Accuracy", min([LEAST_ACCURACY, *(one for line in lines for one in line.lower)])
    )
    return Panel("Median accuracy", f"({each}bars: 5 % to 95 % of the nets)", x, y)


def group_by(
    axis: Axis, summaries: Sequence[Summary]
) -> list[tuple[str, list[tuple[float, Summary]]]]:
    """Those that differ alone in what is on the axis, with their places in its order, each group
    with a label of all else that varies between them."""
    configs = [one.config for one in summaries]
    groups: dict[Any, list[tuple[float, Summary]]] = {}
    for k, (asked, one) in enumerate(zip(as_asked(configs), summaries, strict=True)):
        key = k if axis.column is None else tuple({**asked, axis.column: None}.values())
        place = axis.place(k if axis.column is None else asked[axis.column])
        groups.setdefault(key, []).append((place, one))
    within = {name for group in groups.values() for name in varying(one.config for _, one in group)}
    names = [name for name in varying(configs) if name not in within] or ["hidden"]
    return [
        (describe(group[0][1].config, names), sorted(group, key=lambda pair: pair[0]))
        for group in groups.values()
    ]


def make_line(
    label: str,
    group: Sequence[tuple[float, Summary]],
    axis: Axis,
    k: int,
    count: int,
    solved: bool,
) -> Line:
    x = [place for place, _ in group]
    bars = [bar(one, solved) for _, one in group]
    return Line(
        label,
        x,
        [axis.beside(place, k, count) if axis.column else place for place in x],
        [share for share, _, _ in bars],
        [min(lower, share) for share, lower, _ in bars],  # rounding may leave a limit on the
        [max(upper, share) for share, _, upper in bars],  # wrong side
        [drawn_loss(one.loss) for _, one in group],
    )


def bar(one: Summary, solved: bool) -> tuple[float, float, float]:
    """What is drawn of the nets of a configuration: the share that solved XOR, or their accuracy,
    and how far it reaches."""
    if solved and one.share is not None and one.lower is not None and one.upper is not None:
        return one.share, one.lower, one.upper
    return one.accuracy, one.accuracy_low, one.accuracy_high


def fit_names(ax: Axes, names: Sequence[str]) -> None:
    """Names below ticks smaller, or else aslant, where they stand close."""
    room = points(ax, ax.bbox.width) / len(names) / (0.6 * max(map(len, names)))
    ax.tick_params(axis="x", labelsize=min(10, max(room, 8)))
    if room < 7:
        for label in ax.get_xticklabels():
            label.set(rotation=30, ha="right", rotation_mode="anchor")


def draw_sweep(shares: Axes, losses: Axes, sweep: Sweep) -> None:
    if sweep.usual_rate is not None:
        for ax in (shares, losses):
            ax.axvline(sweep.usual_rate, color=PALE, lw=7, zorder=0, label="usual learning rate")
    draw_guessing(losses, sweep.guessing)
    for k, line in enumerate(sweep.lines):
        style: dict[str, Any] = {
            "color": SERIES_COLORS[k % len(SERIES_COLORS)],
            "marker": SERIES_MARKERS[k % len(SERIES_MARKERS)],
            "ms": 5,
            "lw": 1.6,
            "ls": "-" if sweep.joined else "none",
            "label": line.label if sweep.named else None,
        }
        x, share = np.array(line.beside), np.array(line.share)
        bars = np.abs([line.lower, line.upper] - share)
        shares.errorbar(x, share, bars, capsize=2.5, **style)
        losses.plot(line.x, line.loss, **style)
    for ax, panel in ((shares, sweep.shares), (losses, sweep.losses)):
        set_panel(ax, panel)
        if not sweep.joined:
            fit_names(ax, panel.x.labels)
