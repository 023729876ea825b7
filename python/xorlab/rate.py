"""What the history of a training says about its learning rate."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from .checks import counted

Rate = Literal["too high", "too low", "no sign of trouble", "unknown"]

# Losses are in nats per point. Guessing means to answer every point with the shares of the
# classes, which costs their entropy: 0.693 for two equal ones.
FEWEST_EPOCHS = 5  # with fewer there is nothing to tell
WORSE_THAN_GUESSING = 0.05  # too high: the loss stays this much above guessing
JUMP = 0.1  # a jump is a rise from one epoch to the next by this share, and
SMALLEST_JUMP = 0.01  # by at least this much
JUMPY = 0.2  # too high: this share of the epochs begins with a jump
NOTHING_LEARNED = 0.02  # too low: the loss ends no further than this below guessing
STILL_FALLING = 0.02  # too low: it fell by this much over the last tenth of the epochs


def guessing_loss(share: float) -> float:
    """The entropy, in nats, of two classes of which one has this share."""
    return -sum(p * math.log(p) for p in (share, 1 - share) if p > 0)


def judge_rate(
    loss: Sequence[float], guessing: float, learning: bool, dead: bool = False
) -> tuple[Rate, str]:
    """Judge the learning rate by the losses of the epochs.

    Parameters
    ----------
    loss
        Mean loss of each epoch.
    guessing
        What it costs to answer every point with the shares of the classes.
    learning
        Whether a loss that stays high or still falls is the rate's doing: False where the net has
        solved its problem, or cannot for another reason.
    dead
        Whether all units of a layer are dead, so that nothing could change any more.

    Returns
    -------
    The verdict, and the reason in plain words.
    """
    n = len(loss)
    if n < FEWEST_EPOCHS:
        return "unknown", f"a history of {counted(n, 'epoch')} is too short to judge the rate by"
    later = statistics.median(loss[n // 2 :])
    if later > guessing + WORSE_THAN_GUESSING:
        return "too high", f"the loss stays at {later:.3f}, where guessing costs {guessing:.3f}"
    rises = [after - before for before, after in pairwise(loss)]
    jumps = sum(
        rise > SMALLEST_JUMP and rise > JUMP * before
        for rise, before in zip(rises, loss, strict=False)
    )
    if jumps >= JUMPY * len(rises):
        return "too high", f"the loss jumped up in {jumps} of {counted(n, 'epoch')}"
    if dead:
        return "unknown", "a layer is dead, and a net that cannot change tells nothing of its rate"
    fell = loss[-1 - max(1, n // 10)] - loss[-1]
    if learning and loss[-1] > guessing - NOTHING_LEARNED:
        return "too low", (
            f"the loss is {loss[-1]:.3f} after {counted(n, 'epoch')}, "
            f"where guessing costs {guessing:.3f}: the steps were too small or too few, "
            "or there is nothing to learn"
        )
    if learning and fell > STILL_FALLING:
        return "too low", f"the loss was still falling at the end, to {loss[-1]:.3f}"
    return "no sign of trouble", "the loss neither jumps nor falls any further"
