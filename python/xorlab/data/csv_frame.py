"""Tables of comma-separated values, as data frames that need neither pandas nor polars."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..checks.words import counted, shortened, shortened_names, show, suggestion, warn
from ..files import check_source

# Fields that mean a missing value.
MISSING = ("", "NA")


class CsvFrame:
    """Columns by name, as much of a data frame as `train_xor()` asks for.

    Parameters
    ----------
    values
        The columns: float64 arrays, NaN where a value is missing, or arrays of text, None there.
    source
        The name of the file, for error messages.
    lines
        The line of the file that each row ends in, shape [n].
    """

    def __init__(
        self, values: Mapping[str, NDArray[Any]], source: str, lines: NDArray[np.int64]
    ) -> None:
        self.values, self.source, self.lines = dict(values), source, lines
        self.columns = list(self.values)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, names: Any) -> Any:
        """One column, or a frame of several."""
        if isinstance(names, str):
            return self.values[self.check_name(names)]
        chosen = {name: self.values[self.check_name(name)] for name in names}
        return CsvFrame(chosen, self.source, self.lines)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        return np.array(np.column_stack(list(self.values.values())), dtype=dtype)

    def __repr__(self) -> str:
        return f"{self.source!r} with the columns {shortened_names([*map(repr, self.columns)])}"

    def check_name(self, name: str) -> str:
        if name not in self.values:
            near = suggestion(name, self.columns)
            hint = near or f" It has {shortened_names([*map(repr, self.columns)], 10)}."
            raise ValueError(f"{self.source!r} has no column {name!r}.{hint}")
        return name

    def missing(self) -> NDArray[np.bool_]:
        """Which rows have a missing value, shape [n]."""
        lost = np.zeros(len(self), dtype=np.bool_)
        for column in self.values.values():
            lost |= np.array([one is None or one != one for one in column.tolist()], dtype=np.bool_)
        return lost

    def rows(self, chosen: NDArray[np.bool_]) -> CsvFrame:
        """The rows for which `chosen`, shape [n], is true."""
        values = {name: column[chosen] for name, column in self.values.items()}
        return CsvFrame(values, self.source, self.lines[chosen])


def read_csv(
    path: str | PathLike[str],
    text: Collection[str] = (),
    name: str = "path",
    source: str | None = None,
) -> CsvFrame:
    """Read a file whose first line names the columns.

    A column is one of numbers where every value is a number, and else one of text. An empty field
    and NA are missing values. Fields can be in double quotes; blank lines are passed over.

    Parameters
    ----------
    path
        The file, in UTF-8.
    text
        Names of columns that are text whatever they hold.
    name
        Of the argument that the path came as.
    source
        What errors call the file; None is its path.

    Raises
    ------
    OSError
        If there is no such file.
    ValueError
        If the file holds no such table; what is wrong is said with the line of the file.

    Warns
    -----
    UserWarning
        If most values of a column are numbers, but not all: it is text then.
    """
    source = str(path) if source is None else source
    header, rows, lines = read_records(path, name, source)
    if not rows:
        raise ValueError(f"{source!r} has names of columns, but no rows.")
    columns = zip(*rows, strict=True)
    values = {
        name: text_column(column) if name in text else column_values(name, column, lines, source)
        for name, column in zip(header, columns, strict=True)
    }
    return CsvFrame(values, source, np.array(lines, dtype=np.int64))


def read_records(
    path: str | PathLike[str], name: str, source: str
) -> tuple[list[str], list[list[str]], list[int]]:
    """The names of the columns, the rows, and the line of the file that each row ends in."""
    records = list(numbered_records(check_source(path, name), source))
    if not records:
        raise ValueError(f"{source!r} is empty.")
    (_, header), *rest = records
    for line, record in rest:
        if len(record) != len(header):
            raise ValueError(
                f"{source!r} must have {counted(len(header), 'field')} in each line, as in the "
                f"first, but line {line} has {len(record)}."
            )
    return check_header(source, header), [row for _, row in rest], [line for line, _ in rest]


def numbered_records(path: Path, source: str) -> Iterator[tuple[int, list[str]]]:
    """The fields of each line that is not blank, behind the number of the line they end in."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True, skipinitialspace=True)
        try:
            yield from ((reader.line_num, record) for record in reader if record)
        except csv.Error as error:
            raise ValueError(
                f"{source!r} is no table of comma-separated values: line {reader.line_num}: "
                f"{error}."
            ) from None
        except UnicodeDecodeError:
            raise ValueError(f"{source!r} must be text in UTF-8.") from None


def check_header(source: str, names: list[str]) -> list[str]:
    """Names of columns: each there, and no two the same."""
    must = f"The first line of {source!r} must name the columns"
    for other, called in ((";", "semicolons"), ("\t", "tabs")):
        if len(names) == 1 and other in names[0]:
            raise ValueError(f"{source!r} must have commas between its fields, not {called}.")
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if "" in names:
        raise ValueError(
            f"{must}, but column {names.index('') + 1} has no name. (Names of rows are left out by "
            "write.csv(row.names = FALSE) in R, and by to_csv(index=False) in pandas.)"
        )
    if twice:
        raise ValueError(f"{must}, each by another name, but {show(twice[0])} is there twice.")
    if all(as_number(name) is not None for name in names):
        raise ValueError(f"{must}, but it holds numbers alone.")
    return names


def column_values(
    name: str, fields: Sequence[str], lines: Sequence[int], source: str
) -> NDArray[Any]:
    """A column of numbers where every field that is not missing is one; else of text."""
    numbers = [np.nan if field in MISSING else as_number(field) for field in fields]
    others = [line for line, one in zip(lines, numbers, strict=True) if one is None]
    if not others:
        return np.array(numbers, dtype=np.float64)
    count = sum(field not in MISSING for field in fields)
    if 2 * len(others) < count:
        first = fields[lines.index(others[0])]
        warn(
            f"The column {name!r} of {source!r} is taken as text, since {len(others):,} of "
            f"{counted(count, 'value')} are no numbers: {show(first)} in line {others[0]}"
            f"{f', and lines {shortened(others[1:])}' if others[1:] else ''}."
        )
    return text_column(fields)


def text_column(fields: Sequence[str]) -> NDArray[Any]:
    return np.array([None if field in MISSING else field for field in fields], dtype=object)


def as_number(field: str) -> float | None:
    """The number that a field is, in ASCII and as other programs write it."""
    try:
        return float(field) if field.isascii() and "_" not in field else None
    except ValueError:
        return None
