"""Studies: many nets that differ in their seed, or over a grid of hyperparameters."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

from ..checks.public import public
from ..data.convert import WithLabels
from ..data.inputs import InputName
from ..data.origin import ToyKind
from ..data.preparation import Scale
from ..device import Device, get_device
from ..fit.train import DEFAULT_SIZE
from ..model.activations import ActivationName
from ..model.classifier import check_hidden
from ..progress import Verbose, check_verbose
from ..settings import Settings
from .config import Config, Net
from .grid import (
    check_distinct,
    check_runs,
    check_seeds,
    make_config,
    one_data,
    several,
    several_data,
)
from .plan import run_plan
from .study import Study


@public
def seed_study(
    runs: int = 100,
    hidden: int | Sequence[int] = 4,
    activation: ActivationName = "tanh",
    epochs: int = 100,
    lr: float = 0.1,
    batch_size: int = 128,
    std: float | None = None,
    size: int = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    data: ToyKind | WithLabels = "xor",
    scale: Scale = "auto",
    inputs: Sequence[InputName] | None = None,
) -> Study:
    """Train many nets that differ in their seed alone: how often does it work?

    The net of seed s is the fit that `train_xor(toy_data(data, size, std, s), ..., seed=s)` gives.
    On XOR nets are judged by what they make of its corners, and by their accuracy on fresh points;
    on other toy problems by their accuracy on 10,000 fresh points, the same for all nets.

    On data of your own, each net is trained on 80 % of the points of each class, drawn by its
    seed, and judged by its accuracy on the others. Columns are scaled as in `train_xor()`, by the
    rows that the net is trained on.

    Parameters
    ----------
    runs
        How many nets, at most 1,000,000.
    hidden, activation, epochs, lr, batch_size, device, verbose, scale, inputs
        As in `train_xor()`.
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
    settings = Settings(
        hidden=check_hidden("hidden", hidden),
        activation=activation,
        epochs=epochs,
        lr=lr,
        batch_size=batch_size,
    )
    return run_configs(
        [make_config(one_data(data), settings, size, std, scale, inputs)],
        *(runs, seed, device, verbose),
    )


@public
def xor_sweep(
    lr: float | Sequence[float] = (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    hidden: int | Sequence[int | Sequence[int]] = (2, 3, 4, 8),
    activation: ActivationName | Sequence[ActivationName] = "tanh",
    std: float | Sequence[float] | None = None,
    runs: int = 20,
    epochs: int = 100,
    batch_size: int = 128,
    size: int = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
    data: ToyKind | WithLabels | Sequence[ToyKind | WithLabels] = "xor",
    scale: Scale = "auto",
    inputs: Sequence[InputName] | None = None,
) -> Study:
    """Train many nets over a grid of settings: what does each of them do?

    Parameters
    ----------
    lr, hidden, activation, std
        One value, or a list of different ones; every combination is a configuration. A value
        of `hidden` is a number of units, or a tuple of them for a net of several hidden layers:
        `[2, 4]` is two configurations of one layer, `[(2, 4)]` one configuration of two layers.
    runs
        Nets of each configuration, with the same seeds in each; at most 1,000,000 in all.
    epochs, batch_size, size, device, seed, verbose, scale, inputs
        As in `seed_study()`.
    data
        As in `seed_study()`, or a list of different kinds of toy problems, such as
        `["xor", "moons"]`, among which your own points may be, as the result of `as_xor_data()`.

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
    """
    given = {"activation": activation, "std": std, "hidden": hidden, "lr": lr}
    grid: dict[str, list[Any]] = {"data": several_data(data)}
    grid |= {name: several(name, value) for name, value in given.items()}
    check_runs(runs, math.prod(map(len, grid.values())))
    others: dict[str, Any] = {"epochs": epochs, "batch_size": batch_size}
    configs = [
        make_config(
            kind,
            Settings(hidden=widths, activation=act, lr=rate, **others),
            *(size, noise, scale, inputs),
        )
        for kind, act, noise, widths, rate in itertools.product(*grid.values())
    ]
    check_distinct(grid, configs)
    return run_configs(configs, runs, seed, device, verbose)


def run_configs(
    configs: Sequence[Config], runs: Any, seed: Any, device: Any, verbose: Verbose
) -> Study:
    """Train nets of each configuration, with the same seeds."""
    where = get_device(device)
    check_verbose(verbose)
    seeds = check_seeds(runs, seed)  # last: a refused call draws no seed
    return run_plan([Net(config, one) for config in configs for one in seeds], where, verbose)
