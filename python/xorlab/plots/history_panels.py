"""What is drawn of a history, as plain values for both languages."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any

from ..checks.values import check_number
from ..evaluation.boundary import NothingToDrawError
from ..evaluation.evaluate import guessing_loss
from ..fit.fit import Fit
from ..fit.resumable import best_so_far
from ..training.history import History
from .scales import GUESSING, Panel, epoch_scale, loss_from_zero, share_scale


@dataclass(frozen=True)
class Curve:
    """A value for each epoch, NaN where it is not finite; `single` where only one is, so that a
    line would not show."""

    label: str
    values: list[float]
    single: bool


@dataclass(frozen=True)
class HistoryPanel:
    """Loss or accuracy, on the points of the training and, where there are any, of the validation;
    `guessing` is what that gives, where it is known."""

    frame: Panel
    curves: list[Curve]
    guessing: float | None


@dataclass(frozen=True)
class HistoryPicture:
    """The panels of loss and accuracy, and the epoch that is marked in both."""

    panels: list[HistoryPanel]
    best: int | None


def make_history(history: Any, guessing: Any = "auto") -> HistoryPicture:
    guess = guess_of(history, guessing)
    best = None
    if isinstance(history, Fit):
        best, history = best_so_far(history.settings, history.history), history.history
    if not isinstance(history, History):
        raise TypeError(
            "`history` must be what train_xor() or train_model() returned, "
            f"not a {type(history).__name__}."
        )
    if not len(history):
        raise ValueError("`history` must have at least one epoch to be drawn.")
    losses = make_curves(history.loss, history.val_loss)
    shares = make_curves(history.accuracy, history.val_accuracy)
    if all(map(math.isnan, losses[0].values)):
        raise NothingToDrawError("There is nothing to draw: no loss of the history is finite.")
    x = epoch_scale(len(history))
    top, least = max(drawn(losses, guess[0])), min(drawn(shares, guess[1]))
    panels = [
        HistoryPanel(Panel("Loss", "", x, loss_from_zero(top)), losses, guess[0]),
        HistoryPanel(Panel("Accuracy", "", x, share_scale("Accuracy", least)), shares, guess[1]),
    ]
    return HistoryPicture(panels, best or history.parted())


def guess_of(history: Any, guessing: Any) -> tuple[float | None, float | None]:
    """Loss and accuracy of answering every point with the shares of the classes."""
    if guessing is None:
        return None, None
    if guessing != "auto":
        return check_number("guessing", guessing, minimum=0), None
    if not isinstance(history, Fit):
        return GUESSING, 0.5
    shares = [1 / len(history.levels)] * len(history.levels)
    if history.data and not history.data.origin:  # whose own points are all that is known of them
        label = history.data.label.long()
        shares = (label.bincount(minlength=len(shares)) / len(label)).tolist()
    return guessing_loss(shares), max(shares)


def make_curves(training: list[float], validation: list[float]) -> list[Curve]:
    named = {"training": training, "validation": validation}
    return [make_curve(label, values) for label, values in named.items() if values]


def make_curve(label: str, values: list[float]) -> Curve:
    finite = [value if math.isfinite(value) else math.nan for value in values]
    return Curve(label, finite, sum(map(math.isfinite, finite)) == 1)


def drawn(curves: list[Curve], guess: float | None) -> list[float]:
    """All finite values."""
    values = [value for curve in curves for value in curve.values if math.isfinite(value)]
    return values if guess is None else [*values, guess]


def history_content(fit: Fit) -> dict[str, Any]:
    """The picture as plain values."""
    return asdict(make_history(fit))
