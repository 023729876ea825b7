import re
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
import xorlab
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text
from xorlab.plots import palette
from xorlab.plots.palette import (
    CLASS_COLORS,
    CLASS_MARKERS,
    FAILED_COLOR,
    SERIES_COLORS,
    SOLVED_COLOR,
    signed_colors,
)


@pytest.fixture
def points():
    return xorlab.XORDataset(200, seed=1)


@pytest.fixture
def draw(fit, points):
    """Each of the four pictures, as a function of `ax`."""
    return {
        "samples": lambda ax=None: xorlab.visualize_samples(points.data, points.label, ax=ax),
        "classification": lambda ax=None: xorlab.visualize_classification(
            fit.model, points.data, points.label, ax=ax
        ),
        "fit": lambda ax=None: xorlab.plot_fit(fit, ax=ax),
        "history": lambda ax=None: xorlab.plot_history(fit.history, ax=ax),
    }


def new_axes():
    return Figure(figsize=(4, 4), dpi=100).subplots()


def color_at(ax, x1, x2):
    """What the drawn picture shows at a point of the plane: red, green, blue from 0 to 1."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    column, row_from_below = ax.transData.transform((x1, x2)).round().astype(int)
    return pixels[len(pixels) - 1 - row_from_below, column, :3] / 255


def test_on_axes_that_are_given_pyplot_is_left_alone(draw):
    for function in draw.values():
        ax = new_axes()
        assert function(ax) is ax
        assert ax.has_data()
    assert plt.get_fignums() == []


def test_without_axes_a_pyplot_figure_is_made_and_not_shown(draw, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda *_, **__: pytest.fail("shown"))
    for count, function in enumerate(draw.values(), 1):
        ax = function()
        assert isinstance(ax, Axes)
        assert ax.figure is plt.gcf()
        assert len(plt.get_fignums()) == count


@pytest.mark.parametrize("x2", [-0.45, 0.5, 1.45])
def test_a_picture_of_x1_alone_goes_from_blue_on_the_left_to_orange_on_the_right(first_input, x2):
    ax = new_axes()
    corner = torch.tensor([[-0.5, -0.5], [1.5, 1.5]])
    xorlab.visualize_classification(first_input, corner, torch.tensor([0, 1]), ax=ax)
    ax.get_legend().remove()
    for x1 in (-0.4, 0.2, 0.8, 1.4):
        prob = 1 / (1 + np.exp(-6 * (x1 - 0.5)))
        assert color_at(ax, x1, x2) == pytest.approx(signed_colors()(prob)[:3], abs=0.03)


def test_the_drawn_array_has_the_first_grid_line_of_each_input_at_its_lower_left(first_input):
    ax = new_axes()
    xorlab.visualize_classification(first_input, torch.rand(2, 2), torch.tensor([0, 1]), ax=ax)
    (image,) = ax.get_images()
    assert image.origin == "lower"
    # Every cell lies around its grid point, and the grid goes from -0.5 to 1.49.
    assert image.get_extent() == pytest.approx([-0.505, 1.495, -0.505, 1.495])
    prob = image.get_array()
    assert prob.shape == (200, 200)
    assert np.allclose(prob, prob[:1])  # the same in every row
    assert np.all(np.diff(prob[0]) > 0)  # from left to right


def test_the_lines_are_where_the_probability_is_one_half_and_thinner_at_the_quarters(first_input):
    ax = new_axes()
    xorlab.visualize_classification(first_input, torch.rand(2, 2), torch.tensor([0, 1]), ax=ax)
    (contour,) = [artist for artist in ax.collections if hasattr(artist, "levels")]
    assert contour.levels.tolist() == [0.25, 0.5, 0.75]
    at = [0.5 + np.log(prob / (1 - prob)) / 6 for prob in contour.levels]
    for x1, path in zip(at, contour.get_paths(), strict=True):
        assert path.vertices[:, 0] == pytest.approx(x1, abs=0.01)
        assert np.ptp(path.vertices[:, 1]) > 1.9
    thin, thick, other = contour.get_linewidths()
    assert thick > 2 * thin == 2 * other


def test_a_probability_of_one_half_is_white_and_the_classes_pale_towards_it():
    shades = signed_colors()(np.linspace(0, 1, 255))[:, :3]
    assert shades[127].tolist() == [1, 1, 1]
    for ends in (shades[:128], shades[:126:-1]):
        assert (np.diff(ends.sum(axis=1)) > 0).all()
    assert np.abs(np.diff(shades, axis=0)).max() < 0.02
    for end, color in ((shades[0], CLASS_COLORS[0]), (shades[-1], CLASS_COLORS[1])):
        assert end == pytest.approx(0.25 + 0.75 * np.array(to_rgb(color)))


def test_blue_and_orange_are_the_classes_and_no_series(fit):
    assert not {*CLASS_COLORS[:2]} & {*SERIES_COLORS, SOLVED_COLOR, FAILED_COLOR}
    assert len({*CLASS_COLORS}) == len({*CLASS_MARKERS}) == 8
    for ax in xorlab.plot_history(fit).figure.axes:
        assert ax.get_lines()[0].get_color() in SERIES_COLORS


@pytest.mark.parametrize("size", [(3, 3), (5.1, 5)])
def test_the_key_to_the_colours_is_within_the_figure_and_beside_the_picture(fit, size):
    ax = Figure(figsize=size, layout="constrained").subplots()
    xorlab.plot_fit(fit, ax=ax)
    FigureCanvasAgg(ax.figure).draw()
    (bar,) = ax.child_axes
    assert [text.get_text() for text in bar.texts] == ["0", "Probability of class 1", "1"]
    boxes = [text.get_window_extent() for text in bar.texts]
    assert all(ax.bbox.x1 < bar.bbox.x1 < box.x0 < box.x1 < ax.figure.bbox.x1 for box in boxes)
    assert all(below.y1 < above.y0 for below, above in pairwise(boxes))
    assert bar.texts[1].get_fontsize() > 6
    shown = bar.get_images()[0].get_array().ravel()
    assert bar.get_images()[0].origin == "lower"
    assert (shown[0], shown[-1]) == (0, 1)


def test_a_net_that_calls_all_one_class_has_no_line_and_draws_without_a_warning():
    model = torch.nn.Linear(2, 1)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.constant_(model.bias, -3)
    ax = new_axes()
    xorlab.visualize_classification(model, torch.rand(2, 2), torch.tensor([0, 0]), ax=ax)
    assert not [artist for artist in ax.collections if hasattr(artist, "levels")]


def test_each_class_has_its_points_its_colour_and_its_shape(points):
    ax = new_axes()
    xorlab.visualize_samples(points.data, points.label, ax=ax)
    zeros, ones = ax.collections
    for k, drawn in enumerate((zeros, ones)):
        assert np.allclose(drawn.get_offsets(), points.data[points.label == k])
        assert tuple(drawn.get_facecolor()[0][:3]) == to_rgb(CLASS_COLORS[k])
        assert drawn.get_label() == f"Class {k}"
    assert len(zeros.get_paths()[0].vertices) != len(ones.get_paths()[0].vertices)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Class 0", "Class 1"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x1", "x2")
    assert ax.get_aspect() == 1


@pytest.mark.parametrize("kind", ["tensor", "array", "lists", "bool"])
def test_samples_of_every_kind_are_drawn_and_left_as_they_were(kind):
    data, label = torch.rand(6, 2), torch.tensor([0, 1, 1, 0, 1, 0])
    if kind == "array":
        data, label = data.numpy(), label.numpy()
    elif kind == "lists":
        data, label = data.tolist(), label.tolist()
    elif kind == "bool":
        label = label.bool()
    ax = new_axes()
    xorlab.visualize_samples(data, label, ax=ax)
    assert [len(drawn.get_offsets()) for drawn in ax.collections] == [3, 3]


def test_samples_at_the_edge_leave_no_margin_around_the_surface(fit):
    noisy = xorlab.XORDataset(500, std=0.4, seed=1)
    ax = new_axes()
    xorlab.visualize_classification(fit.model, noisy.data, noisy.label, ax=ax)
    assert [*ax.get_xlim(), *ax.get_ylim()] == ax.get_images()[0].get_extent()


def test_a_fit_of_own_data_is_drawn_with_its_names_and_classes():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(40, 2)) * [1, 100]
    data = xorlab.as_xor_data(x, np.where(x[:, 0] > 0, "yes", "no"))
    data.features = ("width", "weight")
    ax = new_axes()
    xorlab.plot_fit(xorlab.train_xor(data, epochs=1, seed=1), ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("width", "weight")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Class no", "Class yes"]
    left, right, bottom, top = ax.get_images()[0].get_extent()
    assert left < x[:, 0].min() < x[:, 0].max() < right
    assert bottom < x[:, 1].min() < x[:, 1].max() < top


def test_points_far_from_xor_have_a_scale_for_each_column(first_input):
    data = torch.randn(50, 2, generator=torch.manual_seed(1)) * torch.tensor([1, 30.0]) + 50
    label = torch.tensor([0, 1] * 25)
    for draw in (
        xorlab.visualize_samples,
        lambda *samples, ax: xorlab.visualize_classification(first_input, *samples, ax=ax),
    ):
        ax = new_axes()
        draw(data, label, ax=ax)
        assert ax.get_aspect() == "auto"
        assert ax.get_xlim()[0] > 40


def test_the_legend_hides_nothing_and_the_title_stands_above_it(fit):
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    FigureCanvasAgg(ax.figure).draw()
    legend = ax.get_legend().get_window_extent()
    assert legend.y0 >= ax.bbox.y1 - 5
    assert ax.title.get_window_extent().y0 > legend.y1 - 5


def test_a_fit_of_bare_weights_has_its_axes_named(fit, tmp_path):
    torch.save(fit.model.state_dict(), tmp_path / "bare.pt")
    ax = new_axes()
    xorlab.plot_fit(xorlab.load_xor(tmp_path / "bare.pt"), ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x1", "x2")
    assert ax.get_legend() is None


def test_a_history_of_one_epoch_is_drawn_as_points():
    ax = new_axes()
    xorlab.plot_history(xorlab.train_xor(epochs=1, seed=1).history, ax=ax)
    assert [axes.get_lines()[0].get_marker() for axes in ax.figure.axes] == ["o", "^"]
    assert ax.get_xticks().tolist() == [1]


def test_the_history_is_drawn_epoch_by_epoch(fit):
    ax = new_axes()
    xorlab.plot_history(fit.history, ax=ax)
    loss, accuracy = (axes.get_lines()[0] for axes in ax.figure.axes)
    assert loss.get_xdata().tolist() == list(range(1, 101))
    assert loss.get_ydata().tolist() == fit.history.loss
    assert accuracy.get_ydata().tolist() == fit.history.accuracy


def test_a_plot_without_matplotlib_axes_is_refused(draw):
    for function in draw.values():
        with pytest.raises(TypeError, match="`ax` must be matplotlib axes or None, not 'a'"):
            function("a")
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    ("data", "label", "message"),
    [
        ([[0.0, 1.0, 2.0]], [0], "`data` must have 2 columns, not 3"),
        ([[0.0, np.nan], [1.0, 1.0]], [0, 1], "in 1 of 2 rows"),
        ([["a", "b"]], [0], "`data` must hold numbers"),
        ([], [], "`data` must have two dimensions"),
        ([[0.0, 1.0]], [0, 1], r"`label` must have one entry for each of the 1 row,.*\(2,\)"),
        ([[0.0, 1.0]], [2], "`label` must hold 0 and 1 and nothing else"),
        ([[0.0, 1.0]], ["a"], "`label` must hold 0 and 1 and nothing else"),
    ],
)
def test_samples_that_cannot_be_drawn_are_named_and_leave_no_figure(fit, data, label, message):
    for draw in (
        xorlab.visualize_samples,
        lambda *samples: xorlab.visualize_classification(fit.model, *samples),
    ):
        with pytest.raises((TypeError, ValueError), match=message):
            draw(data, label)
    assert plt.get_fignums() == []


def test_what_is_no_fit_and_no_history_is_named(fit, points):
    for draw in (xorlab.plot_fit, xorlab.plot_hidden, xorlab.plot_network):
        with pytest.raises(TypeError, match=r"`fit` must be what train_xor\(\) returned, not 3"):
            draw(3)
    with pytest.raises(TypeError, match=r"`history` must be what .* returned, not a list"):
        xorlab.plot_history([0.7])
    with pytest.raises(TypeError, match=r"must be a torch\.nn.Module, not a Fit"):
        xorlab.visualize_classification(fit, points.data, points.label)
    with pytest.raises(ValueError, match=r"`model` must take points of shape \[n, 2\]: mat1"):
        xorlab.visualize_classification(torch.nn.Linear(3, 1), points.data, points.label)
    with pytest.raises(TypeError, match=r"`bayes` must be what bayes_xor\(\) made, not 0.1"):
        xorlab.plot_bayes(0.1)
    with pytest.raises(ValueError, match="at least one epoch"):
        xorlab.plot_history(xorlab.History())
    with pytest.raises(ValueError, match="at least one epoch"):
        xorlab.plot_history(xorlab.Fit(fit.model))
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ["CLASS_COLORS", "SERIES_COLORS", "SOLVED_COLOR", "FAILED_COLOR"])
def test_the_colours_are_those_of_the_r_package(root, name):
    r = (root / "R" / "palette.R").read_text()
    there = re.search(rf"^{name.lower()} <- (c\([^)]*\)|.*$)", r, re.MULTILINE)[1]
    assert re.findall('"(#[0-9A-F]{6})"', there) == list(np.ravel(getattr(palette, name)))


@pytest.mark.parametrize(
    ("what", "function"),
    [
        ("boundary", xorlab.plot_fit),
        ("history", xorlab.plot_history),
        ("hidden", xorlab.plot_hidden),
        ("network", xorlab.plot_network),
    ],
)
def test_the_pictures_of_a_fit_have_their_own_functions_too(fit, what, function):
    named, own = (np.ravel(axes)[0] for axes in (xorlab.plot_fit(fit, what), function(fit)))
    assert named.get_title() == own.get_title()
    assert len(named.figure.axes) == len(own.figure.axes)


def test_a_picture_that_is_none_is_named_with_those_there_are(fit):
    with pytest.raises(ValueError, match=r"`what` must be 'boundary', .* not 'weights'.*'network'"):
        xorlab.plot_fit(fit, "weights")
    with pytest.raises(TypeError, match="`what` must be 'boundary'"):
        xorlab.plot_fit(fit, new_axes())


def test_pictures_of_an_early_epoch_say_so():
    fit = xorlab.train_xor(epochs=4, seed=1, snapshots=[2])
    for draw in (xorlab.plot_fit, xorlab.plot_network):
        early, late = new_axes(), new_axes()
        draw(fit.at(2), ax=early)
        draw(fit, ax=late)
        assert early.get_title() == f"{late.get_title()}, epoch 2 of 4"
    figure = xorlab.plot_hidden(fit.at(2))[0].figure
    assert figure.get_suptitle().endswith(", epoch 2 of 4")


# Mathematics to matplotlib, and most of it such as cannot be drawn.
NAMES = (r"$\frac$", "a_{b $x_$")
LEVELS = ("$_$", r"\$5 & $\y$")
PICTURES = {
    "plot_fit": lambda fit: xorlab.plot_fit(fit).figure,
    "plot_hidden": lambda fit: xorlab.plot_hidden(fit)[0].figure,
    "plot_network": lambda fit: xorlab.plot_network(fit).figure,
    "draw_picture": lambda fit: moving_picture(fit),
}


def moving_picture(fit):
    """The figure of a moving picture's last frame."""
    figures = []
    with pytest.MonkeyPatch.context() as patch:
        savefig = Figure.savefig
        patch.setattr(
            Figure, "savefig", lambda self, *a, **b: (figures.append(self), savefig(self, *a, **b))
        )
        xorlab.plots.animation.gif_bytes(xorlab.animate_xor(fit))
    return figures[-1]


@pytest.fixture(scope="module")
def named_fit():
    x = np.random.default_rng(0).normal(size=(40, 2))
    data = xorlab.TwoClassDataset(x, [0, 1] * 20, LEVELS, NAMES)
    return xorlab.train_xor(data, epochs=1, seed=1, snapshots=0)


@pytest.mark.parametrize("name", PICTURES)
def test_dollars_in_names_and_labels_are_text_and_not_mathematics(named_fit, name):
    figure = PICTURES[name](named_fit)
    FigureCanvasAgg(figure).draw()
    shown = {text.get_text(): text for text in figure.findobj(Text) if text.get_text()}
    levels = {
        "plot_hidden": [],
        "plot_network": [f"class {LEVELS[1]}"],
    }.get(name, [f"Class {level}" for level in LEVELS])
    assert {*NAMES, *levels} <= set(shown)
    for text in shown.values():
        assert not (text.get_parse_math() and "$" in text.get_text())


def test_a_label_of_the_users_own_may_be_mathematics_afterwards(fit):
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    ax.set_xlabel("$x_1$")
    assert ax.xaxis.label.get_parse_math()


def with_weights(fit, change):
    """The fit, after `change(weights by name)`."""
    changed = xorlab.Fit.from_dict(fit.to_dict())
    with torch.no_grad():
        change(dict(changed.model.named_parameters()))
    return changed


def overflow(weights):
    """From some points on every unit of a net with relu is infinite, and their sum is NaN."""
    weights["linear1.weight"][:] = 3e38
    weights["linear2.weight"][:] = torch.tensor([1.0, -1.0, 1.0, -1.0])


ALL_PICTURES = {
    **PICTURES,
    "visualize_classification": lambda fit: xorlab.visualize_classification(
        fit.model, fit.data.data, fit.data.label
    ),
    "animate_xor": xorlab.animate_xor,
}


@pytest.fixture(scope="module")
def kept_fit():
    return xorlab.train_xor(xorlab.XORDataset(50, seed=1), epochs=2, seed=1, snapshots=0)


@pytest.mark.parametrize("name", ALL_PICTURES)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_of_weights_that_are_not_finite_nothing_is_drawn(kept_fit, name, value):
    for parameter in ("linear1.weight", "linear2.bias"):
        bad = with_weights(kept_fit, lambda weights, at=parameter: weights[at][0].fill_(value))
        with pytest.raises(ValueError, match=r"nothing to draw: the weights .* \([12] of 17\)\.$"):
            ALL_PICTURES[name](bad)
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ALL_PICTURES)
def test_of_outputs_that_are_not_finite_nothing_is_drawn(name):
    points = xorlab.XORDataset(50, seed=1)
    relu = xorlab.train_xor(points, activation="relu", epochs=1, seed=1, snapshots=0)
    bad = with_weights(relu, overflow)
    if name == "plot_network":
        assert isinstance(xorlab.plot_network(bad), Axes)  # which draws the weights alone
        return
    message = r"nothing to draw: the output .* not finite at [\d,]+ of [\d,]+ points .* 3e\+38\)\.$"
    with pytest.raises(ValueError, match=message):
        ALL_PICTURES[name](bad)
    assert plt.get_fignums() == []


def test_an_early_epoch_whose_weights_are_not_finite_is_not_animated(kept_fit):
    bad = with_weights(kept_fit, lambda weights: None)
    bad.snapshots[0]["linear1.bias"][0] = np.nan
    with pytest.raises(ValueError, match=r"the weights of the net are not finite \(1 of 17\)"):
        xorlab.animate_xor(bad)
    assert isinstance(xorlab.plot_fit(bad), Axes)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_losses_that_are_not_finite_are_left_out_of_the_history(bad):
    ax = new_axes()
    xorlab.plot_history(xorlab.History([0.7, bad, 0.5], [0.5] * 3, [0.1] * 3), ax=ax)
    FigureCanvasAgg(ax.figure).draw()
    drawn = ax.get_lines()[0].get_ydata()
    np.testing.assert_array_equal(drawn, [0.7, np.nan, 0.5])
    assert ax.get_ylim()[1] < 1
    xorlab.plot_history(xorlab.History([0.7, bad], [0.5] * 2, [0.1] * 2), ax=(ax := new_axes()))
    assert ax.get_lines()[0].get_marker() == "o"  # a line of one point would not show
    with pytest.raises(ValueError, match="nothing to draw: no loss of the history is finite"):
        xorlab.plot_history(xorlab.History([bad], [0.5], [0.1]))
    assert plt.get_fignums() == []


def test_the_history_of_a_fit_is_drawn_from_the_fit_too(fit):
    of_fit, of_history = new_axes(), new_axes()
    assert xorlab.plot_history(fit, ax=of_fit) is of_fit
    xorlab.plot_history(fit.history, ax=of_history)
    for one, other in zip(of_fit.figure.axes, of_history.figure.axes, strict=True):
        (line,), (same) = one.get_lines(), other.get_lines()[0]
        assert line.get_ydata().tolist() == same.get_ydata().tolist()


@pytest.fixture(scope="module")
def small_pictures():
    """Every picture, as a function of a figure."""
    fit = xorlab.train_xor(xorlab.XORDataset(200, seed=1), hidden=8, epochs=2, seed=1)
    study = xorlab.seed_study(runs=9, hidden=2, epochs=1, size=50, seed=1)
    sweep = xorlab.xor_sweep(lr=[0.1, 1], hidden=[2, 8], runs=1, epochs=1, size=50, seed=1)
    return {
        "samples": lambda figure: xorlab.visualize_samples(*fit.data[:], ax=figure.subplots()),
        "boundary": lambda figure: xorlab.plot_fit(fit, ax=figure.subplots()),
        "history": lambda figure: xorlab.plot_history(fit, ax=figure.subplots()),
        "hidden": lambda figure: xorlab.plot_hidden(fit, figure.subplots(2, 4)),
        "network": lambda figure: xorlab.plot_network(fit, ax=figure.subplots()),
        "nets": lambda figure: xorlab.plot_study(study, ax=figure.subplots()),
        "sweep": lambda figure: xorlab.plot_study(sweep, ax=figure.subplots(1, 2)),
        "gallery": lambda figure: xorlab.plot_gallery(study, ax=figure.subplots(3, 3)),
        "bayes": lambda figure: xorlab.plot_bayes(xorlab.bayes_xor(0.3), ax=figure.subplots()),
    }


@pytest.mark.parametrize("size", [(3, 3), (3, 5), (5, 3)])
def test_every_picture_is_drawn_at_every_size_from_3_by_3_inches_up(small_pictures, size):
    for draw in small_pictures.values():  # pytest makes errors of matplotlib's warnings
        for layout in ("constrained", None):
            figure = Figure(figsize=size, layout=layout)
            assert np.ravel(draw(figure))[0].figure is figure
            FigureCanvasAgg(figure).draw()


def test_at_3_by_3_inches_titles_and_units_do_not_overlap(small_pictures):
    figure = Figure(figsize=(3, 3), layout="constrained")
    small_pictures["hidden"](figure)
    FigureCanvasAgg(figure).draw()
    titles = [ax.title.get_window_extent() for ax in figure.axes[:4]]
    assert all(one.x1 < other.x0 for one, other in pairwise(titles))

    for hidden in (1, 4, 40):  # and what stands above them all is within the figure
        fit = xorlab.train_xor(xorlab.XORDataset(50, seed=1), hidden=hidden, epochs=1, seed=1)
        page = xorlab.plot_hidden(fit)[0].figure
        page.canvas.draw()
        title = page.texts[-1].get_window_extent()
        assert 0 < title.x0 < title.x1 < page.bbox.x1

    figure = Figure(figsize=(3, 3), layout="constrained")
    small_pictures["network"](figure)
    FigureCanvasAgg(figure).draw()
    (ax,) = figure.axes
    circles = ax.collections[-1]
    y = sorted(ax.transData.transform(circles.get_offsets()[2:10])[:, 1] * 72 / figure.dpi)
    assert np.diff(y).min() > circles.get_sizes()[0] ** 0.5
