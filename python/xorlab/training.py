"""The lab's own verb: train a classifier on data."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from .batches import Batches
from .checks import check_choice, check_count, check_counts, check_number
from .data import TwoClassDataset, XORDataset, as_dataset
from .device import get_device, one_thread
from .fit import Fit, Settings
from .fused import train_fused
from .loop import train_model
from .model import ACTIVATIONS, new_classifier
from .seed import resolve_seed

DEFAULT_SIZE = 2500
ENGINES = ("auto", "autograd", "fused")


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
    *,
    engine: str = "auto",
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
    engine
        "autograd" is the visible loop of `train_model()`. "fused" takes the same steps by
        closed-form gradients, many times faster; the two differ by rounding. "auto" is "fused".

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
    settings = make_settings(hidden, activation, epochs, lr, batch_size, device, seed, engine)
    dataset = XORDataset(DEFAULT_SIZE, seed=settings.seed) if data is None else as_dataset(data)
    return train_settings(dataset, settings, verbose)


def make_settings(
    hidden: Any,
    activation: Any,
    epochs: Any,
    lr: Any,
    batch_size: Any,
    device: Any,
    seed: Any,
    engine: Any,
) -> Settings:
    """What `train_xor()` was told, checked, and with nothing left open."""
    return Settings(
        hidden=check_counts("hidden", hidden),
        activation=check_choice("activation", activation, tuple(ACTIVATIONS)),
        epochs=check_count("epochs", epochs),
        lr=check_number("lr", lr, above=0),
        batch_size=check_count("batch_size", batch_size),
        device=str(get_device(device)),
        engine="fused" if check_choice("engine", engine, ENGINES) == "auto" else engine,
        seed=resolve_seed(seed),
    )


def train_settings(dataset: TwoClassDataset, settings: Settings, verbose: bool | str) -> Fit:
    """Train as the settings say."""
    if dataset.label.min() == dataset.label.max():
        raise ValueError(f"`data` must hold both classes, but all labels are {dataset.label[0]}.")
    model = new_classifier(
        dataset.data.shape[1], settings.hidden, settings.activation, settings.seed
    ).to(settings.device)
    batches = Batches(
        dataset.data.to(settings.device),
        dataset.label.to(settings.device),
        settings.batch_size,
        settings.seed,
    )
    if settings.engine == "fused":
        history = train_fused(model, batches, settings.lr, settings.epochs, verbose=verbose)
    else:
        optimizer = torch.optim.SGD(model.parameters(), lr=settings.lr)
        loss_module = nn.BCEWithLogitsLoss()
        with one_thread():
            history = train_model(
                model, optimizer, batches, loss_module, settings.epochs, verbose=verbose
            )
    return Fit(model, settings, history, dataset)
