"""What an optimizer remembers from step to step: arrays by torch's names for them, and the names of
the weights that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

# Such as {"exp_avg": {"linear1.weight": ..., "linear1.bias": ...}, "step": {...}}: tensors, as
# torch's own optimizers have them; others may have numbers of Python's, too.
State = Mapping[str, Mapping[str, Any]]


def read_state(optimizer: torch.optim.Optimizer, model: nn.Module) -> State | None:
    """A copy of what one of torch's optimizers remembers; None where that is more than numbers."""
    state: dict[str, dict[str, Any]] = {}
    for name, parameter in model.named_parameters():
        for key, value in optimizer.state.get(parameter, {}).items():
            if isinstance(value, Tensor):
                state.setdefault(key, {})[name] = value.detach().clone().cpu()
            elif isinstance(value, int | float):
                state.setdefault(key, {})[name] = value
            elif value is not None:
                return None
    return state


def write_state(optimizer: torch.optim.Optimizer, model: nn.Module, state: State) -> None:
    """Have one of torch's optimizers remember a copy of this."""
    parameters = dict(model.named_parameters())
    for key, entries in state.items():
        for name, value in entries.items():
            parameter = parameters[name]
            if isinstance(value, Tensor):
                # Numbers of steps stay where torch has them, on the CPU.
                place: Any = parameter.device if value.ndim else "cpu"
                value = value.detach().clone().to(place)
            optimizer.state[parameter][key] = value
