"""The boundary, the right way round, and the key to its colours."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
import torch
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from xorlab.plots.palette import CLASS_COLORS, signed_colors


def color_at(ax, x1, x2):
    """What the drawn picture shows at a point of the plane: red, green, blue from 0 to 1."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    column, row_from_below = ax.transData.transform((x1, x2)).round().astype(int)
    return pixels[len(pixels) - 1 - row_from_below, column, :3] / 255


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


def test_without_a_layout_the_axes_make_room_for_the_key_once():
    fit = xorlab.train_xor(xorlab.as_xor_data([[0, 0], [1, 9], [2, 0]], [0, 1, 1]), epochs=1)
    left, right = Figure(figsize=(8, 4)).subplots(1, 2)
    widths = []
    for _ in range(2):
        left.clear()
        xorlab.plot_fit(fit, ax=left)
        widths.append(left.bbox.width)
    assert widths[0] == widths[1] < right.bbox.width
    FigureCanvasAgg(left.figure).draw()
    (bar,) = left.child_axes
    assert max(text.get_window_extent().x1 for text in bar.texts) < right.bbox.x0 - 20


def test_a_net_that_calls_all_one_class_has_no_line_and_draws_without_a_warning():
    model = torch.nn.Linear(2, 1)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.constant_(model.bias, -3)
    ax = new_axes()
    xorlab.visualize_classification(model, torch.rand(2, 2), torch.tensor([0, 0]), ax=ax)
    assert not [artist for artist in ax.collections if hasattr(artist, "levels")]


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


def fit_of_one_column(which, unit):
    """A fit of own data in which one of two columns decides: class "b" where it is above its mean;
    the columns are in thousands and in thousandths."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 2)) * unit + [50_000, 1]
    label = np.where(x[:, which] > x[:, which].mean(), "b", "a")
    fit = xorlab.train_xor(xorlab.as_xor_data(x, label), epochs=1, seed=1)
    with torch.no_grad():
        weights = dict(fit.model.named_parameters())
        weights["linear1.weight"].zero_()[:, which] = 1
        weights["linear1.bias"].zero_()
        weights["linear2.weight"].fill_(2)
        weights["linear2.bias"].zero_()
    return fit, x


@pytest.mark.parametrize("which", [0, 1])
def test_own_data_are_drawn_in_their_units_the_right_way_round(which):
    fit, x = fit_of_one_column(which, [4000, 0.001])
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    ax.get_legend().remove()
    for side in (ax.get_xlim(), ax.get_ylim()):
        assert side[0] < side[1]
    for share in (0.03, 0.97):
        at = [lim[0] + 0.02 * (lim[1] - lim[0]) for lim in (ax.get_xlim(), ax.get_ylim())]
        lim = (ax.get_xlim(), ax.get_ylim())[which]
        at[which] = lim[0] + share * (lim[1] - lim[0])
        expected = signed_colors()(fit.prob([at])[0])[:3]
        assert color_at(ax, *at) == pytest.approx(expected, abs=0.03)
        assert (expected[2] > expected[0]) == (share < 0.5)  # blue is low
    (contour,) = [artist for artist in ax.collections if hasattr(artist, "levels")]
    half = contour.get_paths()[1].vertices[:, which]
    assert half == pytest.approx(x[:, which].mean(), rel=1e-4)
    drawn = np.concatenate([one.get_offsets() for one in ax.collections if one is not contour])
    assert np.allclose(drawn[np.lexsort(drawn.T)], x[np.lexsort(x.T)])


@pytest.fixture(scope="module")
def three():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 2)) * [3000, 1] + [50_000, 5]
    label = np.select([x[:, 0] > 52_000, x[:, 1] > 5], ["right", "upper"], "lower")
    data = xorlab.as_xor_data(pd.DataFrame(x, columns=["pay", "age"]), label)
    return xorlab.train_xor(data, epochs=60, batch_size=16, seed=1)


def test_of_three_classes_each_place_has_the_colour_of_the_winner_and_its_paleness(three):
    ax = new_axes()
    xorlab.plot_fit(three, ax=ax)
    for drawn in [one for one in ax.collections if not hasattr(one, "levels")]:
        drawn.remove()
    ax.get_legend().remove()
    places = {(58_500.0, 5.0): "right", (43_000.0, 7.4): "upper", (43_000.0, 2.4): "lower"}
    for place, name in places.items():
        k = three.levels.index(name)
        prob = three.predict_proba([place])[0]
        assert prob.argmax() == k
        full = 0.25 + 0.75 * np.array(to_rgb(CLASS_COLORS[k]))
        expected = 1 + (prob[k] - 1 / 3) / (2 / 3) * (full - 1)
        assert color_at(ax, *place) == pytest.approx(expected, abs=0.03)


def test_lines_are_where_the_winner_changes(three):
    ax = new_axes()
    xorlab.plot_fit(three, ax=ax)
    lines = [artist for artist in ax.collections if hasattr(artist, "levels")]
    assert len(lines) == 3
    for line in lines:
        for place in line.get_paths()[0].vertices[::40]:
            first, second, _ = np.sort(three.predict_proba([place])[0])[::-1]
            assert first == pytest.approx(second, abs=0.03)


def test_the_legend_names_the_classes_and_the_key_has_a_strip_for_each(three):
    ax = new_axes()
    xorlab.plot_fit(three, ax=ax)
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == [*three.levels]
    (bar,) = ax.child_axes
    strips = np.asarray(bar.get_images()[0].get_array())
    assert strips.shape == (255, 3, 3)
    assert np.allclose(strips[0], 1)  # white where all classes are the same
    for k in range(3):
        assert strips[-1, k] == pytest.approx(0.25 + 0.75 * np.array(to_rgb(CLASS_COLORS[k])))
    assert [text.get_text() for text in bar.texts] == ["0.33", "Probability of that class", "1"]


def test_a_model_of_three_outputs_is_drawn_and_labels_beyond_them_are_refused():
    data = torch.rand(9, 2)
    ax = new_axes()
    model = torch.nn.Linear(2, 3)
    xorlab.visualize_classification(model, data, torch.arange(9) % 3, ax=ax)
    assert ax.get_images()[0].get_array().shape == (200, 200, 3)
    with pytest.raises(ValueError, match="`label` must hold whole numbers from 0 to 2"):
        xorlab.visualize_classification(model, data, torch.arange(9) % 4)
    with pytest.raises(ValueError, match="`label` must hold 0 and 1"):
        xorlab.visualize_classification(torch.nn.Linear(2, 1), data, torch.arange(9) % 3)


@pytest.fixture(scope="module")
def wide():
    x = np.random.default_rng(5).normal(size=(100, 4)) * [1, 1000, 1, 10]
    data = xorlab.PointDataset(
        x, (x[:, 1] + 100 * x[:, 3] > 0).astype(int), features=("age", "pay", "rank", "size")
    )
    return xorlab.train_xor(data, epochs=30, batch_size=16, seed=1)


def test_of_many_columns_two_are_drawn_with_their_names_and_a_caption(wide):
    ax = new_axes()
    xorlab.plot_fit(wide, ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("pay", "size")
    assert [text.get_text() for text in ax.texts] == [
        "Most influential columns; others at their means"
    ]
    drawn = np.concatenate([one.get_offsets() for one in ax.collections[-2:]])
    expected = wide.data.points[:, [1, 3]].numpy()
    assert np.allclose(drawn[np.lexsort(drawn.T)], expected[np.lexsort(expected.T)])
    ax = new_axes()
    xorlab.plot_fit(wide, vars=("rank", "pay"), at={"age": 2, "size": 30}, ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("rank", "pay")
    assert ax.texts[0].get_text() == "age at 2, size at 30"
    prob = wide.boundary(vars=("rank", "pay"), at={"age": 2, "size": 30}).prob
    assert np.array_equal(ax.get_images()[0].get_array(), prob.T)


def test_title_caption_and_legend_stand_above_each_other(wide, three):
    for fit, layout in ((wide, "constrained"), (wide, None), (three, "constrained")):
        ax = Figure(figsize=(3, 3), layout=layout).subplots()
        xorlab.plot_fit(fit, ax=ax)
        FigureCanvasAgg(ax.figure).draw()
        parts = [ax.get_legend(), *ax.texts, ax.title]
        boxes = [part.get_window_extent() for part in parts]
        assert boxes[0].y0 >= ax.bbox.y1 - 5
        assert all(below.y1 < above.y0 + 4 for below, above in pairwise(boxes))
        assert boxes[-1].y1 <= ax.figure.bbox.y1 or layout is None


def test_vars_are_for_the_boundary_alone(wide):
    with pytest.raises(ValueError, match=r"`vars` is for the picture 'boundary', .*'network'"):
        xorlab.plot_fit(wide, "network", vars=("age", "pay"))
    with pytest.raises(ValueError, match="`at` is for the picture 'boundary'"):
        xorlab.plot_fit(wide, "history", at={"age": 1})


def test_of_one_column_the_probability_is_drawn_against_it():
    x = np.random.default_rng(5).normal(size=(50, 1)) * 1000
    fit = xorlab.train_xor(x, np.where(x[:, 0] > 0, "yes", "no"), epochs=20, seed=1)
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x1", "Probability of class yes")
    curve = ax.get_lines()[-1]
    assert curve.get_ydata() == pytest.approx(fit.prob(curve.get_xdata()[:, None]), abs=1e-6)
    no, yes = (one.get_offsets() for one in ax.collections)
    assert {*no[:, 1]} == {0}
    assert {*yes[:, 1]} == {1}


def test_of_one_column_and_three_classes_there_is_a_curve_for_each():
    x = np.random.default_rng(5).normal(size=(60, 1))
    fit = xorlab.train_xor(x, np.digitize(x[:, 0], [-0.5, 0.5]), epochs=20, seed=1)
    ax = new_axes()
    xorlab.plot_fit(fit, ax=ax)
    curves = ax.get_lines()[1:]
    prob = fit.predict_proba(curves[0].get_xdata()[:, None])
    for k, curve in enumerate(curves):
        assert curve.get_color() == CLASS_COLORS[k]
        assert curve.get_ydata() == pytest.approx(prob[:, k], abs=1e-6)


def test_a_long_name_has_its_middle_left_out():
    long = "a_rather_long_name_of_a_column_that_nobody_wants_to_read"
    x = np.random.default_rng(0).normal(size=(20, 2))
    data = xorlab.PointDataset(x, [0, 1] * 10, ("no", long), (long, "y"))
    ax = new_axes()
    xorlab.plot_fit(xorlab.train_xor(data, epochs=1, seed=1), ax=ax)
    shown = [ax.get_xlabel(), ax.get_legend().get_texts()[1].get_text().removeprefix("Class ")]
    for text in shown:
        start, end = text.split("...")
        assert 18 <= len(text) <= 40
        assert long.startswith(start)
        assert long.endswith(end)


def test_of_many_classes_the_legend_has_rows_that_do_not_overlap_the_title():
    data = xorlab.toy_data("blobs", 300, seed=1, classes=8)
    fit = xorlab.train_xor(data, epochs=1, seed=1)
    for size in ((3, 3), (7, 5)):
        ax = Figure(figsize=size, layout="constrained").subplots()
        xorlab.plot_fit(fit, ax=ax)
        FigureCanvasAgg(ax.figure).draw()
        legend = ax.get_legend().get_window_extent()
        assert len(ax.get_legend().get_texts()) == 8
        assert ax.title.get_window_extent().y0 > legend.y1 - 5
        assert legend.x0 >= 0
        assert legend.x1 <= ax.figure.bbox.x1


def test_a_new_figure_has_the_shape_of_data_of_one_unit():
    wide = xorlab.train_xor(xorlab.toy_data("blobs", 200, seed=1, classes=2), epochs=1, seed=1)
    for draw in (xorlab.plot_fit, xorlab.plot_difference):
        ax = draw(wide)
        ax.figure.canvas.draw()
        assert ax.bbox.width > 0.7 * ax.figure.bbox.width
        assert ax.bbox.height > 0.55 * ax.figure.bbox.height


def test_a_long_name_of_a_class_is_cut_once():
    name = "the second of two classes with names that are long"
    x = np.linspace(-1, 1, 40)[:, None]
    fit = xorlab.train_xor(x, np.where(x[:, 0] > 0, name, "a"), epochs=1, seed=1)
    for size in ((3, 3), (7, 5)):
        ax = Figure(figsize=size, layout="constrained").subplots()
        xorlab.plot_fit(fit, ax=ax)
        assert ax.get_ylabel().count("...") == 1
        FigureCanvasAgg(ax.figure).draw()
        box = ax.yaxis.label.get_window_extent()
        assert 0 <= box.y0 < box.y1 <= ax.figure.bbox.y1
