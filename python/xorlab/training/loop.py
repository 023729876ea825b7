"""The visible training loop, for any module, optimizer, loader and loss."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..checks.public import public
from ..checks.values import check_count
from ..checks.words import show
from ..data.batches import check_loader, inputs_and_labels
from ..device import module_device, restored_threads, use_threads
from ..evaluation.accuracy import (
    Accuracy,
    Loss,
    batch_weight,
    check_accuracy,
    check_loss,
    find_hits,
    paired,
)
from ..progress import Verbose, progress
from .callbacks import AfterEpoch, call_all, check_callbacks
from .history import History


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
        self.arguments = epoch, loss, lr

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (*self.arguments, self.history)


@public
@restored_threads()
def train_model(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    data_loader: Iterable[Sequence[Tensor]],
    loss_module: Loss,
    num_epochs: int = 100,
    *,
    verbose: Verbose = "auto",
    history: History | None = None,
    after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
    threads: int | None = None,
    accuracy: Accuracy | None = None,
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
        Gives one number for outputs and labels, for example `nn.BCEWithLogitsLoss()`. It also
        says how outputs are read for the accuracy: as logits, of class 1 from 0 on; with
        `nn.BCELoss()`, `nn.MSELoss()` and others on the scale of the labels, as values, of class 1
        from 0.5 on. Of several outputs for one label, the largest counts. `eval_model()` reads
        them by the same rule.
    num_epochs
        How many times to go through the data.
    threads
        Threads of the CPU that torch computes on, as of `torch.set_num_threads()`, until training
        ends or fails; in a forked process it is always one. None takes one for a model on the CPU,
        since small nets are slower on more, many times so on a busy machine, and leaves torch's
        setting alone for a model on another device.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook. A function
        is called instead with the numbers of epochs done and planned.
    history
        Of an earlier training of the model, to go on from: its epochs count towards `num_epochs`.
    after_epoch
        A function, or several, called after each epoch with its number, from 1, and the history up
        to there; such as a `TensorBoard`. One that returns True ends the training.
    accuracy
        Instead of that rule: a function of outputs and labels, as the loss gets them, that returns
        a bool tensor of shape [n], True for each sample that is classified correctly.

    Returns
    -------
    A `History`: mean loss over samples, accuracy and seconds of each epoch.

    Raises
    ------
    NonFiniteLossError
        If the loss is NaN or infinite; the history up to there is on the error.
    TypeError, ValueError
        If the loader yields nothing, or something else than pairs of tensors, or an argument is
        not as above.

    Examples
    --------
    >>> from torch.utils.data import DataLoader
    >>> import xorlab
    >>> model = xorlab.SimpleClassifier(2, 4, 1)
    >>> loader = DataLoader(xorlab.XORDataset(100, seed=1), batch_size=8, shuffle=True)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> len(train_model(model, optimizer, loader, nn.BCEWithLogitsLoss(), num_epochs=2))
    2

    With a lower learning rate after each epoch, and gradients that are clipped before each step:

    >>> schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
    >>> def clip(*_):
    ...     nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.1)
    >>> hook = optimizer.register_step_pre_hook(clip)
    >>> history = train_model(
    ...     *(model, optimizer, loader, nn.BCEWithLogitsLoss(), 3),
    ...     after_epoch=lambda epoch, history: schedule.step(),
    ... )
    >>> schedule.get_last_lr()
    [0.0125]
    """
    use_threads(threads, module_device(model))
    device, num_epochs = module_device(model), check_count("num_epochs", num_epochs)
    history = check_parts(optimizer, data_loader, loss_module, history, accuracy)
    callbacks = check_callbacks(after_epoch)
    model.train()
    for epoch in progress(num_epochs, verbose, done=len(history)):
        started, samples, loss_sum, hits = time.perf_counter(), 0, 0.0, 0
        for batch in data_loader:
            data_inputs, data_labels = inputs_and_labels(batch)
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
            hits += int(find_hits(preds, data_labels, loss_module, accuracy).sum())
            if not math.isfinite(loss_sum):
                raise NonFiniteLossError(
                    epoch, loss.item(), optimizer.param_groups[0]["lr"], history
                )
        if samples == 0:
            raise ValueError("`data_loader` must yield at least one batch, but it is empty.")
        history.add(loss_sum / samples, hits / samples, time.perf_counter() - started)
        if call_all(callbacks, epoch, history):
            break
    return history


def check_parts(
    optimizer: Any,
    data_loader: Any,
    loss_module: Any,
    history: Any,
    accuracy: Any,
) -> History:
    """The history to add to, where all parts of a training are what they must be."""
    if isinstance(optimizer, type) or not hasattr(optimizer, "zero_grad"):
        came = "the class " + optimizer.__name__ if isinstance(optimizer, type) else show(optimizer)
        raise TypeError(
            "`optimizer` must be one of torch's, such as torch.optim.SGD(model.parameters(), "
            f"lr=0.1), not {came}."
        )
    if isinstance(optimizer, torch.optim.LBFGS):
        raise TypeError("`optimizer` must take one step for each batch, as all but LBFGS do.")
    check_loader(data_loader)
    if isinstance(data_loader, Iterator):
        raise TypeError(
            "`data_loader` must yield its batches anew in every epoch, but an iterator does once."
        )
    check_loss(loss_module)
    check_accuracy(accuracy)
    if history is not None and not isinstance(history, History):
        raise TypeError(f"`history` must be a History or None, not {show(history)}.")
    return History() if history is None else history
