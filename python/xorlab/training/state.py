"""What an optimizer remembers from step to step: arrays by torch's names for them, and the names of
the weights that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

# Such as {"exp_avg": {"linear1.weight": ..., "linear1.bias": ...}, "step": {...}}.
State = Mapping[str, Mapping[str, Tensor]]


def read_state(optimizer: torch.optim.Optimizer, model: nn.Module) -> State:
    """A copy of what one of torch's optimizers remembers."""
    state: dict[str, dict[str, Tensor]] = {}
    for name, parameter in model.named_parameters():
        for key, value in optimizer.state.get(parameter, {}).items():
            if isinstance(value, Tensor | int | float):
                state.setdefault(key, {})[name] = torch.as_tensor(value).detach().clone().cpu()
    return state


def write_state(optimizer: torch.optim.Optimizer, model: nn.Module, state: State) -> None:
    """Have one of torch's optimizers remember a copy of this."""
    parameters = dict(model.named_parameters())
    for key, entries in state.items():
        for name, value in entries.items():
            parameter = parameters[name]
            # Numbers of steps stay where torch has them, on the CPU.
            place: Any = parameter.device if value.ndim else "cpu"
            optimizer.state[parameter][key] = value.detach().clone().to(place)
