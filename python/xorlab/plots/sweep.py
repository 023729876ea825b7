"""The picture of a sweep: how many nets solved XOR, or for other data how accurate they are, and
their loss, by learning rate and width."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.words import counted
from ..study.config import CONFIG_COLUMNS, varying
from ..study.study import Study
from ..study.summary import all_xor
from .configs import describe
from .outcomes import LEAST_ACCURACY, draw_guessing, guessing_loss_of
from .palette import PALE, SERIES_COLORS, SERIES_MARKERS
from .scales import (
    GUESSING,
    Panel,
    Scale,
    drawn_loss,
    log_scale,
    loss_scale,
    set_panel,
    share_scale,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..study.summary import Summary

# The learning rate of the functions when none is given, marked in the picture.
USUAL_RATE = 0.1
_MOST_RATES = 10  # with a tick each
_MOST_NAMES = 8  # lines whose names have room within the picture


@dataclass(frozen=True)
class Line:
    """Nets that differ in their learning rates alone. `x` are places on the axis, and `beside` the
    same moved apart a little, so that the intervals of several lines do not hide each other.
    `share` is that of the nets that solved XOR, or their median accuracy."""

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
    do not; `usual_rate` is None where it is not in sight, and `guessing` where it is not the same
    for all nets."""

    lines: list[Line]
    shares: Panel
    losses: Panel
    named: bool
    usual_rate: float | None
    guessing: float | None = GUESSING


def make_sweep(study: Study) -> Sweep:
    summaries = study.summary()
    rates = sorted({float(one.lr) for one in summaries})
    groups = group_by_rate(summaries)
    lines = [
        make_line(label, group, rates, k, len(groups), all_xor(summaries))
        for k, (label, group) in enumerate(groups)
    ]
    x = rate_scale(rates, lines)
    losses, guessing = [loss for line in lines for loss in line.loss], guessing_loss_of(study)
    return Sweep(
        lines,
        shares_panel(summaries, lines, x),
        Panel("Median loss", "in the last epoch", x, loss_scale("Loss", losses, guessing)),
        len(rates) > 1 or not any(x.labels),
        USUAL_RATE if len(rates) > 1 and rates[0] <= USUAL_RATE <= rates[-1] else None,
        guessing,
    )


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


def group_by_rate(summaries: Sequence[Summary]) -> list[tuple[str, list[Summary]]]:
    """Those that differ in their learning rates alone, in the order of these, each group with a
    label of all else that varies."""
    others = [name for name in CONFIG_COLUMNS if name != "lr"]
    configs = [one.config for one in summaries]
    names = varying(configs, others) or ["hidden"]
    groups: dict[Any, tuple[str, list[Summary]]] = {}
    for config, one in zip(configs, summaries, strict=True):
        key = tuple(config[name] for name in others)
        groups.setdefault(key, (describe(config, names), []))[1].append(one)
    return [(label, sorted(group, key=lambda one: one.lr)) for label, group in groups.values()]


def make_line(
    label: str, group: Sequence[Summary], rates: Sequence[float], k: int, count: int, solved: bool
) -> Line:
    x = [float(one.lr) for one in group] if len(rates) > 1 else [float(k)]
    shift = 1.0
    if len(rates) > 1 and count > 1:
        shift = math.exp(0.3 * float(np.diff(np.log(rates)).min()) * (k / (count - 1) - 0.5))
    bars = [bar(one, solved) for one in group]
    return Line(
        label,
        x,
        [place * shift for place in x],
        [share for share, _, _ in bars],
        [min(lower, share) for share, lower, _ in bars],  # rounding may leave a limit on the
        [max(upper, share) for share, _, upper in bars],  # wrong side
        [drawn_loss(one.loss) for one in group],
    )


def bar(one: Summary, solved: bool) -> tuple[float, float, float]:
    """What is drawn of the nets of a configuration: the share that solved XOR, or their accuracy,
    and how far it reaches."""
    if solved and one.share is not None and one.lower is not None and one.upper is not None:
        return one.share, one.lower, one.upper
    return one.accuracy, one.accuracy_low, one.accuracy_high


def rate_scale(rates: Sequence[float], lines: Sequence[Line]) -> Scale:
    """Ticks at the learning rates; for one rate at the lines, with their widths if they differ in
    nothing else."""
    if len(rates) > 1:
        places = [place for line in lines for place in line.beside]
        return log_scale("Learning rate", places, rates if len(rates) <= _MOST_RATES else ())
    widths = all(re.fullmatch(r"[^ ]+ hidden", line.label) for line in lines)
    labels = [line.label.removesuffix(" hidden") for line in lines]
    return Scale(
        f"{'Hidden units' if widths else 'Nets'}, at a learning rate of {rates[0]:g}",
        [-0.5, len(lines) - 0.5],
        [float(k) for k in range(len(lines))],
        labels if widths else [""] * len(lines),
    )


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
            "label": line.label if sweep.named else None,
        }
        x, share = np.array(line.beside), np.array(line.share)
        bars = np.abs([line.lower, line.upper] - share)
        shares.errorbar(x, share, bars, capsize=2.5, **style)
        losses.plot(line.x, line.loss, **style)
    set_panel(shares, sweep.shares)
    set_panel(losses, sweep.losses)
    if len(sweep.lines) > _MOST_NAMES and sweep.named:
        losses.legend(loc="center left", bbox_to_anchor=(1.02, 0.5), fontsize="small")
    else:
        losses.legend(loc="best", framealpha=0.9)
