"""Axes as plain values, which both languages draw: limits, ticks and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .labels import balanced, fitted, points

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The loss of a probability of one half at every point.
GUESSING = math.log(2)
SMALLEST_LOSS = 1e-6  # what is smaller is drawn here, on an axis of powers of ten
_STEPS = (0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)  # between ticks of shares
_MARGIN = 0.05  # between the data and the ends of the axis, as a share of the range


@dataclass(frozen=True)
class Scale:
    """An axis; a tick without a label has an empty one."""

    name: str
    limits: list[float]
    ticks: list[float]
    labels: list[str]
    log: bool = False


@dataclass(frozen=True)
class Panel:
    """The frame of a picture."""

    title: str
    subtitle: str
    x: Scale
    y: Scale


def log_scale(name: str, values: Sequence[float], ticks: Sequence[float] = ()) -> Scale:
    """Of powers of ten, with these ticks or else with round ones."""
    first, last = math.log10(min(values)), math.log10(max(values))
    margin = _MARGIN * (last - first) or 0.1
    low, high = 10 ** (first - margin), 10 ** (last + margin)
    shown = list(ticks) or round_ticks(low, high)
    return Scale(name, [low, high], shown, [f"{tick:g}" for tick in shown], log=True)


def linear_scale(name: str, values: Sequence[float], ticks: Sequence[float] = ()) -> Scale:
    """With these ticks or else with round ones."""
    from matplotlib.ticker import MaxNLocator

    margin = _MARGIN * (max(values) - min(values))
    low, high = min(values) - margin, max(values) + margin
    inside = [tick for tick in MaxNLocator(6).tick_values(low, high) if low <= tick <= high]
    shown = list(ticks) or [float(f"{tick:.6g}") for tick in inside]
    return Scale(name, [low, high], shown, [f"{tick:g}" for tick in shown])


def epoch_scale(epochs: int) -> Scale:
    """Whole numbers from 1 on."""
    from matplotlib.ticker import MaxNLocator

    if epochs == 1:
        return Scale("Epoch", [0.5, 1.5], [1.0], ["1"])
    ticks = MaxNLocator(5, integer=True).tick_values(1, epochs)
    shown = [1.0, *(float(tick) for tick in ticks if 1 < tick <= epochs)]
    margin = 0.02 * (epochs - 1)
    return Scale("Epoch", [1 - margin, epochs + margin], shown, [f"{tick:g}" for tick in shown])


def even_scale(name: str, labels: Sequence[str], most: int) -> Scale:
    """Values side by side, of which at most so many have labels."""
    step = -(-len(labels) // most)
    shown = [label if k % step == 0 else "" for k, label in enumerate(labels)]
    ticks = [float(k) for k in range(len(labels))]
    return Scale(name, [-0.5, len(labels) - 0.5], ticks, shown)


def round_ticks(low: float, high: float) -> list[float]:
    """At powers of ten, or closer where the scale is short."""
    from matplotlib.ticker import MaxNLocator

    powers = 10.0 ** np.arange(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    closer = np.outer(powers, [1, 2, 5]).ravel()
    shown = powers
    for ticks in (powers, closer, np.asarray(MaxNLocator(5).tick_values(low, high))):
        shown = ticks[(ticks > 0) & (ticks >= low) & (ticks <= high)]
        if len(shown) >= 3:
            break
    # Sums such as 0.1 + 0.2 are no round numbers.
    return [float(f"{tick:.6g}") for tick in shown]


def loss_scale(name: str, losses: Sequence[float], guessing: float | None = GUESSING) -> Scale:
    """Of losses as `drawn_loss()` gives them, with that of guessing, where it is drawn."""
    drawn = [loss for loss in losses if math.isfinite(loss)]
    return log_scale(name, [*drawn, GUESSING if guessing is None else guessing])


def drawn_loss(loss: float) -> float:
    """NaN where it is not finite, which is not drawn."""
    return max(loss, SMALLEST_LOSS) if math.isfinite(loss) else math.nan


def loss_from_zero(top: float) -> Scale:
    """With few ticks, which have room in a low panel."""
    from matplotlib.ticker import MaxNLocator

    ticks = [float(f"{tick:.6g}") for tick in MaxNLocator(4).tick_values(0, top) if tick <= top]
    return linear_scale("Loss", [0.0, top], ticks)


def share_scale(name: str, least: float) -> Scale:
    """Shares from `least` to 1, in percent, with a tick at 1."""
    step = next(step for step in _STEPS if 1 - least >= 3 * step or step == _STEPS[-1])
    margin = 0.03 * (1 - least)
    ticks = [round(1 - k * step, 6) for k in range(round(1 / step) + 1)]
    shown = [tick for tick in reversed(ticks) if tick >= least - margin]
    limits = [least - margin, 1 + margin]
    return Scale(name, limits, shown, [f"{100 * tick:g}%" for tick in shown])


def set_panel(ax: Axes, panel: Panel) -> None:
    width = points(ax, ax.bbox.width)
    lines = [panel.title, *balanced(panel.subtitle, max(20, int(width / 3.6)))]
    title = "\n".join(lines)
    ax.set_title(title, fontsize=fitted(title, 0.95 * width))
    set_scales(ax, panel)


def set_scales(ax: Axes, panel: Panel) -> None:
    """With text that is smaller where the axes are small."""
    x, y = panel.x, panel.y
    width, height = points(ax, ax.bbox.width), points(ax, ax.bbox.height)
    ax.set(xscale="log" if x.log else "linear", yscale="log" if y.log else "linear")
    ax.set_xticks(x.ticks, x.labels)
    ax.set_yticks(y.ticks, y.labels)
    ax.tick_params(axis="x", labelsize=tick_size(x, 0.9 * width))
    ax.tick_params(axis="y", labelsize=max(6.0, min(10.0, height / len(y.ticks) / 2)))
    ax.minorticks_off()
    ax.set(xlim=x.limits, ylim=y.limits)
    ax.set_xlabel(x.name, fontsize=fitted(x.name, width))
    ax.set_ylabel(y.name, fontsize=fitted(y.name, 0.9 * height))


def tick_size(scale: Scale, width: float) -> float:
    """Of the labels below an axis so wide, in points, where none touches the next."""
    places = np.log(scale.ticks) if scale.log else np.asarray(scale.ticks)
    low, high = np.log(scale.limits) if scale.log else scale.limits
    named = [(place, label) for place, label in zip(places, scale.labels, strict=True) if label]
    sizes = [
        fitted("0" * (len(left) + len(right) + 1), 2 * width * (second - first) / (high - low))
        for (first, left), (second, right) in pairwise(named)
    ]
    return min(sizes, default=10.0)
