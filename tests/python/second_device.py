"""A second device to run documents on where there is none: CUDA in name, with its numbers on the
CPU.

What is there is refused together with what is on the CPU, and gives no numpy array, as on a
graphics card. It shows that a document moves its tensors; of CUDA's arithmetic and speed it shows
nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import torch
from torch import Tensor

CUDA = torch.device("cuda:0")
CPU = torch.device("cpu")
# What carries numbers from one device to the other.
_COPIES = (torch.ops.aten.copy_, torch.ops.aten._to_copy)
# Kernels stay registered for as long as this is there.
_library: Any = None


class ThereTensor(Tensor):
    """A tensor on the second device. To torch's C++ it is on `meta`, which needs no driver."""

    numbers: Tensor
    device = CUDA
    is_cuda = True
    is_meta = False

    @staticmethod
    def __new__(cls, numbers: Tensor) -> ThereTensor:
        there: ThereTensor = torch.Tensor._make_wrapper_subclass(
            cls,
            numbers.shape,
            numbers.stride(),
            numbers.storage_offset(),
            dtype=numbers.dtype,
            device="meta",
        )
        there.numbers = numbers
        return there

    @classmethod
    def __torch_dispatch__(
        cls, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        kwargs = kwargs or {}
        given = list(tensors_in((args, kwargs.values())))
        if func.overloadpacket not in _COPIES:
            check_together(given)
        here = [on_cpu(value) for value in args]
        if func is torch.ops.aten.copy_.default:  # matmul(out=) copies what is in place already
            here[1] = here[1].clone()
        result = func(*here, **{name: on_cpu(value) for name, value in kwargs.items()})
        if kwargs.get("device") == CPU:
            return result
        # What was changed in place, or given as `out`, is itself.
        return on_cuda(result, {id(on_cpu(tensor)): tensor for tensor in given})

    def numpy(self, *, force: bool = False) -> Any:
        if force:
            return self.cpu().numpy()
        raise TypeError(
            f"can't convert {self.device} device type tensor to numpy. Use Tensor.cpu() to copy "
            "the tensor to host memory first."
        )

    def __reduce_ex__(self, protocol: Any) -> Any:
        return self.numbers.detach().__reduce_ex__(protocol)  # a file gives it back on the CPU

    def tolist(self) -> Any:
        return self.cpu().tolist()

    def __repr__(self, **_: Any) -> str:
        return f"{self.numbers.detach()!r}, there"


def tensors_in(value: Any) -> Iterator[Tensor]:
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for one in value:
            yield from tensors_in(one)


def check_together(tensors: list[Tensor]) -> None:
    """Single numbers may be anywhere."""
    if any(not isinstance(one, ThereTensor) and one.ndim for one in tensors):
        raise RuntimeError(
            "Expected all tensors to be on the same device, but found at least two devices, "
            f"{CUDA} and {CPU}!"
        )


def on_cpu(value: Any) -> Any:
    """What stands for an argument on the CPU."""
    if isinstance(value, ThereTensor):
        return value.numbers
    if isinstance(value, list | tuple):
        return type(value)(map(on_cpu, value))
    return CPU if isinstance(value, torch.device) else value


def on_cuda(value: Any, known: dict[int, Tensor]) -> Any:
    """What stands for a result on the second device."""
    if isinstance(value, Tensor):
        return known[id(value)] if id(value) in known else ThereTensor(value)
    if isinstance(value, list | tuple):
        return type(value)(on_cuda(one, known) for one in value)
    return value


def empty(size: Any, dtype: Any = None, *_: Any, **__: Any) -> Tensor:
    return ThereTensor(torch.empty(size, dtype=dtype))


def empty_strided(size: Any, stride: Any, dtype: Any = None, *_: Any, **__: Any) -> Tensor:
    return ThereTensor(torch.empty_strided(size, stride, dtype=dtype))


def install() -> None:
    """Add the device to this process, for good; where a real one is, that one is taken."""
    global _library
    if torch.cuda.is_available() or _library:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch built with CUDA has kernels for it already
        _library = torch.library.Library("aten", "IMPL", "CUDA")
        _library.impl("empty.memory_format", empty)
        _library.impl("empty_strided", empty_strided)
    cuda: Any = torch.cuda
    cuda._lazy_init = lambda: None
    cuda.device_count = lambda: 1
    from xorlab import lessons
    from xorlab.training import fused

    # Closed-form training is done with the numbers themselves, which is quicker.
    library = fused.Library
    fused.Library = lambda device, *rest: library(CPU, *rest)  # type: ignore[assignment,misc]
    lessons.generator = lambda device: torch.Generator()  # type: ignore[assignment]
    lessons.time_cuda = lambda a, b: 1.0
