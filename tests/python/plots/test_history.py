"""Loss and accuracy, epoch by epoch."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


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
def by_heart():
    """Two fits of labels by chance, the second stopped early."""
    generator = np.random.default_rng(1)
    data = generator.normal(size=(120, 8)), generator.permutation(np.arange(120) % 2)
    options = {"hidden": 30, "optimizer": "adam", "validation": 0.3, "epochs": 150, "seed": 2}
    return [xorlab.train_xor(*data, **options, patience=patience) for patience in (None, 4)]


def labelled(ax):
    """The lines by their labels."""
    return {line.get_label(): line for axes in ax.figure.axes for line in axes.get_lines()}


def test_validation_is_drawn_in_lines_of_its_own(by_heart):
    history = by_heart[0].history
    lines = labelled(xorlab.plot_history(by_heart[0], ax=new_axes()))
    drawn = {name: [*line.get_ydata()] for name, line in lines.items()}
    best = 1 + int(np.argmin(history.val_loss))
    assert [*drawn.values()][:2] == [history.loss, history.val_loss]
    assert drawn["Validation loss"] == history.val_loss
    assert drawn["Validation accuracy"] == history.val_accuracy
    assert lines[f"Best epoch: {best}"].get_xdata() == [best, best]
    styles = {(line.get_color(), line.get_linestyle()) for line in lines.values()}
    assert len(styles) == len(lines) == 5


def test_the_best_epoch_is_marked_with_patience_or_where_the_losses_part(by_heart):
    heart, stopped = by_heart
    assert stopped.history.parted() is None
    assert f"Best epoch: {stopped.best_epoch}" in labelled(xorlab.plot_history(stopped))
    healthy = xorlab.train_xor(seed=1, validation=0.2)
    for one in (stopped.history, healthy, healthy.history):
        assert not [name for name in labelled(xorlab.plot_history(one)) if "Best" in name]
    (mark,) = [name for name in labelled(xorlab.plot_history(heart.history)) if "Best" in name]
    assert mark == f"Best epoch: {heart.history.parted()}"


def test_without_validation_there_are_the_two_lines_alone(fit):
    assert [*labelled(xorlab.plot_history(fit))] == ["Loss", "Accuracy"]


def test_a_single_epoch_of_validation_is_drawn_as_points():
    fit = xorlab.train_xor(epochs=1, seed=1, validation=0.2)
    lines = labelled(xorlab.plot_history(fit))
    assert [line.get_marker() for line in lines.values()] == ["o", "o", "^", "^"]


@pytest.mark.parametrize("size", [(3, 3), (4, 3), (6.4, 4), (12, 3)])
def test_nothing_of_the_history_overlaps(by_heart, size):
    for fit in by_heart:
        figure = Figure(figsize=size, layout="constrained")
        ax = xorlab.plot_history(fit, ax=figure.subplots())
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        entries = [text.get_window_extent() for text in ax.get_legend().get_texts()]
        boxes = [ax.title.get_window_extent(), *entries]
        for k, box in enumerate(boxes):
            assert not any(box.overlaps(other) for other in boxes[:k])
            assert box.y0 >= ax.bbox.y1 - 1  # above the panel
            assert 0 <= box.x0 < box.x1 <= figure.bbox.x1
            assert box.y1 <= figure.bbox.y1


def test_titles_say_which_epoch_the_weights_are_of(by_heart):
    stopped = by_heart[1]
    title = xorlab.plot_network(stopped).get_title()
    assert title.endswith(f", epoch {stopped.best_epoch} of {len(stopped.history)}")
    assert "epoch" not in xorlab.plot_network(by_heart[0]).get_title()
