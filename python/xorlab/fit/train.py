"""Train a classifier."""

from __future__ import annotations

from os import PathLike
from typing import Any

import torch

from ..checks.public import public
from ..checks.words import warn
from ..data.convert import as_dataset
from ..data.dataset import PointDataset
from ..data.xor import XORDataset
from ..model.classifier import new_classifier
from ..progress import Verbose
from ..settings import Settings, make_settings
from ..training.history import History
from .divergence import divergence
from .fit import Fit
from .in_place import check_writing

DEFAULT_SIZE = 2500


@public
def train_xor(
    data: Any = None,
    hidden: Any = 4,
    activation: str = "tanh",
    epochs: int = 100,
    lr: float = 0.1,
    batch_size: int = 128,
    device: str | torch.device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    *,
    engine: str = "auto",
    snapshots: Any = (),
    checkpoint: str | PathLike[str] | None = None,
    every: int = 10,
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
        is called instead with the numbers of epochs done and planned.
    engine
        "autograd" is the visible loop of `train_model()`. "fused" takes the same steps by
        closed-form gradients, many times faster; the two differ by rounding. "auto" is "fused".
    snapshots
        Epochs whose weights the fit keeps for `Fit.at()`, such as `range(101)`, at most 100,000; 0
        is before the first.
    checkpoint, every
        A file that the fit so far is written to, whole or not at all, every so many epochs, after
        the last, and where Ctrl-C ends the training.

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
    """
    check_writing(verbose, checkpoint, every)
    dataset = None if data is None else check_classes(as_dataset(data))
    settings = make_settings(
        hidden=hidden,
        activation=activation,
        epochs=epochs,
        lr=lr,
        batch_size=batch_size,
        device=device,
        seed=seed,
        engine=engine,
        snapshots=snapshots,
    )
    fit = new_fit(dataset or XORDataset(DEFAULT_SIZE, seed=settings.seed), settings)
    fit.train(verbose, checkpoint, every)
    message = divergence(fit)
    if message:
        warn(message, RuntimeWarning)
    return fit


def check_classes(dataset: PointDataset) -> PointDataset:
    """A dataset with points of both classes."""
    if dataset.label.min() == dataset.label.max():
        hint = "; a larger `size` has both" if dataset.origin else ""
        raise ValueError(
            f"`data` must hold both classes, but all labels are {dataset.label[0]}{hint}."
        )
    return dataset


def new_fit(dataset: PointDataset, settings: Settings) -> Fit:
    """A fit before its first epoch."""
    check_classes(dataset)
    model = new_classifier(
        dataset.data.shape[1], settings.hidden, settings.activation, settings.seed
    )
    return Fit(model.to(settings.device), settings, History(), dataset)
