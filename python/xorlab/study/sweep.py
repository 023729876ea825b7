"""Studies: many nets that differ in their seed, or over a grid of hyperparameters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from ..checks.public import public
from ..data.convert import WithLabels
from ..data.inputs import InputName
from ..data.origin import ToyKind
from ..data.preparation import Scale
from ..device import Device, get_device
from ..fit.train import DEFAULT_SIZE
from ..model.activations import ActivationName
from ..model.initial_weights import InitName
from ..optimizers import OptimizerName
from ..progress import Verbose, check_verbose
from .config import Config, Net
from .grid import (
    check_runs,
    check_seeds,
    make_config,
    make_configs,
    one_data,
    several,
    several_data,
    several_inputs,
    study_settings,
)
from .plan import run_plan
from .study import Study

_Value = TypeVar("_Value")
# One value of an argument, or several.
Several: TypeAlias = _Value | Sequence[_Value]


@public
def seed_study(
    runs: int = 100,
    hidden: int | Sequence[int] = 4,
    activation: ActivationName = "tanh",
    epochs: int = 100,
    lr: float | Literal["auto"] = "auto",
    batch_size: int = 128,
    std: float | None = None,
    size: int = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    data: ToyKind | WithLabels = "xor",
    scale: Scale = "auto",
    inputs: Sequence[InputName] | None = None,
    *,
    optimizer: OptimizerName = "sgd",
    momentum: float = 0.0,
    nesterov: bool = False,
    weight_decay: float = 0.0,
    l1: float = 0.0,
    init: InitName = "default",
    validation: float | None = None,
    patience: int | None = None,
) -> Study:
    """Train many nets that differ in their seed alone: how often does it work?

    The net of seed s is the fit that `train_xor(toy_data(data, size, std, s), ..., seed=s)` gives.
    On XOR nets are evaluated at its corners, and by their accuracy on fresh points; on other toy
    problems by their accuracy on 10,000 fresh points, the same for all nets.

    On data of your own, each net is trained on 80 % of the points of each class, drawn by its
    seed, and evaluated on the others. Columns are scaled as in `train_xor()`, by the
    rows that the net is trained on.

    Parameters
    ----------
    runs
        How many nets, at most 1,000,000.
    hidden, activation, epochs, lr, batch_size, device, verbose, scale, inputs
        As in `train_xor()`.
    optimizer, momentum, nesterov, weight_decay, l1, init
        As in `train_xor()`; `optimizer` by its name.
    validation, patience
        As in `train_xor()`: the share of its own training points that each net holds out. Those of
        your own data that it is evaluated on are others.
    std, size
        Noise and number of points of each net's own sample of the toy problem, as in `toy_data()`:
        None takes the noise of its kind, which of XOR is 0.1. Your own data have no `std`, and the
        size that they have.
    seed
        Of the first net; the next ones count up from it. None draws one from torch's global
        generator.
    data
        The kind of toy problem, as in `toy_data()`, or your own data as `train_xor()` takes them,
        such as the result of `as_xor_data()`.

    Returns
    -------
    A `Study`, a row for each net.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    StudyInterrupted
        Where Ctrl-C ends it: a `KeyboardInterrupt` that has the study of the nets that were
        finished, which `interrupted_study()` returns too.

    Warns
    -----
    RuntimeWarning
        Where trainings diverged at the only learning rate: their last loss is above 10, or not
        finite.

    Examples
    --------
    >>> study = seed_study(runs=8, epochs=5, seed=1)
    >>> [run.seed for _, run in study.rows]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    settings = study_settings(
        {
            "hidden": hidden,
            "activation": activation,
            "init": init,
            "epochs": epochs,
            "optimizer": optimizer,
            "lr": lr,
            "momentum": momentum,
            "nesterov": nesterov,
            "weight_decay": weight_decay,
            "l1": l1,
            "batch_size": batch_size,
            "validation": validation,
            "patience": patience,
        }
    )
    return run_configs(
        [make_config(one_data(data), settings, size, std, scale, inputs)],
        *(runs, seed, device, verbose),
    )


@public
def xor_sweep(
    lr: Several[float | Literal["auto"]] = (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    hidden: Several[int | Sequence[int]] = (2, 3, 4, 8),
    activation: Several[ActivationName] = "tanh",
    std: Several[float] | None = None,
    runs: int = 20,
    epochs: Several[int] = 100,
    batch_size: Several[int] = 128,
    size: Several[int] = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    data: Several[ToyKind | WithLabels] = "xor",
    scale: Several[Scale] = "auto",
    inputs: Sequence[InputName] | Sequence[Sequence[InputName] | None] | None = None,
    *,
    optimizer: Several[OptimizerName] = "sgd",
    momentum: Several[float] = 0.0,
    nesterov: Several[bool] = False,
    weight_decay: Several[float] = 0.0,
    l1: Several[float] = 0.0,
    init: Several[InitName] = "default",
    validation: Several[float | None] = None,
    patience: Several[int | None] = None,
) -> Study:
    """Train many nets over a grid of settings: what does each of them do?

    All arguments but `runs`, `device`, `seed` and `verbose` take one value, or a list of different
    ones; every combination is a configuration. Left out are combinations of hyperparameters that
    do not go together: momentum and Nesterov's form of it are of "sgd" alone, that form needs
    momentum, and patience needs validation. So `optimizer=["sgd", "adam"], momentum=[0, 0.9]` is
    three configurations. A value that goes with none of the others is an error.

    Parameters
    ----------
    lr
        Learning rates, "auto" among them, which is each optimizer's usual one.
    hidden
        A value is a number of units, or a tuple of them for a net of several hidden layers:
        `[2, 4]` is two configurations of one layer, `[(2, 4)]` one configuration of two layers.
    runs
        Nets of each configuration, with the same seeds in each; at most 1,000,000 in all.
    data
        As in `seed_study()`, or a list of different kinds of toy problems, such as
        `["xor", "moons"]`, among which your own points may be, as the result of `as_xor_data()`.
    inputs
        Named inputs, or a list of such lists, in which None stands for the columns.
    activation, std, epochs, batch_size, size, device, seed, verbose, scale
        As in `seed_study()`.
    optimizer, momentum, nesterov, weight_decay, l1, init, validation, patience
        As in `seed_study()`; a list of values of `validation` or `patience` may hold None.

    Returns
    -------
    A `Study`, a row for each net of each configuration.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.
    StudyInterrupted
        As in `seed_study()`.

    Warns
    -----
    RuntimeWarning
        As in `seed_study()`.

    Examples
    --------
    >>> study = xor_sweep(lr=[0.1, 1], hidden=[2, 4], runs=3, epochs=2, seed=1)
    >>> len(study)
    12
    >>> terms = {"optimizer": ["sgd", "adam"], "momentum": [0, 0.9]}
    >>> study = xor_sweep(lr="auto", hidden=4, runs=3, epochs=2, seed=1, **terms)
    >>> [(one.optimizer, one.momentum, one.lr) for one in study.summary()]
    [('sgd', 0.0, 0.1), ('sgd', 0.9, 0.1), ('adam', 0.0, 0.01)]
    """
    given = {
        "scale": scale,
        "size": size,
        "init": init,
        "optimizer": optimizer,
        "momentum": momentum,
        "nesterov": nesterov,
        "weight_decay": weight_decay,
        "l1": l1,
        "batch_size": batch_size,
        "validation": validation,
        "patience": patience,
        "epochs": epochs,
        "activation": activation,
        "std": std,
        "hidden": hidden,
        "lr": lr,
    }
    grid: dict[str, list[Any]] = {"data": several_data(data), "inputs": several_inputs(inputs)}
    grid |= {name: several(name, value) for name, value in given.items()}
    check_runs(runs, math.prod(map(len, grid.values())))
    return run_configs(make_configs(grid), runs, seed, device, verbose)


def run_configs(
    configs: Sequence[Config], runs: Any, seed: Any, device: Any, verbose: Verbose
) -> Study:
    """Train nets of each configuration, with the same seeds."""
    where = get_device(device)
    check_verbose(verbose)
    seeds = check_seeds(runs, seed)  # last: a refused call draws no seed
    return run_plan([Net(config, one) for config in configs for one in seeds], where, verbose)
