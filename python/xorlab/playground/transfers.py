"""Files that come from a page, and files that go there."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from ..data.csv_frame import read_csv
from ..data.training_data import training_data
from ..fit.fit import Fit
from ..plots.animation import animate_xor
from ..plots.fit import plot_fit
from .bounds import MAX_SIZE, check_columns
from .desk import Desk
from .source import Source

# Names of a column of classes; without one of them, it is the last.
TARGETS = ("label", "class", "y", "target")


def read_upload(files: Any) -> Source:
    """The points of a file that was sent: data of numbers and text, whatever it calls itself."""
    path, name = files[0]["datapath"], str(files[0]["name"])[:100]
    table = read_csv(path, name="upload", source=name)
    check_columns(len(table.columns) - 1)
    target = next((one for one in table.columns if one.lower() in TARGETS), table.columns[-1])
    given = training_data(table, target, None)
    assert given is not None
    if len(given.dataset) > MAX_SIZE:
        raise ValueError(
            f"There is room for {MAX_SIZE:,} points, and the file has {len(given.dataset):,}."
        )
    return Source(given)


def offer_downloads(desk: Callable[[], Desk]) -> None:
    """Connect the download buttons of a page, whose desk is given, with what they send."""
    from shiny import render

    def offer(name: str, write: Callable[[Path], object]) -> None:
        async def send() -> AsyncIterator[bytes]:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                write(path)
                yield path.read_bytes()

        send.__name__ = f"download_{Path(name).stem}"
        render.download_button(send, filename=name)

    offer("fit.pt", lambda path: desk().net.result().save(path))
    offer("picture.png", lambda path: save_picture(desk().net.result(), path))
    offer("animation.html", lambda path: animate_xor(desk().net.with_path(), path))


def save_picture(fit: Fit, path: Path) -> None:
    """`plot_fit()` in a file, without a window or pyplot's own state."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 5), layout="constrained")
    plot_fit(fit, ax=figure.subplots())
    figure.savefig(path, dpi=150)
