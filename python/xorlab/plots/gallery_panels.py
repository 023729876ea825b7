"""What is drawn of the nets that failed, or did worst, as plain values for both languages."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np

from ..checks.values import check_count
from ..checks.words import counted
from ..data.dataset import Level
from ..evaluation.boundary import Boundary, NothingToDrawError
from ..evaluation.corners import CORNER_CLASSES, CORNERS
from ..fit.fit import Fit
from ..study.config import varying
from ..study.study import Study
from ..study.summary import all_xor
from .boundary import fit_surface
from .configs import describe
from .samples import class_name
from .study import check_drawn


class Panel(NamedTuple):
    """One net of a gallery. `lost` has an entry for each of (0, 0), (0, 1), (1, 0), (1, 1), and is
    None for other data than XOR, whose columns `names` has; `levels` are its classes."""

    row: int
    title: str
    lost: list[bool] | None
    boundary: Boundary
    names: tuple[str, ...]
    levels: tuple[Level, ...]


class Gallery(NamedTuple):
    """The panels, in so many columns, what they show, and the names of their classes, by which the
    colours are known; `crossed` names the mark on a corner, where there is one."""

    heading: str
    columns: int
    panels: list[Panel]
    classes: list[str]
    crossed: str | None


def make_gallery(study: Study, n: int = 9) -> Gallery:
    panels = failed_boundaries(study, n)
    crossed = "misclassified corner" if any(panel.lost for panel in panels) else None
    return Gallery(
        heading(study, len(panels)),
        panel_columns(len(panels)),
        panels,
        shared_names(panels),
        crossed,
    )


def heading(study: Study, shown: int) -> str:
    """What the panels are."""
    failed = len(study.failed()) if all_xor(study.summary()) else None
    if failed is not None:
        every = "The one net" if failed == 1 else f"All {failed} nets"
        return f"{every if shown == failed else f'{shown} of {failed} nets'} that failed"
    if shown == 1:
        return f"The least accurate of {counted(len(study), 'net')}"
    return f"The {shown} least accurate of {len(study)} nets"


def shared_names(panels: Sequence[Panel]) -> list[str]:
    """Of the classes, which are numbered where the panels have different ones."""
    longest = max((panel.levels for panel in panels), key=len)
    same = all(panel.levels == longest[: len(panel.levels)] for panel in panels)
    levels = longest if same else tuple(range(len(longest)))
    return [class_name(level, levels) for level in levels]


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
            panels.append(failed_panel(row, nets[row], names, fit))
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


def failed_panel(row: int, net: dict[str, Any], names: Sequence[str], fit: Fit) -> Panel:
    surface = fit_surface(fit)
    title = f"seed {net['seed']}: {net['accuracy']:.1%} right"
    if names:
        title += "\n" + describe(net, names)
    lost = None if net["solved"] is None else [str(one) in net["corner"] for one in CORNERS]
    return Panel(row, title, lost, surface, drawn_names(fit), fit.levels)


def panel_columns(panels: int) -> int:
    return math.ceil(math.sqrt(panels))


def gallery_content(study: Study, n: int) -> dict[str, Any]:
    """The gallery as plain values, with the corners and their classes."""
    gallery = make_gallery(study, n)
    panels = [
        {"row": one.row, "title": one.title, "lost": one.lost, "names": one.names}
        | one.boundary._asdict()
        for one in gallery.panels
    ]
    corners = {"corners": np.array(CORNERS), "corner_classes": list(CORNER_CLASSES)}
    return {**gallery._asdict(), **corners, "panels": panels}
