"""What nets have to do in the challenges: each goal looks at the net itself."""

from __future__ import annotations

import math
import statistics
from functools import lru_cache

from ..data.dataset import PointDataset
from ..data.origin import Toy
from ..data.toys import toy_data
from ..diagnosis.rate import why_too_high
from ..diagnosis.units import examine_units
from ..diagnosis.verdict import judge_on_xor
from ..evaluation.corners import least_accuracy
from ..evaluation.evaluate import evaluate_logits, guessing_loss
from .challenge import NetView, Outcome

EPOCHS_TO_BREAK = 10
MOST_INPUTS = 3
EPOCHS_TO_OVERFIT, HELD_OUT_LOSS, LAST_EPOCHS = 400, 0.3, 30
MOST_UNITS, SPIRAL_ACCURACY = 8, 0.99
FRESH_SIZE, FRESH_SEED = 5000, 2**31 - 1  # the points of no experiment that anyone has opened


def xor_solved(view: NetView) -> Outcome:
    """As `diagnose_xor()` has it: every corner has its class, and fresh points as good as all."""
    origin = Toy("xor", view.experiment.noise)
    verdict = judge_on_xor(view.fit, origin)
    if verdict.solved:
        return Outcome(True, f"Solved: {percent(verdict.accuracy)} of fresh points are right.")
    return short_of(verdict.accuracy, least_accuracy(verdict.best or 0))


def solved_by_few_inputs(view: NetView) -> Outcome:
    count = len(view.experiment.inputs)
    if count > MOST_INPUTS:
        return Outcome(False, f"{count} inputs are on, but {MOST_INPUTS} are enough.")
    return xor_solved(view)


def solved_untrained(view: NetView) -> Outcome:
    if view.epoch:
        return Outcome(False, "The net has been trained: press reset, and set its weights.")
    return xor_solved(view)


def broken_by_the_rate(view: NetView) -> Outcome:
    """By the signs of `diagnose_xor()`, for a start as good as guessing."""
    loss, guessing = view.fit.history.loss, guessing_loss([0.5, 0.5])
    if view.epoch < EPOCHS_TO_BREAK:
        return Outcome(False, f"{view.epoch} of {EPOCHS_TO_BREAK} epochs.")
    reason = why_too_high(loss, guessing, guessing)
    if reason:
        return Outcome(True, f"Broken: {reason}.")
    return Outcome(False, f"The loss is {loss[-1]:.3g}; guessing has {guessing:.3g}.")


def idle_unit_off(view: NetView) -> Outcome:
    """All units that are off give the same for every point, and no such unit is on."""
    fit = view.fit
    points = fit.prepared(fit.data.points) if fit.data else None
    units = examine_units(fit.model, points) if points is not None else []
    off = {(layer + 1, unit + 1) for layer, unit in view.off}
    for one in units:
        if not one.dead and (one.layer, one.unit) in off:
            return Outcome(False, f"Unit {one.unit} was at work: switch it on again.")
    trained = xor_solved(view)
    if not trained.solved:
        return trained
    if any(one.dead and (one.layer, one.unit) not in off for one in units):
        return Outcome(False, "XOR is solved: now switch the idle unit off.")
    return trained


def held_out_loss_low(view: NetView) -> Outcome:
    """The mean of the last epochs, since single ones go up and down."""
    if view.epoch < EPOCHS_TO_OVERFIT:
        return Outcome(False, f"{view.epoch} of {EPOCHS_TO_OVERFIT} epochs.")
    loss = statistics.fmean(view.fit.history.val_loss[-LAST_EPOCHS:])
    asked = f"the last {LAST_EPOCHS} epochs have a validation loss of {loss:.3f}"
    if loss < HELD_OUT_LOSS:
        return Outcome(True, f"Solved: {asked}.")
    return Outcome(False, f"{asked.capitalize()}, to be below {HELD_OUT_LOSS}.")


def spirals_told_apart(view: NetView) -> Outcome:
    units = sum(view.experiment.hidden)
    if units > MOST_UNITS:
        return Outcome(False, f"{units} hidden units are there, but {MOST_UNITS} are enough.")
    data = fresh_points(view.experiment.problem, view.experiment.noise)
    accuracy = evaluate_logits(view.fit.logits(data.points), data.label).accuracy
    if accuracy > SPIRAL_ACCURACY:
        return Outcome(True, f"Solved: {percent(accuracy)} of fresh points are right.")
    return short_of(accuracy, SPIRAL_ACCURACY)


@lru_cache(maxsize=2)
def fresh_points(problem: str, noise: float) -> PointDataset:
    return toy_data(problem, FRESH_SIZE, noise, FRESH_SEED)  # type: ignore[arg-type]


def short_of(accuracy: float, least: float) -> Outcome:
    return Outcome(False, f"{percent(accuracy)} of fresh points are right, of {100 * least:.3g} %.")


def percent(share: float) -> str:
    """Rounded down, so that what falls short does not look as if it did not."""
    return f"{math.floor(1000 * share + 1e-9) / 10:g} %"
