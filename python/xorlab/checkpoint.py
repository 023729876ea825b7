"""Files: plain data in torch's own format, written whole or not at all, and read without running
anything that they hold."""

from __future__ import annotations

import pickle
import warnings
from os import PathLike
from typing import Any, BinaryIO

import numpy as np
import torch
from torch import Tensor

from .files import check_source, replacing
from .version import __version__

FORMAT = 1
_KIND = "xorlab fit"


def write_checkpoint(path: str | PathLike[str], content: dict[str, Any]) -> None:
    """Write plain values and numpy arrays to a file, whole or not at all."""
    whole = {"kind": _KIND, "format": FORMAT, "version": __version__, **as_tensors(content)}
    with replacing(path) as file:
        try:
            torch.save(whole, file)
        except RuntimeError as error:  # torch's own complaint hides the Ctrl-C or the full disk
            raise (error.__context__ or error) from None


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
    with open(check_source(path), "rb") as file:
        loaded = load_safely(name, file)
    content = loaded if isinstance(loaded, dict) else {}
    if content.get("kind") == _KIND:
        if not isinstance(content.get("format"), int):
            raise ValueError(f"{name} is not a saved fit, or is damaged: it has no format number.")
        if content["format"] > FORMAT:
            raise ValueError(
                f"{name} was written by a newer xorlab ({content.get('version')}, file format "
                f"{content['format']}); this one reads up to format {FORMAT}. Update xorlab."
            )
        whole: dict[str, Any] = as_arrays(content)
        return whole
    if content and all(isinstance(value, Tensor) for value in content.values()):
        return {"weights": as_arrays(dict(content))}
    raise ValueError(f"{name} is not a saved fit: it has none of the entries that make one.")


def load_safely(name: str, file: BinaryIO) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the file is, the error tells more
            return torch.load(file, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"{name} is not a saved fit, or holds more than plain data; nothing in it was run."
        ) from error
    except Exception as error:  # torch raises whatever the damaged bytes lead it to
        raise ValueError(f"{name} is not a saved fit, or is damaged.") from error
