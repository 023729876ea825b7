"""More than one process, on this machine or on several, as torchrun starts them.

Without torchrun there is one process, which leads a group of its own.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, cast

import torch
from torch.distributed.distributed_c10d import PrefixStore
from torch.distributed.rendezvous import rendezvous

from ..checks.words import show
from ..device import get_device
from ..progress import Verbose
from .config import Config, Net
from .nets import run_nets
from .study import Study

T = TypeVar("T")


# How long a process waits for the others to come to the same point. torchrun ends a job in which
# one has died, so that this is for slow ones alone.
_PATIENCE = timedelta(days=30)

# How much of a message the store takes at once: its servers refuse more than 8 MiB.
_PIECE = 2**20


@dataclass
class Group:
    """The processes that work on one job, and this one's place among them.

    Their messages lie in the store by which torchrun's processes find one another:
    that needs no process group, whose end may hang (torch 2.2).
    """

    rank: int
    size: int
    device: torch.device
    store: Any = None  # torch's, of which mypy knows no name
    messages: int = 0

    @property
    def leads(self) -> bool:
        """Whether this is the process that prints and writes files."""
        return self.rank == 0

    def agree(self, value: T) -> T:
        """The leader's value, in every process."""
        if self.store is None:
            return value
        self.messages += 1
        if self.leads:
            send(self.store, f"{self.messages}", value)
            return value
        return cast(T, receive(self.store, f"{self.messages}"))

    def gather(self, values: list[T]) -> list[T]:
        """All processes' values in the leader, which waits for them; none in the others."""
        if self.store is None:
            return values
        self.messages += 1
        if not self.leads:
            in_any_case(send, self.store, f"{self.messages} of {self.rank}", values)
            return []
        others = (
            in_any_case(receive, self.store, f"{self.messages} of {rank}")
            for rank in range(1, self.size)
        )
        return values + [value for part in others for value in part]


def send(store: Any, name: str, value: object) -> None:
    """Put a value into the store, in pieces."""
    data = pickle.dumps(value)
    starts = range(0, len(data), _PIECE)
    store.set(f"{name}: pieces", str(len(starts)))
    for i, start in enumerate(starts):
        store.set(f"{name}: piece {i}", data[start : start + _PIECE])


def receive(store: Any, name: str) -> Any:
    """The value that `send()` puts, or has put, into the store."""
    pieces = int(store.get(f"{name}: pieces"))
    return pickle.loads(b"".join(store.get(f"{name}: piece {i}") for i in range(pieces)))


def in_any_case(call: Callable[..., T], *args: Any) -> T:
    """What a call gives that can be made again, whatever is pressed meanwhile: after Ctrl-C, of
    which torchrun makes two, every process still has something to send or to receive."""
    while True:
        try:
            return call(*args)
        except KeyboardInterrupt:
            continue


def world_size() -> int:
    """The number of processes that torchrun's environment variable tells."""
    size = os.environ.get("WORLD_SIZE", "1")
    if not size.isdecimal() or not int(size):
        raise ValueError(f"WORLD_SIZE, which torchrun sets, must be a number, not {show(size)}.")
    return int(size)


@contextmanager
def joined(device: str | torch.device) -> Iterator[Group]:
    """The group that torchrun's environment variables tell of."""
    chosen, size = get_device(device), world_size()
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


def study_split(group: Group, config: Config, seeds: Sequence[int], verbose: Verbose) -> Study:
    """A study whose nets are shared out among the processes; the leader gets every row, in the
    order of the seeds, the others none."""
    plan = [Net(config, seed) for seed in seeds]
    rows = group.gather(run_nets(plan[group.rank :: group.size], group.device, verbose))
    return Study(sorted(rows, key=lambda row: row[1].seed), plan=plan)
