"""The panels of a picture of hidden units as plain values, which both languages draw."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..fit.fit import Fit
from .labels import stage

MOST_UNITS = 35
SAMPLES_SHOWN = 200

Lines = NDArray[np.float64]


class HiddenPanels(NamedTuple):
    """The panels of the first hidden layer's units, and of what the net makes of them: `columns` of
    them beside each other, the names of the two inputs, a title for each, and for each unit that is
    drawn its line, as the ends of a segment that reaches beyond the panel (x1, x2, x1, x2; NaN
    where there is none).
    """

    title: str
    columns: int
    features: list[str]
    titles: list[str]
    segments: Lines
    samples: int
    key: str


def hidden_panels(
    fit: Fit, x1: Lines, x2: Lines, line: Lines | None, weight: Lines | None
) -> HiddenPanels:
    """The panels of a `HiddenSurface` with these grids, lines and weights."""
    units = fit.model.widths[1]
    if line is None:
        line = np.full((units, 3), np.nan)
    shown = min(units, MOST_UNITS)
    title = "What each hidden unit sees"
    if shown < units:
        title = f"What {shown} of {units} hidden units see"
    weights, last = [""] * shown, "Boundary"
    if weight is not None:
        bias = fit.model.linears()[-1].bias.item()
        last = f"Sum, bias {round(bias, 1) + 0.0:+.1f}"
        title += " (and its weight in the output)"
        weights = [f" ({round(one, 1) + 0.0:+.1f})" for one in weight[:shown]]
    return HiddenPanels(
        title + stage(fit),
        panel_columns(shown + 1),
        list(fit.features),
        [*(f"Unit {k}{text}" for k, text in enumerate(weights, start=1)), last],
        np.array([segment(x1, x2, one) for one in line[:shown]]),
        SAMPLES_SHOWN,
        f"{fit.model.activation} output",
    )


def segment(x1: Lines, x2: Lines, line: Lines) -> Lines:
    """Where w1 x1 + w2 x2 + b = 0 crosses the panel, from beyond one edge to beyond another."""
    ends = np.array([[x[0], x[-1]] for x in (x1, x2)])
    middle, half = ends.mean(axis=1), np.diff(ends)[:, 0] / 2
    # On a scale on which the panel reaches from -1 to 1 each way, and the line is w u + b = 0.
    w, b = line[:2] * half, line[2] + line[:2] @ middle
    length = np.hypot(*w)
    if not abs(b) < 2 * length:
        return np.full(4, np.nan)
    w, b = w / length, b / length
    along = np.array([-w[1], w[0]])
    return np.concatenate([middle + half * (reach * along - b * w) for reach in (-2, 2)])


def panel_columns(panels: int) -> int:
    """Columns for so many panels: as near to a square as it goes without an empty place, or else
    with some."""
    least = math.ceil(math.sqrt(panels))
    full = [c for c in range(least, 2 * least) if panels % c == 0 and c <= 2 * math.sqrt(panels)]
    return full[0] if full else least
