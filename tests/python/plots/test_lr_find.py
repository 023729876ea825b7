"""The picture of a learning rate range test."""

import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.backends.backend_agg import FigureCanvasAgg


@pytest.fixture(scope="module")
def rates():
    return xorlab.lr_find(seed=1)


def test_the_smoothed_loss_is_a_line_and_each_batch_a_point_against_rates_by_powers_of_ten(rates):
    ax = new_axes()
    assert xorlab.plot_lr_find(rates, ax=ax) is ax
    line = ax.get_lines()[0]
    assert line.get_xdata().tolist() == rates.lr
    assert line.get_ydata().tolist() == rates.loss
    points = np.column_stack([rates.lr, rates.raw])
    np.testing.assert_array_equal(ax.collections[0].get_offsets(), points)
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "linear")
    assert ax.get_xlim()[0] < rates.lr[0] < rates.lr[-1] < ax.get_xlim()[1]


def test_a_line_with_a_label_marks_the_rate_suggested(rates):
    ax = new_axes()
    xorlab.plot_lr_find(rates, ax=ax)
    mark = ax.get_lines()[-1]
    assert mark.get_xdata() == [rates.suggestion] * 2
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["each batch", "smoothed", "guessing", f"suggested: {rates.suggestion:g}"]
    title, note = ax.get_title().split("\n", 1)
    assert (title, note.replace("\n", " ")) == (rates.headline, f"({rates.note})")


def test_without_a_suggestion_there_is_no_mark():
    ax = new_axes()
    xorlab.plot_lr_find(xorlab.lr_find(seed=1, hidden=0), ax=ax)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["each batch", "smoothed", "guessing"]
    assert len(ax.get_lines()) == 2


def test_an_explosion_is_cut_off(rates):
    ax = new_axes()
    xorlab.plot_lr_find(rates, ax=ax)
    FigureCanvasAgg(ax.figure).draw()
    limit = 2 * max(rates.start, rates.guessing)
    assert max(rates.raw) > 2 * limit
    assert ax.get_ylim() == pytest.approx((-0.05 * limit, 1.05 * limit))
    # Where nothing explodes, the axis ends just above the largest loss.
    calm = xorlab.lr_find(seed=1, highest=1)
    ax = new_axes()
    xorlab.plot_lr_find(calm, ax=ax)
    assert ax.get_ylim()[1] == pytest.approx(1.05 * max([*calm.loss, calm.start]))


def test_what_is_no_range_test_is_refused(fit):
    with pytest.raises(TypeError, match=r"`rates` must be what lr_find\(\) returned, not Fit"):
        xorlab.plot_lr_find(fit)
