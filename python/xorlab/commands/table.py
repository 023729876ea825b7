"""The user's own data, from a file of comma-separated values."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks.words import counted, show, warn
from ..data.csv_frame import CsvFrame, read_csv
from ..data.dataset import PointDataset
from ..fit.fit import Fit
from .options import Options

# Options that are about toy problems, and those that are about a file.
_OF_TOYS = ("toy", "classes", "size", "std")
_OF_FILES = ("y", "columns", "text", "drop_missing")


def add_table(parser: argparse.ArgumentParser, text: str, target: str) -> Options:
    """A file of data with classes, which may be left out; the group of its options."""
    parser.add_argument("table", nargs="?", metavar="data.csv", help=text)
    own = parser.add_argument_group("your own data")
    own.add_argument("--target", dest="y", metavar="NAME", help=target)
    own.add_argument(
        "--drop-missing", action="store_true", help="leave out rows with missing values"
    )
    return own


def check_apart(args: argparse.Namespace, others: Sequence[str] = ()) -> None:
    """No options of a toy problem beside a file, and none of a file without one."""
    named = args.table is not None
    for name in (*_OF_TOYS, *others) if named else _OF_FILES:
        value = getattr(args, name, None)
        if value is not None and value is not False:
            raise ValueError(
                f"`{name}` must be left out beside a file of data, since it is about points of a "
                f"toy problem, not {show(value)}."
                if named
                else f"`{name}` is about a file of data, which must be named, too."
            )


def training_table(args: argparse.Namespace) -> CsvFrame:
    """The target and the requested columns, by default all."""
    table = read_csv(args.table, args.text or (), "data")
    if args.y is None:
        raise ValueError(
            f"`y` must name the column of {args.table!r} that holds the classes; it has "
            f"{', '.join(map(repr, table.columns[:10]))}{', ...' if table.columns[10:] else ''}."
        )
    target = table.check_name(args.y)
    if args.columns is not None:
        table = table[dict.fromkeys([*args.columns, target])]
    return complete(args, table)


def validation_table(args: argparse.Namespace, training: CsvFrame) -> CsvFrame:
    """The columns of the training table in the file for validation, as text where they are text in
    the one for training."""
    text = [name for name, column in training.values.items() if column.dtype == object]
    table = read_csv(args.validation, text, "validation")
    return complete(args, table[training.columns])


def complete(args: argparse.Namespace, table: CsvFrame) -> CsvFrame:
    """The rows without missing values; an error if there are others, unless they may be dropped."""
    lost = table.missing()
    if not lost.any():
        return table
    count = f"{int(lost.sum()):,} of {counted(len(table), 'row')}"
    if not args.drop_missing:
        raise ValueError(
            f"{table.source!r} must be complete, but values are missing in {count} (the first in "
            f"line {table.lines[lost][0]}). `drop_missing` leaves such rows out."
        )
    if lost.all():
        raise ValueError(f"{table.source!r} must have rows without missing values, not none.")
    warn(f"{count} of {table.source!r} with missing values are left out.")
    return table.rows(~lost)


def table_for(fit: Fit, path: str, target: str | None = None) -> CsvFrame:
    """A file of new data, whose columns are text where those of the training were, and numbers
    where those were numbers or truth values."""
    levels = dict(fit.frame or {})
    if target is not None:
        levels[target] = fit.levels
    text = {name for name, known in levels.items() if known and isinstance(known[0], str)}
    table = read_csv(path, text, "data")
    for name in {*table.columns} - text:
        table.values[name] = truth_values(table.values[name])
    return table


# How Python and R write truth values.
_TRUTH = {"True": 1.0, "TRUE": 1.0, "False": 0.0, "FALSE": 0.0, None: np.nan}


def truth_values(column: NDArray[Any]) -> NDArray[Any]:
    """A column of truth values as 1 and 0; another as it is."""
    if column.dtype != object or any(one not in _TRUTH for one in column):
        return column
    return np.array([_TRUTH[one] for one in column])


def source_columns(fit: Fit) -> list[str]:
    """The columns that a file of new data has to have."""
    return list(fit.features if fit.frame is None else fit.frame)


def points_with_classes(args: argparse.Namespace, fit: Fit) -> PointDataset:
    """The data of a file, in the columns and classes of a fit."""
    target = args.y or fit.target
    if target is None:
        raise ValueError(f"`y` must name the column of {args.table!r} that holds the classes.")
    table = table_for(fit, args.table, target)
    table.check_name(target)
    needed = [*source_columns(fit), target]
    if {*needed} <= {*table.columns}:  # in others, values may well be missing
        table = table[needed]
    return fit.dataset_of(complete(args, table), target)
