"""Titles, names of axes, and legends."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..fit.fit import Fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

LONGEST = 24  # of names, in letters; of longer ones the middle is left out
_MOST_ENTRIES = 12  # of a legend
_LETTER = 1.75  # a letter is about so many times as high as wide
_SMALLEST = 4.0  # in points
_SOFT = "#555555"  # of small text


def as_text(*texts: Text) -> None:
    """Names that users gave are text: a `$` in them begins no mathematics."""
    for text in texts:
        if "$" in text.get_text():
            text.set_parse_math(False)


def cut(name: str, most: int = LONGEST) -> str:
    """A long name with its middle left out."""
    name = str(name)
    if len(name) <= most:
        return name
    end = (most - 3) // 2
    return f"{name[: most - 3 - end]}...{name[-end:]}"


def name_axes(ax: Axes, features: Sequence[str]) -> None:
    sides = ax.bbox.width, ax.bbox.height
    first, second = (
        cut(name, max(LONGEST, int(points(ax, side) / 7)))
        for name, side in zip(features, sides, strict=True)
    )
    as_text(ax.set_xlabel(first), ax.set_ylabel(second))


def points(ax: Axes, pixels: float) -> float:
    return pixels * 72 / ax.figure.dpi


def fitted(text: str, room: float, most: float = 10.0) -> float:
    """The size of text, in points, at which its longest line is about so long."""
    longest = max(map(len, text.split("\n")))
    return max(_SMALLEST, min(most, _LETTER * room / max(longest, 1)))


def legend_above(ax: Axes, handles: Sequence[Any] | None = None, **options: Any) -> None:
    """Between the axes and their title, where it hides nothing: in a row, or of many entries in
    several."""
    handles = (ax.get_legend_handles_labels()[0] if handles is None else handles)[:_MOST_ENTRIES]
    labels = [str(one.get_label()) for one in handles]
    width = points(ax, ax.bbox.width)
    columns = legend_columns(labels, width)
    size = min(10.0, 1.7 * width / row_letters(labels, columns))  # in points, to have room
    style: dict[str, Any] = {"frameon": False, "handletextpad": 0.3, "ncols": columns, **options}
    if len(labels) > 2:
        style |= {"fontsize": size, "columnspacing": 1.0}
    legend = ax.legend(handles, labels, loc="lower center", bbox_to_anchor=(0.5, 0.99), **style)
    as_text(*legend.get_texts())
    for text in legend.get_texts():
        text.set_fontsize(size)


def legend_within(ax: Axes, place: str = "best") -> None:
    """Within the axes, in letters that leave most of these free."""
    handles, labels = ax.get_legend_handles_labels()
    if not handles:
        return
    width, height = points(ax, ax.bbox.width), points(ax, ax.bbox.height)
    size = min(
        fitted(max(labels, key=len), 0.5 * width), max(_SMALLEST, 0.4 * height / len(labels) - 1.5)
    )
    style: dict[str, Any] = {"loc": place, "framealpha": 0.9, "fontsize": size}
    ax.legend(handles, labels, **style).set_in_layout(False)  # nor are the axes, for its sake


def legend_below(ax: Axes) -> None:
    """Of several panels, below them all; the figure grows by its rows."""
    handles, labels = ax.get_legend_handles_labels()
    figure: Any = ax.figure
    if not handles:
        return
    longest = max(map(len, labels))
    columns = min(len(labels), max(1, int(points(ax, figure.bbox.width) / (5.5 * longest + 45))))
    style: dict[str, Any] = {"loc": "outside lower center", "frameon": False, "fontsize": 9}
    legend = figure.legend(handles, labels, ncols=columns, **style)
    as_text(*legend.get_texts())
    figure.set_figheight(figure.get_figheight() + 0.2 * -(-len(labels) // columns))


def row_letters(labels: Sequence[str], columns: int) -> int:
    """The length of the longest row of a legend, which is filled column by column, in letters with
    the space around them."""
    rows = -(-len(labels) // columns)
    parts = [labels[k : k + rows] for k in range(0, len(labels), rows)]
    return 5 * len(parts) + sum(max(map(len, part)) for part in parts)


def legend_columns(labels: Sequence[str], width: float) -> int:
    """As many as have room at a size that can be read; of two entries both."""
    for rows in range(1, len(labels) + 1):
        columns = -(-len(labels) // rows)
        if len(labels) <= 2 or columns <= 2 or 1.7 * width / row_letters(labels, columns) >= 7:
            return columns
    return 1


def set_title(ax: Axes, title: str, caption: str = "") -> None:
    """Above the legend, where there is one, and above the caption, which says more in small."""
    pad = legend_height(ax)
    if caption:
        lines = balanced(caption, max(20, int(points(ax, ax.bbox.width) / 4)))
        place: dict[str, Any] = {"xycoords": "axes fraction", "textcoords": "offset points"}
        style: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": 8, "color": _SOFT}
        as_text(ax.annotate("\n".join(lines), (0.5, 1), (0, pad or 6), **place, **style))
        pad = (pad or 6) + 10.5 * len(lines) + 2
    ax.set_title(title, pad=pad or None)


def balanced(text: str, most: int) -> list[str]:
    """Lines of about the same length, as few as it goes."""
    lines = textwrap.wrap(text, most)
    for width in range(len(text) // len(lines), most):
        shorter = textwrap.wrap(text, width)
        if len(shorter) == len(lines):
            return shorter
    return lines


def legend_height(ax: Axes) -> float:
    """Room for the legend above the axes, in points; 0 where there is none."""
    legend = ax.get_legend()
    if legend is None:
        return 0
    return max(26, points(ax, legend.get_window_extent().height) + 3)


def stage(fit: Fit) -> str:
    """For titles: which epoch the weights are of, where not the last."""
    done, planned = fit.epoch, fit.settings.epochs if fit.settings else 0
    if fit.kept.restored:
        planned = len(fit.history)
    return f", epoch {done} of {planned}" if done < planned else ""
