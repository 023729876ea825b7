"""What a net makes of points: logits, accuracy and loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from .checks import check_labels, counted
from .device import module_device

# Rows that go through a net at once when it is asked for many.
CHUNK = 65_536


@contextmanager
def evaluating(model: nn.Module, inference: bool = True) -> Iterator[None]:
    """Within it the module is in eval mode and gradients are off: two switches, independent of
    each other. Afterwards every part of the module is in the mode it was found in.

    `inference=False` leaves gradients on, for what looks at how a net computes.
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.inference_mode(inference):
            yield
    finally:
        for module, training in modes:
            module.training = training


def predict_logits(model: nn.Module, x: Tensor) -> Tensor:
    """Logits of a net with one output, in eval mode: float32 [n, p] to float32 [n] on the CPU."""
    device = module_device(model)
    with evaluating(model):
        return torch.cat(
            [one_logit(model(rows.to(device))).cpu() for rows in torch.split(x, CHUNK)]
        )


def plane_logits(model: nn.Module, x: Tensor) -> Tensor:
    """`predict_logits()` of points [n, 2] for a net that may be anyone's, with a clear error where
    it takes others."""
    try:
        return predict_logits(model, x)
    except RuntimeError as error:
        raise ValueError(f"`model` must take points of shape [n, 2]: {error}.") from error


def one_logit(outputs: Tensor) -> Tensor:
    """Shape [n, 1] to [n]."""
    if outputs.ndim != 2 or outputs.shape[1] != 1:
        raise ValueError(f"`model` must give logits of shape [n, 1], not {[*outputs.shape]}.")
    return outputs.squeeze(dim=1)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """How well a net does on some data.

    Attributes
    ----------
    accuracy
        Share of points classified rightly, 0 to 1.
    loss
        Mean binary cross-entropy over the points, in nats.
    n
        Number of points.
    confusion
        Shape [2, 2]: entry (i, j) counts points of class i that were called class j.
    best
        The accuracy that no classifier can expect to surpass on such data, where that is known:
        for an `XORDataset` (see `bayes_xor()`); else None. Luck may lift one sample above it.
    levels
        What the two classes are called.
    """

    accuracy: float
    loss: float
    n: int
    confusion: NDArray[np.int64]
    best: float | None = None
    levels: tuple[Any, ...] = (0, 1)

    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone."""
        return {**asdict(self), "levels": list(self.levels)}

    def __repr__(self) -> str:
        rows = [f"class {level}" for level in self.levels]
        columns = [f"called {level}" for level in self.levels]
        counts = [[str(count) for count in row] for row in self.confusion.tolist()]
        first = max(map(len, rows))
        widths = [max(map(len, column)) for column in zip(columns, *counts, strict=True)]
        table = [
            "  ".join([f"{name:{first}}", *map(str.rjust, line, widths)])
            for name, line in zip(["", *rows], [columns, *counts], strict=True)
        ]
        best = (
            "" if self.best is None else f"Best possible: {self.best:.2%}, with noise like this\n"
        )
        return (
            f"Accuracy of the model: {self.accuracy:.2%}\n{best}"
            f"Loss: {self.loss:.4f}, over {counted(self.n, 'point')}\n" + "\n".join(table)
        )


def evaluate_logits(
    logits: Tensor,
    label: Tensor,
    best: float | None = None,
    levels: tuple[Any, ...] = (0, 1),
) -> Evaluation:
    """Compare logits, shape [n], with labels of 0 and 1, shape [n], and with the best accuracy
    that is possible there, if that is known."""
    loss, counts = 0.0, torch.zeros(4, dtype=torch.int64)
    for some_logits, some in zip(
        torch.split(logits, CHUNK), torch.split(label, CHUNK), strict=True
    ):
        loss += nn.functional.binary_cross_entropy_with_logits(
            some_logits.double(), some.double(), reduction="sum"
        ).item()
        counts += torch.bincount(2 * some.long() + (some_logits >= 0), minlength=4)
    confusion, n = counts.reshape(2, 2).numpy(), len(label)
    return Evaluation(int(np.trace(confusion)) / n, loss / n, n, confusion, best, levels)


def eval_model(model: nn.Module, data_loader: Iterable[Any]) -> Evaluation:
    """Evaluate a net with one output (a logit) on every batch of a loader.

    The threshold is a probability of 0.5, the last batch counts, and the batch size makes no
    difference to the figures (to the loss, none beyond float32's rounding). The module is left in
    the mode it was found in.

    Parameters
    ----------
    model
        Maps float32 [n, p] to logits [n, 1].
    data_loader
        Yields pairs of inputs [n, p] and labels [n] of 0 and 1. Where its `dataset` is an
        `XORDataset`, the best possible accuracy is known too.

    Returns
    -------
    An `Evaluation`, whose printed form begins "Accuracy of the model: ".

    Raises
    ------
    TypeError, ValueError
        If `model` is no module or has more outputs than one, the loader yields nothing, or a label
        is neither 0 nor 1.

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
    logits, labels = [], []
    with evaluating(model):
        for data_inputs, data_labels in data_loader:
            logits.append(one_logit(model(data_inputs.to(device))).cpu())
            labels.append(check_labels("label", data_labels, len(data_inputs)))
    if not logits:
        raise ValueError("`data_loader` must yield at least one batch, but it is empty.")
    # An XORDataset knows it; others do not.
    best = getattr(getattr(data_loader, "dataset", None), "best_accuracy", None)
    return evaluate_logits(torch.cat(logits), torch.cat(labels), best)
