"""Studies: many nets that differ in their seed, or over a grid of hyperparameters."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..checks.public import public
from ..checks.values import MAX_COUNT, check_count
from ..device import Device, get_device
from ..fit.train import DEFAULT_SIZE
from ..model.activations import ActivationName
from ..model.classifier import check_hidden
from ..progress import Verbose, check_verbose
from ..seed import resolve_seed
from ..settings import Settings
from .config import Config, Net
from .plan import run_plan
from .study import Study
from .summary import plain
from .table import MAX_NETS


@public
def seed_study(
    runs: int = 100,
    hidden: int | Sequence[int] = 4,
    activation: ActivationName = "tanh",
    epochs: int = 100,
    lr: float = 0.1,
    batch_size: int = 128,
    std: float = 0.1,
    size: int = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
) -> Study:
    """Train many nets that differ in their seed alone: how often does it work?

    The net of seed s is the fit that `train_xor(XORDataset(size, std, s), ..., seed=s)` gives.

    Parameters
    ----------
    runs
        How many nets, at most 1,000,000.
    hidden, activation, epochs, lr, batch_size, device, verbose
        As in `train_xor()`.
    std, size
        Of each net's own `XORDataset`.
    seed
        Of the first net; the next ones count up from it. None draws one from torch's global
        generator.

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
    return run_configs([Config(settings, size, std)], runs, seed, device, verbose)


@public
def xor_sweep(
    lr: float | Sequence[float] = (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    hidden: int | Sequence[int | Sequence[int]] = (2, 3, 4, 8),
    activation: ActivationName | Sequence[ActivationName] = "tanh",
    std: float | Sequence[float] = 0.1,
    runs: int = 20,
    epochs: int = 100,
    batch_size: int = 128,
    size: int = DEFAULT_SIZE,
    device: Device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
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
    epochs, batch_size, size, device, seed, verbose
        As in `seed_study()`.

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
    grid = {name: several(name, value) for name, value in given.items()}
    check_runs(runs, math.prod(map(len, grid.values())))
    others: dict[str, Any] = {"epochs": epochs, "batch_size": batch_size}
    configs = [
        Config(Settings(hidden=widths, activation=act, lr=rate, **others), size, noise)
        for act, noise, widths, rate in itertools.product(*grid.values())
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


def several(name: str, value: Any) -> list[Any]:
    """The values of an argument, of which there may be one."""
    if not isinstance(value, Iterable) or isinstance(value, str):
        return [value]
    values = list(itertools.islice(value, MAX_NETS + 1))
    if not 1 <= len(values) <= MAX_NETS:
        came = "more" if values else "none"
        raise ValueError(f"`{name}` must hold from 1 to {MAX_NETS:,} values, not {came}.")
    return values


def check_distinct(grid: Mapping[str, Sequence[Any]], configs: Sequence[Config]) -> None:
    """No argument of a sweep holds a value twice."""
    for name, values in grid.items():
        found = Counter(config.columns()[name] for config in configs)
        if len(found) == len(values):
            continue
        hint = ""
        if name == "hidden" and not any(isinstance(one, Iterable) for one in values):
            layers = ", ".join(str(*check_hidden(name, one)) for one in values)
            hint = f" In a sweep, a net of several hidden layers is a tuple: [({layers})]."
        raise ValueError(
            f"`{name}` must hold each value once, but {plain(found.most_common(1)[0][0])} is "
            f"there more than once.{hint}"
        )


def check_runs(runs: Any, configs: int = 1) -> int:
    """Nets of each of so many configurations."""
    count = check_count("runs", runs)
    if count * configs > MAX_NETS:
        nets = f"{count:,}" if configs == 1 else f"{count:,} of each of {configs:,} configurations"
        raise ValueError(f"`runs` must make at most {MAX_NETS:,} nets in all, not {nets}.")
    return count


def check_seeds(runs: Any, seed: Any) -> range:
    runs = check_runs(runs)
    first = min(resolve_seed(seed), MAX_COUNT - runs) if seed is None else resolve_seed(seed)
    if first + runs - 1 > MAX_COUNT:
        raise ValueError(
            f"`seed` must be at most {MAX_COUNT + 1 - runs} for {runs} runs, not {seed}."
        )
    return range(first, first + runs)
