"""Points on top of a boundary."""

import numpy as np
import pytest
import xorlab
from canvas import new_axes
from matplotlib.colors import to_rgba


@pytest.fixture(scope="module")
def noisy():
    return xorlab.train_xor(xorlab.XORDataset(300, std=0.25, seed=1), epochs=60, seed=1)


@pytest.fixture(scope="module")
def test_data():
    return xorlab.XORDataset(200, std=0.25, seed=2)


def scattered(ax):
    """The points of a picture, by their labels."""
    return {one.get_label(): one.get_offsets() for one in ax.collections if one.get_offsets().size}


def test_without_points_there_is_the_boundary_alone(noisy):
    ax = xorlab.plot_fit(noisy, ax=new_axes(), points=False)
    assert not [one for one in scattered(ax).values() if len(one) > 1]
    assert ax.get_legend() is None
    assert len(scattered(xorlab.plot_fit(noisy, ax=new_axes(), points=True))["Class 0"]) > 100


def test_test_points_take_the_place_of_the_samples_with_a_ring_where_misclassified(
    noisy, test_data
):
    wrong = noisy.predict(test_data.points) != test_data.label.numpy()
    forms = (test_data, (test_data.points.numpy(), test_data.label.numpy()))
    for data in forms:
        drawn = scattered(xorlab.plot_fit(noisy, ax=new_axes(), data=data))
        for k in (0, 1):
            expected = test_data.points[test_data.label == k].numpy()
            np.testing.assert_allclose(drawn[f"Class {k}"], expected)
        rings = drawn[f"misclassified ({wrong.sum()} of 200)"]
        np.testing.assert_allclose(rings, test_data.points[wrong].numpy())
        assert 1 - wrong.mean() == noisy.evaluate(data).accuracy


def test_samples_stay_pale_where_they_are_asked_for(noisy, test_data):
    ax = xorlab.plot_fit(noisy, ax=new_axes(), data=test_data, points=True)
    clouds = [one for one in ax.collections if len(one.get_offsets()) > 30]
    pale = [one for one in clouds if not len(one.get_facecolors())]
    assert sum(len(one.get_offsets()) for one in pale[:2]) == 300
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names[:2] == ["Class 0", "Class 1"]
    assert names[2].startswith("misclassified (")
    assert len(names) == 3


def test_the_picture_reaches_as_far_as_the_test_points(noisy):
    usual = xorlab.plot_fit(noisy, ax=new_axes()).get_xlim()
    wide = xorlab.plot_fit(noisy, ax=new_axes(), data=([[2.4, 0.5], [0, 0]], [1, 0])).get_xlim()
    assert wide[1] > 2.4 > usual[1]
    near = xorlab.plot_fit(noisy, ax=new_axes(), data=([[1, 0.5], [0, 0]], [1, 0])).get_xlim()
    assert near == usual


def test_of_one_column_and_of_several_classes_too():
    pandas = pytest.importorskip("pandas")
    x = np.linspace(-1, 1, 60)
    frame = pandas.DataFrame({"size": x, "kind": np.where(x > 0.1, "big", "small")})
    fit = xorlab.train_xor(frame, "kind", epochs=50, seed=1)
    drawn = scattered(xorlab.plot_fit(fit, ax=new_axes(), data=frame[::2]))
    np.testing.assert_allclose(drawn["Class big"][:, 1], 0)
    assert len(drawn["Class big"]) + len(drawn["Class small"]) == 30
    blobs = xorlab.train_xor(xorlab.toy_data("blobs", 60, seed=1), epochs=1, seed=1)
    ax = xorlab.plot_fit(blobs, ax=new_axes(), data=xorlab.toy_data("blobs", 30, seed=2))
    assert sum(len(points) for name, points in scattered(ax).items() if "Class" in name) == 30


def test_points_and_data_are_for_the_boundary_and_checked(noisy, test_data):
    with pytest.raises(ValueError, match="`points` is for the picture 'boundary', and must be"):
        xorlab.plot_fit(noisy, "history", points=False)
    with pytest.raises(ValueError, match="`data` is for the picture 'boundary', and must be"):
        xorlab.plot_fit(noisy, "network", data=test_data)
    with pytest.raises(TypeError, match="`points` must be True, False or None, not 'no'"):
        xorlab.plot_fit(noisy, points="no")
    with pytest.raises(ValueError, match="2 columns"):
        xorlab.plot_fit(noisy, data=([[1.0, 2, 3]], [1]))


def test_a_ring_is_black_and_has_no_filling(noisy, test_data):
    ax = xorlab.plot_fit(noisy, ax=new_axes(), data=test_data)
    (rings,) = (one for one in ax.collections if str(one.get_label()).startswith("misclassified"))
    assert not len(rings.get_facecolors())
    assert tuple(rings.get_edgecolors()[0]) == to_rgba("black")
