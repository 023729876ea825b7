"""The picture of nets that differ in their seed alone: loss against accuracy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..checks.words import counted
from ..study.study import Study
from .palette import FAILED_COLOR, GREY, INK, SOLVED_COLOR
from .scales import GUESSING, Panel, drawn_loss, loss_scale, set_panel, share_scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LEAST_ACCURACY = 0.95  # from here to 1 the axis reaches at least


@dataclass(frozen=True)
class Group:
    """The nets with a finite loss."""

    label: str
    accuracy: list[float]
    loss: list[float]


@dataclass(frozen=True)
class Outcomes:
    """A point for each net: those that solved XOR, and those that did not."""

    groups: list[Group]
    panel: Panel
    guessing: float = GUESSING


def make_outcomes(study: Study) -> Outcomes:
    columns, (total,) = study.to_dict(), study.summary()
    nets = list(zip(columns["solved"], columns["accuracy"], columns["loss"], strict=True))
    groups = []
    for solved, word in ((True, "solved"), (False, "not solved")):
        mine = [net for net in nets if net[0] == solved]
        drawn = [net for net in mine if math.isfinite(net[2])]
        accuracy, loss = [net[1] for net in drawn], [drawn_loss(net[2]) for net in drawn]
        groups.append(Group(f"{word} ({len(mine)})", accuracy, loss))
    least = min([_LEAST_ACCURACY, *(one for group in groups for one in group.accuracy)])
    losses = [loss for group in groups for loss in group.loss]
    panel = Panel(
        f"{total.solved} of {counted(total.runs, 'net')} solved XOR: {total.share:.1%}",
        f"(95 % interval {total.lower:.1%} to {total.upper:.1%})",
        share_scale("Accuracy on fresh points", least),
        loss_scale("Loss in the last epoch", losses),
    )
    return Outcomes(groups, panel)


def draw_outcomes(ax: Axes, outcomes: Outcomes) -> None:
    ax.axhline(outcomes.guessing, color=GREY, ls=":", lw=1.5, label="guessing")
    looks = ((SOLVED_COLOR, "o"), (FAILED_COLOR, "D"))
    for group, (color, marker) in zip(outcomes.groups, looks, strict=True):
        ax.scatter(
            group.accuracy,
            group.loss,
            s=34,
            c=color,
            marker=marker,
            alpha=0.6,
            edgecolors=INK,
            linewidths=0.4,
            label=group.label,
        )
    set_panel(ax, outcomes.panel)
    ax.legend(loc="best", framealpha=0.9)
