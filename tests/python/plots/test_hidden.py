import numpy as np
import pytest
import xorlab
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from xorlab.plots.hidden import hidden_surface
from xorlab.plots.hidden_panels import panel_columns, segment
from xorlab.plots.palette import CLASS_COLORS


def fit_with_lines(lines, activation="tanh"):
    """A Fit whose hidden unit k has the weights and the bias of row k."""
    rows = np.array(lines, dtype=np.float32)
    weights = {
        "linear1.weight": rows[:, :2],
        "linear1.bias": rows[:, 2],
        "linear2.weight": np.arange(1, len(rows) + 1, dtype=np.float32)[None],
        "linear2.bias": np.zeros(1, dtype=np.float32),
    }
    return xorlab.Fit.from_dict({"weights": weights, "activation": activation})


X1_ALONE = [3.0, 0.0, -1.5]


def test_a_net_without_hidden_units_is_refused_by_name():
    fit = xorlab.train_xor(hidden=0, epochs=1, seed=1)
    with pytest.raises(ValueError, match="needs a hidden layer, and the net has none"):
        xorlab.plot_hidden(fit)
    with pytest.raises(ValueError, match="needs a hidden layer, and the net has none"):
        xorlab.plot_fit(fit, "hidden")


def test_a_unit_that_looks_at_x1_alone_changes_along_x1():
    seen = hidden_surface(fit_with_lines([X1_ALONE]), x1=[0.0, 0.5, 1.0], x2=[0.0, 1.0])
    assert seen.output.shape == (1, 3, 2)
    wanted = np.tanh([[-1.5, -1.5], [0, 0], [1.5, 1.5]])
    np.testing.assert_allclose(seen.output[0], wanted, atol=1e-6)


def test_the_panel_of_such_a_unit_is_blue_left_orange_right_with_an_upright_line():
    ax, _ = xorlab.plot_hidden(fit_with_lines([X1_ALONE]))
    shown = ax.images[0].get_array()  # rows are x2, columns x1
    assert (shown[:, 0] < -0.9).all()
    assert (shown[:, -1] > 0.9).all()
    left, right = (to_rgb(ax.images[0].cmap(end)) for end in (0.0, 1.0))
    assert left[2] > left[0]
    assert right[0] > right[2]
    (line,) = ax.lines
    assert line.get_xdata() == pytest.approx([0.5, 0.5])


def test_the_line_of_a_unit_is_where_nothing_goes_in_and_reaches_beyond_the_panel():
    w1, w2, b = 2.0, -4.0, 0.7
    ax, _ = xorlab.plot_hidden(fit_with_lines([[w1, w2, b]]))
    (line,) = ax.lines
    for x1, x2 in line.get_xydata():
        assert w1 * x1 + w2 * x2 + b == pytest.approx(0, abs=1e-6)
        assert not (ax.get_xlim()[0] < x1 < ax.get_xlim()[1])


@given(st.tuples(*[st.floats(-10, 10)] * 3), st.floats(1e-3, 1e3))
def test_a_line_is_drawn_where_it_crosses_the_panel(line, scale):
    ends = np.array([0.0, 1.0]) * scale, np.array([-1.0, 1.0])
    values = [line[0] * x1 + line[1] * x2 + line[2] for x1 in ends[0] for x2 in ends[1]]
    drawn = segment(*ends, np.array(line))
    if min(values) < 0 < max(values):
        assert np.isfinite(drawn).all()
    elif not any(line[:2]):
        assert np.isnan(drawn).all()
    largest = max(map(abs, values))
    for x1, x2 in drawn.reshape(2, 2):
        at = line[0] * x1 + line[1] * x2 + line[2]
        assert np.isnan(at) or abs(at) <= 1e-9 * largest


@pytest.mark.parametrize(
    ("activation", "limits", "key"),
    [
        ("tanh", (-1, 1), (-1, 1)),
        ("sigmoid", (0, 1), (0, 1)),
        ("relu", (-3, 3), (0, 3)),
        ("elu", (-3, 3), (-1, 3)),
        ("leaky_relu", (-3, 3), (-3, 3)),
        ("softplus", (2 * np.log(2) - 3.049, 3.049), (0, 3.049)),
    ],
)
def test_the_middle_of_the_colours_is_what_a_unit_gives_on_its_line(activation, limits, key):
    fit = fit_with_lines([[2, 0, 0]], activation)
    seen = hidden_surface(fit)
    assert (seen.low, seen.high) == pytest.approx(limits, abs=0.02)
    assert (seen.key_low, seen.key_high) == pytest.approx(key, abs=0.02)
    key = xorlab.plot_hidden(fit)[0].figure.axes[-1]
    assert key.get_ylim() == (seen.key_low, seen.key_high)


def test_titles_have_the_weights_in_the_output_of_one_hidden_layer_alone():
    axes = xorlab.plot_hidden(fit_with_lines([X1_ALONE, [0, 0, 0]]))
    assert [ax.get_title() for ax in axes] == ["Unit 1 (+1.0)", "Unit 2 (+2.0)", "Sum, bias +0.0"]
    assert not axes[1].lines  # a unit without weights has no line
    deep = xorlab.train_xor(hidden=[3, 2], epochs=1, seed=1)
    titles = [ax.get_title() for ax in xorlab.plot_hidden(deep)]
    assert titles == ["Unit 1", "Unit 2", "Unit 3", "Boundary"]


def test_the_last_panel_is_the_sum_of_the_others_as_a_probability(fit):
    seen = hidden_surface(fit)
    bias = fit.model.linear2.bias.item()
    total = np.tensordot(seen.weight, seen.output, axes=1) + bias
    assert seen.prob == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-6)
    panel = xorlab.plot_hidden(fit)[-1]
    assert panel.get_title() == f"Sum, bias {bias:+.1f}"
    np.testing.assert_allclose(panel.images[0].get_array(), seen.prob.T)


def test_own_data_keep_their_names_and_scales():
    x = np.random.default_rng(0).normal(size=(50, 2)) * [1, 1000]
    fit = xorlab.train_xor((x, x[:, 0] > 0), epochs=1, lr=1e-6, seed=1)
    ax = xorlab.plot_hidden(fit)[0]
    low, high = ax.get_ylim()
    assert low < x[:, 1].min()
    assert high > x[:, 1].max()
    assert ax.get_aspect() == "auto"


@pytest.mark.parametrize(("panels", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (8, 4), (16, 4)])
def test_panels_come_near_to_a_square(panels, columns):
    assert panel_columns(panels) == columns


def test_of_many_units_the_first_35_are_drawn_and_what_all_make_of_the_plane():
    axes = xorlab.plot_hidden(xorlab.train_xor(hidden=40, epochs=1, seed=1))
    assert axes.shape == (36,)
    assert axes[0].figure.get_suptitle().startswith("What 35 of 40 hidden units see")


def test_units_of_other_than_two_inputs_have_no_picture():
    x = np.eye(3)
    fit = xorlab.train_xor((x, [0, 1, 1]), epochs=1, seed=1)
    with pytest.raises(ValueError, match="needs two inputs, not 3"):
        xorlab.plot_hidden(fit)


def test_the_samples_have_the_colours_and_shapes_of_their_classes():
    fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=1, seed=1)
    drawn = xorlab.plot_hidden(fit)[0].collections
    for label, points in enumerate(drawn):
        assert np.allclose(points.get_offsets(), fit.data.data[fit.data.label == label])
        assert tuple(points.get_facecolors()[0][:3]) == to_rgb(CLASS_COLORS[label])
    shapes = [len(points.get_paths()[0].vertices) for points in drawn]
    assert shapes[0] != shapes[1]


def test_given_axes_are_drawn_in_with_their_names_and_nothing_else_of_their_figure(fit):
    figure = Figure()
    given = figure.subplots(2, 3)
    axes = xorlab.plot_hidden(fit, given)
    assert list(axes) == list(given.ravel()[:5])
    assert [ax.get_xlabel() for ax in axes] == ["x1"] * 5
    assert figure.get_suptitle() == ""
    assert not given[1, 2].images
    with pytest.raises(ValueError, match="`ax` must hold 5 axes for this picture, not 3"):
        xorlab.plot_hidden(fit, given[0])
