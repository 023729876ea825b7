"""Inputs computed from two columns, by name, as a well-known browser playground offers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Literal

import torch
from torch import Tensor

from ..checks.words import counted, listed, show, suggestion

InputName = Literal["x1", "x2", "x1^2", "x2^2", "x1*x2", "sin(x1)", "sin(x2)"]

# `x1` is the first column and `x2` the second, whatever their names.
INPUTS: dict[InputName, Callable[[Tensor, Tensor], Tensor]] = {
    "x1": lambda x1, x2: x1,
    "x2": lambda x1, x2: x2,
    "x1^2": lambda x1, x2: x1 * x1,
    "x2^2": lambda x1, x2: x2 * x2,
    "x1*x2": lambda x1, x2: x1 * x2,
    "sin(x1)": lambda x1, x2: torch.sin(x1),
    "sin(x2)": lambda x1, x2: torch.sin(x2),
}


def check_inputs(inputs: Any, columns: int) -> tuple[InputName, ...] | None:
    """Names in the table, each once; None for the columns as they are."""
    if inputs is None:
        return None
    must = f"`inputs` must be one or more of {listed(tuple(INPUTS))}, each once"
    given = [inputs] if isinstance(inputs, str) else inputs
    if not isinstance(given, Iterable):
        raise TypeError(f"{must}, not {show(inputs)}.")
    names = tuple(islice(given, len(INPUTS) + 1))
    for name in names:
        if not isinstance(name, str) or name not in INPUTS:
            near = suggestion(name, INPUTS) if isinstance(name, str) else ""
            raise ValueError(f"{must}, not {show(name)}.{near}")
    if not names or len({*names}) < len(names):
        raise ValueError(f"{must}, not {show(names)}.")
    if columns != 2:
        raise ValueError(
            f"`inputs` must be left out for data of {counted(columns, 'column')}: "
            "they are computed from two."
        )
    return names


def compute_inputs(inputs: Iterable[InputName], points: Tensor) -> Tensor:
    """The inputs of points [n, 2], shape [n, len(inputs)], in float64."""
    x1, x2 = points.double().unbind(dim=1)
    return torch.stack([INPUTS[name](x1, x2) for name in inputs], dim=1)
