"""More than one process, on this machine or on several, as torchrun starts them.

Without torchrun there is one process, which leads a group of its own.
"""

from __future__ import annotations

import math
import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar, cast

import torch
import torch.distributed as dist

# Its functions have the group of all processes for a default. DistributedDataParallel imports it,
# and after init_process_group() it would keep the group, and gloo's threads, for good: a thread
# that meets the end of the interpreter aborts the process.
import torch.distributed.nn.functional
from torch import nn
from torch.distributed.distributed_c10d import PrefixStore
from torch.distributed.rendezvous import rendezvous
from torch.nn.parallel import DistributedDataParallel

from ..data.batches import Batches
from ..data.dataset import TwoClassDataset
from ..device import get_device, one_thread
from ..evaluation.accuracy import find_hits, paired
from ..fit.fit import Fit
from ..fit.train import check_classes
from ..model.classifier import new_classifier
from ..progress import Verbose, progress
from ..settings import SEVERAL, Settings
from ..training.history import History
from ..training.loop import NonFiniteLossError
from .cell import Cell
from .study import Study
from .sweep import make_tasks, run_tasks

T = TypeVar("T")


# How long a process waits for the others to come to the same point. torchrun ends a job in which
# one has died, so that this is for slow ones alone.
_PATIENCE = timedelta(days=30)

# How much of a message the store takes at once: its servers refuse more than 8 MiB.
_PIECE = 2**20


@dataclass
class Group:
    """The processes that work on one job, and this one's place among them.

    What they tell each other lies in the store by which torchrun's processes find one another.
    That needs no process group, whose end may hang (torch 2.2): it waits for gloo's threads, and
    keeps the lock of the interpreter, which a thread that drops its last tensor waits for.
    """

    rank: int
    size: int
    device: torch.device
    store: Any = None  # torch's, of which mypy knows no name
    told: int = 0

    @property
    def leads(self) -> bool:
        """Whether this is the process that prints and writes files."""
        return self.rank == 0

    def agree(self, value: T) -> T:
        """The leader's value, in every process."""
        if self.store is None:
            return value
        self.told += 1
        if self.leads:
            tell(self.store, f"{self.told}", value)
            return value
        return cast(T, hear(self.store, f"{self.told}"))

    def gather(self, values: list[T]) -> list[T]:
        """All processes' values in the leader, which waits for them; none in the others."""
        if self.store is None:
            return values
        self.told += 1
        if not self.leads:
            in_any_case(tell, self.store, f"{self.told} of {self.rank}", values)
            return []
        others = (
            in_any_case(hear, self.store, f"{self.told} of {rank}") for rank in range(1, self.size)
        )
        return values + [value for part in others for value in part]


def tell(store: Any, name: str, value: object) -> None:
    """Lay a value into the store, in pieces."""
    data = pickle.dumps(value)
    starts = range(0, len(data), _PIECE)
    store.set(f"{name}: pieces", str(len(starts)))
    for i, start in enumerate(starts):
        store.set(f"{name}: piece {i}", data[start : start + _PIECE])


def hear(store: Any, name: str) -> Any:
    """The value that `tell()` lays, or has laid, into the store."""
    pieces = int(store.get(f"{name}: pieces"))
    return pickle.loads(b"".join(store.get(f"{name}: piece {i}") for i in range(pieces)))


def in_any_case(call: Callable[..., T], *args: Any) -> T:
    """What a call gives that can be made again, whatever is pressed meanwhile: after Ctrl-C, of
    which torchrun makes two, every process still has something to tell or to hear."""
    while True:
        try:
            return call(*args)
        except KeyboardInterrupt:
            continue


@contextmanager
def joined(device: str | torch.device) -> Iterator[Group]:
    """The group that torchrun's environment variables tell of."""
    chosen, size = get_device(device), int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Group(0, 1, chosen)
        return
    if chosen.type == "cuda":
        chosen = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(chosen)
    store, rank, size = next(rendezvous("env://", timeout=_PATIENCE))
    # torchrun, too, writes into it, and may start a job anew.
    place = f"xorlab/{os.environ.get('TORCHELASTIC_RESTART_COUNT', '0')}"
    group = Group(rank, size, chosen, PrefixStore(place, store))
    try:
        yield group
    finally:
        group.store = None  # whose server, and its thread, torch 2.2 has in the leader


@contextmanager
def process_group(group: Group) -> Iterator[None]:
    """torch's own group of the processes, for sums over all of them."""
    dist.init_process_group(
        "nccl" if group.device.type == "cuda" else "gloo",
        store=group.store,
        rank=group.rank,
        world_size=group.size,
        timeout=_PATIENCE,
    )
    try:
        yield
        dist.barrier()  # or one that leaves early may keep the others from leaving (torch 2.2)
    finally:
        dist.destroy_process_group()


def study_split(group: Group, cell: Cell, seeds: Sequence[int], verbose: Verbose) -> Study:
    """A study whose nets are shared out among the processes; the leader gets every row, in the
    order of the seeds, the others none."""
    tasks = make_tasks([cell], seeds[group.rank :: group.size])
    rows = group.gather(run_tasks(tasks, group.device, verbose))
    return Study(sorted(rows, key=lambda row: row[1].seed), len(seeds))


def train_split(group: Group, data: TwoClassDataset, settings: Settings, verbose: Verbose) -> Fit:
    """Train one net, every process on its share of each batch; the same net comes out of each.

    The batches are those of one process. DistributedDataParallel gives each process the mean of
    all processes' gradients.
    """
    check_classes(data)
    with process_group(group):
        return train_in_group(group, data, settings, verbose)


def train_in_group(
    group: Group, data: TwoClassDataset, settings: Settings, verbose: Verbose
) -> Fit:
    settings = replace(settings, device=str(group.device), engine=SEVERAL)
    model = new_classifier(
        data.data.shape[1], settings.hidden, settings.activation, settings.seed
    ).to(group.device)
    net = DistributedDataParallel(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=settings.lr)
    batches = Batches(
        data.data.to(group.device),
        data.label.to(group.device),
        settings.batch_size,
        settings.seed,
    )
    history = History()
    with one_thread():
        for epoch in progress(settings.epochs, verbose):
            started = time.perf_counter()
            loss, accuracy = split_epoch(group, net, optimizer, batches)
            if not math.isfinite(loss):
                raise NonFiniteLossError(epoch, loss, settings.lr, history)
            history.add(loss, accuracy, time.perf_counter() - started)
    return Fit(model, settings, history, data)


def split_epoch(
    group: Group, net: nn.Module, optimizer: torch.optim.Optimizer, batches: Batches
) -> tuple[float, float]:
    """Mean loss over all points, and accuracy, of all processes together."""
    loss_module = nn.BCEWithLogitsLoss(reduction="sum")
    totals = torch.zeros(2, dtype=torch.float64, device=group.device)
    for data_inputs, data_labels in batches:
        mine = slice(group.rank, None, group.size)
        preds, labels = paired(net(data_inputs[mine]), data_labels[mine])
        loss = loss_module(preds, labels)
        optimizer.zero_grad()
        # The mean over processes of these is the mean over the batch's points.
        (loss * group.size / len(data_inputs)).backward()
        optimizer.step()
        totals[0] += loss.detach()
        totals[1] += find_hits(preds, labels, loss_module).sum()
    dist.all_reduce(totals)
    loss_sum, hits = totals.tolist()
    return loss_sum / len(batches.data), hits / len(batches.data)
