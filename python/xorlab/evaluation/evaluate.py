"""What a net makes of points: logits, accuracy and loss."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.optional import data_frame
from ..checks.public import public
from ..checks.tensors import check_labels
from ..checks.words import counted
from ..data.batches import check_loader, inputs_and_labels
from ..data.xor import known_best
from ..device import module_device, one_thread
from .accuracy import (
    Accuracy,
    Loss,
    batch_weight,
    check_accuracy,
    find_hits,
    paired,
)
from .predict import CHUNK, check_reading, class_one_logits, evaluating
from .roc import area_under_roc

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How well a net does on some data.

    Attributes
    ----------
    accuracy
        Share of points classified rightly, 0 to 1. A point whose logit is not a number has no
        class, and counts as misclassified.
    loss
        Mean loss over the points: binary cross-entropy in nats, or `eval_model()`'s own
        `loss_module`.
    n
        Number of points.
    confusion
        Shape [K, K]: entry (i, j) counts points of class i that were called class j. Points
        without a class are in none of them.
    best
        The accuracy that no classifier can expect to surpass on such data, where that is known:
        for an `XORDataset` (see `bayes_xor()`); else None. Luck may lift one sample above it.
    levels
        What the classes are called.
    auc
        Area under the ROC curve: the chance that a point of the second class gets a higher
        probability of it than one of the first, ties counting half. Of more classes, the mean over
        each of them against all others. None where a class has no points.
    """

    accuracy: float
    loss: float
    n: int
    confusion: NDArray[np.int64]
    best: float | None = None
    levels: tuple[Any, ...] = (0, 1)
    auc: float | None = None

    @property
    def precision(self) -> NDArray[np.float64]:
        """Of the points that were called a class, the share that are of it, [K]; NaN where none
        was called so."""
        return shares(self.confusion, self.confusion.sum(axis=0))

    @property
    def recall(self) -> NDArray[np.float64]:
        """Of the points of a class, the share that were called so, [K]; NaN where there are none.
        Points without a class are in none of them."""
        return shares(self.confusion, self.confusion.sum(axis=1))

    @property
    def unclassified(self) -> int:
        """Number of points without a class, whose logits are not numbers."""
        return self.n - int(self.confusion.sum())

    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone."""
        rates = {"precision": self.precision, "recall": self.recall}
        return {**asdict(self), "levels": list(self.levels), **rates}

    def to_frame(self) -> DataFrame:
        """A data frame of pandas, a row for each class.

        Returns
        -------
        Columns `class`; `n`, the points of it that were called some class; `called`, the points
        that were called it; `correct`, those that were both; `recall`, `correct` / `n`, and
        `precision`, `correct` / `called`, NaN of none. What is one number for all classes, such as
        `accuracy`, is in `to_dict()`.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        return data_frame(
            {
                "class": self.levels,
                "n": self.confusion.sum(axis=1),
                "called": self.confusion.sum(axis=0),
                "correct": np.diag(self.confusion),
                "recall": self.recall,
                "precision": self.precision,
            }
        )

    def __repr__(self) -> str:
        rows = [f"class {level}" for level in self.levels]
        columns = [*(f"called {level}" for level in self.levels), "recall", "precision"]
        counts = [
            [*map(str, row), percent(recall), percent(precision)]
            for row, recall, precision in zip(
                self.confusion.tolist(), self.recall, self.precision, strict=True
            )
        ]
        first = max(map(len, rows))
        widths = [max(map(len, column)) for column in zip(columns, *counts, strict=True)]
        table = [
            "  ".join([f"{name:{first}}", *map(str.rjust, line, widths)])
            for name, line in zip(["", *rows], [columns, *counts], strict=True)
        ]
        best = (
            "" if self.best is None else f"Best possible: {self.best:.2%}, with noise like this\n"
        )
        lost = (
            f"No class: {counted(self.unclassified, 'point')}, where the logit is not a number\n"
            if self.unclassified
            else ""
        )
        auc = "" if self.auc is None else f", AUC: {self.auc:.4f}"
        return (
            f"Accuracy of the model: {self.accuracy:.2%}\n{best}"
            f"Loss: {self.loss:.4f}{auc}, over {counted(self.n, 'point')}\n{lost}"
            + "\n".join(table)
        )


def percent(share: float) -> str:
    return "-" if math.isnan(share) else f"{share:.1%}"


def shares(confusion: NDArray[np.int64], totals: NDArray[np.int64]) -> NDArray[np.float64]:
    """What is right of each total, NaN of none."""
    right = np.diag(confusion).astype(np.float64)
    rates = np.full(len(right), np.nan)
    np.divide(right, totals, out=rates, where=totals > 0)
    return rates


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
        if logits.ndim == 1:
            lost, called = some_logits.isnan(), (some_logits >= 0).long()
            loss += nn.functional.binary_cross_entropy_with_logits(
                some_logits.double(), some.double(), reduction="sum"
            ).item()
        else:
            lost, called = some_logits.isnan().any(dim=1), some_logits.argmax(dim=1)
            loss += nn.functional.cross_entropy(
                some_logits.double(), some.long(), reduction="sum"
            ).item()
        pairs = classes * some.long() + called
        counts += torch.bincount(pairs[~lost], minlength=classes**2)
    confusion, auc = counts.reshape(classes, classes).numpy(), area_under_roc(logits, label)
    return Evaluation(int(np.trace(confusion)) / n, loss / n, n, confusion, best, levels, auc)


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
