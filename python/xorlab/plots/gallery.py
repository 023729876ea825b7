"""The gallery of a study: boundaries of the nets that failed, by matplotlib."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..checks.public import public
from ..checks.values import check_count
from ..evaluation.boundary import Boundary, NothingToDrawError
from ..evaluation.corners import CORNER_CLASSES, CORNERS
from ..study.study import Study
from ..study.summary import varying
from .plotting import CLASS_COLORS, draw_boundary, fit_surface
from .study import check_drawn, describe, figure_and_panels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Panel(NamedTuple):
    """One net of a gallery. `lost` has an entry for each of (0, 0), (0, 1), (1, 0), (1, 1)."""

    row: int
    title: str
    lost: list[bool]
    boundary: Boundary


def failed_boundaries(study: Study, n: int = 9) -> list[Panel]:
    """At most n of the nets that failed, evenly spread over the rows, trained once more.

    Raises
    ------
    ValueError
        If none failed, or none of them with weights that are finite.
    """
    n, failed = check_count("n", n), check_drawn(study).failed()
    if not failed:
        raise ValueError(f"No boundary failed: {all_of(study)} solved XOR.")
    failed = [i for i in failed if math.isfinite(study.rows[i][1].loss)]
    names = varying(study.summary())
    panels: list[Panel] = []
    for k in np.linspace(0, len(failed) - 1, min(n, len(failed))).round().astype(int).tolist():
        with suppress(NothingToDrawError):
            panels.append(failed_panel(study, failed[k], names))
    if not panels:
        raise ValueError("No net that failed has a boundary: their weights are not finite.")
    return panels


def all_of(study: Study) -> str:
    return "the one net" if len(study) == 1 else f"all {len(study)} nets of the study"


def failed_panel(study: Study, row: int, names: Sequence[str]) -> Panel:
    cell, run = study.rows[row]
    lost = f"{run.corner} lost" if run.corner else f"no corner lost, {run.accuracy:.1%} right"
    title = f"seed {run.seed}: {lost}"
    if names:
        title += "\n" + describe(SimpleNamespace(**cell.columns()), names)
    flags = [str(corner) in run.corner for corner in CORNERS]
    return Panel(row, title, flags, fit_surface(study.fit(row)))


def gallery_content(study: Study, n: int) -> list[dict[str, Any]]:
    """The panels as plain values, for a picture by other means."""
    return [
        {"row": row, "title": title, "lost": lost, **boundary._asdict()}
        for row, title, lost, boundary in failed_boundaries(study, n)
    ]


@public
def plot_gallery(study: Study, n: int = 9, ax: Any = None) -> Figure:
    """The boundaries of nets that failed, each with its seed and the corners that it calls wrongly.

    The corners are drawn in the colours of their classes; those that are lost are crossed out.

    Parameters
    ----------
    study
        What `seed_study()`, `xor_sweep()` or `read_study()` returned.
    n
        At most so many, evenly spread over those that failed. Each is trained once more.
    ax
        Axes to draw in, one for each net. None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Figure`.

    Raises
    ------
    TypeError, ValueError
        If `study` is none, no net of it failed, or `ax` are too few.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> import xorlab
    >>> study = xorlab.seed_study(runs=3, hidden=2, epochs=2, seed=1)
    >>> figure = plot_gallery(study, n=2, ax=Figure().subplots(1, 2))
    """
    panels = failed_boundaries(study, n)
    columns = math.ceil(math.sqrt(len(panels)))
    rows = -(-len(panels) // columns)
    size = (2.9 * columns, 3.0 * rows)
    figure, axes = figure_and_panels(ax, len(panels), columns, size)
    for one, panel in zip(axes, panels, strict=True):
        draw_panel(one, panel)
    return figure


def draw_panel(axes: Axes, panel: Panel) -> None:
    draw_boundary(axes, panel.boundary)
    for (x1, x2), k, lost in zip(CORNERS, CORNER_CLASSES, panel.lost, strict=True):
        marker = "^" if k else "o"
        axes.scatter(x1, x2, s=140, c=CLASS_COLORS[k], marker=marker, edgecolors="#333333")
        if lost:
            axes.scatter(x1, x2, s=60, c="#000000", marker="x", linewidths=2)
    axes.set_title(panel.title, fontsize="small")
    axes.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
