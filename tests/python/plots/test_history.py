"""Loss and accuracy, epoch by epoch."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def new_pair(size=(8, 4)):
    return Figure(figsize=size, layout="constrained").subplots(1, 2)


def test_a_history_of_one_epoch_is_drawn_as_points():
    axes = xorlab.plot_history(xorlab.train_xor(epochs=1, seed=1).history, new_pair())
    assert [ax.get_lines()[0].get_marker() for ax in axes] == ["o", "o"]
    assert [ax.get_xticks().tolist() for ax in axes] == [[1], [1]]


def test_loss_and_accuracy_have_a_panel_each_epoch_by_epoch(fit):
    loss, accuracy = (ax.get_lines()[0] for ax in xorlab.plot_history(fit.history, new_pair()))
    assert [*loss.get_xdata()] == [*accuracy.get_xdata()] == list(range(1, 101))
    assert [*loss.get_ydata()] == fit.history.loss
    assert [*accuracy.get_ydata()] == fit.history.accuracy


def test_in_one_axes_the_loss_alone_is_drawn(fit):
    ax = new_axes()
    assert xorlab.plot_history(fit, ax) is ax
    assert ax.figure.axes == [ax]
    assert [*labelled([ax])["training"].get_ydata()] == fit.history.loss
    with pytest.raises(ValueError, match="`ax` must hold 2 axes for this picture, not 1"):
        xorlab.plot_history(fit, [ax])


def test_a_line_is_at_what_guessing_gives():
    """Which is known of the classes: log K for K of them, or the entropy of their shares."""
    three = xorlab.train_xor(xorlab.toy_data("blobs", 90, seed=1), epochs=2, seed=1)
    uneven = xorlab.train_xor([[0, 1], [1, 0], [1, 1], [2, 0]], [0, 1, 1, 1], epochs=2, seed=1)
    binary = xorlab.train_xor(epochs=2, seed=1)
    entropy = -(0.25 * np.log(0.25) + 0.75 * np.log(0.75))
    cases = (
        (binary, {}, np.log(2), 0.5),
        (binary.history, {}, np.log(2), 0.5),
        (three, {}, np.log(3), 1 / 3),
        (uneven, {}, entropy, 0.75),
        (binary.history, {"guessing": 0.25}, 0.25, None),
        (binary, {"guessing": None}, None, None),
    )
    for history, options, *expected in cases:
        axes = xorlab.plot_history(history, new_pair(), **options)
        lines = [labelled([ax]).get("guessing") for ax in axes]
        assert [line and line.get_ydata()[0] for line in lines] == [
            value and pytest.approx(value) for value in expected
        ]
    for bad in ("log 2", True, -1, np.nan):
        with pytest.raises((TypeError, ValueError), match="`guessing` must be a finite number of"):
            xorlab.plot_history(binary, guessing=bad)


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
    of_fit, of_history = (xorlab.plot_history(one, new_pair()) for one in (fit, fit.history))
    for one, other in zip(of_fit, of_history, strict=True):
        for line, same in zip(one.get_lines(), other.get_lines(), strict=True):
            assert [*line.get_ydata()] == [*same.get_ydata()]


@pytest.fixture(scope="module")
def by_heart():
    """Two fits of labels by chance, the second stopped early."""
    generator = np.random.default_rng(1)
    data = generator.normal(size=(120, 8)), generator.permutation(np.arange(120) % 2)
    options = {"hidden": 30, "optimizer": "adam", "validation": 0.3, "epochs": 150, "seed": 2}
    return [xorlab.train_xor(*data, **options, patience=patience) for patience in (None, 4)]


def labelled(axes):
    """The lines by their labels."""
    return {line.get_label(): line for ax in axes for line in ax.get_lines()}


def test_validation_is_drawn_in_lines_of_its_own(by_heart):
    history = by_heart[0].history
    loss, accuracy = (labelled([ax]) for ax in xorlab.plot_history(by_heart[0], new_pair()))
    best = 1 + int(np.argmin(history.val_loss))
    names = ["training", "validation", "guessing", f"best epoch: {best}"]
    assert [*loss] == [*accuracy] == names
    assert [*loss["validation"].get_ydata()] == history.val_loss
    assert [*accuracy["validation"].get_ydata()] == history.val_accuracy
    assert loss[names[-1]].get_xdata() == accuracy[names[-1]].get_xdata() == [best, best]
    styles = {(line.get_color(), line.get_linestyle()) for line in loss.values()}
    assert len(styles) == len(loss) == 4


def test_the_best_epoch_is_marked_with_patience_or_where_the_losses_part(by_heart):
    heart, stopped = by_heart
    assert stopped.history.parted() is None
    assert f"best epoch: {stopped.best_epoch}" in labelled(xorlab.plot_history(stopped))
    healthy = xorlab.train_xor(seed=1, validation=0.2)
    for one in (stopped.history, healthy, healthy.history):
        assert not [name for name in labelled(xorlab.plot_history(one)) if "best" in name]
    (mark,) = [name for name in labelled(xorlab.plot_history(heart.history)) if "best" in name]
    assert mark == f"best epoch: {heart.history.parted()}"


def test_a_single_epoch_of_validation_is_drawn_as_points():
    fit = xorlab.train_xor(epochs=1, seed=1, validation=0.2)
    for ax in xorlab.plot_history(fit, new_pair()):
        assert [line.get_marker() for line in ax.get_lines()[:2]] == ["o", "s"]


SIZES = [(3, 3), (4, 3), (6.4, 4), (12, 3)]
SHAPES = [(size, shape) for size in SIZES for shape in ((1, 1), (2, 1))]
SHAPES += [((6.4, 4), (1, 2)), ((12, 3), (1, 2))]


@pytest.mark.parametrize(("size", "shape"), SHAPES)
def test_nothing_of_the_history_overlaps(by_heart, size, shape):
    for fit in by_heart:
        figure = Figure(figsize=size, layout="constrained")
        axes = np.ravel(xorlab.plot_history(fit, ax=figure.subplots(*shape)))
        FigureCanvasAgg(figure).draw()
        for ax in axes:
            legend = ax.get_legend()
            entries = [text.get_window_extent() for text in legend.get_texts()] if legend else []
            boxes = [ax.title.get_window_extent(), *entries]
            for k, box in enumerate(boxes):
                assert not any(box.overlaps(other) for other in boxes[:k])
                assert box.y0 >= ax.bbox.y1 - 1  # above the panel
                assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
                assert box.y1 <= figure.bbox.y1
            ticks = [one.get_window_extent() for one in ax.get_yticklabels() if one.get_text()]
            assert len(ticks) >= 3
            assert all(low.y1 <= high.y0 + 1 for low, high in pairwise(ticks))


def test_titles_say_which_epoch_the_weights_are_of(by_heart):
    stopped = by_heart[1]
    title = xorlab.plot_network(stopped).get_title()
    assert title.endswith(f", epoch {stopped.best_epoch} of {len(stopped.history)}")
    assert "epoch" not in xorlab.plot_network(by_heart[0]).get_title()
