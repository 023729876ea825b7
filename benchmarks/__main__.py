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

SECTIONS = ("fit", "accuracy", "study", "growth", "startup", "memory")
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
    stem = args.out / machine.slug()
    rows = report.read_rows(stem.with_suffix(".csv"))
    for name in args.sections or SECTIONS:
        measured = run(name, args.rounds)
        rows = [row for row in rows if row.section != name] + measured
        rows.sort(key=lambda row: SECTIONS.index(row.section))
        report.write_rows(stem.with_suffix(".csv"), rows)
    sections: dict[str, Any] = {name: import_module(f"benchmarks.{name}") for name in SECTIONS}
    description = machine.describe()
    report.write_report(stem.with_suffix(".md"), rows, sections, description)
    plot.draw(stem.with_suffix(".png"), rows, f"xorlab beside its peers: {description['CPU']}")
    print(f"bench: results in {args.out.name}/{stem.name}.md, .csv and .png")


if __name__ == "__main__":
    main()
