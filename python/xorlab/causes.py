"""Why a net is not better than it is: one cause, the first that holds, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import torch

from .bayes import best_loss
from .checks import counted
from .data import TwoClassDataset, XORDataset
from .evaluation import evaluate_logits, predict_logits
from .fit import Fit
from .rate import Rate, guessing_loss, starting_loss, why_too_high
from .trial import Trial, try_longer
from .units import Unit

Cause = Literal[
    "solved",
    "weights not finite",
    "columns not standardised",
    "linear net",
    "learning rate too high",
    "noise",
    "too few units",
    "dead units",
    "not done yet",
    "saturated units",
    "duplicate units",
    "learning rate too low",
    "stuck",
    "none",
    "unknown",
]

# A loss this close to the best possible one, in nats, leaves nothing to gain.
AT_THE_FLOOR = 0.01
# Columns whose spread (standard deviation) differs by a factor beyond the first, whose mean is
# further from 0 than the second, in spreads, or that are larger than the third altogether, make
# units flat and steps too long or too short.
SPREADS_APART, FAR_FROM_ZERO, LARGE = 3, 3, 10
# The learning rate that is tried instead of one that may be too low: ten times as large, and within
# these limits.
USUAL_RATE, LARGEST_RATE = 0.1, 1.0
NOTHING_LEARNED = 0.02  # a larger one than usual, only where the loss is this close to guessing
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
    fit: Fit, data: TwoClassDataset, units: Sequence[Unit], solved: bool | None, better: bool
) -> Finding:
    """The first cause that holds: what makes a net useless comes before what follows from it.

    Parameters
    ----------
    fit
        The net, with the settings, history and data of its training, as far as there are any.
    data
        The points to look at it on.
    units
        Its hidden units on these points; none where the weights are not finite.
    solved
        Whether it has solved XOR; None for data of your own.
    better
        Whether its accuracy is better than that of guessing.
    """
    training = fit.data or data
    xor = isinstance(data, XORDataset)
    guessing = guessing_loss(training.label.double().mean().item())
    start = starting_loss(fit, training)
    high = why_too_high(fit.history.loss, start, guessing) if start and len(fit.history) else None
    rate: tuple[Rate, str] = ("too high", high) if high else calm(fit)
    if not units:
        line = "The weights are not finite: a smaller learning rate may keep them so."
        return Finding("weights not finite", line, *rate)
    if solved:
        return Finding("solved", "", *rate)
    if not isinstance(training, XORDataset) and (line := columns_line(training)):
        return Finding("columns not standardised", line, "unknown", "standardise the columns first")
    if xor and fit.model.activation == "identity":
        line = "Identity units make a linear net, whatever its width: no line separates XOR."
        return Finding("linear net", line, *calm(fit))
    if high:
        return Finding("learning rate too high", "", *rate)
    if isinstance(data, XORDataset) and (line := floor_line(fit, data, guessing)):
        return Finding("noise", line, *rate)
    if xor and fit.model.hidden == (1,):
        line = "One hidden unit draws one line, and XOR takes two: use more hidden units."
        return Finding("too few units", line, *rate)
    if is_dead(fit, units, xor):
        line = "Too few hidden units are alive: try another seed or a smaller learning rate."
        reason = "a net that cannot change tells nothing of its learning rate"
        return Finding("dead units", line, "unknown", reason)
    return cause_by_trial(fit, units, xor, better, guessing)


def calm(fit: Fit) -> tuple[Rate, str]:
    """The verdict on a learning rate that nothing speaks against."""
    if not len(fit.history):
        return "unknown", "there is no history"
    return "no sign of trouble", "the loss neither rises nor jumps"


def cause_by_trial(
    fit: Fit, units: Sequence[Unit], xor: bool, better: bool, guessing: float
) -> Finding:
    """Tell slow from stuck by training on."""
    if xor and as_one(units):
        line = "The hidden units do the work of one: start from other weights (another seed)."
        return Finding("duplicate units", line, *calm(fit))
    longer = try_longer(fit) if len(fit.history) else None
    if longer and longer.helped:
        return Finding("not done yet", "", "not done yet", effect(longer))
    if all_saturated(units):
        line = (
            "All units of a hidden layer are flat nearly everywhere, and hardly learn: start from "
            "smaller weights (another seed)."
        )
        return Finding("saturated units", line, *calm(fit))
    if longer is None:
        return Finding("none" if better and not xor else "unknown", "", *calm(fit))
    higher = min(max(10 * longer.lr, USUAL_RATE), LARGEST_RATE)
    flat = fit.history.loss[-1] > guessing - NOTHING_LEARNED
    if higher > longer.lr and (longer.lr < USUAL_RATE or flat):
        trial = try_longer(fit, higher)
        if trial and trial.helped:
            reason = f"{effect(longer)}; at a rate of {higher:g}, {effect(trial)}"
            return Finding("learning rate too low", "", "too low", reason)
    if better and not xor:
        return Finding("none", "", *calm(fit))
    end = "." if xor else ", or there is nothing to learn."
    line = f"Stuck: {effect(longer)}. Another seed or more hidden units may do better{end}"
    return Finding("stuck", line, *calm(fit))


def effect(trial: Trial) -> str:
    """What a trial came to, in words."""
    epochs = f"{counted(trial.epochs, 'more epoch')}"
    if trial.solved:
        return f"about {epochs} solve XOR"
    if trial.after == float("inf"):
        return f"{epochs} make the loss infinite"
    if trial.helped:
        return f"{epochs} bring the loss from {trial.before:.3f} to {trial.after:.3f}"
    return f"{epochs} leave the loss at {trial.after:.3f}"


def columns_line(data: TwoClassDataset) -> str:
    """A line where columns are on different scales, or far from 0; columns of 0 and 1 are not."""
    x = data.data.double()
    numbers = [
        i for i in range(x.shape[1]) if not torch.isin(x[:, i], torch.tensor([0.0, 1.0])).all()
    ]
    if not numbers:
        return ""
    names = [data.features[i] for i in numbers]
    mean, spread = x[:, numbers].mean(dim=0), x[:, numbers].std(dim=0, correction=0)
    far = (mean.abs() > FAR_FROM_ZERO * spread) | (mean.abs() > LARGE) | (spread > LARGE)
    varied = spread[spread > 0]
    apart = (varied.max() / varied.min()).item() if len(varied) else 1.0
    if far.any():
        what = f"far from 0 or large: {some([n for n, f in zip(names, far, strict=True) if f])}"
    elif apart > SPREADS_APART:
        what = f"on different scales, by a factor of {apart:.2g}"
    else:
        return ""
    return (
        f"Columns {what}. Standardise them (subtract each column's mean, divide by its standard "
        "deviation), and train again."
    )


def some(names: Sequence[str]) -> str:
    return ", ".join([*names[:5], *(["..."] if len(names) > 5 else [])])


def floor_line(fit: Fit, data: XORDataset, guessing: float) -> str:
    """A line where the noise leaves nothing to gain."""
    best = best_loss(data.std)
    loss = evaluate_logits(predict_logits(fit.model, data.data), data.label).loss
    if loss > best + AT_THE_FLOOR:
        return ""
    return (
        f"The noise leaves nothing to gain: the loss is {loss:.3f}, the best possible one "
        f"{best:.3f}, and guessing has {guessing:.3f}."
    )


def is_dead(fit: Fit, units: Sequence[Unit], xor: bool) -> bool:
    """Whether a layer has too few units alive: none, or for XOR, in a single layer, one."""
    layers = range(1, len(fit.model.hidden) + 1)
    alive = [sum(unit.layer == layer and not unit.dead for unit in units) for layer in layers]
    return min(alive) < (2 if xor and len(alive) == 1 else 1)


def all_saturated(units: Sequence[Unit]) -> bool:
    """Whether a whole layer is flat nearly everywhere, so that hardly any gradient passes."""
    layers = {unit.layer for unit in units}
    return any(all(u.saturated or u.dead for u in units if u.layer == layer) for layer in layers)


def as_one(units: Sequence[Unit]) -> bool:
    """Whether those of the first layer that are alive are the same, and so get the same steps."""
    alive = [unit for unit in units if unit.layer == 1 and not unit.dead]
    return all(abs(unit.correlation or 0) >= IDENTICAL for unit in alive[1:])
