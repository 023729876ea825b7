"""Training many nets: batches of models take their steps together, and cores work on batches."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from threading import Event

import torch

from ..device import one_thread
from ..progress import Verbose, make_bar
from ..training.validation import POINTS
from .config import Config, Net, Run
from .stack import run_stack

# Nets in a stack: enough for long operations, few enough for the processor's cache.
STACK = 128
# Fewer nets than these are quicker on one core: two would wait for each other between short calls.
WORTH_SHARING = 32
# Numbers that a stack may hold at once, whatever the size of the data: 256 MB of float32.
_ROOM = 2**26

Task = tuple[Config, Sequence[int]]


def run_nets(
    plan: Sequence[Net],
    device: torch.device,
    verbose: Verbose,
    done: Sequence[tuple[Config, Run]] = (),
) -> list[tuple[Config, Run]]:
    """The rows of a plan in its order, those that are done and those that are trained now; after
    Ctrl-C, of the nets that were finished."""
    rows = {Net(config, run.seed): (config, run) for config, run in done}
    tasks = make_tasks(net for net in plan if net not in rows)
    for config, run in run_tasks(tasks, device, verbose):
        rows[Net(config, run.seed)] = config, run
    return [rows[net] for net in plan if net in rows]


def make_tasks(nets: Iterable[Net]) -> list[Task]:
    """Batches of models, of even lengths, enough of them to give every core some."""
    groups: dict[Config, list[int]] = {}
    for config, seed in nets:
        groups.setdefault(config, []).append(seed)
    tasks: list[Task] = []
    for config, seeds in groups.items():
        fit_in = max(1, _ROOM // numbers_held(config))
        share = max(WORTH_SHARING, -(-len(seeds) // -(-workers() // len(groups))))
        pieces = -(-len(seeds) // min(STACK, fit_in, share))
        length = -(-len(seeds) // pieces)
        tasks += [(config, seeds[i : i + length]) for i in range(0, len(seeds), length)]
    return tasks


def numbers_held(config: Config) -> int:
    """About how many numbers a stack holds for each of its nets."""
    widths, hidden = config.widths, config.settings.hidden
    weights = sum((before + 1) * after for before, after in itertools.pairwise(widths))
    row = 4 * (widths[0] + widths[-1] + 1)
    together = config.settings.batch_size + (POINTS if config.settings.validation else 0)
    return row * config.size + 8 * together * sum(hidden) + 8 * weights


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
) -> list[tuple[Config, Run]]:
    """Rows of the tasks in their order; after Ctrl-C, of those that were finished."""
    stop = Event()
    count = workers() if device.type == "cpu" else 1
    bar = make_bar("Nets", sum(len(seeds) for _, seeds in tasks), verbose)
    with bar, one_thread(), ThreadPoolExecutor(count) as pool:
        futures: list[Future[list[Run]]] = []
        try:
            futures += [pool.submit(run_stack, *task, device, stop) for task in tasks]
            for future in as_completed(futures):
                bar.update(len(future.result()))
        except BaseException as error:
            stop.set()
            shut_down(pool)
            if not isinstance(error, KeyboardInterrupt):
                raise
    return [
        (config, run)
        for (config, _), future in zip(tasks, futures, strict=False)
        if future.done() and not future.cancelled() and future.exception() is None
        for run in future.result()
    ]
