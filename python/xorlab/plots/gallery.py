"""The gallery of a study: boundaries of the nets that failed, or did worst, by matplotlib."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..checks.public import public
from ..checks.values import check_count
from ..evaluation.boundary import Boundary, NothingToDrawError
from ..evaluation.corners import CORNER_CLASSES, CORNERS
from ..fit.fit import Fit
from ..study.config import varying
from ..study.study import Study
from ..study.summary import all_xor
from .axes import several_axes
from .boundary import draw_boundary, fit_surface
from .configs import describe
from .labels import name_axes
from .palette import CLASS_COLORS, CLASS_MARKERS, INK
from .study import check_drawn

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes


class Panel(NamedTuple):
    """One net of a gallery. `lost` has an entry for each of (0, 0), (0, 1), (1, 0), (1, 1), and is
    None for other data than XOR, whose columns `names` has."""

    row: int
    title: str
    lost: list[bool] | None
    boundary: Boundary
    names: tuple[str, ...]


def failed_boundaries(study: Study, n: int = 9) -> list[Panel]:
    """At most n of the nets that failed, evenly spread over the rows; where there are other data
    than XOR, those of the least accuracy, the worst first. They are trained once more.

    Raises
    ------
    ValueError
        If none failed, or none of them with weights that are finite.
    """
    n, nets = check_count("n", n), records(check_drawn(study))
    chosen = spread_rows(study, nets, n) if all_xor(study.summary()) else worst_rows(nets, n)
    names = varying(nets)
    panels: list[Panel] = []
    for row in chosen:
        with suppress(NothingToDrawError):
            fit = study.fit(row)
            panels.append(failed_panel(row, nets[row], names, fit_surface(fit), drawn_names(fit)))
    if not panels:
        raise ValueError("No net that failed has a boundary: their weights are not finite.")
    return panels


def spread_rows(study: Study, nets: Sequence[Mapping[str, Any]], n: int) -> list[int]:
    failed = study.failed()
    if not failed:
        raise ValueError(f"No boundary failed: {all_of(study)} solved XOR.")
    finite = [row for row in failed if math.isfinite(nets[row]["loss"])]
    places = np.linspace(0, len(finite) - 1, min(n, len(finite))).round().astype(int)
    return [finite[k] for k in places.tolist()]


def worst_rows(nets: Sequence[Mapping[str, Any]], n: int) -> list[int]:
    """Those of the least accuracy, but for nets whose weights are not finite."""
    finite = [row for row, net in enumerate(nets) if math.isfinite(net["loss"])]
    return sorted(finite, key=lambda row: nets[row]["accuracy"])[:n]


def records(study: Study) -> list[dict[str, Any]]:
    """The values of each net by name."""
    columns = study.to_dict()
    return [dict(zip(columns, net, strict=True)) for net in zip(*columns.values(), strict=True)]


def all_of(study: Study) -> str:
    return "the one net" if len(study) == 1 else f"all {len(study)} nets of the study"


def drawn_names(fit: Fit) -> tuple[str, ...]:
    """The columns of a boundary, which of more than two are those that this net depends on most;
    none of a toy problem."""
    return () if fit.data is None or fit.data.origin is not None else fit.section().names


def failed_panel(
    row: int,
    net: dict[str, Any],
    names: Sequence[str],
    surface: Boundary,
    columns: tuple[str, ...],
) -> Panel:
    corner, right = net["corner"], f"{net['accuracy']:.1%} right"
    xor = net["solved"] is not None
    lost = f"{corner} lost" if corner else f"no corner lost, {right}" if xor else right
    title = f"seed {net['seed']}: {lost}"
    if names:
        title += "\n" + describe(net, names)
    lost_ones = [str(one) in corner for one in CORNERS] if xor else None
    return Panel(row, title, lost_ones, surface, columns)


def panel_columns(panels: int) -> int:
    return math.ceil(math.sqrt(panels))


def gallery_content(study: Study, n: int) -> dict[str, Any]:
    """The gallery as plain values: its columns, the corners with their classes, and the panels."""
    panels = failed_boundaries(study, n)
    return {
        "columns": panel_columns(len(panels)),
        "corners": np.array(CORNERS),
        "classes": list(CORNER_CLASSES),
        "panels": [
            {"row": row, "title": title, "lost": lost, "names": names, **surface._asdict()}
            for row, title, lost, surface, names in panels
        ],
    }


@public
def plot_gallery(study: Study, n: int = 9, ax: SeveralAxes | None = None) -> NDArray[Any]:
    """The boundaries of nets that failed, each with its seed and the corners that it misclassifies.

    The corners are drawn in the colours of their classes; those that are lost are crossed out.
    Where there are other data than XOR, the nets are those of the least accuracy, the worst first.

    Parameters
    ----------
    study
        What `seed_study()`, `xor_sweep()` or `read_study()` returned.
    n
        At most so many, of XOR evenly spread over those that failed. Each is trained once more.
    ax
        Axes to draw in, one for each net. None makes a pyplot figure.

    Returns
    -------
    An array of the matplotlib `Axes`, one for each net.

    Raises
    ------
    TypeError, ValueError
        If `study` is none, no net of it failed, or `ax` are too few.

    Examples
    --------
    >>> import xorlab
    >>> study = xorlab.seed_study(runs=3, hidden=2, epochs=2, seed=1)
    >>> axes = plot_gallery(study, n=2)
    """
    panels = failed_boundaries(study, n)
    columns = panel_columns(len(panels))
    size = (2.9 * columns, 3.0 * math.ceil(len(panels) / columns))
    axes = several_axes(ax, len(panels), columns, size)
    for one, panel in zip(axes, panels, strict=True):
        draw_panel(one, panel)
    return axes


def draw_panel(axes: Axes, panel: Panel) -> None:
    draw_boundary(axes, panel.boundary)
    axes.set_title(panel.title, fontsize="small")
    if panel.names:
        name_axes(axes, panel.names)
    if panel.lost is not None:
        draw_corners(axes, panel.lost)


def draw_corners(axes: Axes, lost_ones: Sequence[bool]) -> None:
    for (x1, x2), k, lost in zip(CORNERS, CORNER_CLASSES, lost_ones, strict=True):
        axes.scatter(x1, x2, s=140, c=CLASS_COLORS[k], marker=CLASS_MARKERS[k], edgecolors=INK)
        if lost:
            axes.scatter(x1, x2, s=60, c="#000000", marker="x", linewidths=2)
    axes.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")
