"""The lab's own verb: train a classifier on data."""

from __future__ import annotations

from contextlib import suppress
from os import PathLike
from typing import Any

import torch
from torch import nn

from ..checks.public import public
from ..checks.values import check_count, warn
from ..data.batches import Batches
from ..data.dataset import TwoClassDataset, XORDataset
from ..data.own import as_dataset
from ..device import one_thread
from ..files import check_target
from ..model.classifier import new_classifier
from ..progress import Verbose, check_verbose
from ..settings import Settings, make_settings
from ..training.fused import train_fused
from ..training.history import History
from ..training.loop import train_model
from .divergence import divergence
from .fit import Fit
from .resume import (
    TrainingInterrupted,
    UnsaidFloat,
    UnsaidInt,
    UnsaidStr,
    making,
    refuse_changes,
    stopped,
    unfinished_fit,
)
from .snapshots import Keeper

DEFAULT_SIZE = 2500


@public
def train_xor(
    data: Any = None,
    hidden: Any = UnsaidInt(4),
    activation: str = UnsaidStr("tanh"),
    epochs: int = UnsaidInt(100),
    lr: float = UnsaidFloat(0.1),
    batch_size: int = UnsaidInt(128),
    device: str | torch.device = UnsaidStr("auto"),
    seed: int | None = None,
    verbose: Verbose = "auto",
    *,
    engine: str = UnsaidStr("auto"),
    snapshots: Any = (),
    checkpoint: str | PathLike[str] | None = None,
    every: int = 10,
    resume: Fit | str | PathLike[str] | bool | None = None,
) -> Fit:
    """Train a classifier by stochastic gradient descent on the logistic loss.

    Parameters
    ----------
    data
        What to learn: an `XORDataset`, the result of `as_xor_data()`, a pair (x, label), or any
        object with `data` and `label`; None makes 2,500 points of continuous XOR.
    hidden
        Hidden units: one number, or one for each of up to 100 hidden layers.
    activation
        "tanh", "relu", "sigmoid", "identity", "elu", "leaky_relu" or "softplus".
    epochs
        How many times to go through the data.
    lr
        Learning rate, above 0 and within float32.
    batch_size
        Points in one step of the descent; the last batch of an epoch may be smaller.
    device
        "auto", "cpu", "cuda" or "mps".
    seed
        Fixes data, first weights and batch order. None draws one from torch's global generator.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook. A function
        is told instead how many epochs are done, and of how many.
    engine
        "autograd" is the visible loop of `train_model()`. "fused" takes the same steps by
        closed-form gradients, many times faster; the two differ by rounding. "auto" is "fused".
    snapshots
        Epochs whose weights the fit keeps for `Fit.at()`, such as `range(101)`, at most 100,000; 0
        is before the first.
    checkpoint, every
        A file that the fit so far is written to, whole or not at all, every so many epochs, after
        the last, and where Ctrl-C ends the training.
    resume
        What to go on with, up to `epochs` in all or, where that is not said, as many as were
        planned: a `Fit`, the file of one, or True for the training that was stopped last, by Ctrl-C
        or by a checkpoint that could not be written. The weights are those of a training in one
        go, on the device that it was on, where `device` says no other. What would make another
        training of it must be left out, or be what it was.

    Returns
    -------
    A `Fit`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above; nothing has been changed then.
    NonFiniteLossError
        If the loss is NaN or infinite; the history up to there is on the error.
    TrainingInterrupted
        Where Ctrl-C ends it, a `KeyboardInterrupt` that has the fit up to there.

    Warns
    -----
    RuntimeWarning
        Where the last loss is finite, but more than ten times that of the initial weights and that
        of guessing.

    Examples
    --------
    >>> fit = train_xor(seed=1)
    >>> fit.evaluate(XORDataset(500, seed=2)).accuracy
    1.0
    >>> half = train_xor(epochs=50, seed=1)
    >>> bool((train_xor(epochs=100, resume=half).predict_proba([[0, 1]]) > 0.9)[0])
    True
    """
    every = check_count("every", every)
    check_verbose(verbose)
    if checkpoint is not None:
        check_target(checkpoint, "checkpoint")
    if resume is None:
        dataset = None if data is None else check_classes(as_dataset(data))
        # The seed is drawn in the end, so that a refused call draws nothing.
        settings = make_settings(
            hidden, activation, epochs, lr, batch_size, device, seed, engine, snapshots
        )
        start = new_fit(dataset or XORDataset(DEFAULT_SIZE, seed=settings.seed), settings)
    else:
        refuse_changes(
            resume,
            data,
            seed,
            hidden=hidden,
            activation=activation,
            lr=lr,
            batch_size=batch_size,
            engine=engine,
        )
        start = unfinished_fit(resume, epochs, device, snapshots)
    fit = train_fit(start, verbose, checkpoint, every)
    if resume is True:
        stopped.clear()
    said = divergence(fit)
    if said:
        warn(said, RuntimeWarning)
    return fit


def check_classes(dataset: TwoClassDataset) -> TwoClassDataset:
    """A dataset with points of both classes."""
    if dataset.label.min() == dataset.label.max():
        hint = "; a larger `size` has both" if isinstance(dataset, XORDataset) else ""
        raise ValueError(
            f"`data` must hold both classes, but all labels are {dataset.label[0]}{hint}."
        )
    return dataset


def new_fit(dataset: TwoClassDataset, settings: Settings) -> Fit:
    """A fit before its first epoch."""
    check_classes(dataset)
    model = new_classifier(
        dataset.data.shape[1], settings.hidden, settings.activation, settings.seed
    )
    return Fit(model.to(settings.device), settings, History(), dataset)


def train_fit(
    fit: Fit,
    verbose: Verbose = "auto",
    checkpoint: str | PathLike[str] | None = None,
    every: int = 10,
) -> Fit:
    """Train a fit in place, from where it stands to the last epoch of its settings."""
    settings, data = making(fit)
    keeper = Keeper(fit, settings, checkpoint, every)
    batches = Batches(
        data.data.to(settings.device),
        data.label.to(settings.device),
        settings.batch_size,
        settings.seed,
        skip=len(fit.history),
    )
    try:
        run_engine(fit, settings, batches, verbose, keeper)
    except (KeyboardInterrupt, OSError) as error:
        keeper.go_back()
        stopped.note(fit, len(fit.history), settings.epochs)
        if isinstance(error, OSError):  # the file could not be written
            raise
        with suppress(OSError):
            keeper.write()
        if len(fit.history) < settings.epochs:
            raise TrainingInterrupted(fit, settings.epochs) from None
    return fit


def run_engine(
    fit: Fit, settings: Settings, batches: Batches, verbose: Verbose, keeper: Keeper
) -> None:
    options: Any = {"verbose": verbose, "history": fit.history, "after_epoch": keeper}
    if settings.engine == "fused":
        train_fused(fit.model, batches, settings.lr, settings.epochs, **options)
        return
    optimizer = torch.optim.SGD(fit.model.parameters(), lr=settings.lr)
    loss_module = nn.BCEWithLogitsLoss()
    with one_thread():
        train_model(fit.model, optimizer, batches, loss_module, settings.epochs, **options)
