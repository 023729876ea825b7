"""Training many nets: stacks of them take their steps together, and cores work on stacks."""

from __future__ import annotations

import itertools
import math
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event
from typing import Any

import torch

from ..checks.public import public
from ..checks.values import MAX_COUNT, check_count, counted, warn
from ..device import get_device, one_thread
from ..fit.train import DEFAULT_SIZE
from ..model.classifier import check_hidden
from ..progress import Verbose, check_verbose, make_bar
from ..seed import resolve_seed
from .cell import Cell, Run, check_cell, plain
from .stack import run_stack
from .study import MAX_NETS, Study, StudyInterrupted, interrupted

# Nets in a stack: enough for long operations, few enough for the processor's cache.
STACK = 128
# Fewer nets than these are quicker on one core: two would wait for each other between short calls.
WORTH_SHARING = 32
# Numbers that a stack may hold at once, whatever the size of the data: 256 MB of float32.
_ROOM = 2**26


@public
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
    cell = check_cell(hidden, activation, lr, std, size, epochs, batch_size)
    where = get_device(device)
    check_verbose(verbose)
    # The seed is drawn in the end, so that a refused call draws nothing.
    return run_cells([cell], check_seeds(runs, seed), where, verbose)


@public
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
        One value, or a list of different ones; every combination is a cell of the study. A value
        of `hidden` is a number of units, or a tuple of them for a net of several hidden layers:
        `[2, 4]` is two cells of nets with one layer, `[(2, 4)]` one cell of nets with two.
    runs
        Nets in each cell, with the same seeds in every cell; at most 1,000,000 in all.
    epochs, batch_size, size, device, seed, verbose
        As in `seed_study()`.

    Returns
    -------
    A `Study`, a row for each net of each cell.

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
    cells = [
        check_cell(widths, act, rate, noise, size, epochs, batch_size)
        for act, noise, widths, rate in itertools.product(*grid.values())
    ]
    check_distinct(grid, cells)
    where = get_device(device)
    check_verbose(verbose)
    return run_cells(cells, check_seeds(runs, seed), where, verbose)


def several(name: str, value: Any) -> list[Any]:
    """The values of an argument, of which there may be one."""
    if not isinstance(value, Iterable) or isinstance(value, str):
        return [value]
    values = list(itertools.islice(value, MAX_NETS + 1))
    if not 1 <= len(values) <= MAX_NETS:
        came = "more" if values else "none"
        raise ValueError(f"`{name}` must hold from 1 to {MAX_NETS:,} values, not {came}.")
    return values


def check_distinct(grid: Mapping[str, Sequence[Any]], cells: Sequence[Cell]) -> None:
    """No argument of a sweep holds a value twice."""
    for name, values in grid.items():
        found = Counter(getattr(cell, name) for cell in cells)
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


def check_runs(runs: Any, cells: int = 1) -> int:
    """Nets in each of so many cells."""
    count = check_count("runs", runs)
    if count * cells > MAX_NETS:
        nets = f"{count:,}" if cells == 1 else f"{count:,} in each of {cells:,} cells"
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


Task = tuple[Cell, Sequence[int]]


def run_cells(
    cells: Sequence[Cell], seeds: Sequence[int], device: torch.device, verbose: Verbose
) -> Study:
    """Train the nets of every cell and seed; an interrupt has the study of the finished ones."""
    rows = run_tasks(make_tasks(cells, seeds), device, verbose)
    study = Study(rows, len(cells) * len(seeds))
    if len(study) < study.planned:
        interrupted.note(study, len(study), study.planned)
        raise StudyInterrupted(study)
    warn_if_diverged(study)
    return study


# A net has diverged where its last loss is not finite, or is this large, in nats: ten times that of
# initial weights, and more of guessing.
DIVERGED_LOSS = 10


def warn_if_diverged(study: Study) -> None:
    """One line where trainings at the only learning rate diverged; of several rates, what each of
    them does is what the study was for."""
    lrs = {cell.lr for cell, _ in study.rows}
    diverged = sum(not run.loss <= DIVERGED_LOSS for _, run in study.rows)
    if diverged and len(lrs) == 1:
        warn(
            f"The training of {diverged:,} of {counted(len(study), 'net')} diverged: the loss rose "
            f"above {DIVERGED_LOSS} or was not finite. Try a smaller `lr` (it was {lrs.pop():g}).",
            RuntimeWarning,
        )


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
    """Rows of the tasks in their order; after Ctrl-C, of those that were finished."""
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
