"""Train a classifier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike

from ..checks.public import public
from ..checks.tensors import Numbers
from ..checks.words import shortened_names, warn
from ..data.convert import Data
from ..data.dataset import PointDataset
from ..data.inputs import InputName, check_inputs
from ..data.preparation import Preparation, Scale, check_scale, learn_preparation
from ..data.training_data import training_data
from ..data.xor import XORDataset
from ..device import Device
from ..model.activations import ActivationName
from ..model.classifier import new_classifier
from ..progress import Verbose
from ..settings import Engine, Settings, make_settings
from ..training.history import History
from .divergence import divergence
from .fit import Fit
from .in_place import check_writing

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
    lr: float = 0.1,
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
) -> Fit:
    """Train a classifier by stochastic gradient descent.

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
        Hidden units: one number, or one for each of up to 100 hidden layers.
    activation
        "tanh", "relu", "sigmoid", "identity", "elu", "leaky_relu" or "softplus".
    epochs
        How many times to go through the data.
    lr
        Learning rate, above 0 and within float32.
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
    """
    check_writing(verbose, checkpoint, every)
    check_scale(scale)
    given = training_data(x, y, data)
    preparation = None
    inputs = check_inputs(inputs, len(given.dataset.features) if given else 2)
    if given:
        check_classes(given.dataset)
        preparation = learn_preparation(given.dataset, scale, inputs, given.encoding)
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
    dataset = given.dataset if given else XORDataset(DEFAULT_SIZE, seed=settings.seed)
    if given is None:
        preparation = learn_preparation(dataset, scale, inputs)
    fit = new_fit(dataset, settings, preparation)
    fit.train(verbose, checkpoint, every)
    message = divergence(fit)
    if message:
        warn(message, RuntimeWarning)
    return fit


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


def new_fit(
    dataset: PointDataset, settings: Settings, preparation: Preparation | None = None
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
    return Fit(model.to(settings.device), settings, History(), dataset, None, preparation)
