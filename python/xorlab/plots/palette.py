"""Colours and shapes of the pictures. R takes the colours from here, by `make man`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.colors import Colormap

# The Okabe-Ito palette, which colour-blind people tell apart (https://jfly.uni-koeln.de/color/):
# a colour and a shape for each class. Of two classes, the first is blue and the second orange.
# Sky blue comes last, since a pale blue looks like it.
CLASS_COLORS = (
    *("#0072B2", "#E69F00", "#009E73", "#CC79A7"),
    *("#D55E00", "#000000", "#F0E442", "#56B4E9"),
)
CLASS_MARKERS = ("o", "^", "s", "D", "v", "P", "X", "*")
BLUE, ORANGE = CLASS_COLORS[:2]

# Lines and points that stand for anything else. Blue and orange mean the two classes, or the sign
# of a number, and are not among them. There is one marker more than colours, so that a pair of both
# comes back late.
SERIES_COLORS = ("#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")
SERIES_MARKERS = ("o", "s", "^", "D", "v", "*")
# Of validation data: the first of them, darker.
VALIDATION_COLOR = "#004F3A"
SOLVED_COLOR, FAILED_COLOR = "#009E73", "#D55E00"

# Of numbers below and above 0 that speak for no class: ends of ColorBrewer's PRGn, which
# colour-blind people tell apart.
DIFFERENCE_COLORS = ("#762A83", "#1B7837")
FADED = 0.3  # what is left of a colour where there are no data

# Of a landscape of losses: where the loss is high; and of a path across it.
HIGH_LOSS = "#8A8A8A"
PATH_COLOR = SERIES_COLORS[0]

INK = "#333333"  # of lines, and around points
GREY = "#777777"  # of lines to compare with
PALE = "#E0E0E0"


def signed_colors() -> Colormap:
    """Blue over white to orange, for probabilities from 0 to 1 and for numbers around 0. The ends
    are a quarter of the way to white, so that samples stand out."""
    from matplotlib.colors import LinearSegmentedColormap, to_rgb

    first, last = ([0.25 + 0.75 * part for part in to_rgb(color)] for color in (BLUE, ORANGE))
    return LinearSegmentedColormap.from_list("xorlab", [first, (1.0, 1.0, 1.0), last], N=255)


def class_color(k: int) -> str:
    return CLASS_COLORS[k % len(CLASS_COLORS)]


def class_marker(k: int) -> str:
    """Of more classes than colours, those of one colour have different shapes."""
    return CLASS_MARKERS[(k + k // len(CLASS_COLORS)) % len(CLASS_MARKERS)]


def class_shades(prob: NDArray[np.float64]) -> NDArray[np.float64]:
    """The colour of the most probable class, for probabilities [..., K] of K classes; shape [...,
    3]. It is white where all are 1 / K, and at 1 a quarter of the way to white."""
    from matplotlib.colors import to_rgb

    classes = prob.shape[-1]
    colors = 0.25 + 0.75 * np.array([to_rgb(class_color(k)) for k in range(classes)])
    sure = (prob.max(axis=-1) - 1 / classes) / (1 - 1 / classes)
    shades: NDArray[np.float64] = 1 + sure.clip(0, 1)[..., None] * (
        colors[prob.argmax(axis=-1)] - 1
    )
    return shades


def difference_shades(
    values: NDArray[np.float64], faded: NDArray[np.bool_] | np.bool_ = np.False_
) -> NDArray[np.float64]:
    """Purple over white to green for numbers [...] from -1 to 1, paler where `faded` says so; shape
    [..., 3]."""
    from matplotlib.colors import to_rgb

    ends = np.array([to_rgb(color) for color in DIFFERENCE_COLORS])
    size = np.abs(values).clip(0, 1) * np.where(faded, FADED, 1.0)
    shades: NDArray[np.float64] = 1 + size[..., None] * (ends[(values > 0).astype(int)] - 1)
    return shades


def loss_shades(height: NDArray[np.float64]) -> NDArray[np.float64]:
    """White to grey for numbers [...] from 0 to 1, shape [..., 3]; white where there is none."""
    from matplotlib.colors import to_rgb

    share = np.nan_to_num(height.clip(0, 1))[..., None]
    shades: NDArray[np.float64] = 1 + share * (np.array(to_rgb(HIGH_LOSS)) - 1)
    return shades


def winning(k: int, classes: int, sure: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities [n, classes] of which class k has `sure`, [n], and the others equal shares."""
    prob = np.repeat(((1 - sure) / (classes - 1))[:, None], classes, axis=1)
    prob[:, k] = sure
    return prob
