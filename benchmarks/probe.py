"""One step over many points, in this process alone: `python -m benchmarks.probe STEP SIZE SEED`.

Prints seconds, the peak of resident memory in the step over what there was before the points, and
the points' bytes, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import xorlab

from .timing import timed


def status_bytes(field: str) -> int:
    """A field of Linux's own account of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name == field:
            return int(rest.split()[0]) * 1024
    raise RuntimeError(f"/proc/self/status has no {field}.")


def forget_peak() -> None:
    """From here on VmHWM is the peak of what follows (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")


def main(step: str, size: int, seed: int) -> None:
    fit = xorlab.train_xor(epochs=1, seed=seed, verbose=False)
    fit.evaluate()
    before = status_bytes("VmRSS")
    points = None if step == "generation" else xorlab.XORDataset(size, seed=seed)
    forget_peak()
    work = {
        "generation": lambda: xorlab.XORDataset(size, seed=seed),
        "epoch": lambda: xorlab.train_xor(points, epochs=1, seed=seed, verbose=False),
        "prediction": lambda: fit.predict(points.data),
        "evaluation": lambda: fit.evaluate(points),
    }[step]
    seconds = timed(work)
    peak = status_bytes("VmHWM") - before
    print(json.dumps({"seconds": seconds, "peak": peak, "bytes": size * (2 * 4 + 8)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
