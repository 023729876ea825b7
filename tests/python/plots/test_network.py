import math

import numpy as np
import pytest
import xorlab
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from xorlab.plots.network import network_layout
from xorlab.plots.palette import CLASS_COLORS


@pytest.fixture
def deep():
    return xorlab.train_xor(hidden=[3, 2], epochs=1, seed=1)


def test_every_weight_and_bias_is_there_once_at_its_units(deep):
    nodes, edges, *_ = network_layout(deep)
    weights = deep.weights()
    at = {
        (layer, unit): (x, y)
        for layer, unit, x, y in zip(
            *(nodes[key] for key in ("layer", "unit", "x", "y")), strict=True
        )
    }
    assert len(at) == 2 + 3 + 2 + 1
    assert len(edges["weight"]) == sum(w.size for w in weights.values() if w.ndim == 2)
    for layer, source, target, x0, y0, x1, y1, weight in zip(*edges.values(), strict=True):
        assert weight == weights[f"linear{layer}.weight"][target - 1, source - 1]
        assert (x0, y0) == at[layer - 1, source]
        assert (x1, y1) == at[layer, target]
    for layer, unit, bias in zip(nodes["layer"], nodes["unit"], nodes["bias"], strict=True):
        if layer == 0:
            assert math.isnan(bias)
        else:
            assert bias == weights[f"linear{layer}.bias"][unit - 1]


@pytest.mark.parametrize("classes", [2, 3])
def test_a_net_without_a_hidden_layer_has_its_inputs_and_outputs_alone(classes):
    data = xorlab.toy_data("blobs", 60, classes=classes, seed=1)
    fit = xorlab.train_xor(data, hidden=0, epochs=1, seed=1)
    layout = network_layout(fit)
    assert layout.layers == ["Inputs", "Output"]
    outputs = ["class 1"] if classes == 2 else ["class 0", "class 1", "class 2"]
    assert layout.nodes["label"] == ["x1", "x2", *outputs]
    weights = fit.weights()["linear1.weight"]
    for source, target, weight in zip(
        *(layout.edges[key] for key in ("source", "target", "weight")), strict=True
    ):
        assert weight == weights[target - 1, source - 1]
    ax = xorlab.plot_network(fit)
    assert len(ax.collections[-1].get_offsets()) == 2 + len(outputs)


def test_the_first_unit_is_on_top_and_large_weights_are_drawn_last(deep):
    nodes, edges, *_ = network_layout(deep)
    hidden = [y for layer, y in zip(nodes["layer"], nodes["y"], strict=True) if layer == 1]
    assert hidden == sorted(hidden, reverse=True)
    sizes = np.abs(edges["weight"])
    assert (np.diff(sizes) >= 0).all()


def test_lines_have_the_colour_of_the_sign_and_the_width_of_the_size(deep):
    ax = Figure().subplots()
    xorlab.plot_network(deep, ax=ax)
    weight = np.array(network_layout(deep).edges["weight"])
    lines = ax.collections[0]
    largest = f"{np.abs(weight).max():.2g}"
    key = f"Edge width: weight (largest {largest}). Node colour: bias"
    assert ax.get_legend().get_title().get_text() == key
    for color, one in zip(lines.get_colors(), weight, strict=True):
        assert tuple(color[:3]) == to_rgba(CLASS_COLORS[int(one > 0)])[:3]
    assert (np.diff(lines.get_linewidths()) >= 0).all()
    assert lines.get_linewidths()[-1] > lines.get_linewidths()[0]
    units = ax.collections[-1].get_facecolors()
    bias = network_layout(deep).nodes["bias"]
    for color, one in zip(units, bias, strict=True):
        if abs(one) > 0.01:  # orange for more than 0, blue for less
            assert (color[0] > color[2]) == (one > 0)


def test_inputs_and_classes_have_the_names_of_the_data():
    x = np.random.default_rng(0).normal(size=(20, 3))
    data = xorlab.PointDataset(x, [0, 1] * 10, ("no", "yes"), ("age", "size", "dose"))
    fit = xorlab.train_xor(data, hidden=20, epochs=1, seed=1)
    ax = Figure().subplots()
    xorlab.plot_network(fit, ax=ax)
    shown = {text.get_text() for text in ax.texts}
    assert {"age", "size", "dose", "class yes", "Inputs", "Hidden", "Output"} <= shown
    assert network_layout(fit).nodes["label"][-1] == "class yes"


def test_a_net_of_zeros_is_drawn_too():
    fit = xorlab.train_xor(epochs=1, seed=1)
    for weights in fit.model.parameters():
        weights.data.zero_()
    ax = Figure().subplots()
    xorlab.plot_network(fit, ax=ax)
    assert len(ax.collections[0].get_segments()) == 12
