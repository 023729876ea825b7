"""Training many nets: stacks of them take their steps together, and cores work on stacks."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import torch

from .bar import Verbose, check_verbose, make_bar
from .cell import Cell, Run, check_cell
from .checks import MAX_COUNT, check_count
from .device import get_device, one_thread
from .seed import resolve_seed
from .stack import run_stack
from .study import Study
from .training import DEFAULT_SIZE

# Nets in a stack: enough for long operations, few enough for the processor's cache.
STACK = 128
# Fewer nets than these are quicker on one core: two would wait for each other between short calls.
WORTH_SHARING = 32
# Numbers that a stack may hold at once, whatever the size of the data: 256 MB of float32.
_ROOM = 2**26


def seed_study(
    runs: int = 100,
    hidden: Any = 4,
    activation: str = "tanh",
    epochs: int = 100,
    lr: float = 0.1,
    batch_size: int = 128,
    std: float = 0.1,
    size: int = DEFAULT_SIZE,
    device: str | torch.device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
) -> Study:
    """Train many nets that differ in their seed alone: how often does it work?

    The net of seed s is the fit that `train_xor(XORDataset(size, std, s), ..., seed=s)` gives.

    Parameters
    ----------
    runs
        How many nets.
    hidden, activation, epochs, lr, batch_size, device, verbose
        As in `train_xor()`.
    std, size
        Of each net's own `XORDataset`.
    seed
        Of the first net; the next ones count up from it. None draws one from torch's global
        generator.

    Returns
    -------
    A `Study`, a row for each net. Ctrl-C ends it with the nets that are finished.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> study = seed_study(runs=8, epochs=5, seed=1)
    >>> [run.seed for _, run in study.rows]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    cell = check_cell(hidden, activation, lr, std, size, epochs, batch_size)
    where = get_device(device)
    check_verbose(verbose)
    # The seed is drawn in the end, so that a refused call draws nothing.
    return run_cells([cell], check_seeds(runs, seed), where, verbose)


def xor_sweep(
    lr: Any = (0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    hidden: Any = (2, 3, 4, 8),
    activation: Any = "tanh",
    std: Any = 0.1,
    runs: int = 20,
    epochs: int = 100,
    batch_size: int = 128,
    size: int = DEFAULT_SIZE,
    device: str | torch.device = "auto",
    seed: int | None = None,
    verbose: Verbose = "auto",
) -> Study:
    """Train many nets over a grid of settings: what does each of them do?

    Parameters
    ----------
    lr, hidden, activation, std
        One value or several; every combination is a cell of the study. An entry of `hidden` may be
        a sequence itself, for several layers.
    runs
        Nets in each cell, with the same seeds in every cell.
    epochs, batch_size, size, device, seed, verbose
        As in `seed_study()`.

    Returns
    -------
    A `Study`, a row for each net of each cell.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above.

    Examples
    --------
    >>> study = xor_sweep(lr=[0.1, 1], hidden=[2, 4], runs=3, epochs=2, seed=1)
    >>> len(study)
    12
    """
    grid = [several(value) for value in (activation, std, hidden, lr)]
    cells = [
        check_cell(widths, act, rate, noise, size, epochs, batch_size)
        for act, noise, widths, rate in itertools.product(*grid)
    ]
    if not cells:
        raise ValueError("`lr`, `hidden`, `activation` and `std` must each hold a value.")
    where = get_device(device)
    check_verbose(verbose)
    return run_cells(list(dict.fromkeys(cells)), check_seeds(runs, seed), where, verbose)


def several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]


def check_seeds(runs: Any, seed: Any) -> range:
    runs = check_count("runs", runs)
    first = min(resolve_seed(seed), MAX_COUNT - runs) if seed is None else resolve_seed(seed)
    if first + runs - 1 > MAX_COUNT:
        raise ValueError(
            f"`seed` must be at most {MAX_COUNT + 1 - runs} for {runs} runs, not {seed}."
        )
    return range(first, first + runs)


Task = tuple[Cell, Sequence[int]]


def run_cells(
    cells: Sequence[Cell], seeds: Sequence[int], device: torch.device, verbose: Verbose
) -> Study:
    """Train the nets of every cell and seed; Ctrl-C keeps the finished ones."""
    return Study(run_tasks(make_tasks(cells, seeds), device, verbose), len(cells) * len(seeds))


def make_tasks(cells: Sequence[Cell], seeds: Sequence[int]) -> list[Task]:
    """Stacks of nets, of even lengths, enough of them to give every core some."""
    tasks: list[Task] = []
    if not seeds:  # of several processes, some may have none
        return tasks
    for cell in cells:
        fit_in = max(1, _ROOM // numbers_held(cell))
        share = max(WORTH_SHARING, -(-len(seeds) // -(-workers() // len(cells))))
        pieces = -(-len(seeds) // min(STACK, fit_in, share))
        length = -(-len(seeds) // pieces)
        tasks += [(cell, seeds[i : i + length]) for i in range(0, len(seeds), length)]
    return tasks


def numbers_held(cell: Cell) -> int:
    """About how many numbers a stack holds for each of its nets."""
    weights = sum(
        (before + 1) * after for before, after in itertools.pairwise((2, *cell.widths, 1))
    )
    return 16 * cell.size + 8 * cell.batch_size * sum(cell.widths) + 4 * weights


def workers() -> int:
    return min(torch.get_num_threads(), os.cpu_count() or 1)


def shut_down(pool: ThreadPoolExecutor) -> None:
    """Wait for the stacks at work, whatever is pressed meanwhile: the finished ones are kept."""
    while True:
        try:
            pool.shutdown(cancel_futures=True)
            return
        except KeyboardInterrupt:
            continue


def run_tasks(
    tasks: Sequence[Task], device: torch.device, verbose: Verbose
) -> list[tuple[Cell, Run]]:
    """Rows of the tasks that were finished, in their order."""
    stop = Event()
    count = workers() if device.type == "cpu" else 1
    bar = make_bar("Nets", sum(len(seeds) for _, seeds in tasks), verbose)
    with bar, one_thread(), ThreadPoolExecutor(count) as pool:
        futures: list[Future[list[Run]]] = []
        try:
            futures += [pool.submit(run_stack, cell, seeds, device, stop) for cell, seeds in tasks]
            for future in as_completed(futures):
                bar.update(len(future.result()))
        except BaseException as error:
            stop.set()
            shut_down(pool)
            if not isinstance(error, KeyboardInterrupt):
                raise
    return [
        (cell, run)
        for (cell, _), future in zip(tasks, futures, strict=False)
        if future.done() and not future.cancelled() and future.exception() is None
        for run in future.result()
    ]
