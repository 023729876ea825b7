"""The colours of all pictures."""

import numpy as np
import pytest
import xorlab
from matplotlib.colors import rgb_to_hsv, to_rgb
from xorlab.plots.palette import (
    CLASS_COLORS,
    CLASS_MARKERS,
    FAILED_COLOR,
    SERIES_COLORS,
    SOLVED_COLOR,
    VALIDATION_COLOR,
    signed_colors,
)


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
    for ax in xorlab.plot_history(fit):
        assert ax.get_lines()[0].get_color() in SERIES_COLORS


def test_validation_has_the_hue_of_the_training_but_darker():
    usual, dark = (rgb_to_hsv(to_rgb(color)) for color in (SERIES_COLORS[0], VALIDATION_COLOR))
    assert usual[0] == pytest.approx(dark[0], abs=0.03)
    assert dark[2] < 0.6 * usual[2]
