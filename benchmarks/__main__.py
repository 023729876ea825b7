"""Measure, and write what was measured: `python -m benchmarks [SECTION ...]`."""

from __future__ import annotations

import argparse
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import xorlab

from . import machine, plot, report
from .process import ROOT
from .timing import Row

SECTIONS = (
    *("fit", "optimizers", "accuracy", "study", "growth", "startup", "memory"),
    *("own_data", "playground"),
)
RESULTS = ROOT / "benchmarks" / "results"


def run(name: str, rounds: int) -> list[Row]:
    """Measure one section, telling each row as it comes."""
    started = time.perf_counter()
    print(f"bench: {name}", flush=True)
    rows = []
    for row in import_module(f"benchmarks.{name}").measure(rounds):
        share = "" if row.accuracy is None else f", accuracy {row.accuracy:.1%}"
        what = " ".join(filter(None, [row.name, row.setting]))
        print(f"  {what}: {report.number(row.value)} {row.unit}{share}", flush=True)
        rows.append(row)
    print(f"bench: {name} took {time.perf_counter() - started:.0f} s", flush=True)
    return rows


def stem(name: str) -> str:
    """The section's files: named after the processor, but where no figure depends on it."""
    return getattr(import_module(f"benchmarks.{name}"), "FILE", None) or machine.slug()


def store(path: Path, name: str, measured: list[Row]) -> None:
    """Put what was measured in place of what the file had of this section."""
    file = path.with_suffix(".csv")
    rows = [row for row in report.read_rows(file) if row.section != name] + measured
    rows.sort(key=lambda row: SECTIONS.index(row.section))
    report.write_rows(file, rows)


def publish(path: Path) -> None:
    """Make the page, and the picture where there is something to draw, of the stored rows."""
    rows = report.read_rows(path.with_suffix(".csv"))
    sections: dict[str, Any] = {name: import_module(f"benchmarks.{name}") for name in SECTIONS}
    description = machine.describe()
    heading = f"xorlab beside its peers: {description['CPU']}"
    plot.draw(path.with_suffix(".png"), rows, heading)
    report.write_report(path.with_suffix(".md"), rows, sections, description)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--rounds", type=int, default=5, help="repetitions (%(default)s)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the results")
    args = parser.parse_args()
    unknown = sorted(set(args.sections) - set(SECTIONS))
    if unknown:
        parser.error(f"no section {', '.join(unknown)}: there are {', '.join(SECTIONS)}")
    return args


def main() -> None:
    args = parse()
    if not Path(xorlab.__file__).is_relative_to(ROOT):
        raise SystemExit("bench: stopped: xorlab is not this checkout's; use `make bench`.")
    torch.set_num_threads(1)  # the best for every loop over tiny tensors, ours or not
    names = args.sections or SECTIONS
    for name in names:
        store(args.out / stem(name), name, run(name, args.rounds))
    for one in dict.fromkeys(stem(name) for name in names):
        publish(args.out / one)
        print(f"bench: results in {args.out.name}/{one}.md and .csv")


if __name__ == "__main__":
    main()
