"""Loss and accuracy, epoch by epoch."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg


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
