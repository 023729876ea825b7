"""What the losses of a training say about its learning rate."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from .checks import counted
from .data import TwoClassDataset
from .evaluation import evaluate_logits, predict_logits
from .fit import Fit
from .model import SimpleClassifier, new_classifier

Rate = Literal["too high", "too low", "not done yet", "no sign of trouble", "unknown"]

# Losses are in nats per point.
RISE = 0.05  # too high: the loss stays this much above its own start and above guessing
JUMP = 0.1  # a jump is a rise from one epoch to the next by this share, and
SMALLEST_JUMP = 0.01  # by at least this much
JUMPY = 0.2  # too high: this share of the epochs begins with a jump
FEWEST_FOR_JUMPS = 5  # with fewer, jumps tell nothing


def guessing_loss(share: float) -> float:
    """The loss of answering every point with the shares of the two classes: the entropy, in nats,
    of two classes of which one has this share."""
    return -sum(p * math.log(p) for p in (share, 1 - share) if p > 0)


def starting_model(fit: Fit) -> SimpleClassifier | None:
    """The net before training, from the snapshot of epoch 0 or from the seed; None for bare
    weights."""
    if 0 in fit.snapshots:
        return fit.at(0).model
    if fit.settings is None:
        return None
    settings = fit.settings
    return new_classifier(fit.num_inputs, settings.hidden, settings.activation, settings.seed)


def starting_loss(fit: Fit, data: TwoClassDataset) -> float | None:
    """The loss of the initial weights on data; None for bare weights."""
    model = starting_model(fit)
    if model is None:
        return None
    return evaluate_logits(predict_logits(model, data.data), data.label).loss


def why_too_high(loss: Sequence[float], start: float, guessing: float) -> str | None:
    """What shows that a learning rate is too high, in plain words; None where nothing does.

    Parameters
    ----------
    loss
        Mean loss of each epoch.
    start
        The loss of the initial weights: a loss that stays high where it began is no fault of the
        rate.
    guessing
        The loss of answering every point with the shares of the classes.
    """
    later = statistics.median(loss[len(loss) // 2 :])
    if later > max(start, guessing) + RISE:
        return f"the loss rose from {start:.3g} to {later:.3g}"
    rises = [after - before for before, after in pairwise(loss)]
    jumps = sum(
        rise > SMALLEST_JUMP and rise > JUMP * before
        for rise, before in zip(rises, loss, strict=False)
    )
    if len(loss) >= FEWEST_FOR_JUMPS and jumps >= JUMPY * len(rises):
        return f"the loss jumped up in {jumps} of {counted(len(loss), 'epoch')}"
    return None
