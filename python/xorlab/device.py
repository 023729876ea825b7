"""Devices and threads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from threading import Lock, local
from typing import Any, Literal, get_args

import torch
from threadpoolctl import ThreadpoolController
from torch import nn

from .checks.public import forked, public
from .checks.values import check_count
from .checks.words import listed, show, suggestion

DeviceKind = Literal["auto", "cpu", "cuda", "mps"]
_KINDS: tuple[DeviceKind, ...] = get_args(DeviceKind)

# A device by its kind, by another name, such as "cuda:1", or as torch has it.
Device = DeviceKind | str | torch.device


def available_devices() -> list[str]:
    """Names of the devices here, the fastest kind first: "cuda:0", ..., "mps", "cpu"."""
    found = [f"cuda:{i}" for i in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        found.append("mps")
    return [*found, "cpu"]


@public
def get_device(device: Device = "auto") -> torch.device:
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
        raise ValueError(must + suggestion(str(device), _KINDS)) from None
    if chosen.type not in _KINDS:
        raise ValueError(must)
    name = f"cuda:{chosen.index or 0}" if chosen.type == "cuda" else chosen.type
    if name not in here:
        raise ValueError(
            f"`device` {str(chosen)!r} is not on this machine, which has {', '.join(here)}."
        )
    return chosen


@public
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


class Limits:
    """Limits on threads that are in force, and what held before the first of them."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0  # of all Python threads
        self.before = 1  # torch's number of threads
        self.inside = local()  # `depth`, of this Python thread
        self.blas_count = 0
        self.blas_before: Any = None


_limits = Limits()


@lru_cache(maxsize=1)
def loaded_blas() -> ThreadpoolController:
    """The BLAS libraries of the process, numpy's among them."""
    return ThreadpoolController().select(user_api="blas")


def set_threads(threads: int) -> None:
    """Have torch compute on so many threads; on one in a forked process, which has no others."""
    torch.set_num_threads(1 if forked() else threads)


@contextmanager
def restored_threads() -> Iterator[None]:
    """Afterwards torch computes on as many threads as before, whatever was set within.

    torch keeps the number for each Python thread, and a new one begins with the number that was
    set last in any of them. So where several Python threads compute at once, each of them gets
    back what the first one found.
    """
    here = _limits.inside
    depth = getattr(here, "depth", 0)
    before: Any = torch.get_num_threads()
    entered = False  # Ctrl-C may come before
    try:
        with _limits.lock:
            if _limits.count == 0:
                _limits.before = before
            elif depth == 0:
                before = _limits.before
            entered, _limits.count = True, _limits.count + 1
        here.depth = depth + 1
        yield
    finally:
        here.depth = depth
        with _limits.lock:
            _limits.count -= entered
        set_threads(before)


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Within it numpy's BLAS computes on one thread.

    The number is the process's, so the last of several Python threads to leave restores it.
    """
    entered = False  # Ctrl-C may come before
    try:
        with _limits.lock:
            if _limits.blas_count == 0:
                release_blas()
                _limits.blas_before = loaded_blas().limit(limits=1)
            entered, _limits.blas_count = True, _limits.blas_count + 1
        yield
    finally:
        with _limits.lock:
            _limits.blas_count -= entered
            if entered and _limits.blas_count == 0:
                release_blas()
                _limits.blas_before.restore_original_limits()
                release_blas()


def release_blas() -> None:
    """Let this Python thread change the limit: from 3.8 on threadpoolctl lets only the one that
    changed it first, and ignores the others."""
    for library in loaded_blas().lib_controllers:
        release = getattr(library, "clear_controlling_thread", None)
        if release:
            release(force=True)


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it torch and numpy's BLAS compute on one thread.

    Small operations wait longer for a second thread than they take, and large ones have other last
    bits with it. Afterwards the caller's settings are back. Each Python thread that computes needs
    it for itself.
    """
    with restored_threads(), one_blas_thread():
        set_threads(1)
        yield


def use_threads(threads: Any, device: torch.device) -> None:
    """Have torch compute on so many threads; None: on one for what is on the CPU."""
    if threads is not None:
        set_threads(check_count("threads", threads))
    elif device.type == "cpu":
        set_threads(1)


def one_thread_on(device: torch.device) -> AbstractContextManager[None]:
    """`one_thread()` for what computes on the CPU; on other devices the settings stay."""
    return one_thread() if device.type == "cpu" else nullcontext()


def renew_lock() -> None:
    """In a fork, the lock may be held by a thread that is not there."""
    _limits.lock = Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=renew_lock)
