"""Training: the visible five-step loop, and the lab's own verb around it."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor, nn
from tqdm.auto import tqdm

from .checks import check_choice, check_count, check_counts, check_number, show
from .data import Batches, XORDataset, as_dataset
from .device import get_device, module_device, one_thread
from .fit import Fit, Settings
from .history import History
from .model import ACTIVATIONS, new_classifier
from .seed import resolve_seed

DEFAULT_SIZE = 2500


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


def train_model(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    data_loader: Iterable[Any],
    loss_module: Any,
    num_epochs: int = 100,
    *,
    verbose: bool | str = "auto",
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
        Gives one number for outputs and labels, for example `nn.BCEWithLogitsLoss()`.
    num_epochs
        How many times to go through the data.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook.

    Returns
    -------
    A `History`: mean loss over samples, accuracy and seconds of each epoch.

    Raises
    ------
    NonFiniteLossError
        If the loss is NaN or infinite; the history up to there is on the error.
    ValueError
        If the loader yields nothing, or `num_epochs` is not a whole number of at least 1.
    """
    device = module_device(model)
    history = History()
    model.train()
    for epoch in progress(check_count("num_epochs", num_epochs), verbose):
        started, samples, loss_sum, hits = time.perf_counter(), 0, 0.0, 0
        for data_inputs, data_labels in data_loader:
            # Step 1: move the batch to the model's device.
            data_inputs, data_labels = data_inputs.to(device), data_labels.to(device)
            # Step 2: predict.
            preds, data_labels = paired(model(data_inputs), data_labels)
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
    return history


def paired(outputs: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Outputs and labels in the shapes and types that losses want."""
    if outputs.ndim == 2 and outputs.shape[1] == 1 and labels.ndim == 1:
        return outputs.squeeze(dim=1), labels.to(outputs.dtype)
    return outputs, labels


def batch_weight(loss_module: Any, labels: Tensor) -> int:
    """How many samples the batch's loss stands for: losses are means, or else sums."""
    return 1 if getattr(loss_module, "reduction", "mean") == "sum" else len(labels)


# Losses whose outputs are compared with 0 and 1 themselves; for the others, outputs are logits.
_ON_UNIT_SCALE = (nn.BCELoss, nn.MSELoss, nn.L1Loss, nn.SmoothL1Loss, nn.HuberLoss)


def count_hits(outputs: Tensor, labels: Tensor, loss_module: Any) -> int:
    """How many samples are classified rightly."""
    if outputs.ndim > labels.ndim:
        return int((outputs.argmax(dim=1) == labels).sum())
    threshold = 0.5 if isinstance(loss_module, _ON_UNIT_SCALE) else 0.0
    return int(((outputs >= threshold) == (labels >= 0.5)).sum())


def progress(epochs: int, verbose: bool | str) -> Iterator[int]:
    """Epochs 1, 2, ..., behind a progress bar where one is wanted."""
    if not isinstance(verbose, bool) and verbose != "auto":
        raise TypeError(f"`verbose` must be True, False or 'auto', not {show(verbose)}.")
    if verbose == "auto":
        verbose = "pytest" not in sys.modules and (
            sys.stderr.isatty() or "ipykernel" in sys.modules
        )
    yield from tqdm(range(1, epochs + 1), desc="Epochs", disable=not verbose)


def train_xor(
    data: Any = None,
    hidden: Any = 4,
    activation: str = "tanh",
    epochs: int = 100,
    lr: float = 0.1,
    batch_size: int = 128,
    device: str | torch.device = "auto",
    seed: int | None = None,
    verbose: bool | str = "auto",
) -> Fit:
    """Train a classifier by stochastic gradient descent on the logistic loss.

    Parameters
    ----------
    data
        What to learn: an `XORDataset`, the result of `as_xor_data()`, a pair (x, label), or any
        object with `data` and `label`; None makes 2,500 points of continuous XOR.
    hidden
        Hidden units: one number, or one for each hidden layer.
    activation
        "tanh", "relu", "sigmoid" or "identity".
    epochs
        How many times to go through the data.
    lr
        Learning rate, above 0.
    batch_size
        Points in one step of the descent; the last batch of an epoch may be smaller.
    device
        "auto", "cpu", "cuda" or "mps".
    seed
        Fixes data, first weights and batch order. None draws one from torch's global generator.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook.

    Returns
    -------
    A `Fit`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above; nothing has been changed then.
    NonFiniteLossError
        If the loss is NaN or infinite; the history up to there is on the error.

    Examples
    --------
    >>> fit = train_xor(seed=1)
    >>> fit.evaluate(XORDataset(500, seed=2)).accuracy
    1.0
    """
    settings = Settings(
        hidden=check_counts("hidden", hidden),
        activation=check_choice("activation", activation, tuple(ACTIVATIONS)),
        epochs=check_count("epochs", epochs),
        lr=check_number("lr", lr, above=0),
        batch_size=check_count("batch_size", batch_size),
        device=str(get_device(device)),
        seed=resolve_seed(seed),
    )
    dataset = XORDataset(DEFAULT_SIZE, seed=settings.seed) if data is None else as_dataset(data)
    if dataset.label.min() == dataset.label.max():
        raise ValueError(f"`data` must hold both classes, but all labels are {dataset.label[0]}.")

    model = new_classifier(
        dataset.data.shape[1], settings.hidden, settings.activation, settings.seed
    ).to(settings.device)
    loader = Batches(
        dataset.data.to(settings.device),
        dataset.label.to(settings.device),
        settings.batch_size,
        settings.seed,
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.lr)
    with one_thread():
        history = train_model(
            model, optimizer, loader, nn.BCEWithLogitsLoss(), settings.epochs, verbose=verbose
        )
    return Fit(model, settings, history, dataset)
