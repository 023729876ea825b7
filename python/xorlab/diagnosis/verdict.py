"""How well a net does, in one line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from ..data.ceiling import best_accuracy
from ..data.dataset import PointDataset
from ..data.origin import Toy
from ..evaluation.corners import CORNERS, SOLVED_WITHIN, expected_accuracy, is_solved, lost_corners
from ..evaluation.evaluate import evaluate_logits
from ..fit.fit import Fit

# A net is no better than guessing when it is right no more often than the larger class alone
# would be, give or take this.
MARGIN = 0.005


def is_finite(fit: Fit) -> bool:
    return all(bool(torch.isfinite(weights).all()) for weights in fit.model.parameters())


class Verdict(NamedTuple):
    """How well the net does: the first five attributes of a `Diagnosis`, and a note."""

    solved: bool | None
    lost: tuple[tuple[int, int], ...]
    accuracy: float
    best: float | None
    headline: str
    note: str


def judge_on_xor(fit: Fit, origin: Toy) -> Verdict:
    net, best = fit.predictor(), best_accuracy(origin.noise)
    accuracy, flags = expected_accuracy(net, origin.std), lost_corners(net)
    lost = tuple(corner for corner, flag in zip(CORNERS, flags[0].tolist(), strict=True) if flag)
    solved = bool(is_solved(net, accuracy, best))
    note = f"Accuracy {accuracy:.2%} on fresh points; the best possible is {best:.2%}."
    if not is_finite(fit):
        headline = "not solved, the weights are not finite"
    elif solved:
        headline = "solved, every corner has its own class"
    elif lost:
        *first, last = map(str, lost)
        names = f"{', '.join(first)} and {last}" if first else last
        headline = f"not solved, {plural('corner', lost)} {names} {plural('is', lost)} lost"
    elif best < 0.5 + SOLVED_WITHIN:
        headline = "not solved, nobody could: with so much noise the best is no more than guessing"
    else:
        headline = "not solved, the corners are right but the line between them is off"
    return Verdict(solved, lost, accuracy, best, headline, note)


def judge_on_own(fit: Fit, dataset: PointDataset, trained_on: bool, held_out: bool) -> Verdict:
    """On data that the net was trained on, on those of its validation, or on others."""
    levels, logits = dataset.levels, fit.logits(fit.inputs_of(dataset))
    result = evaluate_logits(logits, dataset.label, levels=levels)
    larger = max(dataset.class_shares())
    gain = result.accuracy - larger
    where = "the validation data" if held_out else "these data"
    if not is_finite(fit):
        headline = "no use, the weights are not finite"
    elif gain > margin(dataset, held_out):
        headline = f"better than guessing on {where}"
    elif gain > MARGIN:
        headline = f"not clearly better than guessing on {where}"
    else:
        headline = f"no better than guessing on {where}"
    which = "larger" if len(levels) == 2 else "largest"
    on = f" on {where}" if held_out else ""
    note = f"Accuracy {result.accuracy:.2%}{on}; always the {which} class would have {larger:.2%}."
    if trained_on:
        note += " Only data that it was not trained on can tell what it has learned."
    return Verdict(None, (), result.accuracy, None, headline, note)


def margin(dataset: PointDataset, held_out: bool) -> float:
    """By how much an accuracy has to be higher than that of guessing to be better. By chance,
    validation data may be up to two standard errors off."""
    if not held_out:
        return MARGIN
    larger = max(dataset.class_shares())
    return max(MARGIN, 2 * math.sqrt(larger * (1 - larger) / len(dataset)))


def plural(word: str, things: Sequence[Any]) -> str:
    """ "corner" or "corners", "is" or "are"."""
    if len(things) == 1:
        return word
    return "are" if word == "is" else f"{word}s"
