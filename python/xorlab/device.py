"""Devices and threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from .checks import listed, show

_KINDS = ("auto", "cpu", "cuda", "mps")


def available_devices() -> list[str]:
    """Names of the devices here, the fastest kind first: "cuda:0", ..., "mps", "cpu"."""
    found = [f"cuda:{i}" for i in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        found.append("mps")
    return [*found, "cpu"]


def get_device(device: str | torch.device = "auto") -> torch.device:
    """Choose the device to compute on.

    Parameters
    ----------
    device
        "auto" takes cuda where it is there, then mps, then cpu. "cpu", "cuda", "cuda:1" or
        "mps" asks for one by name.

    Returns
    -------
    A `torch.device`. Note that `tensor.to(device)` gives a new tensor and leaves the old one
    where it was, while `module.to(device)` moves the module itself.

    Raises
    ------
    TypeError, ValueError
        If `device` is not such a name, or names one that this machine does not have.

    Examples
    --------
    >>> get_device("cpu")
    device(type='cpu')
    """
    must = f"`device` must be {listed(_KINDS)}, not {show(device)}."
    if not isinstance(device, str | torch.device):
        raise TypeError(must)
    here = available_devices()
    if device == "auto":
        return torch.device(here[0])
    try:
        chosen = torch.device(device)
    except RuntimeError:
        raise ValueError(must) from None
    if chosen.type not in _KINDS:
        raise ValueError(must)
    name = f"cuda:{chosen.index or 0}" if chosen.type == "cuda" else chosen.type
    if name not in here:
        raise ValueError(
            f"`device` {str(chosen)!r} is not on this machine, which has {', '.join(here)}."
        )
    return chosen


def module_device(model: nn.Module) -> torch.device:
    """Where a module's parameters are; a module without any counts as on the CPU.

    Raises
    ------
    TypeError
        If `model` is not a torch module.

    Examples
    --------
    >>> module_device(nn.Linear(2, 1))
    device(type='cpu')
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"`model` must be a torch.nn.Module, not a {type(model).__name__}.")
    return next((p.device for p in model.parameters()), torch.device("cpu"))


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it torch computes on one thread: tiny operations wait longer for a second thread
    than they take. Afterwards the caller's setting is back."""
    threads: Any = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
