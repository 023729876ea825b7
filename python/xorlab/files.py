"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import BinaryIO


def check_target(path: str | PathLike[str]) -> Path:
    """Where a file can be written: in a folder that is there, and not a folder itself."""
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder; give the name of a file in it.")
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"The folder {str(target.parent)!r} for {target.name!r} is not there."
        )
    return target


def check_source(path: str | PathLike[str]) -> Path:
    """A file that is there to be read."""
    source = Path(path)
    if source.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder, not a file.")
    if not source.exists():
        raise FileNotFoundError(f"{str(path)!r} is not there.")
    return source


@contextmanager
def replacing(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write to beside `path`, which takes its place when all went well."""
    target = check_target(path)
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.name}.", delete=False
    ) as beside:
        try:
            yield beside  # type: ignore[misc]
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
