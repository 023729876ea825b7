"""The lines of a script that make the optimizer, and those that add the l1 penalty to the loss."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch

from ..checks.words import show
from ..optimizers import is_own
from ..settings import Settings

# A fit knows no more of an optimizer that a function made.
_OWN = """\
# A function of your own made the optimizer, {name},
# of which a fit keeps the class and the learning rate alone: {what}
# other terms here, and what a hook or a callback changed.
"""


def optimizer_in_python(settings: Settings) -> str:
    terms = [f"{name}={value!r}" for name, value in terms_of(settings)]
    call = called(class_of(settings), ["model.parameters()", *terms], 4, ",")
    return f"{comment(settings)}optimizer = {call}"


def optimizer_in_r(settings: Settings) -> str:
    terms = [f"{name} = {in_r(value)}" for name, value in terms_of(settings)]
    made = class_of(settings).replace(".", "$")
    return f"{comment(settings)}optimizer <- {called(made, ['model$parameters()', *terms], 2)}"


def called(function: str, arguments: list[str], indent: int, end: str = "") -> str:
    """A call, with a line for each argument where a line for all would be long."""
    line = f"{function}({', '.join(arguments)})"
    if len(line) <= 80:
        return line
    lines = ",\n".join(" " * indent + one for one in arguments)
    return f"{function}(\n{lines}{end}\n)"


def in_r(value: Any) -> str:
    return str(value).upper() if isinstance(value, bool) else repr(value)


def terms_of(settings: Settings) -> Iterable[tuple[str, Any]]:
    own = is_own(settings.optimizer)
    return [("lr", settings.lr)] if own else settings.optimizer_terms().items()


def class_of(settings: Settings) -> str:
    """The class, as Python calls it: one of torch's by its place there, another by its name."""
    if not is_own(settings.optimizer):
        return f"torch.optim.{settings.known_optimizer.module.__name__}"
    name = check_class(settings.optimizer).rpartition(".")[2]
    return f"torch.optim.{name}" if is_torchs(settings.optimizer) else name


def comment(settings: Settings) -> str:
    name = settings.optimizer
    if not is_own(name):
        return ""
    return _OWN.format(name=name, what="put its" if is_torchs(name) else "put its class above, its")


def is_torchs(name: str) -> bool:
    """Whether the class is one of those in `torch.optim`."""
    known = getattr(torch.optim, name.rpartition(".")[2], None)
    return isinstance(known, type) and f"{known.__module__}.{known.__qualname__}" == name


def check_class(name: str) -> str:
    """The name of a class, which may come from a file, as no more than a name."""
    parts = name.replace(".<locals>", "").split(".")
    if not name.isascii() or not all(part.isidentifier() for part in parts):
        raise ValueError(
            f"`fit` must be trained by an optimizer whose class has a plain name, not {show(name)}."
        )
    return name


# Which parameters the l1 penalty is on, and how it is added to the loss of a batch.
PENALIZED_IN_PYTHON = """\
penalized = [one for one in model.parameters() if one.ndim == 2]  # the weights, not the biases
"""
PENALTY_IN_PYTHON = """\
        loss = loss + $l1 * sum(one.abs().sum() for one in penalized)
"""
PENALIZED_IN_R = """\
is_matrix <- function(one) py_to_r(one$$dim()) == 2
penalized <- Filter(is_matrix, iterate(model$$parameters())) # the weights, not the biases
"""
PENALTY_IN_R = """\
    sizes <- lapply(penalized, function(one) one$$abs()$$sum())
    loss <- loss$$add(Reduce(function(one, other) one$$add(other), sizes)$$mul($l1))
"""
