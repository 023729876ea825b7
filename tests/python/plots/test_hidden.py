import numpy as np
import pytest
import xorlab
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from xorlab.plots.hidden import hidden_surface, panel_columns
from xorlab.plots.plotting import CLASS_COLORS


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


def test_a_unit_that_looks_at_x1_alone_changes_along_x1():
    seen = hidden_surface(fit_with_lines([X1_ALONE]), x1=[0.0, 0.5, 1.0], x2=[0.0, 1.0])
    assert seen.output.shape == (1, 3, 2)
    wanted = np.tanh([[-1.5, -1.5], [0, 0], [1.5, 1.5]])
    np.testing.assert_allclose(seen.output[0], wanted, atol=1e-6)


def test_the_panel_of_such_a_unit_is_blue_left_orange_right_with_an_upright_line():
    figure = xorlab.plot_hidden(fit_with_lines([X1_ALONE]), Figure())
    ax = figure.axes[0]
    shown = ax.images[0].get_array()  # rows are x2, columns x1
    assert (shown[:, 0] < -0.9).all()
    assert (shown[:, -1] > 0.9).all()
    left, right = (to_rgb(ax.images[0].cmap(end)) for end in (0.0, 1.0))
    assert left[2] > left[0]
    assert right[0] > right[2]
    (line,) = ax.lines
    assert line.get_xy1()[0] == pytest.approx(0.5)
    assert line.get_xy2()[0] == pytest.approx(0.5)


def test_the_line_of_a_unit_is_where_nothing_goes_in():
    w1, w2, b = 2.0, -4.0, 0.7
    (line,) = xorlab.plot_hidden(fit_with_lines([[w1, w2, b]]), Figure()).axes[0].lines
    for x1, x2 in (line.get_xy1(), line.get_xy2()):
        assert w1 * x1 + w2 * x2 + b == pytest.approx(0, abs=1e-6)


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
    assert xorlab.plot_hidden(fit, Figure()).axes[-1].get_ylim() == (seen.key_low, seen.key_high)


def test_titles_have_the_weights_in_the_output_of_one_hidden_layer_alone():
    figure = xorlab.plot_hidden(fit_with_lines([X1_ALONE, [0, 0, 0]]), Figure())
    assert [ax.get_title() for ax in figure.axes[:2]] == ["Unit 1 (+1.0)", "Unit 2 (+2.0)"]
    assert not figure.axes[1].lines  # a unit without weights has no line
    deep = xorlab.train_xor(hidden=[3, 2], epochs=1, seed=1)
    assert xorlab.plot_hidden(deep, Figure()).axes[0].get_title() == "Unit 1"


def test_own_data_keep_their_names_and_scales():
    x = np.random.default_rng(0).normal(size=(50, 2)) * [1, 1000]
    fit = xorlab.train_xor((x, x[:, 0] > 0), epochs=1, lr=1e-6, seed=1)
    figure = xorlab.plot_hidden(fit, Figure())
    low, high = figure.axes[0].get_ylim()
    assert low < x[:, 1].min()
    assert high > x[:, 1].max()
    assert figure.axes[0].get_aspect() == "auto"


@pytest.mark.parametrize(("panels", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (8, 4), (16, 4)])
def test_panels_come_near_to_a_square(panels, columns):
    assert panel_columns(panels) == columns


def test_of_many_units_the_first_36_are_drawn():
    figure = xorlab.plot_hidden(xorlab.train_xor(hidden=40, epochs=1, seed=1), Figure())
    assert sum(bool(ax.images) for ax in figure.axes) == 36
    assert figure.get_suptitle().startswith("What 36 of 40 hidden units see")


def test_units_of_other_than_two_inputs_have_no_picture():
    x = np.eye(3)
    fit = xorlab.train_xor((x, [0, 1, 1]), epochs=1, seed=1)
    with pytest.raises(ValueError, match="needs two inputs, not 3"):
        xorlab.plot_hidden(fit)


def test_the_samples_have_the_colours_of_their_classes():
    fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=1, seed=1)
    shown = xorlab.plot_hidden(fit, Figure()).axes[0].collections[0].get_facecolors()
    for color, label in zip(shown, fit.data.label.tolist(), strict=True):
        assert tuple(color[:3]) == to_rgb(CLASS_COLORS[label])
