"""Studies: what became of many nets, as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from itertools import islice
from os import PathLike
from typing import Any, TextIO

from ..checks.public import public
from ..checks.values import check_choice, check_count, counted, show
from ..data.dataset import XORDataset
from ..evaluation.corners import CORNERS
from ..files import check_source, replacing
from ..fit.fit import Fit
from ..fit.resume import Stopped
from ..fit.train import new_fit, train_fit
from ..settings import make_settings
from .cell import Cell, Run, Summary, check_cell, summarize, table_lines

# Nets of a study: R and Python hold so many with ease.
MAX_NETS = 1_000_000


class StudyInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a study.

    Attributes
    ----------
    study
        The `Study` of the nets that were finished.
    """

    def __init__(self, study: Study) -> None:
        super().__init__(
            f"Interrupted: {len(study)} of {study.planned} nets were finished. "
            "`interrupted_study()` returns their study."
        )
        self.study = study

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.study,)


class Study:
    """A row for each net: what it was told, and what became of it.

    Attributes
    ----------
    rows
        Pairs of a `Cell` (`hidden`, `activation`, `lr`, `std`, `size`, `epochs`, `batch_size`) and
        a `Run` (`seed`; `loss`, the mean over the last epoch, NaN where it was not finite;
        `accuracy` on fresh points, 0 to 1; `solved`, if that is within 0.005 of the best possible
        and no corner is called wrongly (see `is_solved()`); `corner`, those that are, such as
        "(0, 1)", or "").
    planned
        How many nets there were to be; more than there are rows after Ctrl-C.
    """

    @public
    def __init__(self, rows: Sequence[tuple[Cell, Run]], planned: int | None = None) -> None:
        self.rows = list(rows)
        if len(self.rows) > MAX_NETS:
            raise ValueError(f"`rows` must be at most {MAX_NETS:,} nets, not {len(self.rows):,}.")
        self.planned = len(self.rows) if planned is None else planned

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        head = f"Study of {counted(len(self), 'net')}{self.layers_shown()}"
        if self.planned > len(self):
            head += f" ({self.planned} were planned; it was interrupted)"
        return "\n".join([head, *table_lines(self.summary())])

    @public
    def layers_shown(self) -> str:
        """The hidden layers, where all the nets have the same and there are several."""
        kinds = {cell.widths for cell, _ in self.rows}
        if len(kinds) != 1 or len(*kinds) == 1:
            return ""
        *first, last = map(str, *kinds)
        return f" with {len(first) + 1} hidden layers of {', '.join(first)} and {last} units"

    @public
    def summary(self) -> list[Summary]:
        """For each cell how many nets solved the problem, and their median loss."""
        cells = dict.fromkeys(cell for cell, _ in self.rows)
        return [summarize(cell, [r for c, r in self.rows if c == cell]) for cell in cells]

    @public
    def failed(self) -> list[int]:
        """Numbers of the rows, from 0, that did not solve the problem."""
        return [i for i, (_, run) in enumerate(self.rows) if not run.solved]

    @public
    def fit(self, row: int) -> Fit:
        """Train the net of one row, from 0, once more: a study keeps what became of its nets, and
        the seed brings them back.

        Raises
        ------
        TypeError, ValueError, IndexError
            If there is no such row.
        """
        row = check_count("row", row, minimum=0)
        if row >= len(self):
            raise IndexError(f"`row` must be less than the number of nets, {len(self)}, not {row}.")
        cell, run = self.rows[row]
        data = XORDataset(cell.size, cell.std, run.seed)
        settings = make_settings(
            cell.widths,
            cell.activation,
            cell.epochs,
            cell.lr,
            cell.batch_size,
            "auto",
            run.seed,
            "auto",
        )
        return train_fit(new_fit(data, settings), verbose=False)

    @public
    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name."""
        records = [{**asdict(cell), **asdict(run)} for cell, run in self.rows]
        return {name: [record[name] for record in records] for name in COLUMNS}

    @classmethod
    @public
    def from_dict(cls, columns: Mapping[str, Sequence[Any]], planned: int | None = None) -> Study:
        """The study of these columns, of so many nets that were planned; None: of those there.

        Raises
        ------
        ValueError
            If a column is missing, or a value in it is not what such a column holds.
        """
        check_columns(columns)
        rows: list[tuple[Cell, Run]] = []
        for values in zip(*(columns[name] for name in COLUMNS), strict=True):
            try:
                rows.append(make_row(dict(zip(COLUMNS, values, strict=True))))
            except (TypeError, ValueError) as error:
                raise ValueError(f"in row {len(rows) + 1}, {error}") from None
        return cls(rows, planned)

    @public
    def save(self, path: str | PathLike[str]) -> None:
        """Write the table to a file of comma-separated values, whole or not at all.

        Where Ctrl-C ended the study, it has one more column, `planned`: how many nets there were
        to be, the same in every row. Where no net was finished, one row has that number alone.

        Raises
        ------
        OSError
            If the file cannot be written; an older one is unharmed.
        """
        text = io.StringIO()
        columns = self.to_dict()
        if self.planned > len(self):
            columns["planned"] = [self.planned] * max(1, len(self))
            if not len(self):
                columns.update({name: [""] for name in COLUMNS})
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        with replacing(path) as file:
            file.write(text.getvalue().encode())


COLUMNS = tuple(field.name for kind in (Cell, Run) for field in fields(kind))


def check_columns(names: Iterable[Any]) -> None:
    """All columns of a study are there, each once; others may be."""
    there = list(names)
    missing = [name for name in COLUMNS if name not in there]
    if missing:
        raise ValueError(f"`columns` must have {', '.join(missing)}, too.")
    twice = [name for name in (*COLUMNS, "planned") if there.count(name) > 1]
    if twice:
        raise ValueError(f"`columns` must have {', '.join(twice)} once.")


def make_row(record: Mapping[str, Any]) -> tuple[Cell, Run]:
    """The net of these values, or of their text in a file."""
    cell = check_cell(
        [whole("hidden", width) for width in str(record["hidden"]).split("-")],
        record["activation"],
        number("lr", record["lr"]),
        number("std", record["std"]),
        *(whole(name, record[name]) for name in ("size", "epochs", "batch_size")),
    )
    solved = check_choice("solved", str(record["solved"]).lower(), ("true", "false")) == "true"
    seed = check_count("seed", whole("seed", record["seed"]), minimum=0)
    loss, accuracy = (number(name, record[name]) for name in ("loss", "accuracy"))
    if loss < 0:  # NaN is not
        raise ValueError(f"`loss` must be 0 or more, not {loss}.")
    if not 0 <= accuracy <= 1:
        raise ValueError(f"`accuracy` must be from 0 to 1, not {accuracy}.")
    corner = str(record["corner"]).replace("NA", "")  # R's write.csv() has it for no corner
    if not set(corner.replace(") (", ")|(").split("|")) <= {"", *map(str, CORNERS)}:
        raise ValueError(
            f"`corner` must be corners such as '(0, 1)', or nothing, not {show(corner)}."
        )
    return cell, Run(seed, loss, accuracy, solved, corner)


def whole(name: str, value: Any) -> Any:
    """The whole number that a text is; what is no text is left as it is."""
    try:
        return int(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"`{name}` must be a whole number, not {show(value)}.") from None


def number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"`{name}` must be a number, not {show(value)}.") from None


def planned_in(column: Sequence[str]) -> int | None:
    """What a file says of how many nets there were to be."""
    said = dict.fromkeys(column)
    if not said:
        return None
    if len(said) > 1:
        came = ", ".join(show(one) for one in islice(said, 3))
        raise ValueError(f"`planned` must be the same in every row, not {came}.")
    return check_count("planned", whole("planned", *said))


@public
def read_study(path: str | PathLike[str]) -> Study:
    """Read what `Study.save()`, or `xorlab study --out`, wrote.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it does not hold the table of a study.

    Examples
    --------
    >>> import os, tempfile
    >>> import xorlab
    >>> path = os.path.join(tempfile.mkdtemp(), "study.csv")
    >>> xorlab.seed_study(runs=3, epochs=1, seed=1).save(path)
    >>> len(read_study(path))
    3
    """
    with open(check_source(path), newline="", encoding="utf-8-sig") as file:
        try:
            return study_from_lines(file)
        except (ValueError, csv.Error) as error:
            raise ValueError(
                f"{str(path)!r} does not hold the table of a study, whose columns are "
                f"{', '.join(COLUMNS)}: {error}"
            ) from error


# Characters of a line in the file of a study: several times what the deepest net takes.
_LONGEST_LINE = 10_000


def study_from_lines(file: TextIO) -> Study:
    """The study of a table, of which no more is read than a study can have: it may be endless."""
    lines = iter(lambda: file.readline(_LONGEST_LINE + 1), "")
    reader = csv.reader(map(check_line, lines), strict=True)
    names = next(reader, [])
    check_columns(names)
    rows = []
    for number, row in enumerate(reader, 1):
        if number > MAX_NETS:
            raise ValueError(f"it has more than {MAX_NETS:,} rows.")
        if row and len(row) != len(names):
            raise ValueError(f"in row {number}, {len(names)} values must stand, not {len(row)}.")
        if row:  # no blank line
            rows.append(row)
    values = zip(*rows, strict=True) if rows else ([] for _ in names)
    columns: dict[str, Sequence[str]] = dict(zip(names, values, strict=True))
    planned = planned_in(columns.pop("planned", []))
    if planned and len(rows) == 1 and not any("".join(value) for value in columns.values()):
        columns = {name: [] for name in columns}  # no net was finished
    return Study.from_dict(columns, planned)


def check_line(line: str) -> str:
    if len(line) > _LONGEST_LINE:
        raise ValueError(f"a line must have at most {_LONGEST_LINE:,} characters.")
    return line


interrupted: Stopped[Study] = Stopped()


def interrupted_study() -> Study:
    """The study that Ctrl-C ended last, of the nets that were finished.

    It is also the `study` of the `StudyInterrupted` that was raised.

    Raises
    ------
    LookupError
        If no study was interrupted since Python was started.

    Examples
    --------
    >>> import xorlab
    >>> try:
    ...     study = xorlab.seed_study(runs=3, epochs=1, seed=1)
    ... except KeyboardInterrupt:
    ...     study = interrupted_study()
    >>> len(study)
    3
    """
    if interrupted.kept is None:
        raise LookupError("No study was interrupted here.")
    return interrupted.kept
