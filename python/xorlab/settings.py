"""The hyperparameters of a training."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal, get_args

import torch

from .checks.values import MAX_FLOAT32, check_choice, check_count, check_entries, check_number
from .checks.words import show
from .device import get_device
from .model.activations import ActivationName, check_activation
from .model.classifier import check_hidden
from .seed import resolve_seed

MAX_SNAPSHOTS = 100_000
UsedEngine = Literal["autograd", "fused"]
Engine = Literal["auto", UsedEngine]
_USED: tuple[UsedEngine, ...] = get_args(UsedEngine)
ENGINES: tuple[Engine, ...] = get_args(Engine)

# What a file means in which an entry is missing: what the versions did that wrote no such entry.
_ABSENT: dict[str, Any] = {"engine": "autograd", "snapshots": ()}
# 0.1.0 also trained one net by several processes, which add up the sums of autograd's steps.
_FORMER_ENGINES = {"several processes": "autograd"}


def hyperparameter(default: Any, text: str) -> Any:
    """A field with a line of help, as the command line shows it."""
    return field(default=default, metadata={"help": text})


@dataclass(frozen=True)
class Settings:
    """The hyperparameters of a training, and what else made a fit, with nothing left open.

    The defaults are those of `train_xor()`, whose arguments they are.

    Raises
    ------
    TypeError, ValueError
        If one of them is not what `train_xor()` takes. Whether the device is here is not looked at:
        a fit may have been trained elsewhere.
    """

    hidden: tuple[int, ...] = hyperparameter((4,), "units of each hidden layer")
    activation: ActivationName = hyperparameter("tanh", "of the hidden units")
    epochs: int = hyperparameter(100, "times through the data")
    lr: float = hyperparameter(0.1, "learning rate, above 0")
    batch_size: int = hyperparameter(128, "points in one step")
    device: str = "cpu"
    seed: int = 0
    engine: UsedEngine = "fused"
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
            "engine": check_choice("engine", self.engine, _USED),
            "snapshots": check_snapshots(self.snapshots, epochs),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    def sgd(self) -> dict[str, Any]:
        """The arguments of `torch.optim.SGD` beside the parameters."""
        return {"lr": self.lr}

    def to_dict(self) -> dict[str, Any]:
        """Plain values and lists."""
        lists = {"hidden": list(self.hidden), "snapshots": list(self.snapshots)}
        return {**asdict(self), **lists}

    @classmethod
    def from_dict(cls, content: Any) -> Settings:
        """The settings that `to_dict()` was made of, by this version or an earlier one.

        Raises
        ------
        TypeError, ValueError
            If one is missing, unknown, or not what `train_xor()` takes.
        """
        needed = [one.name for one in fields(cls) if one.name not in _ABSENT]
        given = {**_ABSENT, **check_entries("settings", content, needed, _ABSENT)}
        if isinstance(given["engine"], str):
            given["engine"] = _FORMER_ENGINES.get(given["engine"], given["engine"])
        return cls(**given)

    def continued(
        self, done: int, kept: Container[int], epochs: Any, device: Any, snapshots: Any
    ) -> Settings:
        """The settings of a training that goes on after so many epochs, with the weights of some of
        them kept.

        Raises
        ------
        TypeError, ValueError
            If there are no more epochs to come, or weights are asked for that are gone.
        """
        planned = self.epochs if epochs is None else check_count("epochs", epochs)
        if planned <= done and epochs is None:
            raise ValueError(
                f"`epochs` must be given, more than {done}: all that were planned are done."
            )
        if planned <= done:
            raise ValueError(
                f"`epochs` must be more than the {done} that the fit has already, not {planned}."
            )
        new = check_snapshots(snapshots, planned)
        for epoch in new:
            if epoch < done and epoch not in kept:
                raise ValueError(
                    f"`snapshots` must be epochs from {done} on, which the fit has come to, or "
                    f"kept already, not {epoch}."
                )
        old = [epoch for epoch in self.snapshots if epoch <= planned]
        where = str(get_device(self.device if device is None else device))
        return replace(self, epochs=planned, device=where, snapshots=(*old, *new))


# Those that a study varies and the command line offers, by name.
HYPERPARAMETERS = {one.name: one for one in fields(Settings) if "help" in one.metadata}


def make_settings(
    *, device: Any = "auto", engine: Any = "auto", seed: Any = None, **others: Any
) -> Settings:
    """The settings of these arguments of `train_xor()`: device and engine are chosen where they are
    "auto", and a seed is drawn where it is None."""
    engine = check_choice("engine", engine, ENGINES)
    engine = "fused" if engine == "auto" else engine
    settings = Settings(device=str(get_device(device)), engine=engine, **others)
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
