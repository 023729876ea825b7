"""Train a classifier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from numbers import Real
from os import PathLike
from typing import Any, Literal, cast

import torch

from ..checks.public import public
from ..checks.tensors import Numbers
from ..checks.words import shortened_names, show, warn
from ..data.convert import Data
from ..data.dataset import PointDataset
from ..data.inputs import InputName, check_inputs
from ..data.preparation import Preparation, Scale, check_scale, learn_preparation
from ..data.split import split_validation
from ..data.training_data import training_data
from ..data.xor import XORDataset
from ..device import Device
from ..model.activations import ActivationName
from ..model.classifier import new_classifier
from ..model.initial_weights import InitName
from ..optimizers import OptimizerName, class_name
from ..progress import Verbose
from ..seed import undrawn_on_error
from ..settings import GIVEN, Engine, Settings, check_share, make_settings
from ..training.callbacks import AfterEpoch
from ..training.history import History
from .divergence import divergence
from .fit import Fit
from .in_place import check_writing
from .optimizer import OwnOptimizer, make_own

DEFAULT_SIZE = 2500


@public
def train_xor(
    x: Data | None = None,
    y: Numbers | str | None = None,
    *,
    data: Data | None = None,
    hidden: int | Sequence[int] = 4,
    activation: ActivationName = "tanh",
    epochs: int = 100,
    lr: float | Literal["auto"] = "auto",
    batch_size: int = 128,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    scale: Scale = "auto",
    inputs: Sequence[InputName] | None = None,
    engine: Engine = "auto",
    snapshots: int | Iterable[int] = (),
    checkpoint: str | PathLike[str] | None = None,
    every: int = 10,
    optimizer: OptimizerName | OwnOptimizer = "sgd",
    momentum: float = 0.0,
    nesterov: bool = False,
    weight_decay: float = 0.0,
    l1: float = 0.0,
    init: InitName = "default",
    validation: float | Data | None = None,
    patience: int | None = None,
    after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
) -> Fit:
    """Train a classifier.

    Two classes are told apart by one logit and the logistic loss, more by one logit for each and
    softmax with cross-entropy.

    Parameters
    ----------
    x
        What to learn: a matrix [n, p] with the labels as `y`; a data frame of pandas or polars,
        whose text and categories become indicator columns; or points with labels: an
        `XORDataset`, the result of `toy_data()` or `as_xor_data()`, a pair (x, label), or any
        object with `data` and `label`. None makes 2,500 points of continuous XOR.
    y
        Labels of a matrix or a data frame, or the name of the data frame's column that holds them:
        strings, truth values, a pandas `Categorical`, or whole numbers from 0 on.
    data
        Another name of `x`.
    hidden
        Hidden units: one number, or one for each of up to 100 hidden layers; 0 for none, which is
        logistic regression.
    activation
        "tanh", "relu", "sigmoid", "identity", "elu", "leaky_relu" or "softplus".
    epochs
        How many times to go through the data.
    lr
        Learning rate, above 0 and within float32. "auto" is 0.1 for "sgd", and 0.01 for "adam" and
        "rmsprop"; `lr_find()` suggests one.
    batch_size
        Points in one step of the descent; the last batch of an epoch may be smaller, and where
        there are fewer points than this, all of them are one batch.
    device
        "auto", "cpu", "cuda" or "mps".
    seed
        Fixes data, first weights and batch order. None draws one from torch's global generator.
    verbose
        True or False for a progress bar; "auto" shows one in a terminal or a notebook. A function
        is called instead with the numbers of epochs done and planned.
    scale
        Whether columns are standardised: each less its mean, divided by its standard deviation, of
        the training rows; constant columns are left out. "auto" does so with data of your own, and
        leaves XOR and the other toy problems as they are. The fit remembers it, so that all that
        it is asked and all that it shows are in your units.
    inputs
        For two columns: what the net gets, computed from the first, x1, and the second, x2: some of
        "x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)" and "sin(x2)". None: the columns.
    engine
        "autograd" is the visible loop of `train_model()`. "fused" takes the same steps by
        closed-form gradients, many times faster; the two differ by rounding. "auto" is "fused".
    snapshots
        Epochs whose weights the fit keeps for `Fit.at()`, such as `range(101)`, at most 100,000; 0
        is before the first.
    checkpoint, every
        A file that the fit so far is written to, whole or not at all, every so many epochs, after
        the last, and where Ctrl-C ends the training.
    optimizer
        "sgd", "adam" or "rmsprop", which are torch's with its defaults for all other terms. Or a
        function from the list of the net's parameters to one of torch's optimizers, which the
        visible loop takes then: `lambda parameters: torch.optim.Adagrad(parameters, lr=0.1)`.
    momentum, nesterov
        Of "sgd": how much of the last step each step keeps, from 0 to below 1, and whether in
        Nesterov's form.
    weight_decay
        Added to the gradient, times the weights and biases: a penalty on their squares.
    l1
        Penalty on the size of the weights, not of the biases: this much, with the sign of the
        weight, is added to its gradient. The losses of the history are without penalties.
    init
        First weights: "default" are torch's for a linear layer; "xavier" and "kaiming" (uniform),
        "normal" (standard) and "zeros" are those of `torch.nn.init`, with biases of 0.
    validation
        A share of the rows, above 0 and below 1, which is held out, by class, before columns are
        scaled, and not trained on; or other data, like those to learn from. The history has
        `val_loss` and `val_accuracy` then.
    patience
        Stop where the validation loss has not fallen below its lowest for so many epochs. The fit
        has the weights of the best epoch then, `Fit.best_epoch`, and the history of all.
    after_epoch
        A function, or several, called after each epoch with its number, from 1, and the `History`
        so far. One that returns True ends the training.

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
    UserWarning
        If columns are constant, and therefore left out.
    RuntimeWarning
        Where the last loss is finite, but more than ten times that of the initial weights and that
        of guessing.

    Examples
    --------
    >>> fit = train_xor(seed=1)
    >>> fit.evaluate(XORDataset(500, seed=2)).accuracy
    1.0
    >>> train_xor([[150.0], [160.0], [180.0], [190.0]], ["S", "S", "L", "L"], seed=1).levels
    ('L', 'S')

    A schedule of the learning rate is one of torch's, and its step a callback:

    >>> schedules = []
    >>> def falling(parameters):
    ...     optimizer = torch.optim.SGD(parameters, lr=0.4)
    ...     schedules.append(torch.optim.lr_scheduler.StepLR(optimizer, step_size=30, gamma=0.5))
    ...     return optimizer
    >>> fit = train_xor(seed=1, optimizer=falling, after_epoch=lambda *_: schedules[0].step())
    >>> schedules[0].get_last_lr()
    [0.05]

    Gradients are clipped by a hook that torch calls before each step; it returns nothing:

    >>> def clipped(parameters):
    ...     def clip(*_):
    ...         torch.nn.utils.clip_grad_norm_(parameters, max_norm=0.1)
    ...     optimizer = torch.optim.SGD(parameters, lr=0.5)
    ...     optimizer.register_step_pre_hook(clip)
    ...     return optimizer
    >>> train_xor(seed=1, optimizer=clipped).settings.optimizer
    'torch.optim.sgd.SGD'
    """
    check_writing(verbose, checkpoint, every, after_epoch)
    fit, own = begin_fit(
        *(x, y, data, scale, inputs, optimizer, validation, lr, seed),
        hidden=hidden,
        activation=activation,
        init=init,
        epochs=epochs,
        momentum=momentum,
        nesterov=nesterov,
        weight_decay=weight_decay,
        l1=l1,
        batch_size=batch_size,
        patience=patience,
        device=device,
        engine=engine,
        snapshots=snapshots,
    )
    fit.train(verbose, checkpoint, every, after_epoch=after_epoch, optimizer=own)
    message = divergence(fit)
    if message:
        warn(message, RuntimeWarning)
    return fit


def begin_fit(
    x: Any,
    y: Any,
    data: Any,
    scale: Any,
    inputs: Any,
    optimizer: Any,
    validation: Any = None,
    lr: Any = "auto",
    seed: Any = None,
    **others: Any,
) -> tuple[Fit, torch.optim.Optimizer | None]:
    """A fit before its first epoch, from these and other arguments of `train_xor()`, and the
    optimizer that the user's own function makes for it. What is refused draws no seed."""
    check_scale(scale)
    given = training_data(x, y, data)
    inputs = check_inputs(inputs, len(given.dataset.features) if given else 2)
    share = check_share(validation) if is_share(validation) else GIVEN
    if callable(optimizer):
        others |= {"optimizer": _OWN, "lr": check_own_rate(lr)}
    else:
        others |= {"optimizer": optimizer, "lr": lr}
    with undrawn_on_error():
        made = make_settings(seed=seed, validation=share, **others)
        dataset = given.dataset if given else XORDataset(DEFAULT_SIZE, seed=made.seed)
        rows, held_out = split(check_classes(dataset), made, given.held_out if given else None)
        preparation = learn_preparation(rows, scale, inputs, given.encoding if given else None)
        fit = new_fit(rows, made, preparation, held_out)
        if share == GIVEN:
            fit.validation = validation_data(fit, validation)
        own = own_optimizer(fit, optimizer) if callable(optimizer) else None
    return fit, own


def check_classes(dataset: PointDataset) -> PointDataset:
    """A dataset with points of every class."""
    sizes = dataset.class_sizes()
    if min(sizes):
        return dataset
    hint = "; a larger `size` has both" if dataset.origin else ""
    if len(sizes) == 2:
        raise ValueError(
            f"`data` must hold both classes, but all labels are {dataset.label[0]}{hint}."
        )
    missing = [level for level, size in zip(dataset.levels, sizes, strict=True) if not size]
    raise ValueError(
        f"`data` must hold all {len(sizes)} classes, but none of the points is of "
        f"{shortened_names([repr(one) for one in missing])}."
    )


def is_share(validation: Any) -> bool:
    """Whether this is no data: a number, right or wrong, or None."""
    return validation is None or isinstance(validation, Real)


def split(
    dataset: PointDataset, settings: Settings, held_out: PointDataset | None = None
) -> tuple[PointDataset, PointDataset | None]:
    """The rows to train on, and those that are held out for validation, where there are any; they
    may have been held out already."""
    share = settings.validation
    if share is None or share == GIVEN or held_out:
        return dataset, held_out
    return split_validation(dataset, float(share), settings.seed)


def validation_data(fit: Fit, validation: Any) -> PointDataset:
    """Data for validation that were given, in the columns and classes of the training data."""
    try:
        dataset = fit.dataset_of(validation, None)
        points = fit.inputs_of(dataset)
    except (TypeError, ValueError) as error:
        message, named = re.subn("`(data|x)`", "`validation`", str(error), count=1)
        raise type(error)(message if named else f"In `validation`, {message}") from None
    return PointDataset(points, dataset.label, fit.levels, fit.features)


# What stands for the optimizer of a function until there is a net to make it for.
_OWN = "torch.optim.Optimizer"


def check_own_rate(lr: Any) -> float:
    """The learning rate is the function's."""
    if lr != "auto":
        raise ValueError(
            f"`lr` must be left out where `optimizer` is a function, which sets it, not {show(lr)}."
        )
    return 1.0


def own_optimizer(fit: Fit, function: OwnOptimizer) -> torch.optim.Optimizer:
    """The optimizer that a function makes for the net of a fit, whose settings have its name."""
    optimizer = make_own(function, fit.model)
    lr = float(optimizer.defaults.get("lr") or 1.0)
    settings = cast(Settings, fit.settings)
    fit.settings = replace(settings, optimizer=class_name(optimizer), lr=lr)
    return optimizer


def new_fit(
    dataset: PointDataset,
    settings: Settings,
    preparation: Preparation | None = None,
    validation: PointDataset | None = None,
) -> Fit:
    """A fit before its first epoch."""
    check_classes(dataset)
    columns = preparation.columns if preparation else dataset.features
    model = new_classifier(
        len(columns),
        settings.hidden,
        settings.activation,
        settings.seed,
        len(dataset.levels),
        settings.init,
    )
    model = model.to(settings.device)
    history = History()
    return Fit(model, settings, history, dataset, None, preparation, validation=validation)
