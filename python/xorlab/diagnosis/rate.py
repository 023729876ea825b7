"""What the losses of a training say about its learning rate."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from ..checks.words import counted

Rate = Literal["too high", "too low", "not done yet", "no sign of trouble", "unknown"]

# Losses are in nats per point.
RISE = 0.05  # too high: the loss stays this much above its own start and above guessing
JUMP = 0.1  # a jump is a rise from one epoch to the next by this share, and
SMALLEST_JUMP = 0.01  # by at least this much
JUMPY = 0.2  # too high: this share of the epochs begins with a jump
FEWEST_FOR_JUMPS = 5  # with fewer, jumps tell nothing


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
