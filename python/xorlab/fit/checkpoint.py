"""Files of fits: plain data in torch's own format, read without running anything that they hold.

A file is not trusted. Its bytes are held against the checksums of its zip, and nothing in it may
need more memory than the file has bytes: an expanded tensor, for one, takes no room in the file,
and all of it in memory. What the entries mean is checked where the fit is made of them.
"""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import torch
from torch import Tensor

from ..checks.words import show
from ..files import check_source, replacing
from ..version import __version__

FORMAT = 2
_KIND = "xorlab fit"


def write_checkpoint(path: str | PathLike[str], content: dict[str, Any]) -> None:
    """Write plain values and numpy arrays to a file, whole or not at all."""
    whole = {"kind": _KIND, "format": FORMAT, "version": __version__, **as_tensors(content)}
    with replacing(path) as file, checksums():
        try:
            torch.save(whole, file)
        except RuntimeError as error:  # torch's own complaint hides the Ctrl-C or the full disk
            raise (error.__context__ or error) from None


@contextmanager
def checksums() -> Iterator[None]:
    """Within it, torch writes checksums, which users may have switched off (torch 2.6 or newer)."""
    serialization: Any = torch.serialization
    if not hasattr(serialization, "set_crc32_options"):
        yield
        return
    before = serialization.get_crc32_options()
    serialization.set_crc32_options(True)
    try:
        yield
    finally:
        serialization.set_crc32_options(before)


def as_tensors(value: Any) -> Any:
    """The same content with tensors for numpy arrays, which safe reading does not take."""
    if isinstance(value, dict):
        return {key: as_tensors(one) for key, one in value.items()}
    return torch.from_numpy(np.array(value)) if isinstance(value, np.ndarray) else value


def as_arrays(value: Any) -> Any:
    """The same content with numpy arrays for tensors, floats of every width as float64."""
    if isinstance(value, dict):
        return {key: as_arrays(one) for key, one in value.items()}
    if isinstance(value, Tensor):
        return (value.double() if value.is_floating_point() else value).numpy(force=True)
    return value


def read_checkpoint(path: str | PathLike[str]) -> dict[str, Any]:
    """The content that was written, or {"weights": ...} for a bare state dict."""
    name = repr(str(path))
    source = check_source(path)
    if not source.is_file():
        raise ValueError(f"{name} is not a saved fit, nor a file that could be one.")
    with open(source, "rb") as file:
        loaded = load_safely(name, file)
    content = loaded if isinstance(loaded, dict) else {}
    if content.get("kind") == _KIND:
        if not isinstance(content.get("format"), int):
            raise ValueError(f"{name} is not a saved fit, or is damaged: it has no format number.")
        if content["format"] > FORMAT:
            version = content.get("version")
            by = version if isinstance(version, str) else "unknown"
            raise ValueError(
                f"{name} was written by a newer xorlab ({by:.20}, file format "
                f"{show(content['format'])}); this one reads up to format {FORMAT}. Update xorlab."
            )
        whole: dict[str, Any] = as_arrays(content)
        return whole
    if content and all(isinstance(value, Tensor) for value in content.values()):
        return {"weights": as_arrays(dict(content))}
    raise ValueError(f"{name} is not a saved fit: it has none of the entries that make one.")


def load_safely(name: str, file: BinaryIO) -> Any:
    size = os.fstat(file.fileno()).st_size
    try:
        check_archive(file, size)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the file is, the error tells more
            loaded = torch.load(file, map_location="cpu", weights_only=True)
        check_memory(loaded, size)
        return loaded
    except UnsoundError as error:
        raise ValueError(f"{name} {error}") from None
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"{name} is not a saved fit, or holds more than plain data; nothing in it was run."
        ) from error
    except Exception as error:  # torch raises whatever the damaged bytes lead it to
        raise ValueError(f"{name} is not a saved fit, or is damaged.") from error


class UnsoundError(Exception):
    """What is wrong with a file, to be put after its name."""


def check_archive(file: BinaryIO, size: int) -> None:
    """The records of a zip are whole, by their checksums, and take no more room than the file.

    State dicts as torch wrote them before 1.6 are no zips, and have no checksums.
    """
    is_zip = file.read(4) == b"PK\3\4"
    file.seek(0)
    if not is_zip:
        return
    with ZipFile(file) as archive:
        records = archive.infolist()
        packed = any(record.compress_type != ZIP_STORED for record in records)  # never by torch
        if packed or sum(record.file_size for record in records) > size:
            raise UnsoundError("is not a saved fit: torch would not have packed it like this.")
        if archive.testzip():
            raise UnsoundError("is damaged: what it holds does not match its checksums.")
    file.seek(0)


def check_memory(content: Any, room: int) -> None:
    """Nothing takes more memory than the file has bytes, however often it is referred to."""
    pending = [content]
    while pending:
        value = pending.pop()
        if isinstance(value, Tensor):
            if not is_plain(value):
                raise UnsoundError(
                    "is not a saved fit: it has a tensor that is sparse, complex, quantized, or "
                    "larger than what is stored of it."
                )
            room -= value.numel() * value.element_size()
        elif isinstance(value, dict):
            room -= len(value)
        if room < 0:
            raise UnsoundError("is not a saved fit: it would take more memory than it has bytes.")
        if isinstance(value, dict):
            pending.extend(value.values())


def is_plain(tensor: Tensor) -> bool:
    """Real numbers in memory, each of them stored."""
    odd = tensor.is_complex() or tensor.is_quantized or tensor.is_meta or tensor.is_nested
    if odd or tensor.layout is not torch.strided:
        return False
    return tensor.numel() * tensor.element_size() <= tensor.untyped_storage().nbytes()
