"""The results as files: a .csv that holds them, and the .md that is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Protocol

from .timing import Row


class Section(Protocol):
    """What a module that measures tells of itself; it may have a `table()` of its own."""

    TITLE: str
    ABOUT: str
    BASELINE: str | None


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Row)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            values = asdict(row)
            writer.writerow(
                {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in values.items()}
            )


def read_rows(path: Path) -> list[Row]:
    """The rows of an earlier run; none where there is no file."""
    if not path.exists():
        return []

    def share(text: str) -> float | None:
        return float(text) if text else None

    with path.open(newline="") as file:
        return [
            Row(
                line["section"],
                line["name"],
                line["setting"],
                float(line["value"]),
                float(line["low"]),
                float(line["high"]),
                line["unit"],
                int(line["repeats"]),
                share(line["accuracy"]),
                share(line["accuracy_low"]),
                line["note"],
            )
            for line in csv.DictReader(file)
        ]


def number(value: float) -> str:
    """Three figures, without an exponent."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):g}" if value else "0"


def against(row: Row, rows: list[Row], baseline: str | None) -> str:
    """How many times faster than the baseline the row is, in its own setting or the only one."""
    rivals = [r for r in rows if r.name == baseline and r.unit == row.unit]
    same = [r for r in rivals if r.setting == row.setting] or (rivals if len(rivals) == 1 else [])
    return f"{number(same[0].value / row.value)} times" if same else ""


def table(rows: list[Row], baseline: str | None) -> list[str]:
    """A Markdown table, without the columns that would be empty."""
    columns = {
        "what": [row.name for row in rows],
        "setting": [row.setting for row in rows],
        "median": [f"{number(row.value)} {row.unit}" for row in rows],
        "from, to": [f"{number(row.low)}, {number(row.high)}" for row in rows],
        "runs": [str(row.repeats) for row in rows],
        "accuracy (lowest)": [
            "" if row.accuracy is None else f"{row.accuracy:.1%} ({row.accuracy_low:.1%})"
            for row in rows
        ],
        f"speed against {baseline}": [against(row, rows, baseline) for row in rows],
        "note": [row.note for row in rows],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    lines = [list(kept), ["---"] * len(kept), *zip(*kept.values(), strict=True)]
    return [f"| {' | '.join(line)} |" for line in lines]


def write_report(
    path: Path, rows: list[Row], sections: Mapping[str, Section], machine: Mapping[str, str]
) -> None:
    lines = ["# xorlab beside its peers", ""]
    lines += ["Made by `make bench`; how to read it is in [the folder's README](../README.md).", ""]
    lines += [f"- {name}: {value}" for name, value in machine.items()]
    picture = path.with_suffix(".png")
    if picture.exists():
        lines += ["", f"![The same in pictures]({picture.name})"]
    for name, section in sections.items():
        measured = [row for row in rows if row.section == name]
        if measured:
            lines += ["", f"## {section.TITLE}", "", section.ABOUT, ""]
            own = getattr(section, "table", None)
            lines += own(measured) if own else table(measured, section.BASELINE)
    path.write_text("\n".join(lines) + "\n")
