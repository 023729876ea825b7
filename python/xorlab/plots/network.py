"""The net as a diagram: a circle for each unit, a line for each weight."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ..checks.public import public
from ..evaluation.boundary import check_weights
from ..fit.fit import Fit, check_fit
from .axes import one_axes
from .labels import as_text, cut, stage
from .palette import BLUE, INK, ORANGE, signed_colors

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Columns = dict[str, list[Any]]


class NetworkLayout(NamedTuple):
    """Where the parts of a diagram go, as columns.

    `nodes`: `layer` (0 for the inputs), `unit` (from 1), `x` (the layer), `y` (-0.5 to 0.5, the
    first unit on top), `label`, and `bias` (NaN for inputs). `edges`: `layer`, `source` (the unit
    of the layer before) and `target` (of this one), `x0`, `y0`, `x1`, `y1`, and `weight`, the
    smallest first, so that the largest are drawn last. `layers` has the names of the layers, and
    `key` says what widths and colours mean, `note` what is done to the inputs, or nothing.
    """

    nodes: Columns
    edges: Columns
    layers: list[str]
    key: str
    note: str


def network_layout(fit: Fit) -> NetworkLayout:
    """The diagram of a net of any depth.

    Parameters
    ----------
    fit
        A `Fit`.

    Returns
    -------
    A `NetworkLayout`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its weights are not finite.

    Examples
    --------
    >>> import xorlab
    >>> layout = network_layout(xorlab.train_xor(seed=1, epochs=1))
    >>> len(layout.nodes["x"]), len(layout.edges["weight"])
    (7, 12)
    """
    check_weights(check_fit(fit).model)
    linears = fit.model.linears()
    widths = [len(fit.inputs), *(linear.out_features for linear in linears)]
    names = list(fit.inputs)
    # Of two classes there is one output, for the second.
    outputs = [f"class {level}" for level in fit.levels[1 if len(fit.levels) == 2 else 0 :]]
    biases: list[list[float]] = [
        [float("nan")] * widths[0],
        *([*linear.bias.tolist()] for linear in linears),
    ]
    heights = [[0.5 - (i + 0.5) / n for i in range(n)] for n in widths]
    nodes = [
        (layer, i + 1, float(layer), heights[layer][i], label, biases[layer][i])
        for layer, n in enumerate(widths)
        for i, label in enumerate(
            names if layer == 0 else outputs if layer == len(linears) else map(str, range(1, n + 1))
        )
    ]
    edges = [
        (layer, i + 1, j + 1, layer - 1.0, y0, float(layer), y1, linear.weight[j, i].item())
        for layer, (linear, (before, after)) in enumerate(
            zip(linears, pairwise(heights), strict=True), start=1
        )
        for i, y0 in enumerate(before)
        for j, y1 in enumerate(after)
    ]
    edges.sort(key=lambda edge: abs(edge[-1]))
    return NetworkLayout(
        columns(("layer", "unit", "x", "y", "label", "bias"), nodes),
        columns(("layer", "source", "target", "x0", "y0", "x1", "y1", "weight"), edges),
        layer_names(len(widths)),
        f"Edge width: weight (largest {abs(edges[-1][-1]):.2g}). Node colour: bias",
        inputs_note(fit),
    )


def inputs_note(fit: Fit) -> str:
    """What the weights of the inputs are about."""
    standardised = fit.preparation is not None and fit.preparation.scale is not None
    return "Inputs standardised" if standardised else ""


def columns(names: tuple[str, ...], rows: list[Any]) -> Columns:
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def layer_names(layers: int) -> list[str]:
    return [
        "Inputs",
        *(f"Hidden {i}" if layers > 3 else "Hidden" for i in range(1, layers - 1)),
        "Output",
    ]


@public
def plot_network(fit: Fit, ax: Axes | None = None) -> Axes:
    """A net as a diagram: lines for the weights, orange where positive and blue where negative, the
    wider the larger; circles for the units, filled in the same colours by their bias.

    Parameters
    ----------
    fit
        A `Fit` of a net of any depth.
    ax
        Axes to draw in; None makes a pyplot figure.

    Returns
    -------
    The matplotlib `Axes`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is not a `Fit`, or its weights are not finite, or `ax` is not an axes.

    Examples
    --------
    >>> import xorlab
    >>> ax = plot_network(xorlab.train_xor(seed=1, epochs=20))
    """
    nodes, edges, names, key, note = network_layout(fit)
    size = (1.8 * len(names) + 1.2, 4.8)
    ax = one_axes(ax, size)
    # In less room than that, circles and their texts are smaller.
    shares = (ax.bbox.width / 0.775 / size[0], ax.bbox.height / 0.77 / size[1])
    room = min(1.0, *(share / ax.figure.dpi for share in shares))
    draw_weights(ax, edges)
    draw_units(ax, nodes, room)
    for layer, name in enumerate(names):
        ax.text(layer, 0.56, name, ha="center", color="#555555", fontsize=10 * max(room, 0.6))
    legend = ax.legend(
        handles=[
            ax.plot([], [], color=color, lw=3, label=label)[0]
            for color, label in ((ORANGE, "positive"), (BLUE, "negative"))
        ],
        title=f"{key}\n{note}" if note else key,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        ncols=2,
        frameon=False,
        fontsize=10 * max(room, 0.6),
        title_fontsize=10 * max(room, 0.6),
    )
    legend.get_title().set_multialignment("center")
    ax.set(xlim=(-0.55, len(names) - 0.35), ylim=(-0.55, 0.62), title=f"Network{stage(fit)}")
    ax.set_axis_off()
    return ax


def draw_weights(ax: Axes, edges: Columns) -> None:
    from matplotlib.collections import LineCollection

    weight = np.array(edges["weight"])
    size = np.abs(weight) / (np.abs(weight).max() or 1.0)
    starts = np.column_stack([edges["x0"], edges["y0"]])
    ends = np.column_stack([edges["x1"], edges["y1"]])
    ax.add_collection(
        LineCollection(
            list(np.stack([starts, ends], axis=1)),
            colors=[ORANGE if one > 0 else BLUE for one in weight],
            linewidths=0.4 + 5 * size,
            alpha=0.25 + 0.75 * size,
            capstyle="round",
        )
    )


def draw_units(ax: Axes, nodes: Columns, room: float) -> None:
    layer, bias = np.array(nodes["layer"]), np.nan_to_num(np.array(nodes["bias"]))
    diameter = float(np.clip(260 / np.max(np.bincount(layer)), 6, 28)) * room  # in points
    ax.scatter(
        nodes["x"],
        nodes["y"],
        s=diameter**2,
        c=signed_colors()(0.5 + 0.3 * bias / (np.abs(bias).max() or 1.0)),
        edgecolors=INK,
        linewidths=1,
        zorder=3,
    )
    last = layer.max()
    # In a layer of many units, names are smaller, or left out.
    height = ax.bbox.height / 1.17 * 72 / ax.figure.dpi  # of the layers, in points
    sizes = np.minimum(10 * max(room, 0.6), 0.95 * height / np.bincount(layer))
    for x, y, label, one in zip(nodes["x"], nodes["y"], nodes["label"], layer, strict=True):
        if one in (0, last) and sizes[one] >= 3:
            shift = (1 if one else -1) * (diameter / 2 + 4)
            name = ax.annotate(
                cut(label),
                (x, y),
                (shift, 0),
                textcoords="offset points",
                ha="left" if one else "right",
                va="center",
                fontsize=sizes[one],
            )
            as_text(name)
        elif diameter > 8 and one not in (0, last):
            ax.text(x, y, label, ha="center", va="center", zorder=4, fontsize=0.42 * diameter)
