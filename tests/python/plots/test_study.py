import math
from itertools import pairwise

import matplotlib
import numpy as np
import pytest
import xorlab
from conftest import config
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from xorlab.plots.palette import SERIES_COLORS
from xorlab.plots.study import make_picture, study_content
from xorlab.plots.sweep import make_sweep
from xorlab.study.config import OWN, Config, Run

matplotlib.use("Agg")


def made_study(rates, widths, solved=lambda lr, hidden, seed: seed < 3, loss=0.25, **other):
    """Four nets in each cell, none of them trained."""
    cells = [config(hidden, "tanh", lr, 0.1, 2500, 100, 128) for hidden in widths for lr in rates]
    rows = []
    for cell in cells:
        for seed in range(4):
            good = solved(cell.settings.lr, cell.columns()["hidden"], seed)
            rows.append(
                (cell, Run(seed, loss, 1.0 if good else 0.75, good, "" if good else "(0, 1)"))
            )
    return xorlab.Study(rows)


def two_axes():
    return Figure().subplots(1, 2)


def loss_line(axes):
    return next(line for line in axes.get_lines() if line.get_color() == SERIES_COLORS[0])


def test_a_sweep_is_a_line_of_shares_and_one_of_losses_for_each_width():
    study = made_study(
        [1, 0.1, 10], ["2", "8"], lambda lr, hidden, seed: lr == 1 or seed < int(hidden) / 4
    )
    shares, losses = axes = two_axes()
    assert list(xorlab.plot_study(study, ax=axes)) == [shares, losses]
    for color, expected in zip(SERIES_COLORS, ([0.25, 1, 0.25], [0.5, 1, 0.5]), strict=False):
        line = next(one for one in shares.get_lines() if one.get_color() == color)
        np.testing.assert_allclose(line.get_ydata(), expected)
        np.testing.assert_allclose(np.log10(line.get_xdata()), [-1, 0, 1], atol=0.2)
        line = next(one for one in losses.get_lines() if one.get_color() == color)
        np.testing.assert_allclose(line.get_xdata(), [0.1, 1, 10])
        np.testing.assert_allclose(line.get_ydata(), 0.25)
    assert losses.get_xscale() == shares.get_xscale() == "log"
    labels = [text.get_text() for text in losses.get_legend().get_texts()]
    assert {"2 hidden", "8 hidden", "guessing", "usual learning rate"} == set(labels)


def test_the_bars_are_wilsons_intervals():
    study = made_study([0.1, 1], ["2"])
    shares, losses = two_axes()
    xorlab.plot_study(study, ax=[shares, losses])
    cell = study.summary()[0]
    assert (cell.share, cell.loss) == (0.75, 0.25)
    bars = shares.collections[0].get_segments()
    np.testing.assert_allclose(bars[0][:, 1], [cell.lower, cell.upper])
    guessing = [line for line in losses.get_lines() if line.get_label() == "guessing"]
    np.testing.assert_allclose(guessing[0].get_ydata(), math.log(2))


def test_intervals_of_one_rate_stand_side_by_side_in_the_order_of_the_widths():
    shares, losses = two_axes()
    xorlab.plot_study(made_study([0.1, 1], ["2", "3", "4"]), ax=[shares, losses])
    x = [bars.get_segments()[0][0, 0] for bars in shares.collections]
    assert x[0] < 0.1 == pytest.approx(x[1])
    assert x[1] < x[2] < 0.2


def test_for_one_rate_the_widths_stand_on_the_axis():
    shares, losses = axes = two_axes()
    xorlab.plot_study(made_study([0.1], ["2", "3"]), ax=axes)
    for one in (shares, losses):
        assert [tick.get_text() for tick in one.get_xticklabels()] == ["2", "3"]
    assert len(losses.get_legend().get_texts()) == 1  # that of guessing
    assert losses.get_xlabel() == "Hidden units, at a learning rate of 0.1"


def test_lines_are_named_by_all_that_varies_but_the_rate():
    study = xorlab.xor_sweep(
        lr=[1, 0.1], hidden=[2, (3, 2)], std=[0.1, 0.3], runs=1, epochs=1, size=50, seed=1
    )
    lines = make_sweep(study).lines
    labels = [
        "2 hidden, std 0.1",
        "3-2 hidden, std 0.1",
        "2 hidden, std 0.3",
        "3-2 hidden, std 0.3",
    ]
    assert [one.label for one in lines] == labels
    assert all(one.x == [0.1, 1] for one in lines)


def test_the_content_of_a_picture_is_plain_values():
    def kinds(value):
        if isinstance(value, dict):
            return {kind for part in value.values() for kind in kinds(part)}
        if isinstance(value, list):
            return {kind for part in value for kind in kinds(part)}
        return {type(value)}

    for study in (made_study([0.1, 1], ["2", "3"]), made_study([0.1], ["2"])):
        assert kinds(study_content(study)) <= {str, float, bool}


def test_more_lines_than_colours_start_over():
    widths = [str(width) for width in range(2, 3 + len(SERIES_COLORS))]
    axes = two_axes()
    xorlab.plot_study(made_study([0.1, 1], widths), ax=axes)
    lines = [line for line in axes[1].get_lines() if line.get_label().endswith("hidden")]
    assert lines[0].get_color() == lines[len(SERIES_COLORS)].get_color()
    looks = {(line.get_color(), line.get_marker()) for line in lines}
    assert len(looks) == len(lines)


def test_a_study_of_one_cell_tells_its_nets_apart_by_colour_and_shape():
    ax = Figure().subplots()
    study = made_study([0.1], ["2"])
    assert xorlab.plot_study(study, ax=ax) is ax
    solved, failed = ax.collections
    np.testing.assert_allclose(solved.get_offsets(), [[1, 0.25]] * 3)
    np.testing.assert_allclose(failed.get_offsets(), [[0.75, 0.25]])
    assert (solved.get_facecolor()[0] != failed.get_facecolor()[0]).any()
    assert len(solved.get_paths()[0].vertices) != len(failed.get_paths()[0].vertices)
    assert ax.get_title().startswith("3 of 4 nets solved XOR: 75.0%\n(95 % interval 30.1%")
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["guessing", "solved (3)", "not solved (1)"]


def test_losses_that_are_not_finite_are_left_out():
    ax = Figure().subplots()
    xorlab.plot_study(made_study([0.1], ["2"], loss=math.nan), ax=ax)
    ax.figure.draw_without_rendering()
    assert [len(points.get_offsets()) for points in ax.collections] == [0, 0]
    assert ax.get_legend().get_texts()[1].get_text() == "solved (3)"
    axes = two_axes()
    sweep = made_study([0.1, 1], ["2"], loss=math.inf)
    xorlab.plot_study(sweep, ax=axes)
    axes[0].figure.draw_without_rendering()
    assert np.isnan(loss_line(axes[1]).get_ydata()).all()


def test_a_loss_of_nothing_is_drawn_at_the_smallest():
    axes = two_axes()
    xorlab.plot_study(made_study([0.1, 1], ["2"], loss=0.0), ax=axes)
    assert loss_line(axes[1]).get_ydata().tolist() == [1e-6, 1e-6]


def test_without_axes_a_pyplot_figure_is_made_and_with_axes_none():
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    study = made_study([0.1, 1], ["2"])
    xorlab.plot_study(study, ax=two_axes())
    assert plt.get_fignums() == before
    figure = xorlab.plot_study(study)[0].figure
    assert plt.get_fignums() == [*before, figure.number]
    plt.close(figure)


@pytest.mark.parametrize("widths", [2, 12, 40])
def test_the_key_stands_below_both_panels_and_hides_nothing(widths):
    import matplotlib.pyplot as plt

    study = made_study([0.1, 1], [str(width) for width in range(2, 2 + widths)])
    axes = xorlab.plot_study(study)
    figure = axes[0].figure
    figure.canvas.draw()
    (legend,) = figure.legends
    assert len(legend.get_texts()) == widths + 2
    box = legend.get_window_extent()
    assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
    assert box.y0 >= -1
    for ax in axes:
        assert box.y1 < ax.xaxis.label.get_window_extent().y0
        assert ax.bbox.height > 200
    plt.close(figure)


@pytest.mark.parametrize(
    ("loss", "ticks"),
    [(1e-4, ["0.0001", "0.001", "0.01", "0.1", "1"]), (0.05, ["0.05", "0.1", "0.2", "0.5"])],
)
def test_losses_have_at_least_three_plain_numbers(loss, ticks):
    axes = two_axes()
    xorlab.plot_study(made_study([0.1, 1], ["2"], loss=loss), ax=axes)
    assert [tick.get_text() for tick in axes[1].get_yticklabels()] == ticks
    xorlab.plot_study(made_study([0.1, 1], ["2"], loss=0.6), ax=axes)
    assert len(axes[1].get_yticks()) >= 3


def test_what_cannot_be_drawn_is_named():
    with pytest.raises(TypeError, match="`study` must be what seed_study"):
        xorlab.plot_study([1])
    with pytest.raises(ValueError, match="must have at least one net"):
        xorlab.plot_study(xorlab.Study([]))
    with pytest.raises(ValueError, match="`ax` must hold 2 axes for this picture, not 1"):
        xorlab.plot_study(made_study([0.1, 1], ["2"]), ax=Figure().subplots())
    with pytest.raises(TypeError, match="`ax` must be"):
        xorlab.plot_study(made_study([0.1], ["2"]), ax="axes")


def other_study(kinds, rates, accuracy=lambda kind, lr, seed: 0.6 + 0.1 * seed, **own):
    """Four nets of each kind and rate, none of them trained."""
    rows = []
    for kind in kinds:
        for lr in rates:
            cell = Config(xorlab.Settings(lr=lr), 100, None, kind, **own)
            solved, corner = (False, "(0, 1)") if kind == "xor" else (None, "")
            rows += [
                (cell, Run(seed, 0.25, accuracy(kind, lr, seed), solved, corner))
                for seed in range(4)
            ]
    return xorlab.Study(rows)


def test_of_other_data_a_sweep_shows_the_median_accuracy_and_its_quantiles():
    study = other_study(["moons", "xor"], [0.1, 1])
    shares, losses = two_axes()
    xorlab.plot_study(study, ax=[shares, losses])
    assert shares.get_ylabel() == "Accuracy"
    assert shares.get_title() == "Median accuracy\n(4 nets each, bars: 5 % to 95 % of the nets)"
    line = next(one for one in shares.get_lines() if one.get_color() == SERIES_COLORS[0])
    np.testing.assert_allclose(line.get_ydata(), 0.75)
    bars = shares.collections[0].get_segments()
    expected = np.quantile([0.6, 0.7, 0.8, 0.9], [0.05, 0.95])
    np.testing.assert_allclose(bars[0][:, 1], expected)
    low, high = shares.get_ylim()
    assert low < expected[0]
    assert expected[1] < high
    labels = {text.get_text() for text in losses.get_legend().get_texts()}
    assert labels == {"moons", "xor", "guessing", "usual learning rate"}


def test_of_other_data_every_net_is_a_point_of_one_group():
    ax = Figure().subplots()
    xorlab.plot_study(other_study(["moons"], [0.1]), ax=ax)
    (points,) = ax.collections
    np.testing.assert_allclose(points.get_offsets()[:, 0], [0.6, 0.7, 0.8, 0.9])
    assert ax.get_xlabel() == "Accuracy on fresh points"
    assert ax.get_title().startswith("Median accuracy of 4 nets: 75.0%\n(5 % to 95 % of the nets: ")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["guessing", "nets (4)"]


def test_guessing_is_by_the_shares_of_the_classes_where_they_are_known():
    assert make_picture(other_study(["moons"], [0.1])).guessing == pytest.approx(math.log(2))
    assert make_picture(other_study(["blobs"], [0.1])).guessing == pytest.approx(math.log(3))
    assert make_picture(other_study(["moons", "blobs"], [0.1])).guessing is None
    assert make_picture(other_study([OWN], [0.1])).guessing is None  # of a file
    own = xorlab.as_xor_data(np.arange(100.0)[:, None], [0] * 25 + [1] * 75)
    held_out = make_picture(other_study([OWN], [0.1], own=own))
    expected = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75))
    assert held_out.guessing == pytest.approx(expected)
    assert held_out.panel.x.name == "Accuracy on held-out points"
    ax = Figure().subplots()
    xorlab.plot_study(other_study([OWN], [0.1]), ax=ax)
    assert not [line for line in ax.get_lines() if line.get_label() == "guessing"]


@pytest.mark.parametrize("size", [(3, 3), (7, 5), (8, 4.5)])
def test_titles_names_and_ticks_are_within_the_figure_and_apart(size):
    pictures = {
        "sweep": lambda figure: xorlab.plot_study(
            xorlab.xor_sweep(
                lr="auto",
                hidden=4,
                optimizer=["sgd", "adam", "rmsprop"],
                runs=1,
                epochs=1,
                size=50,
                seed=1,
            ),
            figure.subplots(*((2, 1) if size == (3, 3) else (1, 2))),
        ),
        "rates": lambda figure: xorlab.plot_lr_find(xorlab.lr_find(seed=1), figure.subplots()),
    }
    for draw in pictures.values():
        figure = Figure(figsize=size, layout="constrained")
        axes = np.ravel(draw(figure))
        FigureCanvasAgg(figure).draw()
        for ax in axes:
            for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
                box = text.get_window_extent()
                assert -1 <= box.x0 < box.x1 <= figure.bbox.x1 + 1
                assert -1 <= box.y0 < box.y1 <= figure.bbox.y1 + 1
            ticks = [one.get_window_extent() for one in ax.get_xticklabels() if one.get_text()]
            assert all(left.x1 <= right.x0 for left, right in pairwise(ticks))
