"""The pictures of a fit by their names."""

import numpy as np
import pytest
import xorlab
from canvas import new_axes


@pytest.mark.parametrize(
    ("what", "function"),
    [
        ("boundary", xorlab.plot_fit),
        ("history", xorlab.plot_history),
        ("difference", xorlab.plot_difference),
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
