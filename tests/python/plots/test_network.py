import math

import numpy as np
import pytest
import torch
import xorlab
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from xorlab.plots.network_layout import network_layout
from xorlab.plots.palette import CLASS_COLORS, signed_colors
from xorlab.plots.unit_maps import UnitMaps, map_shades, unit_maps


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
    key = f"Line width: weight (largest {largest}). Circle's edge: bias\n"
    assert ax.get_legend().get_title().get_text().startswith(key)
    for color, one in zip(lines.get_colors(), weight, strict=True):
        assert tuple(color[:3]) == to_rgba(CLASS_COLORS[int(one > 0)])[:3]
    assert (np.diff(lines.get_linewidths()) >= 0).all()
    assert lines.get_linewidths()[-1] > lines.get_linewidths()[0]
    rings = ax.collections[-1]
    bias = np.nan_to_num(network_layout(deep).nodes["bias"])
    for color, one in list(zip(rings.get_edgecolors(), bias, strict=True))[2:]:
        assert tuple(color[:3]) == to_rgba(CLASS_COLORS[int(one > 0)])[:3]
    widths = np.array(rings.get_linewidths())[2:]
    assert (np.diff(widths[np.argsort(np.abs(bias[2:]))]) >= 0).all()


def test_circles_that_are_filled_have_the_colour_of_the_bias():
    x = np.random.default_rng(0).normal(size=(20, 3))
    fit = xorlab.train_xor((x, [0, 1] * 10), epochs=1, seed=1)
    ax = Figure().subplots()
    xorlab.plot_network(fit, ax=ax)
    assert not ax.images
    key = ax.get_legend().get_title().get_text()
    assert "Circle's colour: bias" in key
    units = ax.collections[-1].get_facecolors()
    for color, one in zip(units, network_layout(fit).nodes["bias"], strict=True):
        if abs(one) > 0.01:  # orange for more than 0, blue for less
            assert (color[0] > color[2]) == (one > 0)


def test_circles_hold_what_units_of_all_layers_give_over_the_plane(deep):
    maps = unit_maps(deep)
    points = np.array([(a, b) for a in maps.x1 for b in maps.x2], dtype=np.float32)
    linears = deep.model.linears()
    with torch.no_grad():
        first = linears[0](torch.from_numpy(points)).tanh()
        second = linears[1](first).tanh()
        prob = linears[2](second).sigmoid()
    wanted = torch.cat([first, second, prob], dim=1).T.reshape(maps.output.shape)
    np.testing.assert_allclose(maps.output, wanted, atol=1e-6)
    assert maps.low.tolist() == [-1] * 5 + [0]
    assert maps.high.tolist() == [1] * 6


def test_a_picture_in_a_circle_is_the_right_way_round():
    weights = {
        "linear1.weight": np.array([[5, 0], [0, 5]], dtype=np.float32),
        "linear1.bias": np.array([-2.5, -2.5], dtype=np.float32),
        "linear2.weight": np.ones((1, 2), dtype=np.float32),
        "linear2.bias": np.zeros(1, dtype=np.float32),
    }
    fit = xorlab.Fit.from_dict({"weights": weights, "activation": "tanh"})
    ax = Figure().subplots()
    xorlab.plot_network(fit, ax=ax)
    by_x1, by_x2, _ = (image.get_array() for image in ax.images)
    ends = signed_colors()([0.0, 1.0])[:, :3]
    low, high = ax.images[0].origin, ax.images[1].origin
    assert low == high == "lower"
    np.testing.assert_allclose(by_x1[:, [0, -1]], np.broadcast_to(ends, (48, 2, 3)), atol=0.05)
    np.testing.assert_allclose(by_x2[[0, -1]], np.repeat(ends, 48, 0).reshape(2, 48, 3), atol=0.05)


def test_pictures_are_at_their_circles_and_clipped_to_them(fit):
    figure = Figure(figsize=(6, 5))
    ax = xorlab.plot_network(fit, ax=figure.subplots())
    FigureCanvasAgg(figure).draw()
    nodes = network_layout(fit).nodes
    centres = ax.transData.transform(np.column_stack([nodes["x"], nodes["y"]]))[2:]
    width = ax.collections[-1].get_sizes()[0] ** 0.5 * figure.dpi / 72
    for image, centre in zip(ax.images, centres, strict=True):
        extent = image.get_window_extent()
        np.testing.assert_allclose((extent.p0 + extent.p1) / 2, centre, atol=1e-6)
        assert extent.width == pytest.approx(width)
        assert image.get_clip_path() is not None


def test_the_colours_of_several_classes_are_white_at_guessing_and_full_at_certainty():
    prob = np.array([[0.1, 1 / 3, 1.0]])
    maps = UnitMaps(np.arange(1), np.arange(3), np.stack([prob] * 4), np.zeros(4), np.ones(4))
    shades = map_shades(maps, 3, 3)  # the third of three classes
    np.testing.assert_allclose(shades[0, :2], 1)
    color = 0.25 + 0.75 * np.array(to_rgba(CLASS_COLORS[2])[:3])
    np.testing.assert_allclose(shades[0, 2], color)


def test_nets_without_maps_have_circles_alone(deep):
    x = np.eye(3)
    assert unit_maps(xorlab.train_xor((x, [0, 1, 1]), epochs=1, seed=1)) is None
    bad = xorlab.train_xor(activation="relu", epochs=1, seed=1)
    bad.model.linears()[0].weight.data[:] = 3e38
    assert unit_maps(bad) is None
    small = Figure(figsize=(3, 3)).subplots()
    xorlab.plot_network(xorlab.train_xor(hidden=8, epochs=1, seed=1), ax=small)
    assert not small.images


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
