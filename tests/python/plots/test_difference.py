"""How far a net is from the exact probabilities, as a picture."""

import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.colors import to_rgb
from xorlab.plots.difference_map import make_difference
from xorlab.plots.palette import CLASS_COLORS, DIFFERENCE_COLORS, FADED, difference_shades


@pytest.fixture(scope="module")
def noisy():
    return xorlab.train_xor(xorlab.XORDataset(500, std=0.3, seed=1), epochs=30, seed=1)


def exact_of(fit, kind="xor"):
    classes = 2 if kind == "blobs" else None
    return xorlab.bayes_xor(fit.data.origin.noise, kind, classes)


@pytest.mark.parametrize("kind", ["xor", "blobs", "linear"])
def test_the_difference_is_the_net_less_the_exact_probability_on_the_grid(kind):
    data = xorlab.toy_data(kind, 300, seed=1, classes=2)
    fit = xorlab.train_xor(data, epochs=10, seed=1)
    drawn = make_difference(fit)
    best = exact_of(fit, kind)
    for i, j in ((0, 0), (20, 150), (199, 99)):
        point = [[drawn.x1[i], drawn.x2[j]]]
        assert drawn.values[i, j] == pytest.approx(
            fit.prob(point)[0] - best.prob(point)[0], abs=1e-6
        )
    gaps = np.abs(fit.prob(data.points) - best.prob(data.points))
    assert drawn.mean == pytest.approx(gaps.mean(), abs=1e-6)
    assert drawn.largest == np.abs(drawn.values).max() <= drawn.limit
    assert f"mean {drawn.mean:.2g}" in drawn.caption
    assert f"largest {drawn.largest:.2g}" in drawn.caption


def test_a_net_with_the_exact_logit_differs_nowhere():
    """Of the linear problem that logit is (x1 + x2) / noise, which logistic regression has."""
    fit = xorlab.train_xor(xorlab.toy_data("linear", 50, 0.3, seed=1), hidden=0, epochs=1, seed=1)
    weight, bias = fit.model.parameters()
    weight.data[:], bias.data[:] = 1 / 0.3, 0
    drawn = make_difference(fit)
    assert drawn.largest < 1e-6
    assert drawn.limit == 0.001


def test_the_map_has_the_right_way_round_and_is_pale_where_there_are_no_data(noisy):
    ax = xorlab.plot_difference(noisy, new_axes())
    drawn = make_difference(noisy)
    shades = ax.get_images()[0].get_array()
    for i, j in ((5, 60), (120, 180), (100, 40)):
        value = drawn.values[i, j] / drawn.limit
        faded = FADED if drawn.distance[i, j] > 1 else 1
        full = np.array(to_rgb(DIFFERENCE_COLORS[int(value > 0)]))
        assert np.asarray(shades[j, i]) == pytest.approx(
            1 + abs(value) * faded * (full - 1), abs=0.005
        )
    assert (drawn.distance > 1).any()
    assert (drawn.distance < 1).any()


def test_its_colours_are_no_class_and_white_is_no_difference():
    assert not {*DIFFERENCE_COLORS} & {*CLASS_COLORS}
    assert difference_shades(np.array([0.0])).tolist() == [[1, 1, 1]]
    low, high = difference_shades(np.array([-1.0, 1.0]))
    assert low == pytest.approx(to_rgb(DIFFERENCE_COLORS[0]))
    assert high == pytest.approx(to_rgb(DIFFERENCE_COLORS[1]))


def test_there_are_lines_where_each_probability_is_one_half_and_around_the_points(noisy):
    ax = xorlab.plot_difference(noisy, new_axes())
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["exact: 0.5", "net: 0.5", "99% of the points"]
    exact, net, held = (
        np.concatenate([path.vertices for path in lines.get_paths()]) for lines in ax.collections
    )
    assert np.abs(exact - 0.5).min(axis=1).max() < 0.02  # x1 = 1/2 or x2 = 1/2
    assert noisy.prob(net) == pytest.approx(np.full(len(net), 0.5), abs=0.05)
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    nearest = np.linalg.norm(held[:, None] - corners, axis=2).min(axis=1)
    assert nearest == pytest.approx(np.full(len(held), 0.3 * np.sqrt(2 * np.log(100))), abs=0.02)


def test_without_noise_nothing_is_faded():
    fit = xorlab.train_xor(xorlab.XORDataset(50, std=0, seed=1), epochs=1, seed=1)
    assert make_difference(fit).distance is None
    xorlab.plot_difference(fit, new_axes())


def test_data_whose_probabilities_are_not_known_are_refused(fit):
    own = xorlab.train_xor([[0, 1], [1, 0]], [0, 1], epochs=1, seed=1)
    moons = xorlab.train_xor(xorlab.toy_data("moons", 50, seed=1), epochs=1, seed=1)
    three = xorlab.train_xor(xorlab.toy_data("blobs", 50, seed=1), epochs=1, seed=1)
    for one, words in (
        (own, "is of data of your own"),
        (moons, "is of 'moons'"),
        (three, "is of 3 blobs"),
        (xorlab.Fit(fit.model), "has no data"),
    ):
        with pytest.raises(ValueError, match=rf"known of XOR, two blobs and .*; the fit {words}\."):
            xorlab.plot_difference(one)
    with pytest.raises(TypeError, match=r"`fit` must be what train_xor\(\) returned, not 3"):
        xorlab.plot_difference(3)
