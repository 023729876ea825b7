"""Where the parts of a net's diagram go: a circle for each unit, a line for each weight."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from ..evaluation.boundary import check_weights
from ..fit.fit import Fit, check_fit
from .unit_maps import UnitMaps, unit_maps

Columns = dict[str, list[Any]]


class NetworkLayout(NamedTuple):
    """Where the parts of a diagram go, as columns.

    `nodes`: `layer` (0 for the inputs), `unit` (from 1), `x` (the layer), `y` (-0.5 to 0.5, the
    first unit on top), `label`, and `bias` (NaN for inputs). `edges`: `layer`, `source` (the unit
    of the layer before) and `target` (of this one), `x0`, `y0`, `x1`, `y1`, and `weight`, the
    smallest first, so that the largest are drawn last. `layers` has the names of the layers, and
    `key` says what widths and colours mean, `note` what is done to the inputs, or nothing. `maps`
    are pictures for the circles of all units but the inputs, in the order of `nodes`, and
    `maps_key` is the key where they are drawn; where there are none, or circles are too small for
    them, these are filled by their bias.
    """

    nodes: Columns
    edges: Columns
    layers: list[str]
    key: str
    note: str
    maps: UnitMaps | None
    maps_key: str


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
        f"{widths_key(edges)}. Circle's colour: bias",
        inputs_note(fit),
        unit_maps(fit),
        f"{widths_key(edges)}. Circle's edge: bias\n"
        "Inside: the output over the plane; at the right, the probability",
    )


def widths_key(edges: list[Any]) -> str:
    return f"Line width: weight (largest {abs(edges[-1][-1]):.2g})"


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
