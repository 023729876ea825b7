"""Where a training began, and whether it ended far above that."""

from __future__ import annotations

from ..data.dataset import PointDataset
from ..evaluation.evaluate import evaluate_logits, guessing_loss
from ..evaluation.predict import predict_logits
from ..model.classifier import SimpleClassifier, new_classifier
from .fit import Fit

# A training has diverged where its last loss is this many times its first and that of guessing.
DIVERGED = 10


def starting_model(fit: Fit) -> SimpleClassifier | None:
    """The net before training, from the snapshot of epoch 0 or from the seed; None for bare
    weights."""
    if 0 in fit.snapshots:
        return fit.at(0).model
    if fit.settings is None:
        return None
    settings = fit.settings
    return new_classifier(fit.num_inputs, settings.hidden, settings.activation, settings.seed)


def starting_loss(fit: Fit, data: PointDataset) -> float | None:
    """The loss of the initial weights on data; None for bare weights."""
    model = starting_model(fit)
    if model is None:
        return None
    return evaluate_logits(predict_logits(model, data.data), data.label).loss


def divergence(fit: Fit) -> str | None:
    """One line for a training that ended far above where it began; None for any other."""
    settings, data = fit.settings, fit.data
    if settings is None or data is None:
        return None
    last, guessing = fit.history.loss[-1], guessing_loss(float(data.label.double().mean()))
    if last <= DIVERGED * guessing:
        return None
    start = starting_loss(fit, data)
    if start is None or not last > DIVERGED * start:
        return None
    return (
        f"The loss rose from {start:.3g} to {last:.3g}: the training diverged. "
        f"Try a smaller `lr` (it was {settings.lr:g}), or scale the inputs to about -1 to 1."
    )
