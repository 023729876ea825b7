"""Seeds: one whole number fixes data, first weights and batch order, and nothing else.

Each use has a random stream of its own, derived from the seed by numpy's `SeedSequence`, so that
the points do not repeat the numbers behind the weights. The user's global states are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Literal

import numpy as np
import torch

from .checks.values import MAX_COUNT, check_count

Stream = Literal["data", "weights", "batches", "held out", "test", "validation", "directions"]
_lock = Lock()
# New ones come last: the place of each is part of what a seed means.
_STREAMS: tuple[Stream, ...] = (
    "data",
    "weights",
    "batches",
    "held out",
    "test",
    "validation",
    "directions",
)


def resolve_seed(seed: Any = None) -> int:
    """The seed itself, or for None one drawn from torch's global generator."""
    if seed is None:
        return int(torch.randint(MAX_COUNT, (), dtype=torch.int64))
    return check_count("seed", seed, minimum=0)


@contextmanager
def undrawn_on_error() -> Iterator[None]:
    """Where what is within fails, torch's global generator is as if it had not been drawn from."""
    state = torch.default_generator.get_state()
    try:
        yield
    except BaseException:
        torch.default_generator.set_state(state)
        raise


def stream_seed(seed: int, stream: Stream) -> int:
    return int(np.random.SeedSequence([seed, _STREAMS.index(stream)]).generate_state(1)[0])


def make_generator(seed: int, stream: Stream) -> torch.Generator:
    return torch.Generator().manual_seed(stream_seed(seed, stream))


@contextmanager
def seeded(seed: int, stream: Stream) -> Iterator[None]:
    """Within it, torch's global CPU generator follows the stream; afterwards it is as it was.

    One thread at a time: the generator is everybody's.
    """
    with _lock:
        state = torch.default_generator.get_state()
        torch.default_generator.manual_seed(stream_seed(seed, stream))
        try:
            yield
        finally:
            torch.default_generator.set_state(state)
