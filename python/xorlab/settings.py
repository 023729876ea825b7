"""The hyperparameters of a training."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np
import torch

from .checks.values import check_choice, check_count, check_entries, check_flag
from .checks.words import show
from .device import get_device
from .model.activations import ACTIVATIONS, ActivationName, check_activation
from .model.classifier import check_hidden
from .model.initial_weights import INIT_NAMES, InitName, check_init
from .optimizers import (
    OPTIMIZER_NAMES,
    OPTIMIZERS,
    CombinationError,
    Optimizer,
    OptimizerName,
    check_momentum,
    check_optimizer_name,
    check_penalty,
    check_rate,
    check_term,
    is_own,
)
from .seed import resolve_seed

MAX_SNAPSHOTS = 100_000
UsedEngine = Literal["autograd", "fused"]
Engine = Literal["auto", UsedEngine]
_USED: tuple[UsedEngine, ...] = get_args(UsedEngine)
ENGINES: tuple[Engine, ...] = get_args(Engine)

# What a file means in which an entry is missing: what the versions did that wrote no such entry.
_ABSENT: dict[str, Any] = {
    "engine": "autograd",
    "snapshots": (),
    "optimizer": "sgd",
    "momentum": 0.0,
    "nesterov": False,
    "weight_decay": 0.0,
    "l1": 0.0,
    "init": "default",
    "validation": None,
    "patience": None,
}
# 0.1.0 also trained one net by several processes, which add up the sums of autograd's steps.
_FORMER_ENGINES = {"several processes": "autograd"}

# What the settings say of validation on data that were given: no share of the rows.
GIVEN = "data"


def hyperparameter(default: Any, text: str, kind: type, choices: Iterable[str] = ()) -> Any:
    """A field with a line of help, as the command line shows it, and the type of its values in a
    table; None is one of them where it is the default."""
    text = f"{text}: {', '.join(choices)}" if choices else text
    return field(default=default, metadata={"help": text, "kind": kind})


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

    hidden: tuple[int, ...] = hyperparameter((4,), "units of each hidden layer, 0 for none", str)
    activation: ActivationName = hyperparameter("tanh", "of the hidden units", str, ACTIVATIONS)
    epochs: int = hyperparameter(100, "times through the data", int)
    lr: float = hyperparameter("auto", "learning rate; auto is the optimizer's usual one", float)
    batch_size: int = hyperparameter(128, "points in one step", int)
    device: str = "cpu"
    seed: int = 0
    engine: UsedEngine = "fused"
    snapshots: tuple[int, ...] = ()
    optimizer: OptimizerName | str = hyperparameter(
        "sgd", "what steps are taken", str, OPTIMIZER_NAMES
    )
    momentum: float = hyperparameter(0.0, "of sgd, from 0 to below 1", float)
    nesterov: bool = hyperparameter(False, "Nesterov's form of momentum", bool)
    weight_decay: float = hyperparameter(0.0, "added to the gradient, times the weights", float)
    l1: float = hyperparameter(0.0, "penalty on the size of weights, not of biases", float)
    init: InitName = hyperparameter("default", "first weights", str, INIT_NAMES)
    validation: float | Literal["data"] | None = hyperparameter(
        None, "share of the rows to hold out, by class", float
    )
    patience: int | None = hyperparameter(
        None, "epochs without a lower validation loss before training stops", int
    )

    def __post_init__(self) -> None:
        epochs = check_count("epochs", self.epochs)
        optimizer = check_optimizer_name(self.optimizer)
        checked = {
            "hidden": check_hidden("hidden", self.hidden),
            "activation": check_activation(self.activation),
            "init": check_init(self.init),
            "epochs": epochs,
            "optimizer": optimizer,
            "lr": check_rate(self.lr, optimizer),
            "momentum": check_momentum(self.momentum),
            "nesterov": check_flag("nesterov", self.nesterov),
            "weight_decay": check_penalty("weight_decay", self.weight_decay),
            "l1": check_penalty("l1", self.l1),
            "batch_size": check_count("batch_size", self.batch_size),
            "validation": check_share(self.validation),
            "patience": None if self.patience is None else check_count("patience", self.patience),
            "device": check_device_name(self.device),
            "seed": check_count("seed", self.seed, minimum=0),
            "engine": check_choice("engine", self.engine, _USED),
            "snapshots": check_snapshots(self.snapshots, epochs),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)
        self._check_together()

    def _check_together(self) -> None:
        """Hyperparameters that ask for others."""
        for term in ("momentum", "nesterov", "weight_decay"):
            check_term(self.optimizer, term, getattr(self, term))
        if self.nesterov and not self.momentum:
            raise CombinationError("`momentum` must be above 0 for `nesterov`, not 0.")
        if self.patience is not None and self.validation is None:
            raise CombinationError(
                f"`validation` must be given for `patience`, which is {self.patience}: it counts "
                "the epochs without a lower validation loss."
            )
        if is_own(self.optimizer) and self.engine != "autograd":
            raise ValueError(
                "`engine` must be 'autograd' or 'auto' for an optimizer of your own, not "
                f"{self.engine!r}, which knows those of xorlab alone."
            )

    @property
    def known_optimizer(self) -> Optimizer:
        """The optimizer, from the table.

        Raises
        ------
        KeyError
            If it is of the user's own.
        """
        return OPTIMIZERS[self.optimizer]  # type: ignore[index]

    def optimizer_terms(self) -> dict[str, Any]:
        """The arguments of the optimizer's class in torch, beside the parameters, that are not the
        defaults."""
        names = [*self.known_optimizer.terms, "weight_decay"]
        return {"lr": self.lr, **{name: v for name in names if (v := getattr(self, name))}}

    def optimizer_state(self) -> tuple[str, ...]:
        """What the optimizer remembers of each weight, by torch's names, beside the number of its
        steps."""
        plain = self.optimizer == "sgd" and not self.momentum
        return () if plain else self.known_optimizer.state

    @property
    def has_state(self) -> bool:
        """Whether the optimizer remembers anything from step to step, as far as that is known."""
        return is_own(self.optimizer) or bool(self.optimizer_state())

    def state_names(self) -> tuple[str, ...] | None:
        """All that the optimizer remembers; None where it is of the user's own."""
        if is_own(self.optimizer):
            return None
        names = self.optimizer_state()
        return names if self.optimizer == "sgd" else ("step", *names)

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
    if engine == "auto":
        own = is_own(str(others.get("optimizer", "")))
        engine = "autograd" if own else "fused"
    settings = Settings(device=str(get_device(device)), engine=engine, **others)
    return replace(settings, seed=resolve_seed(seed))  # last: a refused call draws nothing


def check_share(validation: Any) -> float | Literal["data"] | None:
    """The share of the rows that is held out; or that such data were given."""
    if validation is None or validation == GIVEN:
        return validation  # type: ignore[no-any-return]
    must = f"`validation` must be a share of the rows, above 0 and below 1, not {show(validation)}."
    if isinstance(validation, bool | np.bool_) or not isinstance(validation, Real):
        raise TypeError(must)
    if not 0 < float(validation) < 1:
        raise ValueError(must)
    return float(validation)


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
