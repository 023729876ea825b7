"""The boundary, the right way round, and the key to its colours."""

from itertools import pairwise

import numpy as np
import pytest
import torch
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from xorlab.plots.palette import signed_colors


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
