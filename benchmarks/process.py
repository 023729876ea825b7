"""Running Python and R in processes of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .timing import Sample

ROOT = Path(__file__).resolve().parents[1]


def run_python(python: str, *arguments: str) -> str:
    """What a Python that sees this checkout's xorlab prints."""
    return _output([python, *arguments])


def run_r(*arguments: str) -> str:
    """What Rscript prints."""
    return _output(["Rscript", *arguments])


def environment(command: Sequence[str]) -> dict[str, str]:
    """For a Python, which sees this checkout's xorlab, or for Rscript, whose xorlab is the
    installed one, without help from PYTHONPATH."""
    if command[0] == "Rscript":
        return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    paths = os.pathsep.join([str(ROOT / "python"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths}


def r_samples(script: str, rounds: int, *arguments: str) -> dict[str, list[Sample]]:
    """What a script in r/ measured: it prints lines of name, value and accuracy, tabs between."""
    samples: dict[str, list[Sample]] = {}
    path = str(ROOT / "benchmarks" / "r" / script)
    for line in run_r(path, str(rounds), *arguments).splitlines():
        name, value, share = line.split("\t")
        sample = Sample(float(value), None if share == "NA" else float(share))
        samples.setdefault(name, []).append(sample)
    return samples


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment(command), cwd=ROOT
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout
