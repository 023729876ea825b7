"""Start-up: what loading xorlab adds to R and to torch, and what a call from R adds."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from .process import r_samples, run_python, run_r
from .timing import Row, Sample, Task, in_turn, summarise, timed

TITLE = "Start-up and the border"
ABOUT = (
    "Whole processes, from start to end, and their differences round by round. Then the same "
    "`train_xor(seed = k)` called in turn from R and by Python code in the same process; "
    "and `predict()` of a million rows from R, in turn with torch's own forward pass and a copy "
    "each way."
)
BASELINE = None


def measure(rounds: int) -> Iterator[Row]:
    def r(code: str) -> Task:
        return lambda _: Sample(timed(lambda: run_r("-e", code)))

    def python(code: str) -> Task:
        return lambda _: Sample(timed(lambda: run_python(sys.executable, "-c", code)))

    starts = {
        "R alone": r("invisible()"),
        "R with library(xorlab)": r("library(xorlab)"),
        "import torch": python("import torch"),
        "import xorlab": python("import xorlab"),
    }
    for task in starts.values():
        task(0)
    samples = in_turn(starts, 2 * rounds + 1)
    calls = r_samples("border.R", 2 * rounds + 1)
    yield from with_difference(samples, "R alone", "R with library(xorlab)")
    yield from with_difference(samples, "import torch", "import xorlab", plotting_note())
    yield from with_difference(calls, "train_xor() in Python", "train_xor() from R")
    for kind in ("prob", "class"):
        yield from with_difference(
            calls, "torch and two copies, 1M rows", f"predict(type = '{kind}') from R, 1M rows"
        )


def with_difference(
    samples: dict[str, list[Sample]], less: str, more: str, note: str = ""
) -> Iterator[Row]:
    """Rows of two tasks, and one of what the second costs more in each round."""
    pairs = list(zip(samples[less], samples[more], strict=True))
    added = [Sample(b.value - a.value) for a, b in pairs]
    share = summarise("", "", [Sample(b.value / a.value) for a, b in pairs]).value
    told = f"{share:.2f} times the other"
    yield summarise("startup", less, samples[less], unit="ms", scale=1e3)
    yield summarise("startup", more, samples[more], unit="ms", scale=1e3, note=note)
    yield summarise("startup", f"{more}: added", added, unit="ms", scale=1e3, note=told)


def plotting_note() -> str:
    """Whether importing xorlab brings matplotlib with it."""
    code = "import sys, xorlab; print('matplotlib' in sys.modules)"
    found = run_python(sys.executable, "-c", code).strip() == "True"
    return "imports matplotlib" if found else "without matplotlib"
