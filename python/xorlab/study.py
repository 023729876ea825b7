"""Studies: what became of many nets, as a table."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from os import PathLike
from typing import Any

from .checks import check_choice, check_count
from .data import XORDataset
from .files import check_source, replacing
from .fit import Fit
from .training import train_xor

# 97.5 % point of the normal distribution.
_Z = 1.959963984540054


@dataclass(frozen=True)
class Cell:
    """What the nets of one cell of a study have in common."""

    hidden: str  # "4", or "8-8" for two layers
    activation: str
    lr: float
    std: float
    size: int
    epochs: int
    batch_size: int

    @property
    def widths(self) -> tuple[int, ...]:
        return tuple(int(width) for width in self.hidden.split("-"))


@dataclass(frozen=True)
class Run:
    """What became of one net."""

    seed: int
    loss: float
    accuracy: float
    solved: bool
    corner: str


@dataclass(frozen=True)
class Summary:
    """How many nets of a cell solved the problem, with Wilson's 95 % interval of the share."""

    hidden: str
    activation: str
    lr: float
    std: float
    runs: int
    solved: int
    share: float
    lower: float
    upper: float
    loss: float


def wilson_interval(hits: int, trials: int) -> tuple[float, float]:
    """95 % interval of a share, 0 to 1 (Wilson 1927, J. Amer. Statist. Assoc. 22, 209-212).

    Examples
    --------
    >>> [round(limit, 3) for limit in wilson_interval(97, 100)]
    [0.915, 0.99]
    """
    share, z2 = hits / trials, _Z**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, middle - half), min(1.0, middle + half)


class Study:
    """A row for each net: what it was told, and what became of it.

    Attributes
    ----------
    rows
        Pairs of a `Cell` (`hidden`, `activation`, `lr`, `std`, `size`, `epochs`, `batch_size`) and
        a `Run` (`seed`; `loss`, the mean over the last epoch, NaN where it was not finite;
        `accuracy` on fresh points, 0 to 1; `solved`, if that is within 0.005 of the best possible;
        `corner`, those that are called wrongly, such as "(0, 1)", or "").
    planned
        How many nets there were to be; more than there are rows after an interrupt.
    """

    def __init__(self, rows: Sequence[tuple[Cell, Run]], planned: int | None = None) -> None:
        self.rows = list(rows)
        self.planned = len(self.rows) if planned is None else planned

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        head = f"Study of {len(self)} nets"
        if self.planned > len(self):
            head += f" ({self.planned} were planned; it was interrupted)"
        return "\n".join([head, *table_lines(self.summary())])

    def summary(self) -> list[Summary]:
        """For each cell how many nets solved the problem, and their median loss."""
        cells = dict.fromkeys(cell for cell, _ in self.rows)
        return [summarize(cell, [r for c, r in self.rows if c == cell]) for cell in cells]

    def failed(self) -> list[int]:
        """Numbers of the rows, from 0, that did not solve the problem."""
        return [i for i, (_, run) in enumerate(self.rows) if not run.solved]

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
            raise IndexError(f"`row` must be less than the {len(self)} nets there are, not {row}.")
        cell, run = self.rows[row]
        data = XORDataset(cell.size, cell.std, run.seed)
        return train_xor(
            data,
            cell.widths,
            cell.activation,
            cell.epochs,
            cell.lr,
            cell.batch_size,
            seed=run.seed,
            verbose=False,
        )

    def to_dict(self) -> dict[str, list[Any]]:
        """The columns by name."""
        records = [{**asdict(cell), **asdict(run)} for cell, run in self.rows]
        return {name: [record[name] for record in records] for name in COLUMNS}

    @classmethod
    def from_dict(cls, columns: Mapping[str, Sequence[Any]], planned: int | None = None) -> Study:
        """The study of these columns, of so many nets that were planned; None: of those there."""
        records = [
            {name: kind(value) for (name, kind), value in zip(COLUMNS.items(), values, strict=True)}
            for values in zip(*(columns[name] for name in COLUMNS), strict=True)
        ]
        return cls([(make(Cell, record), make(Run, record)) for record in records], planned)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the table to a file of comma-separated values, whole or not at all.

        Raises
        ------
        OSError
            If the file cannot be written; an older one is unharmed.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(zip(*self.to_dict().values(), strict=True))
        with replacing(path) as file:
            file.write(text.getvalue().encode())


def as_bool(value: Any) -> bool:
    return check_choice("solved", str(value).lower(), ("true", "false")) == "true"


_KINDS: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": as_bool}
COLUMNS = {field.name: _KINDS[str(field.type)] for kind in (Cell, Run) for field in fields(kind)}


def make(kind: Any, record: Mapping[str, Any]) -> Any:
    return kind(**{field.name: record[field.name] for field in fields(kind)})


def summarize(cell: Cell, runs: Sequence[Run]) -> Summary:
    solved = sum(run.solved for run in runs)
    losses = sorted(run.loss if math.isfinite(run.loss) else math.inf for run in runs)
    median = (losses[(len(losses) - 1) // 2] + losses[len(losses) // 2]) / 2
    lower, upper = wilson_interval(solved, len(runs))
    return Summary(
        cell.hidden,
        cell.activation,
        cell.lr,
        cell.std,
        len(runs),
        solved,
        solved / len(runs),
        lower,
        upper,
        median,
    )


def table_lines(summaries: Sequence[Summary]) -> list[str]:
    """A line for each cell, under the names of the columns."""
    names = ["hidden", "activation", "lr", "std", "solved", "share", "95 % interval", "loss"]
    lines = [
        [
            s.hidden,
            s.activation,
            f"{s.lr:g}",
            f"{s.std:g}",
            f"{s.solved} of {s.runs}",
            f"{s.share:.1%}",
            f"{s.lower:.1%} to {s.upper:.1%}",
            f"{s.loss:.4f}",
        ]
        for s in summaries
    ]
    widths = [max(map(len, column)) for column in zip(names, *lines, strict=True)]
    return [
        "  ".join(f"{text:>{width}}" for text, width in zip(line, widths, strict=True))
        for line in [names, *lines]
    ]


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
    with open(check_source(path), newline="", encoding="utf-8") as file:
        try:
            names, *rows = csv.reader(file, strict=True)
            columns = zip(*rows, strict=True) if rows else ([] for _ in names)
            return Study.from_dict(dict(zip(names, columns, strict=True)))
        except (KeyError, ValueError, TypeError, csv.Error) as error:
            raise ValueError(
                f"{str(path)!r} does not hold the table of a study, whose columns are "
                f"{', '.join(COLUMNS)}."
            ) from error
