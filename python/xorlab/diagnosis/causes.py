"""Why a net is not better than it is: one cause, the first that holds, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from ..data.dataset import PointDataset
from ..data.xor import is_xor
from ..evaluation.corners import corner_labels, spread_points
from ..evaluation.evaluate import evaluate_logits, guessing_loss
from ..evaluation.posterior import best_loss
from ..fit.divergence import starting_fit, starting_loss
from ..fit.fit import Fit
from ..model.activations import ACTIVATIONS
from .columns import columns_line
from .rate import Rate, why_too_high
from .trial import AT_THE_FLOOR, Trial, effect, try_higher, try_longer
from .units import Unit, examine_units

Cause = Literal[
    "solved",
    "weights not finite",
    "columns not standardised",
    "linear net",
    "learning rate too high",
    "noise",
    "overfitting",
    "too few units",
    "not done yet",
    "dead units",
    "saturated units",
    "duplicate units",
    "learning rate too low",
    "stuck",
    "none",
    "unknown",
]

# A loss on the training data this far below the best possible one was learned by heart.
BELOW_THE_FLOOR = 0.02
# The input that separates XOR by itself.
PRODUCT = "x1*x2"
# Units whose outputs have this correlation, in absolute value, are the same.
IDENTICAL = 0.9999


class Finding(NamedTuple):
    """The cause, a line about it ("" where there is none to be given, or it is the learning rate),
    and the verdict on the learning rate with its reason."""

    cause: Cause
    line: str
    rate: Rate
    reason: str


def find_cause(
    fit: Fit,
    data: PointDataset,
    units: Sequence[Unit] | None,
    solved: bool | None,
    accuracy: float,
    better: bool,
) -> Finding:
    """The first cause that holds: what makes a net useless comes before what follows from it.

    Parameters
    ----------
    fit
        The net, with the settings, history and data of its training, as far as there are any.
    data
        The points to look at it on.
    units
        Its hidden units on these points; None where the weights are not finite.
    solved
        Whether it has solved XOR; None for data of your own.
    accuracy
        Its accuracy, 0 to 1, and
    better
        whether that is better than the accuracy of guessing.
    """
    training = fit.data or data
    xor = is_xor(data)
    guessing = guessing_loss(training.class_shares())
    start = starting_loss(fit, training)
    high = why_too_high(fit.history.loss, start, guessing) if start and len(fit.history) else None
    rate: tuple[Rate, str] = ("too high", high) if high else calm(fit)
    if units is None:
        line = "The weights are not finite: a smaller learning rate may keep them so."
        return Finding("weights not finite", line, *rate)
    if solved:
        return Finding("solved", "", *rate)
    scaled = fit.preparation is not None and fit.preparation.scale is not None
    if training.origin is None and not scaled and (line := columns_line(training)):
        return Finding("columns not standardised", line, "unknown", "standardise the columns first")
    if xor and (line := linear_line(fit)):
        return Finding("linear net", line, *calm(fit))
    if high:
        return Finding("learning rate too high", "", *rate)
    std = data.origin.std if xor and data.origin else None
    if std is not None and (found := against_the_best(fit, data, std, guessing)):
        return Finding(*found, *rate)
    if heart := by_heart(fit):
        return Finding("overfitting", heart, *rate)
    if xor and fit.model.hidden == (1,) and not has_product(fit):
        line = "One hidden unit draws one line, and XOR takes two: use more hidden units."
        return Finding("too few units", line, *rate)
    if xor and not has_product(fit) and (line := zeros_line(fit)):
        if is_dead(fit, units, xor):
            return Finding("dead units", line, *calm(fit))
        if as_one(units):
            return Finding("duplicate units", line, *calm(fit))
    return cause_by_trial(fit, units, xor, accuracy, better)


def has_product(fit: Fit) -> bool:
    """Whether an input of the net separates XOR by itself."""
    return fit.preparation is not None and PRODUCT in (fit.preparation.inputs or ())


def linear_line(fit: Fit) -> str:
    """A line where the net can draw one line alone."""
    if has_product(fit):
        return ""
    if not fit.model.hidden:
        return (
            "Without a hidden layer the net is logistic regression, and no line separates XOR: use "
            f"hidden units, or the input {PRODUCT}."
        )
    if not ACTIVATIONS[fit.model.activation].linear:
        return ""
    units_of = fit.model.activation.capitalize()
    return f"{units_of} units make a linear net, whatever its width: no line separates XOR."


def calm(fit: Fit) -> tuple[Rate, str]:
    """The verdict on a learning rate that nothing speaks against."""
    if not len(fit.history):
        return "unknown", "there is no history"
    return "no sign of trouble", "the loss neither rises nor jumps"


def cause_by_trial(
    fit: Fit, units: Sequence[Unit], xor: bool, accuracy: float, better: bool
) -> Finding:
    """Tell slow from stuck by training on."""
    if xor and as_one(units):
        line = "All hidden units compute the same: start from other weights (another seed)."
        return Finding("duplicate units", line, *calm(fit))
    longer = try_longer(fit) if len(fit.history) else None
    if longer and longer.helped and (xor or (accuracy < 1 and longer.beats_chance)):
        return Finding("not done yet", "", "not done yet", effect(longer))
    if not (longer and longer.by_heart) and (found := fault_of(fit, units, xor, longer)):
        return found
    if better and not xor:
        return Finding("none", "", *calm(fit))
    if longer is None:
        return Finding("unknown", "", *calm(fit))
    end = "." if xor else ", or there is nothing to learn."
    # Without a hidden layer all starts lead to the same weights.
    other = "Another seed or more hidden units" if units else "Hidden units"
    if longer.by_heart:
        other = "More rows or other columns"
    line = f"Stuck: {effect(longer)}. {other} may do better{end}"
    return Finding("stuck", line, *calm(fit))


def fault_of(fit: Fit, units: Sequence[Unit], xor: bool, longer: Trial | None) -> Finding | None:
    """What keeps a net from learning, where more epochs do not help."""
    if all_saturated(units):
        line = (
            "All units of a hidden layer are flat nearly everywhere, and hardly learn: start from "
            "smaller weights (another seed)."
        )
        return Finding("saturated units", line, *calm(fit))
    trial = try_higher(fit, longer, xor) if longer else None
    if longer and trial:
        reason = f"{effect(longer)}; at a rate of {trial.lr:g}, {effect(trial)}"
        return Finding("learning rate too low", "", "too low", reason)
    if is_dead(fit, units, xor):
        reason = "it cannot be judged from a net with dead units"
        return Finding("dead units", dead_line(fit), "unknown", reason)
    return None


def against_the_best(
    fit: Fit, data: PointDataset, std: float, guessing: float
) -> tuple[Literal["noise", "overfitting"], str] | None:
    """Whether the loss on fresh points is the best possible one, or that on the training data is
    too good to be true."""
    best = best_loss(std)
    fresh = evaluate_logits(fit.logits(spread_points(std)), corner_labels()).loss
    if fresh <= best + AT_THE_FLOOR:
        return "noise", (
            f"The noise leaves nothing to gain: the loss on fresh points is {fresh:.3f}, the best "
            f"possible one {best:.3f}, and guessing has {guessing:.3f}."
        )
    own = evaluate_logits(fit.logits(data.points), data.label).loss
    if own < best - BELOW_THE_FLOOR:
        return "overfitting", (
            f"The net has learned its points by heart: the loss on them is {own:.3f}, on fresh "
            f"points {fresh:.3f}, and the best possible one {best:.3f}. Take more points, fewer "
            f"epochs or fewer {what_it_has(fit)}."
        )
    return None


def by_heart(fit: Fit) -> str | None:
    """What the losses say of a net that has learned its rows by heart: where that of training and
    that of validation part. None where they do not, or where the weights are those of the best
    epoch."""
    history = fit.history
    parted = None if fit.best_epoch == fit.epoch else history.parted()
    if parted is None:
        return None
    at = parted - 1
    return (
        f"The net has learned its rows by heart: after epoch {parted} the training loss fell from "
        f"{history.loss[at]:.3f} to {history.loss[-1]:.3f}, while the validation loss rose from "
        f"{history.val_loss[at]:.3f} to {history.val_loss[-1]:.3f}. Use `patience`, more rows, "
        f"fewer {what_it_has(fit)} or `weight_decay`."
    )


def is_dead(fit: Fit, units: Sequence[Unit], xor: bool) -> bool:
    """Whether a layer has too few units alive: none, or for XOR, in a single layer, one."""
    layers = range(1, len(fit.model.hidden) + 1)
    if not layers:
        return False
    alive = [sum(unit.layer == layer and not unit.dead for unit in units) for layer in layers]
    return min(alive) < (2 if xor and len(alive) == 1 else 1)


def dead_line(fit: Fit) -> str:
    """What to do about dead units, which depends on whether they were dead before training."""
    if line := zeros_line(fit):
        return line
    start, data = starting_fit(fit), fit.data
    if start is not None and data is not None:
        before = examine_units(start.model, start.prepared(data.points))
        if is_dead(fit, before, is_xor(data)):
            return (
                "Too few hidden units are alive, and so it was before training: use fewer layers, "
                "or start from other weights (another seed)."
            )
    return "Too few hidden units are alive: try another seed or a smaller learning rate."


def what_it_has(fit: Fit) -> str:
    """What a smaller net has fewer of."""
    return "hidden units" if fit.model.hidden else "inputs"


def zeros_line(fit: Fit) -> str:
    """A line where all units of a layer began as the same, and get the same steps."""
    if fit.settings is None or fit.settings.init != "zeros":
        return ""
    return (
        "All first weights were 0: the hidden units get no gradient, or all of them the same one, "
        "and stay the same. Start from random weights (another `init`)."
    )


def all_saturated(units: Sequence[Unit]) -> bool:
    """Whether the units of a layer that are alive are all flat nearly everywhere, so that hardly
    any gradient passes."""
    layers: dict[int, list[bool]] = {}
    for unit in units:
        if not unit.dead:
            layers.setdefault(unit.layer, []).append(unit.saturated)
    return any(all(saturated) for saturated in layers.values())


def as_one(units: Sequence[Unit]) -> bool:
    """Whether those of the first layer that are alive are the same, and so get the same steps."""
    alive = [unit for unit in units if unit.layer == 1 and not unit.dead]
    return len(alive) > 1 and all(abs(unit.correlation or 0) >= IDENTICAL for unit in alive[1:])
