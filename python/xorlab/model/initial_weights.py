"""First weights of a net, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from torch import nn

from ..checks.values import check_choice

InitName = Literal["default", "xavier", "kaiming", "normal", "zeros"]
INIT_NAMES: tuple[InitName, ...] = get_args(InitName)

# torch's functions for the weights of a layer, whose biases are 0 then; None leaves both as torch
# makes a linear layer, uniform up to 1 / sqrt(inputs). They are those of Glorot and Bengio 2010
# ("Understanding the difficulty of training deep feedforward neural networks") and of He, Zhang,
# Ren and Sun 2015 ("Delving deep into rectifiers"), the standard normal distribution, and zeros.
INITS: dict[InitName, Callable[..., Any] | None] = {
    "default": None,
    "xavier": nn.init.xavier_uniform_,
    "kaiming": nn.init.kaiming_uniform_,
    "normal": nn.init.normal_,
    "zeros": nn.init.zeros_,
}


def check_init(init: Any) -> InitName:
    return check_choice("init", init, INIT_NAMES)


def initialize(layers: list[nn.Linear], init: InitName) -> None:
    """Replace the weights that torch has drawn for the layers, in their order."""
    draw = INITS[init]
    if draw is None:
        return
    for layer in layers:
        draw(layer.weight)
        nn.init.zeros_(layer.bias)
