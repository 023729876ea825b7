"""Ten million points: the time and the peak memory of each step."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from .process import run_python
from .timing import Row, Sample, Task, in_turn, summarise

TITLE = "Ten million points"
ABOUT = (
    "Each step in a process of its own. The peak is what the step's process held at most, less "
    "what it held after a small training and before there were any points; it includes the points "
    "themselves (16 bytes each: two float32 and an int64). Epoch: batches of 128."
)
BASELINE = None
SIZE = 10_000_000
STEPS = ("generation", "epoch", "prediction", "evaluation")


def probe(step: str) -> Task:
    """Runs a step apart; the sample's value is seconds, its second figure the peak's share."""

    def run(number: int) -> Sample:
        answer = run_python(sys.executable, "-m", "benchmarks.probe", step, str(SIZE), str(number))
        told = json.loads(answer)
        return Sample(told["seconds"], told["peak"] / told["bytes"])

    return run


def measure(rounds: int) -> Iterator[Row]:
    for step, samples in in_turn({step: probe(step) for step in STEPS}, rounds).items():
        seconds = [Sample(sample.value) for sample in samples]
        shares = [Sample(sample.accuracy) for sample in samples if sample.accuracy is not None]
        yield summarise("memory", step, seconds, setting="time", unit="s")
        yield summarise("memory", step, shares, setting="peak", unit="times the points' bytes")
