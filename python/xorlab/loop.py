"""The visible training loop, for any module, optimizer, loader and loss."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import Dataset

from .bar import Verbose, progress
from .checks import check_count, show
from .device import module_device
from .history import History
from .tensorboard import open_board


class NonFiniteLossError(ArithmeticError):
    """Training came to a loss that is not finite.

    Attributes
    ----------
    history
        The epochs that were completed before, a `History`.
    """

    def __init__(self, epoch: int, loss: float, lr: float, history: History) -> None:
        super().__init__(
            f"The loss became {loss} in epoch {epoch}. "
            f"Try a smaller `lr` (it was {lr:g}), or scale the inputs to about -1 to 1."
        )
        self.history = history
        self.told = epoch, loss, lr

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.told, self.history)


def train_model(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    data_loader: Iterable[Any],
    loss_module: Any,
    num_epochs: int = 100,
    *,
    verbose: Verbose = "auto",
    history: History | None = None,
    after_epoch: Callable[[int, History], None] | None = None,
    writer: Any = None,
) -> History:
    """Train any module in the five visible steps of a training loop.

    Parameters
    ----------
    model
        Changed in place, on the device where it is. With one output column the loss sees outputs
        of shape [n] and labels of the outputs' type; with more, both as they come.
    optimizer
        Holds the model's parameters.
    data_loader
        Yields pairs of inputs [n, ...] and labels [n], as any `DataLoader` does.
    loss_module
        Gives one number for outputs and labels, for example `nn.BCEWithLogitsLoss()`. For the
        accuracy, outputs are logits, of class 1 from 0 on; for losses on the labels' own scale,
        such as `nn.BCELoss()` and `nn.MSELoss()`, from 0.5 on; of several, the largest counts.
    num_epochs
        How many times to go through the data.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook. A function
        is told instead how many epochs are done, and of how many.
    history
        Of an earlier training of the model, to go on from: its epochs count towards `num_epochs`.
    after_epoch
        Called after each epoch with its number, from 1, and the history up to there.
    writer
        Of TensorBoard's: a `SummaryWriter`, or a folder for a new one, which is closed at the end.
        It gets loss and accuracy of each epoch, the net's graph, and every ten epochs the boundary
        of a net of two inputs and one output.

    Returns
    -------
    A `History`: mean loss over samples, accuracy and seconds of each epoch.

    Raises
    ------
    NonFiniteLossError
        If the loss is NaN or infinite; the history up to there is on the error.
    TypeError, ValueError
        If the loader yields nothing, or an argument is not as above.
    ModuleNotFoundError
        If `writer` is a folder and the package tensorboard is missing.

    Examples
    --------
    >>> from torch.utils.data import DataLoader
    >>> import xorlab
    >>> model = xorlab.SimpleClassifier(2, 4, 1)
    >>> loader = DataLoader(xorlab.XORDataset(100, seed=1), batch_size=8, shuffle=True)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> len(train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=2))
    2
    """
    device, num_epochs = module_device(model), check_count("num_epochs", num_epochs)
    history = check_parts(optimizer, data_loader, loss_module, history, after_epoch)
    board = open_board(writer, model, data_loader)
    model.train()
    for epoch in progress(num_epochs, verbose, done=len(history)):
        started, samples, loss_sum, hits = time.perf_counter(), 0, 0.0, 0
        for data_inputs, data_labels in data_loader:
            # Step 1: move the batch to the model's device.
            data_inputs, data_labels = data_inputs.to(device), data_labels.to(device)
            # Step 2: predict.
            preds, data_labels = paired(model(data_inputs), data_labels, loss_module)
            # Step 3: compute the loss.
            loss = loss_module(preds, data_labels)
            # Step 4: zero the gradients and backpropagate.
            optimizer.zero_grad()
            loss.backward()
            # Step 5: update the parameters.
            optimizer.step()

            samples += len(data_labels)
            loss_sum += loss.item() * batch_weight(loss_module, data_labels)
            hits += count_hits(preds, data_labels, loss_module)
            if not math.isfinite(loss_sum):
                raise NonFiniteLossError(
                    epoch, loss.item(), optimizer.param_groups[0]["lr"], history
                )
        if samples == 0:
            raise ValueError("`data_loader` must yield at least one batch, but it is empty.")
        history.add(loss_sum / samples, hits / samples, time.perf_counter() - started)
        if after_epoch:
            after_epoch(epoch, history)
        board.write(epoch, history, data_inputs, data_labels)
    return history


def check_parts(
    optimizer: Any, data_loader: Any, loss_module: Any, history: Any, after_epoch: Any
) -> History:
    """The history to add to, where all parts of a training are what they must be."""
    if not hasattr(optimizer, "zero_grad"):
        raise TypeError(f"`optimizer` must be one of torch's, not {show(optimizer)}.")
    if isinstance(optimizer, torch.optim.LBFGS):
        raise TypeError("`optimizer` must take one step for each batch, as all but LBFGS do.")
    if not isinstance(data_loader, Iterable) or isinstance(data_loader, Dataset | str):
        raise TypeError(
            "`data_loader` must yield batches of inputs and labels, as DataLoader(...) does, "
            f"not {show(data_loader)}."
        )
    if isinstance(data_loader, Iterator):
        raise TypeError(
            "`data_loader` must yield its batches anew in every epoch, but an iterator does once."
        )
    if not callable(loss_module) or isinstance(loss_module, type):
        raise TypeError(
            "`loss_module` must be called with outputs and labels, as nn.BCEWithLogitsLoss() is, "
            f"not {show(loss_module)}."
        )
    if after_epoch is not None and not callable(after_epoch):
        raise TypeError(f"`after_epoch` must be a function or None, not {show(after_epoch)}.")
    if history is not None and not isinstance(history, History):
        raise TypeError(f"`history` must be a History or None, not {show(history)}.")
    return History() if history is None else history


def paired(outputs: Tensor, labels: Tensor, loss_module: Any = None) -> tuple[Tensor, Tensor]:
    """Outputs and labels in the shapes and types that losses want."""
    one_column = outputs.ndim == 2 and outputs.shape[1] == 1 and labels.ndim == 1
    if one_column and not isinstance(loss_module, nn.CrossEntropyLoss):
        return outputs.squeeze(dim=1), labels.to(outputs.dtype)
    if outputs.ndim == labels.ndim == 1:  # the model squeezes by itself
        return outputs, labels.to(outputs.dtype)
    return outputs, labels


def batch_weight(loss_module: Any, labels: Tensor) -> int:
    """How many samples the batch's loss stands for: losses are means, or else sums."""
    return 1 if getattr(loss_module, "reduction", "mean") == "sum" else len(labels)


# Losses whose outputs are compared with 0 and 1 themselves; for the others, outputs are logits.
_ON_UNIT_SCALE = (nn.BCELoss, nn.MSELoss, nn.L1Loss, nn.SmoothL1Loss, nn.HuberLoss)
_ALSO_ON_UNIT_SCALE = (
    functional.binary_cross_entropy,
    functional.mse_loss,
    functional.l1_loss,
    functional.smooth_l1_loss,
    functional.huber_loss,
)


def count_hits(outputs: Tensor, labels: Tensor, loss_module: Any) -> int:
    """How many samples are classified rightly: in all their columns, where they have several."""
    if outputs.ndim > labels.ndim:
        return int((outputs.argmax(dim=1) == labels).sum())
    if outputs.ndim > 1 and isinstance(loss_module, nn.CrossEntropyLoss):
        return int((outputs.argmax(dim=1) == labels.argmax(dim=1)).sum())
    by_value = isinstance(loss_module, _ON_UNIT_SCALE) or loss_module in _ALSO_ON_UNIT_SCALE
    right = (outputs >= (0.5 if by_value else 0.0)) == (labels >= 0.5)
    return int((right.flatten(1).all(dim=1) if right.ndim > 1 else right).sum())
