"""The net as a diagram: a circle for each unit, a line for each weight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..checks.public import public
from ..fit.fit import Fit
from .axes import one_axes
from .labels import as_text, cut, points, stage
from .network_layout import Columns, NetworkLayout, network_layout
from .palette import BLUE, INK, ORANGE, signed_colors
from .unit_maps import map_shades

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SMALLEST_MAP = 0.2 * 72  # in points


@public
def plot_network(fit: Fit, ax: Axes | None = None) -> Axes:
    """A net as a diagram: lines for the weights, orange where positive and blue where negative, the
    wider the larger, and circles for the units.

    For data of two columns, the circle of a hidden unit holds its output over the plane, as
    `plot_hidden()` draws it, and that of the output the probability; its edge is coloured by the
    sign of the bias, the wider the larger. For other data, and where a circle would be smaller than
    0.2 inches, it is filled by the bias.

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
    layout = network_layout(fit)
    nodes, edges, names = layout.nodes, layout.edges, layout.layers
    size = (1.8 * len(names) + 1.2, 4.8)
    ax = one_axes(ax, size)
    # In less room than that, circles and their texts are smaller.
    shares = (ax.bbox.width / 0.775 / size[0], ax.bbox.height / 0.77 / size[1])
    room = min(1.0, *(share / ax.figure.dpi for share in shares))
    diameter = map_diameter(ax, nodes) if layout.maps else 0.0
    pictured = diameter >= _SMALLEST_MAP
    if not pictured:
        diameter = float(np.clip(260 / widest(nodes), 6, 28)) * room
    top = 0.68 if pictured else 0.62  # with room for the names of units
    ax.set(xlim=(-0.55, len(names) - 0.35), ylim=(-0.55, top), title=f"Network{stage(fit)}")
    draw_weights(ax, edges)
    if pictured:
        draw_maps(ax, layout, diameter, len(fit.levels))
        draw_rings(ax, nodes, diameter)
    else:
        draw_circles(ax, nodes, diameter)
    draw_names(ax, nodes, diameter, room, pictured)
    for layer, name in enumerate(names):
        ax.text(layer, top - 0.06, name, ha="center", color="#555555", fontsize=10 * max(room, 0.6))
    legend = ax.legend(
        handles=[
            ax.plot([], [], color=color, lw=3, label=label)[0]
            for color, label in ((ORANGE, "positive"), (BLUE, "negative"))
        ],
        title="\n".join(filter(None, (layout.maps_key if pictured else layout.key, layout.note))),
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        ncols=2,
        frameon=False,
        fontsize=10 * max(room, 0.6),
        title_fontsize=10 * max(room, 0.6),
    )
    legend.get_title().set_multialignment("center")
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


def widest(nodes: Columns) -> int:
    return int(np.max(np.bincount(nodes["layer"])))


def map_diameter(ax: Axes, nodes: Columns) -> float:
    """Of circles with pictures, in points: as large as leaves room for names above them, and for
    lines between the layers."""
    height = points(ax, ax.bbox.height) / 1.23 / widest(nodes)
    width = points(ax, ax.bbox.width) / (max(nodes["x"]) + 1.2)
    return float(min(0.68 * height, 0.4 * width, 56))


def draw_circles(ax: Axes, nodes: Columns, diameter: float) -> None:
    bias = np.nan_to_num(np.array(nodes["bias"]))
    colors = signed_colors()(0.5 + 0.3 * bias / (np.abs(bias).max() or 1.0))
    style: dict[str, Any] = {"s": diameter**2, "c": colors, "edgecolors": INK, "linewidths": 1}
    ax.scatter(nodes["x"], nodes["y"], zorder=3, **style)


def draw_maps(ax: Axes, layout: NetworkLayout, diameter: float, classes: int) -> None:
    """A picture in the circle of each unit but the inputs, of the same size whatever the axes."""
    from matplotlib.patches import Circle
    from matplotlib.transforms import ScaledTranslation

    assert layout.maps is not None
    figure: Any = ax.figure
    data: Any = ax.transData
    radius = diameter / 2 / 72  # in inches
    inputs = layout.nodes["layer"].count(0)
    for k in range(len(layout.maps.output)):
        x, y = (layout.nodes[axis][inputs + k] for axis in ("x", "y"))
        place = figure.dpi_scale_trans + ScaledTranslation(x, y, data)
        ax.imshow(
            map_shades(layout.maps, k, classes).swapaxes(0, 1),  # rows for x2
            origin="lower",
            extent=(-radius, radius, -radius, radius),
            transform=place,
            clip_path=Circle((0, 0), radius, transform=place),
            zorder=3,
            aspect="auto",
        )


def draw_rings(ax: Axes, nodes: Columns, diameter: float) -> None:
    """Edges of circles, by the sign and the size of the bias; those of inputs are empty."""
    bias = np.nan_to_num(np.array(nodes["bias"]))
    inputs = np.array(nodes["layer"]) == 0
    width = np.where(inputs, 1.0, 1.0 + 2.5 * np.abs(bias) / (np.abs(bias).max() or 1.0))
    colors = np.where(inputs | (bias == 0), INK, np.where(bias > 0, ORANGE, BLUE))
    x, y = np.array(nodes["x"]), np.array(nodes["y"])
    empty: dict[str, Any] = {"s": diameter**2, "zorder": 3, "facecolors": "none"}
    ax.scatter(x[inputs], y[inputs], s=diameter**2, zorder=3, color="white")
    # Between a picture and a ring of its colour there is a little white.
    ax.scatter(x, y, edgecolors="white", linewidths=list(width + 2), **empty)
    ax.scatter(x, y, edgecolors=list(colors), linewidths=list(width), **empty)


def draw_names(ax: Axes, nodes: Columns, diameter: float, room: float, pictured: bool) -> None:
    layer = np.array(nodes["layer"])
    last = layer.max()
    # In a layer of many units, names are smaller, or left out.
    height = points(ax, ax.bbox.height) / 1.17  # of the layers
    sizes = np.minimum(10 * max(room, 0.6), 0.95 * height / np.bincount(layer))
    free = height / widest(nodes) - diameter
    style: dict[str, Any]
    for x, y, label, one in zip(nodes["x"], nodes["y"], nodes["label"], layer, strict=True):
        style = {"xy": (x, y), "textcoords": "offset points", "zorder": 4}
        if one in (0, last):
            shift = (1 if one else -1) * (diameter / 2 + 4)
            style |= {"ha": "left" if one else "right", "va": "center", "fontsize": sizes[one]}
            if sizes[one] >= 3:
                as_text(ax.annotate(cut(label), xytext=(shift, 0), **style))
        elif pictured:
            style |= {"ha": "center", "va": "bottom", "fontsize": min(9 * room, 0.6 * free)}
            style |= {"bbox": {"color": "white", "alpha": 0.7, "lw": 0, "pad": 0.5}}
            if style["fontsize"] >= 4:
                ax.annotate(f"Unit {label}", xytext=(0, diameter / 2 + 2.5), **style)
        elif diameter > 8:
            ax.text(x, y, label, ha="center", va="center", zorder=4, fontsize=0.42 * diameter)
