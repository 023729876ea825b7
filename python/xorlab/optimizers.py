"""Optimizers by name: torch's class, the usual learning rate, the terms that it has, and what it
remembers from step to step.

They are those of Robbins and Monro 1951 (Ann. Math. Statist. 22, 400-407) with the momentum of
Polyak 1964 (USSR Comput. Math. Math. Phys. 4, 1-17) or Nesterov 1983 (Soviet Math. Dokl. 27,
372-376); of Kingma and Ba 2015 ("Adam: a method for stochastic optimization", ICLR); and of
Tieleman and Hinton 2012 (COURSERA, "Neural networks for machine learning", lecture 6.5), each in
torch's form.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import torch

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
OPTIMIZER_NAMES: tuple[OptimizerName, ...] = get_args(OptimizerName)


def is_own(optimizer: str) -> bool:
    """Whether this is the class of an optimizer that the user's own function makes, and not one of
    the table: it has the name of its module in front."""
    return "." in optimizer


def class_name(optimizer: torch.optim.Optimizer) -> str:
    """What the settings call the optimizer of the user's own function."""
    return f"{type(optimizer).__module__}.{type(optimizer).__qualname__}"
