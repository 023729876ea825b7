"""Small demonstrations: what autograd does, and what a device is worth."""

from __future__ import annotations

import statistics
import time
from typing import Any, NamedTuple

import torch

from .checks.public import public
from .checks.values import check_count
from .device import Device, available_devices, get_device


class AutogradDemo(NamedTuple):
    """What `autograd_demo()` shows."""

    x: list[float]
    requires_grad_default: bool
    requires_grad_switched_on: bool
    value: float
    gradient: list[float]
    gradient_without_zeroing: list[float]


def autograd_demo() -> AutogradDemo:
    """Differentiate f(x) = mean((x + 2)^2 + 3) at x = (0, 1, 2) by backpropagation.

    A tensor does not record gradients until `requires_grad_()` switches that on. The value is 38/3
    and the gradient 2 (x + 2) / 3, here (4/3, 2, 8/3). Backpropagating once more without zeroing
    the gradient adds the new one to the old.

    Returns
    -------
    An `AutogradDemo` of plain numbers.

    Examples
    --------
    >>> round(autograd_demo().value, 4)
    12.6667
    """
    x = torch.arange(3, dtype=torch.float32)
    default = x.requires_grad
    x.requires_grad_(True)
    gradients: list[list[float]] = []
    for _ in range(2):
        value = ((x + 2) ** 2 + 3).mean()
        value.backward()  # type: ignore[no-untyped-call]
        grad: Any = x.grad
        gradients.append(grad.tolist())
    return AutogradDemo(
        x.detach().tolist(), default, x.requires_grad, value.item(), gradients[0], gradients[1]
    )


class MatmulTiming(NamedTuple):
    """One row of `benchmark_matmul()`: the median time of one product, and what that makes."""

    device: str
    seconds: float
    gflops: float


class MatmulTimings(list[MatmulTiming]):
    """A row for each device, which prints as a table."""

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name."""
        return {name: [getattr(row, name) for row in self] for name in MatmulTiming._fields}

    def __repr__(self) -> str:
        rows = [f"{row.device:<8}{row.seconds:>10.4f}{row.gflops:>10.1f}" for row in self]
        return "\n".join([f"{'device':<8}{'seconds':>10}{'gflops':>10}", *rows])


@public
def benchmark_matmul(
    size: int = 5000, repeats: int = 3, device: Device | None = None
) -> MatmulTimings:
    """Time the product of two square matrices.

    Parameters
    ----------
    size
        Rows and columns of each matrix.
    repeats
        Products timed on each device, after one that is not.
    device
        Where; None takes each kind of device that is here.

    Returns
    -------
    A row for each device: its name, the median seconds, and GFLOP/s, counting 2 size^3 operations.

    Raises
    ------
    TypeError, ValueError
        If `size` or `repeats` is not a whole number of at least 1, or the device is not here.

    Examples
    --------
    >>> [row.device for row in benchmark_matmul(64, device="cpu")]
    ['cpu']
    """
    size, repeats = check_count("size", size), check_count("repeats", repeats)
    if device is None:
        kinds = dict.fromkeys(name.partition(":")[0] for name in reversed(available_devices()))
        chosen = [get_device(kind) for kind in kinds]
    else:
        chosen = [get_device(device)]
    rows = MatmulTimings()
    for one in chosen:
        seconds = statistics.median(time_matmul(size, repeats, one))
        rows.append(MatmulTiming(str(one), seconds, 2 * size**3 / seconds / 1e9))
    return rows


def time_matmul(size: int, repeats: int, device: torch.device) -> list[float]:
    """Seconds of each product. CUDA works behind the caller's back, so there its own events keep
    the time, after a burn-in."""
    a, b = (torch.randn(size, size, device=device, generator=generator(device)) for _ in range(2))
    _ = a @ b
    if device.type == "cuda":
        return [time_cuda(a, b) for _ in range(repeats)]
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        product: Any = a @ b
        product[0, 0].item()  # waits for devices that work behind the caller's back
        seconds.append(time.perf_counter() - started)
    return seconds


def generator(device: torch.device) -> torch.Generator:
    """One of its own, so that the user's is left alone."""
    return torch.Generator(device).manual_seed(0)


def time_cuda(a: torch.Tensor, b: torch.Tensor) -> float:
    event: Any = torch.cuda.Event
    start, end = event(enable_timing=True), event(enable_timing=True)
    start.record()
    _ = a @ b
    end.record()
    torch.cuda.synchronize(a.device)
    return float(start.elapsed_time(end)) / 1000
