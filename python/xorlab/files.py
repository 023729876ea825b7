"""Files that are written whole or not at all."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import re
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO

from .checks.words import show


def check_path(path: Any, argument: str = "path") -> str:
    """The name of a file, which came as this argument."""
    must = f"`{argument}` must be the name of a file, not {show(path)}."
    if not isinstance(path, str | PathLike):
        raise TypeError(must)
    name = os.fspath(path)
    if not isinstance(name, str):  # a path of bytes
        raise TypeError(must)
    if not name or "\0" in name:
        raise ValueError(must)
    return name


def check_target(path: str | PathLike[str], argument: str = "path") -> Path:
    """Where a file can be written: the place itself, or the one that a link leads to.

    It must lie in a folder that is there and can be written to, and be a file if it is there.
    """
    target = Path(os.path.realpath(check_path(path, argument)))
    if target.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder; give the name of a file in it.")
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"The folder {str(Path(path).parent)!r} for {target.name!r} does not exist."
        )
    if target.exists() and not target.is_file():
        raise OSError(f"{str(path)!r} is no file that could be replaced.")
    if not os.access(target.parent, os.W_OK):
        raise PermissionError(f"The folder {str(Path(path).parent)!r} cannot be written to.")
    return target


def check_source(path: str | PathLike[str], argument: str = "path") -> Path:
    """A file that is there to be read, and is not one of R's own."""
    source = Path(check_path(path, argument))
    if source.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder, not a file.")
    if not source.exists():
        raise FileNotFoundError(f"{str(path)!r} does not exist.")
    if writer := r_writer(source):
        reader = {"saveRDS": "readRDS", "save": "load"}[writer]
        raise ValueError(f"{str(path)!r} was written by R's {writer}(): use {reader}() in R.")
    return source


def r_writer(source: Path) -> str | None:
    """The function of R's that wrote a file, which its first bytes tell; None for other files.

    R's serialization begins with a letter for its encoding and a new line; `save()` puts a line of
    its own before it ("R Internals", section 1.8).
    """
    if not source.is_file():  # a pipe can be read once
        return None
    for opened in (open, gzip.open, bz2.open, lzma.open):
        try:
            with opened(source, "rb") as file:
                start = file.read(7)
        except (OSError, EOFError, lzma.LZMAError, zlib.error):
            continue
        if re.match(rb"RD[XAB]\d\n", start):
            return "save"
        if re.match(rb"X\n\0\0\0[\2\3]|B\n[\2\3]\0\0\0|A\n[23]\n\d{3}", start):
            return "saveRDS"
    return None


@contextmanager
def replacing(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """A file to write to beside `path`, which takes its place when all went well."""
    target = check_target(path)
    remove_leftovers(target)
    try:
        number, beside = open_beside(target)
    except OSError as error:
        raise OSError(error.errno, f"{error.strerror}", str(path)) from None
    try:
        with open(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(number)  # or after a power cut the new name could stand for an empty file
            beside.chmod(new_file_mode(target))
            if sys.platform != "win32":  # which renames no open file
                beside.replace(target)
        if sys.platform == "win32":
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def open_beside(target: Path) -> tuple[int, Path]:
    """A new file, locked by its writer so that no other takes it for a leftover."""
    while True:
        number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.{_MARK}")
        with suppress(OSError):  # a file system without locks, where leftovers stay
            lock(number, wait=True)
        if os.path.exists(name):
            return number, Path(name)
        os.close(number)  # removed by another before it was locked


_MARK = "xorlab-"  # in the names of files that are being written


def remove_leftovers(target: Path) -> None:
    """What processes that were killed while they wrote `target` left beside it."""
    name = re.compile(rf"\.{re.escape(target.name)}\.{_MARK}\w{{8}}")
    with suppress(OSError):  # a folder that cannot be listed
        for path in target.parent.iterdir():
            if name.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                with suppress(OSError), open(path, "rb") as file:  # a process may hold it still
                    lock(file.fileno(), wait=False)
                    path.unlink()


def lock(number: int, *, wait: bool) -> None:
    """Hold an open file alone until it is closed. Windows removes no open file anyway."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def new_file_mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file would get."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
