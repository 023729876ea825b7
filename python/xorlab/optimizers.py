"""Optimizers by name: torch's class, the usual learning rate, the terms that it has, and what it
remembers from step to step.

They are those of Robbins and Monro 1951 (Ann. Math. Statist. 22, 400-407) with the momentum of
Polyak 1964 (USSR Comput. Math. Math. Phys. 4, 1-17) or Nesterov 1983 (Soviet Math. Dokl. 27,
372-376); of Kingma and Ba 2015 ("Adam: a method for stochastic optimization", ICLR); and of
Tieleman and Hinton 2012 (COURSERA, "Neural networks for machine learning", lecture 6.5), each in
torch's form.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, get_args

import torch

from .checks.values import MAX_FLOAT32, check_choice, check_number
from .checks.words import listed, show

OptimizerName = Literal["sgd", "adam", "rmsprop"]


class Optimizer(NamedTuple):
    """One of torch's optimizers.

    Attributes
    ----------
    module
        torch's class.
    lr
        The learning rate where none is given.
    terms
        Hyperparameters that it has beside those of all, which are `lr` and `weight_decay`.
    state
        What it remembers of each weight, by torch's names; of SGD only with momentum.
    constants
        Other terms, which are torch's defaults.
    """

    module: type[torch.optim.Optimizer]
    lr: float
    terms: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    constants: tuple[float, ...] = ()


OPTIMIZERS: dict[OptimizerName, Optimizer] = {
    "sgd": Optimizer(torch.optim.SGD, 0.1, ("momentum", "nesterov"), ("momentum_buffer",)),
    # beta1, beta2, eps
    "adam": Optimizer(torch.optim.Adam, 0.01, (), ("exp_avg", "exp_avg_sq"), (0.9, 0.999, 1e-8)),
    # alpha, eps
    "rmsprop": Optimizer(torch.optim.RMSprop, 0.01, (), ("square_avg",), (0.99, 1e-8)),
}
MAX_NAME = 300  # characters of the class of an optimizer of the user's own
OPTIMIZER_NAMES: tuple[OptimizerName, ...] = get_args(OptimizerName)


def is_own(optimizer: str) -> bool:
    """Whether this is the class of an optimizer that the user's own function makes, and not one of
    the table: it has the name of its module in front."""
    return "." in optimizer


def class_name(optimizer: torch.optim.Optimizer) -> str:
    """What the settings call the optimizer of the user's own function."""
    return f"{type(optimizer).__module__}.{type(optimizer).__qualname__}"


class CombinationError(ValueError):
    """Hyperparameters that are right one by one, but not together."""


def check_optimizer_name(optimizer: Any) -> str:
    """One of the table, or the class that a function of the user's makes."""
    if isinstance(optimizer, str) and is_own(optimizer):
        return check_class_name(optimizer)
    return check_choice("optimizer", optimizer, OPTIMIZER_NAMES)


def check_class_name(optimizer: str) -> str:
    """As `class_name()` gives it; a file may hold anything."""
    if len(optimizer) > MAX_NAME or not optimizer.isprintable():
        raise ValueError(
            f"`optimizer` must be the name of a class, of at most {MAX_NAME} characters, not "
            f"{show(optimizer)}."
        )
    return optimizer


def check_rate(lr: Any, optimizer: str) -> float:
    """The learning rate, or the usual one of the optimizer."""
    if isinstance(lr, str):
        if lr != "auto":
            raise ValueError(f"`lr` must be a finite number above 0, or 'auto', not {show(lr)}.")
        if is_own(optimizer):
            raise CombinationError(
                "`lr` must be a number for an optimizer of your own, not 'auto'."
            )
        return OPTIMIZERS[optimizer].lr  # type: ignore[index]
    return check_number("lr", lr, above=0, maximum=MAX_FLOAT32)


def check_momentum(momentum: Any) -> float:
    value = check_number("momentum", momentum, minimum=0)
    if value >= 1:
        raise ValueError(f"`momentum` must be from 0 to below 1, not {show(momentum)}.")
    return value


def check_penalty(name: str, value: Any) -> float:
    return check_number(name, value, minimum=0, maximum=MAX_FLOAT32)


def check_term(optimizer: str, name: str, value: float) -> None:
    """Only an optimizer that has this term may be given another value than 0."""
    if not value:
        return
    if is_own(optimizer):
        raise CombinationError(
            f"`{name}` must be left out for an optimizer of your own, which has its own, not "
            f"{show(value)}."
        )
    having = [one for one in OPTIMIZER_NAMES if name in (*OPTIMIZERS[one].terms, "weight_decay")]
    if optimizer not in having:
        raise CombinationError(
            f"`{name}` must be left out for the optimizer {optimizer!r}, not {show(value)}: only "
            f"{listed(having)} has it."
        )
