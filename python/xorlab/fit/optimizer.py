"""Optimizers that the user's own function makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from ..checks.values import check_choice
from ..checks.words import show
from ..optimizers import OPTIMIZER_NAMES, class_name, is_own
from ..settings import Settings

# From a net's parameters to one of torch's optimizers for them.
OwnOptimizer = Callable[[list[nn.Parameter]], torch.optim.Optimizer]


def make_own(function: OwnOptimizer, model: nn.Module) -> torch.optim.Optimizer:
    """The optimizer that a function makes for a model.

    Raises
    ------
    TypeError
        If it makes none, or one that takes several looks at a batch.
    """
    parameters = list(model.parameters())
    optimizer: Any = function(parameters)
    if not isinstance(optimizer, torch.optim.Optimizer):
        raise TypeError(
            "`optimizer` must be a function that returns one of torch's optimizers, such as "
            "`lambda parameters: torch.optim.Adagrad(parameters, lr=0.1)`, but it returned "
            f"{show(optimizer)}."
        )
    if isinstance(optimizer, torch.optim.LBFGS):
        raise TypeError("`optimizer` must take one step for each batch, as all but LBFGS do.")
    held = [id(one) for group in optimizer.param_groups for one in group["params"]]
    if sorted(held) != sorted(map(id, parameters)):
        raise ValueError("`optimizer` must hold the parameters that the function is given.")
    return optimizer


def resumed_optimizer(
    optimizer: Any, settings: Settings, model: nn.Module
) -> torch.optim.Optimizer | None:
    """The optimizer that a training goes on with, which must be what it was trained by; None where
    the settings tell all of it."""
    known = settings.optimizer
    if callable(optimizer):
        made = make_own(optimizer, model)
        if class_name(made) != known:
            raise ValueError(
                f"`optimizer` must be {known!r}, by which the fit was trained, not "
                f"{class_name(made)!r}."
            )
        return made
    if is_own(known):
        raise ValueError(
            f"`optimizer` must be the function that made the {known} by which the fit was trained: "
            "it is not kept."
        )
    if optimizer is not None and check_choice("optimizer", optimizer, OPTIMIZER_NAMES) != known:
        raise ValueError(
            f"`optimizer` must be left out, or be {known!r}, by which the fit was trained, not "
            f"{optimizer!r}."
        )
    return None
