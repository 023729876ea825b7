"""Files that commands write."""

from __future__ import annotations

from pathlib import Path

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


def draw(fit: Fit, path: str) -> None:
    from matplotlib.figure import Figure

    from ..plots.fit import plot_fit

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    plot_fit(fit, ax=figure.subplots())
    with replacing(path) as file:
        figure.savefig(file, dpi=150, format=kind_of(path))
