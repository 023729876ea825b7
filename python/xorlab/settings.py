"""What a training is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .checks import MAX_FLOAT32, check_choice, check_count, check_number
from .device import get_device
from .model import ACTIVATIONS, check_hidden
from .seed import resolve_seed

MAX_SNAPSHOTS = 100_000
ENGINES = ("auto", "autograd", "fused")


@dataclass(frozen=True)
class Settings:
    """The arguments of `train_xor()`, with nothing left open."""

    hidden: tuple[int, ...]
    activation: str
    epochs: int
    lr: float
    batch_size: int
    device: str
    seed: int
    engine: str = "autograd"
    snapshots: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values and lists."""
        lists = {"hidden": list(self.hidden), "snapshots": list(self.snapshots)}
        return {**asdict(self), **lists}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Settings:
        """The settings that `to_dict()` was made of."""
        tuples = {name: tuple(content.get(name) or ()) for name in ("hidden", "snapshots")}
        return cls(**{**content, **tuples})


def make_settings(
    hidden: Any,
    activation: Any,
    epochs: Any,
    lr: Any,
    batch_size: Any,
    device: Any,
    seed: Any,
    engine: Any,
    snapshots: Any = (),
) -> Settings:
    """What `train_xor()` was told, checked, and with nothing left open."""
    epochs = check_count("epochs", epochs)
    engine = check_choice("engine", engine, ENGINES)
    return Settings(
        hidden=check_hidden("hidden", hidden),
        activation=check_choice("activation", activation, tuple(ACTIVATIONS)),
        epochs=epochs,
        lr=check_number("lr", lr, above=0, maximum=MAX_FLOAT32),
        batch_size=check_count("batch_size", batch_size),
        device=str(get_device(device)),
        engine="fused" if engine == "auto" else engine,
        snapshots=check_snapshots(snapshots, epochs),
        seed=resolve_seed(seed),  # last, so that a refused call draws nothing
    )


def check_snapshots(snapshots: Any, epochs: int) -> tuple[int, ...]:
    """The epochs whose weights are to be kept, each once and in order."""
    several = isinstance(snapshots, Iterable) and not isinstance(snapshots, str)
    kept = set()
    for one in snapshots if several else [snapshots]:  # which may be endless
        epoch = check_count("snapshots", one, minimum=0)
        if epoch > epochs:
            raise ValueError(
                f"`snapshots` must be epochs from 0 (before the first) to {epochs}, not {epoch}."
            )
        kept.add(epoch)
        if len(kept) > MAX_SNAPSHOTS:
            raise ValueError(f"`snapshots` must be at most {MAX_SNAPSHOTS:,} epochs, not more.")
    return tuple(sorted(kept))
