"""Accuracy and loss of a net."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from ..checks.public import public
from ..checks.tensors import check_labels
from ..data.batches import check_loader, inputs_and_labels
from ..data.xor import known_best
from ..device import module_device, one_thread
from .accuracy import Accuracy, Loss, batch_weight, check_accuracy, find_hits, paired
from .evaluation import Evaluation
from .predict import CHUNK, check_reading, class_one_logits, evaluating, predicted_classes
from .roc import area_under_roc


@one_thread()
def evaluate_logits(
    logits: Tensor,
    label: Tensor,
    best: float | None = None,
    levels: tuple[Any, ...] | None = None,
) -> Evaluation:
    """Compare logits, shape [n] for two classes or [n, K] for more, with the numbers of the
    classes, shape [n], and with the best accuracy that is possible there, if that is known."""
    loss, classes, n = 0.0, 2 if logits.ndim == 1 else logits.shape[1], len(label)
    levels = tuple(range(classes)) if levels is None else levels
    counts = torch.zeros(classes**2, dtype=torch.int64)
    for some_logits, some in zip(
        torch.split(logits, CHUNK), torch.split(label, CHUNK), strict=True
    ):
        loss += losses(some_logits, some, "sum").item()
        called, known = predicted_classes(some_logits)
        pairs = classes * some.long() + called
        counts += torch.bincount(pairs[known], minlength=classes**2)
    confusion, auc = counts.reshape(classes, classes).numpy(), area_under_roc(logits, label)
    return Evaluation(int(np.trace(confusion)) / n, loss / n, n, confusion, best, levels, auc)


def losses(logits: Tensor, label: Tensor, reduction: str = "none") -> Tensor:
    """The loss of each point, float64, or their sum: of logits [n] the logistic one, of [n, K]
    cross-entropy."""
    if logits.ndim == 1:
        logistic = nn.functional.binary_cross_entropy_with_logits
        return logistic(logits.double(), label.double(), reduction=reduction)
    return nn.functional.cross_entropy(logits.double(), label.long(), reduction=reduction)


def guessing_loss(shares: Iterable[float]) -> float:
    """The loss of answering every point with the shares of the classes: their entropy, in nats."""
    return -sum(p * math.log(p) for p in shares if p > 0)


@public
def eval_model(
    model: nn.Module,
    data_loader: Iterable[Sequence[Tensor]],
    loss_module: Loss | None = None,
    accuracy: Accuracy | None = None,
) -> Evaluation:
    """Evaluate a net that tells two classes on every batch of a loader.

    Outputs are read as `train_model()` reads them with the same `loss_module` and `accuracy`. The
    last batch counts, and the batch size makes no difference to the figures (to the loss, none
    beyond float32's rounding). The module is left in the mode it was found in.

    Parameters
    ----------
    model
        Maps inputs [n, ...] to outputs [n, 1], or [n, 2] with one for each class.
    data_loader
        Yields pairs of inputs [n, ...] and labels [n] of 0 and 1. Where its `dataset` is an
        `XORDataset`, or a `Subset` of one, the best possible accuracy is known too.
    loss_module
        The loss that the net was trained with. With `nn.BCELoss()`, `nn.MSELoss()` and others on
        the scale of the labels, an output of at least 0.5 is class 1; with any other, and with
        None, one output is a logit, class 1 from 0 on, and of two the larger counts.
    accuracy
        Instead of that rule: a function of outputs and labels, as the loss gets them, that returns
        a bool tensor of shape [n], True for each sample that is classified correctly.

    Returns
    -------
    An `Evaluation`, whose printed form begins "Accuracy of the model: ". Its `loss` is that of
    `loss_module` over all samples; with None, binary cross-entropy of the logits, for two outputs
    the same as `nn.CrossEntropyLoss()`. Its `confusion` counts each sample under the class that
    the rule, or `accuracy`, gives it.

    Raises
    ------
    TypeError, ValueError
        If `model` is no module or has other outputs, the loader yields nothing or something else
        than pairs of tensors, or a label is neither 0 nor 1.

    Examples
    --------
    >>> from torch.utils.data import DataLoader
    >>> import xorlab
    >>> fit = xorlab.train_xor(seed=1)
    >>> loader = DataLoader(xorlab.XORDataset(500, seed=2), batch_size=128)
    >>> eval_model(fit.model, loader).n
    500
    """
    device = module_device(model)
    check_loader(data_loader)
    check_accuracy(accuracy)
    check_reading(model, loss_module)
    outputs, labels = [], []
    with evaluating(model):
        for batch in data_loader:
            data_inputs, data_labels = inputs_and_labels(batch)
            outputs.append(model(data_inputs.to(device)))
            labels.append(check_labels("label", data_labels, len(data_inputs)))
        if not outputs:
            raise ValueError("`data_loader` must yield at least one batch, but it is empty.")
        best = known_best(getattr(data_loader, "dataset", None))
        return evaluate_outputs(torch.cat(outputs), torch.cat(labels), loss_module, accuracy, best)


def evaluate_outputs(
    outputs: Tensor, label: Tensor, loss_module: Any, accuracy: Accuracy | None, best: float | None
) -> Evaluation:
    """Compare outputs, [n], [n, 1] or [n, 2], with labels of 0 and 1, [n]."""
    logits = class_one_logits(outputs).cpu()
    preds, labels = paired(outputs, label.to(outputs.device), loss_module)
    hits = find_hits(preds, labels, loss_module, accuracy).cpu()
    # As logits, the classes that the samples are called; where there is no number, no class either.
    called = torch.where(hits == (label == 1), 1.0, -1.0).masked_fill(logits.isnan(), torch.nan)
    if loss_module is None:
        loss = evaluate_logits(logits, label).loss
    else:
        loss = loss_module(preds, labels).item() * batch_weight(loss_module, label) / len(label)
    return replace(evaluate_logits(called, label, best), loss=loss)
