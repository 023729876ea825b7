"""What every public function begins with."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import torch

from .words import nearest

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")


def public(function: Callable[_Params, _Result]) -> Callable[_Params, _Result]:
    """Decorate a public function or method: an unknown keyword argument is refused with the nearest
    name, and in a forked process torch is made usable first."""
    names = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is not parameter.POSITIONAL_ONLY and name not in ("self", "cls")
    ]
    title = function.__qualname__.removesuffix(".__init__")

    @wraps(function)
    def checked(*args: _Params.args, **kwargs: _Params.kwargs) -> _Result:
        settle_in_fork()
        for name in kwargs:
            if name not in names:
                near = nearest(name, names)
                meant = (
                    f"; did you mean `{near}`?"
                    if near
                    else f"; it has {', '.join(names) or 'none'}."
                )
                raise TypeError(f"{title}() has no argument `{name}`{meant}")
        return function(*args, **kwargs)

    return checked


_started = _settled = os.getpid()


def forked() -> bool:
    """Whether this process is a fork of the one that imported xorlab."""
    return os.getpid() != _started


def settle_in_fork() -> None:
    """Make torch usable in a forked process: its pool of threads does not survive a fork, and the
    first operation on several threads would wait for them for ever.

    Forks made by Python are handled at once; one made by another, such as R, at the next call.
    """
    global _settled
    if _settled != os.getpid():
        _settled = os.getpid()
        torch.set_num_threads(1)


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=settle_in_fork)
