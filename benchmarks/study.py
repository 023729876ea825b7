"""Many fits: what each net of a study costs, alone and over several processes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import torch
import xorlab
from xorlab.study.nets import STACK

from . import limit
from .fit import BASELINE as USUAL
from .fit import task_of
from .job import Job
from .peers.torch_loops import train_usual_loop
from .process import run_python
from .timing import Row, Sample, Task, in_turn, summarise, timed

TITLE = "Many fits"
ABOUT = (
    "`seed_study(runs)` trains that many nets, each on 2,500 points of its own for 100 epochs, in "
    f"stacks of up to {STACK} nets, on all cores. The time is for each net; beside it a single fit "
    "by the usual loop, on one core. The accuracy is the mean over the nets. Over processes: "
    "`torchrun -m xorlab study`, 400 nets, from the command to its end, start included."
)
BASELINE = USUAL
RUNS = (1, 10, 100, 1000)
RUNS_ON_CUDA = (*RUNS, 100_000)
PROCESSES = (1, 2, 3)
PROCESS_RUNS = 400
CORES = os.cpu_count() or 1


def study_task(runs: int, device: str) -> Task:
    def run(number: int) -> Sample:
        studies: list[xorlab.Study] = []
        torch.set_num_threads(CORES)  # as it is where nobody changed it: a study works on each
        seconds = timed(
            lambda: studies.append(
                xorlab.seed_study(runs, seed=1000 * number, device=device, verbose=False)
            )
        )
        torch.set_num_threads(1)
        return Sample(seconds / runs, fmean(run.accuracy for _, run in studies[0].rows))

    return run


def torchrun_task(processes: int) -> Task:
    def run(number: int) -> Sample:
        with tempfile.TemporaryDirectory() as folder:
            command = [
                *("-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}"),
                *("-m", "xorlab", "study", "--runs", str(PROCESS_RUNS), "--quiet"),
                *("--out", str(Path(folder, "study.csv"))),
            ]
            seconds = timed(lambda: run_python(sys.executable, *command))
            rows = xorlab.read_study(Path(folder, "study.csv")).rows
            return Sample(seconds, fmean(run.accuracy for _, run in rows))

    return run


def measure(rounds: int) -> Iterator[Row]:
    tasks = {(USUAL, "1"): task_of(train_usual_loop, Job())}
    for device in ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]:
        name = "seed_study" if device == "cpu" else f"seed_study on {device.upper()}"
        several = RUNS if device == "cpu" else RUNS_ON_CUDA
        tasks |= {(name, str(runs)): study_task(runs, device) for runs in several}
    if limit.have_compiler():
        tasks[limit.NAME, str(RUNS[-1])] = limit.limit_task(RUNS[-1], CORES)
    named = {f"{name}|{runs}": task for (name, runs), task in tasks.items()}
    for key, samples in in_turn(named, rounds).items():
        name, runs = key.split("|")
        setting = f"{int(runs):,} runs"
        note = limit.NOTE if name == limit.NAME else ""
        yield summarise(
            "study", name, samples, setting=setting, unit="ms a net", scale=1e3, note=note
        )
    over = {f"{n} processes": torchrun_task(n) for n in PROCESSES}
    for setting, samples in in_turn(over, rounds).items():
        yield summarise("study", "torchrun study", samples, setting=setting, unit="s in all")
