"""What the results were taken on, without the machine's name or any path."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import torch

PACKAGES = ("torch", "numpy", "skorch", "lightning", "scikit-learn", "jax")


def _field(path: str, pattern: str, otherwise: str) -> str:
    """What the pattern's group finds in a file of the system, where there is such a file."""
    try:
        found = re.search(pattern, Path(path).read_text(), flags=re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip().strip('"') if found else otherwise


def _output(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return "none"
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def cpu() -> str:
    return _field("/proc/cpuinfo", r"^model name\s*: (.*)$", platform.processor() or "unknown CPU")


def cores() -> int:
    return os.cpu_count() or 1


def describe() -> dict[str, str]:
    """The parts of the description, by name."""
    memory = int(_field("/proc/meminfo", r"^MemTotal:\s*(\d+)", "0")) / 1024**2
    versions = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    return {
        "CPU": f"{cpu()}, {cores()} cores",
        "GPU": torch.cuda.get_device_name() if torch.cuda.is_available() else "none",
        "Memory": f"{memory:.0f} GiB",
        "System": _field("/etc/os-release", r"^PRETTY_NAME=(.*)$", platform.system()),
        "R": _output("Rscript", "-e", "cat(format(getRversion()))"),
        "Node": _output("node", "--version").lstrip("v"),
        "Python": f"{platform.python_version()}: {', '.join(versions)}",
    }


def slug() -> str:
    """A file name that describes the kind of machine: "2-cores-some-cpu"."""
    gpu = f" {torch.cuda.get_device_name()}" if torch.cuda.is_available() else ""
    text = f"{cores()} cores {cpu()}{gpu}".lower()
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\((r|tm)\)", "", text)).strip("-")
