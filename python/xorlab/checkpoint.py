"""Files: plain data in torch's own format, written whole or not at all, and read without running
anything that they hold."""

from __future__ import annotations

import os
import pickle
import tempfile
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .version import __version__

FORMAT = 1
_KIND = "xorlab fit"


def write_checkpoint(path: str | PathLike[str], content: dict[str, Any]) -> None:
    """Write plain values and numpy arrays to a file beside `path`, then put it in its place."""
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder; give the name of a file in it.")
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"The folder {str(target.parent)!r} for {target.name!r} is not there."
        )
    whole = {"kind": _KIND, "format": FORMAT, "version": __version__, **as_tensors(content)}
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as beside:
        try:
            torch.save(whole, beside)
            beside.close()
            os.chmod(beside.name, new_file_mode(target))
            os.replace(beside.name, target)
        except BaseException:
            beside.close()
            os.unlink(beside.name)
            raise


def new_file_mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def as_tensors(value: Any) -> Any:
    """The same content with tensors for numpy arrays, which safe reading does not take."""
    if isinstance(value, dict):
        return {key: as_tensors(one) for key, one in value.items()}
    return torch.from_numpy(np.array(value)) if isinstance(value, np.ndarray) else value


def read_checkpoint(path: str | PathLike[str]) -> dict[str, Any]:
    """The content that was written, or {"weights": ...} for a bare state dict."""
    name = repr(str(path))
    if Path(path).is_dir():
        raise IsADirectoryError(f"{name} is a folder, not a file.")
    if not Path(path).exists():
        raise FileNotFoundError(f"{name} is not there.")
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except OSError:
        raise
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"{name} is not a saved fit, or holds more than plain data; nothing in it was run."
        ) from error
    except Exception as error:  # torch raises whatever the damaged bytes lead it to
        raise ValueError(f"{name} is not a saved fit, or is damaged.") from error
    if not isinstance(content, dict):
        raise ValueError(f"{name} is not a saved fit: it holds a {type(content).__name__}.")
    if content.get("kind") == _KIND:
        if content.get("format", 0) > FORMAT:
            raise ValueError(
                f"{name} was written by a newer xorlab ({content.get('version')}, file format "
                f"{content['format']}); this one reads up to format {FORMAT}. Update xorlab."
            )
        return content
    if content and all(isinstance(value, Tensor) for value in content.values()):
        return {"weights": dict(content)}
    raise ValueError(f"{name} is not a saved fit: it has none of the entries that make one.")
