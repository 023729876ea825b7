"""Titles, names of axes, and legends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..fit.fit import Fit

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text


def as_text(*texts: Text) -> None:
    """Names that users gave are text: a `$` in them begins no mathematics."""
    for text in texts:
        if "$" in text.get_text():
            text.set_parse_math(False)


def name_axes(ax: Axes, features: Sequence[str]) -> None:
    as_text(ax.set_xlabel(features[0]), ax.set_ylabel(features[1]))


def legend_above(ax: Axes, **options: Any) -> None:
    """Between the axes and their title, where it hides nothing."""
    style: dict[str, Any] = {"frameon": False, "handletextpad": 0.3, "ncols": 2, **options}
    legend = ax.legend(loc="lower center", bbox_to_anchor=(0.5, 0.99), **style)
    texts = legend.get_texts()
    as_text(*texts)
    letters = 10 + sum(len(text.get_text()) for text in texts)
    size = min(10.0, 1.7 * ax.bbox.width * 72 / ax.figure.dpi / letters)  # points, to have room
    for text in texts:
        text.set_fontsize(size)


def set_title(ax: Axes, title: str) -> None:
    """Above the legend, where there is one."""
    ax.set_title(title, pad=26 if ax.get_legend() else None)


def stage(fit: Fit) -> str:
    """For titles: how far the training of a fit has come, where not to its end."""
    done = len(fit.history)
    if fit.settings is None or done >= fit.settings.epochs:
        return ""
    return f", epoch {done} of {fit.settings.epochs}"
