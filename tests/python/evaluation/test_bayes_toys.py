import math

import numpy as np
import pytest
import torch
import xorlab
from matplotlib.figure import Figure

PROBLEMS = [
    ("blobs", 0.1, 2),
    ("blobs", 0.5, 2),
    ("blobs", 0.3, 3),
    ("blobs", 1.0, 3),
    ("blobs", 0.4, 5),
    ("blobs", 0.1, 40),
    ("linear", 0.05, 2),
    ("linear", 0.3, 2),
    ("linear", 3.0, 2),
    ("xor", 0.4, 2),
]
problems = pytest.mark.parametrize(("kind", "noise", "classes"), PROBLEMS)


@problems
def test_fresh_points_are_called_rightly_as_often_as_the_exact_figures_say(kind, noise, classes):
    bayes = xorlab.bayes_xor(noise, kind, classes)
    data = xorlab.toy_data(kind, 200_000, noise, seed=3, classes=classes)
    assert data.origin.best_accuracy == bayes.accuracy
    prob = bayes.predict_proba(data.data)
    right = prob.argmax(axis=1) == data.label.numpy()
    sd = math.sqrt(bayes.accuracy * (1 - bayes.accuracy) / len(data))
    assert abs(right.mean() - bayes.accuracy) < 4 * sd + 1e-12
    loss = -np.log(prob[np.arange(len(data)), data.label])
    assert abs(loss.mean() - bayes.loss) < 4 * loss.std() / math.sqrt(len(data)) + 1e-12


@problems
def test_classes_have_the_share_of_points_that_their_probabilities_say(kind, noise, classes):
    data = xorlab.toy_data(kind, 100_000, noise, seed=4, classes=classes)
    prob = xorlab.bayes_xor(noise, kind, classes).predict_proba(data.data)
    for k in range(min(classes, 4)):
        for low, high in ((0.02, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.98)):
            there = (prob[:, k] >= low) & (prob[:, k] < high)
            expected = prob[there, k].sum()
            sd = math.sqrt((prob * (1 - prob))[there, k].sum())
            assert abs((data.label.numpy()[there] == k).sum() - expected) <= 4.5 * sd


def gaussians(x1, x2, noise, classes):
    """The joint density of a point with each class, from the formula of the normal density."""
    angle = 2 * math.pi * np.arange(classes) / classes
    distance = (x1[..., None] - np.cos(angle)) ** 2 + (x2[..., None] - np.sin(angle)) ** 2
    return np.exp(-distance / (2 * noise**2)) / (2 * math.pi * noise**2 * classes)


@pytest.mark.parametrize(("noise", "classes"), [(0.2, 3), (0.6, 3), (1.5, 4), (0.5, 2)])
def test_the_figures_of_blobs_are_integrals_over_their_gaussians(noise, classes):
    x = np.linspace(-1 - 9 * noise, 1 + 9 * noise, 1201)
    density = gaussians(x[:, None], x[None, :], noise, classes)
    area = (x[1] - x[0]) ** 2
    bayes = xorlab.bayes_xor(noise, "blobs", classes)
    assert bayes.accuracy == pytest.approx(density.max(axis=-1).sum() * area, abs=2e-4)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -density * np.log(density / density.sum(axis=-1, keepdims=True))
    assert bayes.loss == pytest.approx(np.nansum(entropy) * area, abs=1e-7)
    grid = np.linspace(-1.2, 1.3, 20)
    near = gaussians(grid[:, None], grid[None, :], noise, classes)
    prob = bayes.boundary(grid, grid).prob
    expected = near / near.sum(axis=-1, keepdims=True)
    expected = expected if classes > 2 else expected[..., 1]
    np.testing.assert_allclose(prob, expected, rtol=1e-9)


@pytest.mark.parametrize("noise", [1e-6, 1e-3, 0.02, 0.3, 1.0, 10.0, 1e3])
def test_the_figures_of_the_linear_problem_are_integrals_over_the_sum_of_its_columns(noise):
    # By the midpoint rule in logarithmic steps, so that the tiniest noise has steps within it.
    edges = np.concatenate([[0], np.geomspace(1e-4 * noise, 2, 400_001)])
    t, width = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    density = (1 - t / 2) * width
    with np.errstate(over="ignore"):
        miss = 1 / (1 + np.exp(t / noise))
    entropy = -miss * np.log(np.maximum(miss, 1e-300)) - (1 - miss) * np.log1p(-miss)
    bayes = xorlab.bayes_xor(noise, "linear")
    assert 1 - bayes.accuracy == pytest.approx(density @ miss, rel=1e-7)
    assert bayes.loss == pytest.approx(density @ entropy, rel=1e-7)


@pytest.mark.parametrize("classes", [2, 3, 100])
def test_no_noise_leaves_no_doubt_and_much_of_it_leaves_guessing_among_blobs(classes):
    clear, lost = (xorlab.bayes_xor(noise, "blobs", classes) for noise in (0, 1e4))
    assert (clear.accuracy, clear.loss) == (1, 0)
    assert lost.accuracy == pytest.approx(1 / classes, abs=1e-4)
    assert lost.loss == pytest.approx(math.log(classes), rel=1e-6)
    tiny = xorlab.bayes_xor(1e-200, "blobs", classes)
    assert (tiny.accuracy, tiny.loss) == (1, 0)


def test_no_noise_leaves_no_doubt_and_much_of_it_leaves_guessing_on_the_linear_problem():
    clear, lost = (xorlab.bayes_xor(noise, "linear") for noise in (0, 1e20))
    assert (clear.accuracy, clear.loss) == (1, 0)
    assert (lost.accuracy, lost.loss) == pytest.approx((0.5, math.log(2)))
    assert xorlab.bayes_xor(1e-320, "linear").accuracy == 1


@pytest.mark.parametrize("noise", [0, 1e-300, 1e-9])
def test_without_noise_the_surfaces_are_steps_with_equal_shares_where_classes_meet(noise):
    linear = xorlab.bayes_xor(noise, "linear")
    assert linear.prob([[1, 0.5], [-1, 0.5], [0.25, -0.25]]).tolist() == [1, 0, 0.5]
    blobs = xorlab.bayes_xor(noise, "blobs")
    assert blobs.predict_proba([[1, 0.1], [-1, 1], [-1, -1]]).tolist() == np.eye(3).tolist()
    np.testing.assert_allclose(blobs.predict_proba([[0, 0], [-1, 0]]), [[1 / 3] * 3, [0, 0.5, 0.5]])
    four = xorlab.bayes_xor(noise, "blobs", 4)
    np.testing.assert_array_equal(four.predict_proba([[0.7, 0.7]]), [[0.5, 0.5, 0, 0]])


@pytest.mark.parametrize(("kind", "classes"), [("xor", 2), ("linear", 2), ("blobs", 2)])
def test_of_two_classes_the_one_probability_and_both_agree(kind, classes):
    bayes = xorlab.bayes_xor(0.3, kind, classes)
    points = torch.randn(20, 2, generator=torch.Generator().manual_seed(1))
    both, one = bayes.predict_proba(points), bayes.prob(points)
    assert (both.shape, one.shape, bayes.predict_logits(points).shape) == ((20, 2), (20,), (20,))
    np.testing.assert_array_equal(both[:, 1], one)
    np.testing.assert_allclose(both.sum(axis=1), 1)
    x1, x2, prob = bayes.boundary([0.25, 0.75], [0.5, 0.0, 1.0])
    grid = [[a, b] for a in x1 for b in x2]
    np.testing.assert_allclose(bayes.prob(grid).reshape(2, 3), prob)
    assert np.isnan(bayes.predict_proba([[math.nan, 0]])).all()


def test_of_more_classes_all_are_given():
    bayes = xorlab.bayes_xor(0.3, "blobs", 5)
    assert (bayes.kind, bayes.std, bayes.classes) == ("blobs", 0.3, 5)
    points = [[0.25, 0.125], [-1.0, 0.375]]
    prob, logits = bayes.predict_proba(points), bayes.predict_logits(points)
    assert prob.shape == logits.shape == (2, 5)
    assert logits.max(axis=1).tolist() == [0, 0]
    np.testing.assert_allclose(
        np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True), prob, rtol=1e-12
    )
    surface = bayes.boundary([0.25, -1.0], [0.125, 0.375])
    assert surface.prob.shape == (2, 2, 5)
    np.testing.assert_allclose(surface.prob[[0, 1], [0, 1]], prob)
    content = bayes.to_dict()
    assert content["prob"].shape == (200, 200, 5)
    assert (content["kind"], content["classes"]) == ("blobs", 5)
    assert np.isnan(bayes.predict_proba([[math.nan, 0]])).all()
    with pytest.raises(ValueError, match=r"`prob\(\)` is for two classes, and here are 5: use"):
        bayes.prob(points)


def test_the_printed_form_names_the_problem():
    assert repr(xorlab.bayes_xor(0.3, "linear")) == (
        "Bayes classifier of the linear problem with noise 0.3: accuracy 82.9010%"
    )
    assert repr(xorlab.bayes_xor(0.3, "blobs")) == (
        "Bayes classifier of 3 blobs with noise 0.3: accuracy 99.6243%"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "moons"}, "`kind` must be 'xor', 'blobs' or 'linear', not 'moons', whose prob"),
        ({"kind": "blob"}, "`kind` must be 'xor', 'blobs' or 'linear', not 'blob'.*mean 'blobs'"),
        ({"kind": 1}, "`kind` must be 'xor', 'blobs' or 'linear', not 1"),
        ({"kind": "xor", "classes": 3}, "`classes` must be 2 for 'xor', not 3"),
        ({"kind": "blobs", "classes": 1}, "`classes` must be a whole number from 2"),
        ({"kind": "blobs", "std": -1}, "`std` must be a finite number of at least 0, not -1"),
    ],
)
def test_a_problem_that_is_not_known_is_named(arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.bayes_xor(**arguments)


@pytest.mark.parametrize(("kind", "classes"), [("linear", 2), ("blobs", 2)])
def test_the_picture_holds_the_whole_problem(kind, classes):
    axes = Figure().subplots()
    xorlab.plot_bayes(xorlab.bayes_xor(0.3, kind, classes), ax=axes)
    left, right, _, _ = axes.images[0].get_extent()
    assert left < -1 < 1 < right
    shown = axes.images[0].get_array()
    far_right, far_left = shown[100, -1], shown[100, 0]
    assert (far_right > 0.9 > 0.1 > far_left) == (kind == "linear")  # blob 0 is at the right


def test_the_picture_of_more_than_two_classes_has_a_colour_for_each():
    shown = xorlab.plot_bayes(xorlab.bayes_xor(0.3, "blobs")).images[0].get_array()
    assert shown.shape[2] in (3, 4)
    corners = {tuple(np.round(shown[i, j], 2)) for i in (0, -1) for j in (0, -1)}
    assert len(corners) >= 2
