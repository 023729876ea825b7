"""Files that commands write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..files import check_target, replacing
from ..fit.fit import Fit


def check_outputs(table: str | None, picture: str | None) -> None:
    """Complain of files that cannot be written before the work, not after it."""
    for name, path in (("out", table), ("plot", picture)):
        if path is not None:
            check_target(path, name)
    if picture:
        check_picture(picture)
    if table and picture and Path(table).resolve() == Path(picture).resolve():
        raise ValueError(f"The results and the picture cannot both be in {table!r}.")


def kind_of(path: str) -> str:
    """png, csv, ..., of a file's name."""
    return Path(path).suffix.lower().removeprefix(".")


def check_picture(path: str) -> None:
    """Complain of a kind of picture that matplotlib cannot draw, before the work."""
    from matplotlib.figure import Figure

    kinds = Figure().canvas.get_supported_filetypes()
    if kind_of(path) not in kinds:
        raise ValueError(
            "The name of a picture must end in .png, .pdf, .svg or another kind that matplotlib "
            f"writes, not {path!r}."
        )


def csv_line(fields: Iterable[Any]) -> str:
    """Fields with commas between them, in quotes where they need them."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields)
    return line.getvalue()


def prob_names(fit: Fit) -> list[str]:
    """Names of columns for the probability of each class."""
    return [f"prob_{level}" for level in fit.levels]


def draw(fit: Fit, path: str, vars: Sequence[str] | None = None) -> None:
    from matplotlib.figure import Figure

    from ..plots.fit import plot_fit

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    plot_fit(fit, ax=figure.subplots(), vars=vars)
    with replacing(path) as file:
        figure.savefig(file, dpi=150, format=kind_of(path))
