"""The picture of nets that differ in their seed alone: loss against accuracy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..checks.words import counted
from ..evaluation.evaluate import guessing_loss
from ..study.config import OWN, Run
from ..study.study import Study
from ..study.summary import Summary
from .labels import legend_within
from .palette import FAILED_COLOR, GREY, INK, SOLVED_COLOR
from .scales import GUESSING, Panel, drawn_loss, loss_scale, set_panel, share_scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST_ACCURACY = 0.95  # from here to 1 the axis reaches at least


@dataclass(frozen=True)
class Group:
    """The nets with a finite loss."""

    label: str
    accuracy: list[float]
    loss: list[float]


@dataclass(frozen=True)
class Outcomes:
    """A point for each net: those that solved XOR, and those that did not; for other data all."""

    groups: list[Group]
    panel: Panel
    guessing: float | None = GUESSING


def make_outcomes(study: Study) -> Outcomes:
    (total,), ((config, _), *_) = study.summary(), study.rows
    verdicts = {True: "solved", False: "not solved"} if config.is_xor else {None: "nets"}
    groups = [
        make_group(word, [run for _, run in study.rows if run.solved == verdict])
        for verdict, word in verdicts.items()
    ]
    least = min([LEAST_ACCURACY, *(one for group in groups for one in group.accuracy)])
    guessing = guessing_loss_of(study)
    losses = [loss for group in groups for loss in group.loss]
    where = "held-out" if config.data == OWN else "fresh"
    panel = Panel(
        *headline(total),
        share_scale(f"Accuracy on {where} points", least),
        loss_scale("Loss in the last epoch", losses, guessing),
    )
    return Outcomes(groups, panel, guessing)


def make_group(word: str, runs: Sequence[Run]) -> Group:
    drawn = [run for run in runs if math.isfinite(run.loss)]
    accuracy, loss = [run.accuracy for run in drawn], [drawn_loss(run.loss) for run in drawn]
    return Group(f"{word} ({len(runs)})", accuracy, loss)


def headline(total: Summary) -> tuple[str, str]:
    """Title and subtitle."""
    nets = counted(total.runs, "net")
    if total.solved is None:
        spread = f"(5 % to 95 % of the nets: {total.accuracy_low:.1%} to {total.accuracy_high:.1%})"
        return f"Median accuracy of {nets}: {total.accuracy:.1%}", spread
    interval = f"(95 % interval {total.lower:.1%} to {total.upper:.1%})"
    return f"{total.solved} of {nets} solved XOR: {total.share:.1%}", interval


def guessing_loss_of(study: Study) -> float | None:
    """The loss of guessing by the shares of the classes; None where that is not the same for all
    nets, or their data are not known."""
    configs = {config for config, _ in study.rows}
    if any(config.data == OWN and config.own is None for config in configs):
        return None
    losses = {
        guessing_loss(
            config.own.class_shares() if config.own else [1 / config.classes] * config.classes
        )
        for config in configs
    }
    return losses.pop() if len(losses) == 1 else None


def draw_guessing(ax: Axes, loss: float | None) -> None:
    if loss is not None:
        ax.axhline(loss, color=GREY, ls=":", lw=1.5, label="guessing")


def draw_outcomes(ax: Axes, outcomes: Outcomes) -> None:
    draw_guessing(ax, outcomes.guessing)
    looks = ((SOLVED_COLOR, "o"), (FAILED_COLOR, "D"))
    for group, (color, marker) in zip(outcomes.groups, looks, strict=False):
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
    legend_within(ax)
