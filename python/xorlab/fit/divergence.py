"""Where a training began, and whether it ended far above that."""

from __future__ import annotations

from ..data.dataset import PointDataset
from ..evaluation.evaluate import evaluate_logits, guessing_loss
from ..model.classifier import new_classifier
from .fit import Fit

# A training has diverged where its last loss is this many times its first and that of guessing.
DIVERGED = 10


def starting_fit(fit: Fit) -> Fit | None:
    """The fit before training, from the snapshot of epoch 0 or from the seed; None for bare
    weights."""
    if 0 in fit.snapshots:
        return fit.at(0)
    if fit.settings is None:
        return None
    s, inputs = fit.settings, fit.model.widths[0]
    model = new_classifier(inputs, s.hidden, s.activation, s.seed, len(fit.levels), s.init)
    return Fit(model, s, None, fit.data, None, fit.preparation)


def starting_loss(fit: Fit, data: PointDataset) -> float | None:
    """The loss of the initial weights on data; None for bare weights."""
    start = starting_fit(fit)
    return None if start is None else evaluate_logits(start.logits(data.points), data.label).loss


def divergence(fit: Fit) -> str | None:
    """One line for a training that ended far above where it began; None for any other."""
    settings, data = fit.settings, fit.data
    if settings is None or data is None:
        return None
    last, guessing = fit.history.loss[fit.epoch - 1], guessing_loss(data.class_shares())
    if last <= DIVERGED * guessing:
        return None
    start = starting_loss(fit, data)
    if start is None or not last > DIVERGED * start:
        return None
    advice = (
        ""
        if fit.preparation and fit.preparation.scale is not None
        else (", or scale the inputs to about -1 to 1")
    )
    return (
        f"The loss rose from {start:.3g} to {last:.3g}: the training diverged. "
        f"Try a smaller `lr` (it was {settings.lr:g}){advice}."
    )
