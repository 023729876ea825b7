"""The table of a study as a file of comma-separated values.

A net that was not trained, since Ctrl-C came before, is a row without results. 0.1.0 had a column
`planned` instead: how many nets there were to be, the same in every row; where no net was finished,
one row with that number alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any, NamedTuple, TextIO

from ..checks.values import check_count
from ..checks.words import show
from .config import COLUMNS, CONFIG_COLUMNS, LATER, Config, Net, Run, read_config, whole

Columns = Mapping[str, Sequence[Any]]

# Nets of a study: R and Python hold so many with ease.
MAX_NETS = 1_000_000
# Characters of a line: several times what the deepest net takes.
_LONGEST_LINE = 10_000
_RESULTS = [one.name for one in fields(Run) if one.name != "seed"]


def table_text(columns: Columns, plan: Columns, planned: int) -> str:
    """The text of a file: the trained nets, then those of the plan that are not among them."""
    names = [*COLUMNS]
    rows = list(zip(*(columns[name] for name in COLUMNS), strict=True))
    identity = (*CONFIG_COLUMNS, "seed")
    done = set(zip(*(columns[name] for name in identity), strict=True))
    for net in zip(*(plan[name] for name in identity), strict=True):
        if net not in done:
            rows.append((*net, *("" for _ in _RESULTS)))
    if planned > len(rows):  # it is not known which
        names.append("planned")
        blank = [("",) * len(COLUMNS)]
        rows = [(*row, planned) for row in rows or blank]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return text.getvalue()


class Table(NamedTuple):
    """What a file holds, as `Study.from_dict()` takes it."""

    columns: Columns
    planned: int | None
    plan: Columns | None


def read_table(file: TextIO) -> Table:
    """Read no more of a file than a study can have: it may be endless."""
    lines = iter(lambda: file.readline(_LONGEST_LINE + 1), "")
    reader = csv.reader(map(check_line, lines), strict=True)
    names = next(reader, [])
    check_columns(names)
    rows = []
    for number, row in enumerate(reader, 1):
        if number > MAX_NETS:
            raise ValueError(f"it has more than {MAX_NETS:,} rows.")
        if row and len(row) != len(names):
            raise ValueError(f"row {number} must have {len(names)} values, not {len(row)}.")
        if row:  # no blank line
            rows.append(row)
    planned = planned_in(
        [row[names.index("planned")] for row in rows] if "planned" in names else []
    )
    config = [names.index(name) for name in CONFIG_COLUMNS if name in names]
    if planned and len(rows) == 1 and not any(rows[0][i] for i in config):
        rows = []  # no net was finished
    results = [names.index(name) for name in _RESULTS if name in names]
    finished = [row for row in rows if any(row[i] for i in results)]
    plan = None if len(finished) == len(rows) else as_columns(names, rows)
    return Table(as_columns(names, finished), planned, plan)


def as_columns(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    values: Iterable[Sequence[str]] = zip(*rows, strict=True) if rows else ([] for _ in names)
    return dict(zip(names, values, strict=True))


def check_columns(names: Iterable[Any]) -> None:
    """All columns of a study are there, each once; others may be."""
    there = list(names)
    missing = [name for name in COLUMNS if name not in (*there, *LATER)]
    if missing:
        raise ValueError(f"`columns` must have {', '.join(missing)}, too.")
    twice = [name for name in (*COLUMNS, "planned") if there.count(name) > 1]
    if twice:
        raise ValueError(f"`columns` must have {', '.join(twice)} once.")


def with_later(columns: Columns) -> Columns:
    """Columns with those that tables of earlier versions lack."""
    rows = len(columns["seed"])
    return {**{name: [value] * rows for name, value in LATER.items()}, **columns}


def check_line(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        raise ValueError(f"a line must have at most {_LONGEST_LINE:,} characters.")
    return line


def planned_in(column: Sequence[str]) -> int | None:
    """The number of planned nets in a file of 0.1.0."""
    values = dict.fromkeys(column)
    if not values:
        return None
    if len(values) > 1:
        came = ", ".join(show(one) for one in islice(values, 3))
        raise ValueError(f"`planned` must be the same in every row, not {came}.")
    return check_count("planned", whole("planned", *values))


def records_of(
    columns: Mapping[str, Sequence[Any]], names: Sequence[str]
) -> Iterable[dict[str, Any]]:
    for values in zip(*(columns[name] for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def read_nets(columns: Mapping[str, Sequence[Any]]) -> Iterable[Net]:
    """The nets of these columns; those of one configuration share it."""
    known: dict[tuple[Any, ...], Config] = {}
    for row, record in enumerate(records_of(columns, (*CONFIG_COLUMNS, "seed")), 1):
        key = tuple(str(record[name]) for name in CONFIG_COLUMNS)
        try:
            if key not in known:
                known[key] = read_config(record)
            seed = check_count("seed", whole("seed", record["seed"]), minimum=0)
        except (TypeError, ValueError) as error:
            raise ValueError(f"in row {row}, {error}") from None
        yield Net(known[key], seed)
