import math

import matplotlib
import numpy as np
import pytest
import xorlab
from conftest import config
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from xorlab.evaluation.corners import CORNERS
from xorlab.plots.gallery_panels import failed_boundaries, gallery_content, make_gallery
from xorlab.plots.palette import CLASS_COLORS
from xorlab.study.config import Run

matplotlib.use("Agg")


@pytest.fixture(scope="module")
def study():
    """Of nets too small and too shortly trained to solve it."""
    return xorlab.seed_study(runs=10, hidden=2, epochs=3, size=300, seed=1)


def test_panels_are_the_boundaries_of_the_nets_that_failed(study):
    panels = failed_boundaries(study, n=3)
    assert [panel.row for panel in panels] == [0, 4, 9]  # all ten failed
    for panel in panels:
        _, run = study.rows[panel.row]
        assert panel.title == f"seed {run.seed}: {run.accuracy:.1%} right"
        np.testing.assert_array_equal(panel.boundary.prob, study.fit(panel.row).boundary().prob)


def test_a_corner_is_crossed_out_where_its_colour_is_the_wrong_one(study):
    for panel in failed_boundaries(study):
        x1, x2, prob = panel.boundary
        called = [prob[np.abs(x1 - a).argmin(), np.abs(x2 - b).argmin()] >= 0.5 for a, b in CORNERS]
        assert panel.lost == [was != (a != b) for was, (a, b) in zip(called, CORNERS, strict=True)]
        assert any(panel.lost)


def test_the_picture_has_a_titled_panel_for_each_net_with_a_cross_at_each_lost_corner(study):
    axes = Figure().subplots(2, 2)
    assert list(xorlab.plot_gallery(study, n=3, ax=axes)) == list(axes.ravel()[:3])
    for ax, panel in zip(axes.ravel(), failed_boundaries(study, n=3), strict=False):
        assert ax.get_title() == panel.title
        assert len(ax.images) == 1
        places = [tuple(one.get_offsets()[0]) for one in ax.collections if one.get_offsets().size]
        crosses = [c for c, lost in zip(CORNERS, panel.lost, strict=True) if lost]
        assert sorted(p for p in places if p in CORNERS) == sorted([*CORNERS, *crosses])
        marks = [one for one in ax.collections if len(one.get_offsets())]
        for one in marks:
            a, b = one.get_offsets()[0]
            cross = not len(one.get_edgecolors()) or one.get_linewidths()[0] > 1.2
            color = "#000000" if cross else CLASS_COLORS[int(a != b)]
            assert tuple(one.get_facecolors()[0]) == to_rgba(color)
    assert not axes[1, 1].images


def test_the_picture_is_the_right_way_round():
    class X1Study(xorlab.Study):
        def fit(self, row):
            fit = xorlab.train_xor(hidden=1, epochs=1, seed=1)
            weights = {
                "linear1.weight": np.array([[1, 0]], dtype=np.float32),
                "linear1.bias": np.array([-0.5], dtype=np.float32),
                "linear2.weight": np.array([[5]], dtype=np.float32),
                "linear2.bias": np.array([0], dtype=np.float32),
            }
            return xorlab.Fit.from_dict({**fit.to_dict(), "weights": weights})

    cell = config("1", "tanh", 0.1, 0.1, 50, 1, 128)
    ax = Figure().subplots()
    xorlab.plot_gallery(X1Study([(cell, Run(1, 0.5, 0.5, False, "(0, 1) (1, 1)"))]), ax=ax)
    picture = ax.images[0].get_array()
    assert np.ptp(picture, axis=0).max() == 0  # the same at every height
    assert picture[0, 0] < 0.3 < 0.7 < picture[0, -1]


def test_a_sweeps_panels_tell_their_settings():
    study = xorlab.xor_sweep(lr=[0.001, 0.01], hidden=2, runs=1, epochs=1, size=100, seed=1)
    assert [p.title.split("\n")[1] for p in failed_boundaries(study)] == [
        "learning rate 0.001",
        "learning rate 0.01",
    ]


def test_a_net_that_failed_without_losing_a_corner_tells_its_accuracy():
    cell = config("2", "tanh", 0.1, 0.1, 100, 1, 128)
    study = xorlab.Study([(cell, Run(1, 0.3, 0.987, False, ""))])
    assert failed_boundaries(study)[0].title == "seed 1: 98.7% right"


def test_nets_without_a_boundary_are_left_out():
    cell = config("2", "tanh", 0.1, 0.1, 100, 1, 128)
    broken = Run(1, math.nan, math.nan, False, "")
    stuck = Run(2, 0.5, 0.75, False, "(0, 1)")
    assert [p.row for p in failed_boundaries(xorlab.Study([(cell, broken), (cell, stuck)]))] == [1]
    with pytest.raises(ValueError, match="their weights are not finite"):
        xorlab.plot_gallery(xorlab.Study([(cell, broken)]))


def test_nets_whose_outputs_are_not_finite_are_left_out(overflowing_model):
    class OverflowingStudy(xorlab.Study):
        def fit(self, row):
            if row == 0:
                return xorlab.Fit(overflowing_model)
            return xorlab.train_xor(hidden=2, epochs=1, seed=1)

    rows = [
        (config("2", "tanh", 0.1, 0.1, 50, 1, 128), Run(seed, 0.5, 0.75, False, "(0, 1)"))
        for seed in range(2)
    ]
    assert [panel.row for panel in failed_boundaries(OverflowingStudy(rows))] == [1]
    with pytest.raises(ValueError, match="their weights are not finite"):
        failed_boundaries(OverflowingStudy(rows[:1]))


def test_where_none_failed_the_error_says_so(study):
    cell = config("2", "tanh", 0.1, 0.1, 100, 1, 128)
    solved = xorlab.Study([(cell, Run(seed, 0.01, 1.0, True, "")) for seed in range(7)])
    with pytest.raises(ValueError, match="No boundary failed: all 7 nets of the study solved XOR"):
        xorlab.plot_gallery(solved)
    with pytest.raises(ValueError, match="`n` must be a whole number"):
        xorlab.plot_gallery(study, n=0)
    with pytest.raises(TypeError, match="`study` must be what seed_study"):
        xorlab.plot_gallery("study")
    with pytest.raises(ValueError, match="`ax` must hold 3 axes for this picture, not 2"):
        xorlab.plot_gallery(study, n=3, ax=Figure().subplots(1, 2))


def test_the_panels_as_plain_values_are_the_panels(study):
    content = gallery_content(study, 3)
    assert content["columns"] == 2
    for plain, panel in zip(content["panels"], failed_boundaries(study, 3), strict=True):
        assert plain["title"] == panel.title
        assert plain["lost"] == panel.lost
        np.testing.assert_array_equal(plain["prob"], panel.boundary.prob)


def test_a_heading_says_what_is_shown_and_a_key_what_colours_and_crosses_mean(study):
    figure = xorlab.plot_gallery(study, n=3)[0].figure
    assert figure.get_suptitle() == "3 of 10 nets that failed"
    assert names_of(figure) == ["Class 0", "Class 1", "misclassified corner"]
    assert make_gallery(study, 20).heading == "All 10 nets that failed"
    assert make_gallery(study[:1]).heading == "The one net that failed"
    moons = xorlab.seed_study(runs=4, data="moons", hidden=2, epochs=3, size=100, seed=1)
    assert make_gallery(moons, 1).heading == "The least accurate of 4 nets"
    figure = xorlab.plot_gallery(moons, n=3)[0].figure
    assert figure.get_suptitle() == "The 3 least accurate of 4 nets"
    assert names_of(figure) == ["Class 0", "Class 1"]
    points = np.random.default_rng(1).normal(size=(60, 2)), ["no", "yes", "maybe"] * 20
    named = make_gallery(xorlab.seed_study(runs=1, data=points, epochs=2, seed=1))
    assert named.classes == ["maybe", "no", "yes"]


def names_of(figure):
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


@pytest.mark.parametrize("size", [(7, 5), (5, 7), (12, 4)])
@pytest.mark.parametrize("n", [1, 2, 9])
def test_nothing_of_the_gallery_overlaps(study, size, n):
    axes = xorlab.plot_gallery(study, n=n)
    figure = axes[0].figure
    figure.set_size_inches(size)
    figure.canvas.draw()
    titles = [ax.title.get_window_extent() for ax in axes]
    boxes = [*titles, *[legend.get_window_extent() for legend in figure.legends]]
    boxes += [text.get_window_extent() for text in figure.texts]
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1


def test_of_other_data_the_panels_are_the_nets_of_the_least_accuracy_without_corners():
    study = xorlab.seed_study(runs=6, data="moons", hidden=2, epochs=3, size=100, seed=1)
    panels = failed_boundaries(study, n=3)
    accuracies = [run.accuracy for _, run in study]
    assert [accuracies[panel.row] for panel in panels] == sorted(accuracies)[:3]
    axes = xorlab.plot_gallery(study, n=3, ax=Figure().subplots(1, 3))
    for ax, panel in zip(axes, panels, strict=True):
        seed, accuracy = study[panel.row][1].seed, accuracies[panel.row]
        assert ax.get_title() == panel.title == f"seed {seed}: {accuracy:.1%} right"
        assert panel.lost is None
        assert not any(isinstance(one, PathCollection) for one in ax.collections)
        np.testing.assert_array_equal(panel.boundary.prob, study.fit(panel.row).boundary().prob)


def test_a_sweep_over_data_shows_the_worst_of_all_with_their_data():
    study = xorlab.xor_sweep(1, 2, data=["xor", "moons"], runs=2, epochs=3, size=100, seed=1)
    panels = failed_boundaries(study, n=4)
    accuracies = [study[panel.row][1].accuracy for panel in panels]
    assert accuracies == sorted(accuracies)
    for panel in panels:
        kind = study[panel.row][0].data
        assert kind in panel.title
        assert (panel.lost is None) == (kind != "xor")


@pytest.mark.parametrize("kind", ["blobs", "own data"])
def test_nets_of_several_classes_and_columns_have_panels_too(kind):
    points = np.random.default_rng(1).normal(size=(60, 4))
    data = (points, [0, 1, 2] * 20) if kind == "own data" else kind
    study = xorlab.seed_study(runs=2, data=data, epochs=2, size=100, seed=1)
    panels = failed_boundaries(study)
    assert [panel.boundary.prob.shape[-1] for panel in panels] == [3, 3]
    xorlab.plot_gallery(study, ax=Figure().subplots(1, 2))


def test_panels_of_own_data_name_their_columns():
    rows = np.random.default_rng(1).normal(size=(40, 3))
    data = xorlab.PointDataset(rows, rows[:, 2] > 0, features=["a", "b", "c"])
    study = xorlab.seed_study(runs=2, data=data, epochs=5, seed=1)
    for panel, ax in zip(failed_boundaries(study), xorlab.plot_gallery(study), strict=True):
        assert (ax.get_xlabel(), ax.get_ylabel()) == study.fit(panel.row).section().names
    moons = xorlab.plot_gallery(xorlab.seed_study(runs=1, data="moons", epochs=2, seed=1))
    assert moons[0].get_xlabel() == ""
