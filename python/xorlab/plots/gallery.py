"""The gallery of a study: boundaries of the nets that failed, or did worst, by matplotlib."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from ..checks.public import public
from ..evaluation.corners import CORNER_CLASSES, CORNERS
from ..study.study import Study
from .axes import several_axes
from .boundary import draw_boundary
from .gallery_panels import Gallery, Panel, make_gallery
from .labels import as_text, balanced, name_axes, points
from .palette import INK, class_color, class_marker

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .axes import SeveralAxes


_SHORTEST_LINE = 22  # of a title, in letters


@public
def plot_gallery(study: Study, n: int = 9, ax: SeveralAxes | None = None) -> NDArray[Any]:
    """The boundaries of nets that failed, each with its seed and its accuracy.

    The corners are drawn in the colours of their classes; those that the net misclassifies are
    crossed out. Where there are other data than XOR, the nets are those of the least accuracy, the
    worst first.

    Parameters
    ----------
    study
        What `seed_study()`, `xor_sweep()` or `read_study()` returned.
    n
        At most so many, of XOR evenly spread over those that failed. Each is trained once more.
    ax
        Axes to draw in, one for each net. None makes a pyplot figure, which has a heading and a key
        besides.

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
    gallery = make_gallery(study, n)
    columns, count = gallery.columns, len(gallery.panels)
    rows = math.ceil(count / columns)
    page = (max(4.2, 2.5 * columns + 0.6), 2.5 * rows + 1.0)
    axes = several_axes(ax, count, columns, page)
    for k, panel in enumerate(gallery.panels):
        draw_panel(axes[k], panel)
        if ax is None and panel.lost is not None:  # whose axes are all the same
            axes[k].tick_params(labelleft=k % columns == 0, labelbottom=k + columns >= count)
    if ax is None:
        axes[0].figure.suptitle(gallery.heading)
        draw_gallery_key(axes[0].figure, gallery)
    return axes


def draw_panel(axes: Axes, panel: Panel) -> None:
    draw_boundary(axes, panel.boundary)
    width = points(axes, axes.bbox.width)
    most = max(_SHORTEST_LINE, int(width / 4))
    lines = [line for part in panel.title.split("\n") for line in balanced(part, most)]
    size = min(9.0, 1.7 * width / max(map(len, lines)))
    axes.set_title("\n".join(lines), fontsize=size)
    axes.tick_params(labelsize="small")
    if panel.names:
        name_axes(axes, panel.names)
    if panel.lost is not None:
        draw_corners(axes, panel.lost, min(10.0, width / 12))


def draw_corners(axes: Axes, lost_ones: Sequence[bool], size: float) -> None:
    """Marks of this size in points."""
    for (x1, x2), k, lost in zip(CORNERS, CORNER_CLASSES, lost_ones, strict=True):
        look: dict[str, Any] = {"c": class_color(k), "marker": class_marker(k), "edgecolors": INK}
        axes.scatter(x1, x2, s=size**2, **look)
        if lost:
            axes.scatter(x1, x2, s=0.5 * size**2, c="#000000", marker="x", linewidths=size / 6)
    axes.set(xticks=[0, 1], yticks=[0, 1], aspect="equal")


def draw_gallery_key(figure: Any, gallery: Gallery) -> None:
    """Below all panels."""
    from matplotlib.lines import Line2D

    marks: list[Any] = [
        Line2D([], [], ls="", color=class_color(k), marker=class_marker(k), mec=INK, label=name)
        for k, name in enumerate(gallery.classes)
    ]
    if gallery.crossed:
        marks.append(Line2D([], [], ls="", color="#000000", marker="x", label=gallery.crossed))
    columns = min(len(marks), 4)
    style: dict[str, Any] = {"loc": "outside lower center", "frameon": False, "ncols": columns}
    legend = figure.legend(handles=marks, handletextpad=0.1, columnspacing=1.2, **style)
    as_text(*legend.get_texts())
