"""How fast a study could be: limit.c, the same work in C, on all cores."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from statistics import fmean

from .process import ROOT
from .timing import Sample, Task, timed

NAME = "C with SIMD, on all cores"
NOTE = "the same work by limit.c, a process for each core: how fast it could be"
SOURCE = ROOT / "benchmarks" / "limit.c"
FLAGS = ("-O3", "-march=native", "-ffast-math")


def have_compiler() -> bool:
    return shutil.which("cc") is not None


@lru_cache(maxsize=1)
def compiled() -> tuple[Path, tempfile.TemporaryDirectory[str]]:
    """The program, and its folder, which goes when the process ends."""
    folder = tempfile.TemporaryDirectory()
    program = Path(folder.name, "limit")
    subprocess.run(["cc", *FLAGS, str(SOURCE), "-o", str(program), "-lm"], check=True)
    return program, folder


def limit_task(runs: int, cores: int) -> Task:
    """What trains so many nets, shared out over processes, and measures the time of each net."""
    shares = [runs // cores + (core < runs % cores) for core in range(cores)]

    def run(number: int) -> Sample:
        program, _ = compiled()
        found: list[str] = []

        def work() -> None:
            processes = [
                subprocess.Popen(
                    [program, str(nets), str(number * cores + core)],
                    stdout=subprocess.PIPE,
                    text=True,
                )
                for core, nets in enumerate(shares)
                if nets
            ]
            found.extend(process.communicate()[0] for process in processes)

        seconds = timed(work)
        return Sample(seconds / runs, fmean(map(float, found)))

    return run
