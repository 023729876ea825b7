"""What a training is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import MISSING, asdict, dataclass, fields, replace
from typing import Any

import torch

from .checks.values import MAX_FLOAT32, check_choice, check_count, check_entries, check_number, show
from .device import get_device
from .model.activations import check_activation
from .model.classifier import check_hidden
from .seed import resolve_seed

MAX_SNAPSHOTS = 100_000
ENGINES = ("auto", "autograd", "fused")
# The engine of a fit that several processes trained: the sums of one, added in another order.
SEVERAL = "several processes"


@dataclass(frozen=True)
class Settings:
    """The arguments of `train_xor()`, with nothing left open.

    Raises
    ------
    TypeError, ValueError
        If one of them is not what `train_xor()` takes. Whether the device is here is not looked at:
        a fit may have been trained elsewhere.
    """

    hidden: tuple[int, ...]
    activation: str
    epochs: int
    lr: float
    batch_size: int
    device: str
    seed: int
    engine: str = "autograd"
    snapshots: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        epochs = check_count("epochs", self.epochs)
        checked = {
            "hidden": check_hidden("hidden", self.hidden),
            "activation": check_activation(self.activation),
            "epochs": epochs,
            "lr": check_number("lr", self.lr, above=0, maximum=MAX_FLOAT32),
            "batch_size": check_count("batch_size", self.batch_size),
            "device": check_device_name(self.device),
            "seed": check_count("seed", self.seed, minimum=0),
            "engine": check_choice("engine", self.engine, (*ENGINES[1:], SEVERAL)),
            "snapshots": check_snapshots(self.snapshots, epochs),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def to_dict(self) -> dict[str, Any]:
        """Plain values and lists."""
        lists = {"hidden": list(self.hidden), "snapshots": list(self.snapshots)}
        return {**asdict(self), **lists}

    @classmethod
    def from_dict(cls, content: Any) -> Settings:
        """The settings that `to_dict()` was made of.

        Raises
        ------
        TypeError, ValueError
            If one is missing, unknown, or not what `train_xor()` takes.
        """
        needed = [one.name for one in fields(cls) if one.default is MISSING]
        others = [one.name for one in fields(cls) if one.default is not MISSING]
        return cls(**check_entries("settings", content, needed, others))


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
    engine = check_choice("engine", engine, ENGINES)
    settings = Settings(
        hidden=hidden,
        activation=activation,
        epochs=epochs,
        lr=lr,
        batch_size=batch_size,
        device=str(get_device(device)),
        engine="fused" if engine == "auto" else engine,
        snapshots=snapshots,
        seed=0,
    )
    return replace(settings, seed=resolve_seed(seed))  # last: a refused call draws nothing


def check_device_name(device: Any) -> str:
    """What torch calls a device, which may be another machine's."""
    must = f"`device` must be the name of a device, such as 'cpu' or 'cuda:0', not {show(device)}."
    if not isinstance(device, str):
        raise TypeError(must)
    try:
        torch.device(device)
    except RuntimeError:
        raise ValueError(must) from None
    return str(device)


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
