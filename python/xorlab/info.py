"""The situation: versions, devices, threads."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from .version import __version__

# What xorlab needs; pyproject.toml and R/python.R say from which versions on.
PACKAGES = ("torch", "numpy", "threadpoolctl", "matplotlib", "tqdm")


class Info(dict[str, Any]):
    """A dict that prints as a table."""

    def __repr__(self) -> str:
        width = max(map(len, self))
        return "\n".join(f"{key:<{width}}  {value}" for key, value in self.items())


def package_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def info() -> Info:
    """Versions of what xorlab runs on, and the devices that torch sees here.

    Returns
    -------
    A dict of plain values, which prints as a table.

    Examples
    --------
    >>> info()["xorlab"] == __version__
    True
    """
    import torch

    from .device import available_devices

    return Info(
        xorlab=__version__,
        python=platform.python_version(),
        executable=sys.executable,
        # Of torch, its own word, which alone says for which device it was built.
        **{name: package_version(name) for name in PACKAGES} | {"torch": str(torch.__version__)},
        cuda=torch.cuda.is_available(),
        mps=torch.backends.mps.is_available(),
        devices=", ".join(available_devices()),
        threads=torch.get_num_threads(),
    )
