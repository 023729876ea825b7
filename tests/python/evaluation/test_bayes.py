import math

import numpy as np
import pytest
import torch
import xorlab
from matplotlib.figure import Figure
from torch.utils.data import DataLoader

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def densities(x1, x2, std):
    """Joint densities of the point with class 0 and with class 1, from the four Gaussians."""
    both = [np.zeros(np.broadcast_shapes(x1.shape, x2.shape)) for _ in range(2)]
    for b1, b2 in CORNERS:
        distance = (x1 - b1) ** 2 + (x2 - b2) ** 2
        both[b1 != b2] += np.exp(-distance / (2 * std**2)) / (2 * math.pi * std**2) / 4
    return both


@pytest.mark.parametrize("std", [0.08, 0.1, 0.3, 1.0, 5.0])
def test_the_probability_is_that_of_the_mixture_of_four_gaussians(std):
    x1, x2 = np.linspace(-0.4, 1.3, 40), np.linspace(-0.3, 1.5, 50)
    zero, one = densities(x1[:, None], x2[None, :], std)
    surface = xorlab.bayes_xor(std).boundary(x1, x2)
    np.testing.assert_allclose(surface.prob, one / (zero + one), rtol=1e-9)


@pytest.mark.parametrize("std", [0.1, 0.3, 0.7, 2.0])
def test_the_best_accuracy_is_the_integral_of_the_likelier_class(std):
    width = 10 * std + 1
    x = np.linspace(-width, 1 + width, 2001)
    zero, one = densities(x[:, None], x[None, :], std)
    integral = np.maximum(zero, one).sum() * (x[1] - x[0]) ** 2
    assert xorlab.bayes_xor(std).accuracy == pytest.approx(integral, abs=2e-4)


@pytest.mark.parametrize("std", [0.15, 0.3, 0.7, 1.5])
def test_the_best_loss_is_the_integral_of_the_true_entropy(std):
    x = np.linspace(-10 * std - 1, 2 + 10 * std, 2001)
    zero, one = densities(x[:, None], x[None, :], std)
    with np.errstate(divide="ignore", invalid="ignore"):
        entropy = -zero * np.log(zero / (zero + one)) - one * np.log(one / (zero + one))
    integral = np.nansum(entropy) * (x[1] - x[0]) ** 2
    assert xorlab.bayes_xor(std).loss == pytest.approx(integral, abs=1e-4)


def test_the_best_loss_is_nothing_without_noise_and_guessing_with_all_of_it():
    assert xorlab.bayes_xor(0).loss == 0
    assert xorlab.bayes_xor(1e6).loss == pytest.approx(math.log(2))


def test_fresh_points_are_called_rightly_as_often_as_the_best_accuracy_says():
    data, bayes = xorlab.XORDataset(200_000, std=0.4, seed=3), xorlab.bayes_xor(0.4)
    called = torch.from_numpy(bayes.predict_logits(data.data)) >= 0
    share = (called == data.label.bool()).double().mean().item()
    sd = math.sqrt(bayes.accuracy * (1 - bayes.accuracy) / len(data))
    assert abs(share - bayes.accuracy) < 4 * sd
    assert data.best_accuracy == bayes.accuracy


@pytest.mark.parametrize("std", [1e-320, 1e-200, 1e-5, 0.01])
def test_the_surface_is_finite_and_right_for_the_tiniest_noise(std):
    x = np.array([-1.0, 0.0, 0.5, 1.0, 2.0])
    prob = xorlab.bayes_xor(std).boundary(x, x).prob
    side = np.sign(x - 0.5)
    np.testing.assert_allclose(prob, (1 - side[:, None] * side[None, :]) / 2, atol=1e-12)


def test_small_probabilities_keep_their_digits():
    zero, one = densities(np.array(0.1), np.array(-0.1), 0.1)
    prob = xorlab.bayes_xor(0.1).boundary([0.1], [-0.1]).prob
    assert prob[0, 0] < 1e-16
    assert prob[0, 0] == pytest.approx(one / (zero + one), rel=1e-9)


def test_without_noise_the_surface_is_a_step_and_nothing_is_missed():
    bayes = xorlab.bayes_xor(0)
    assert bayes.accuracy == 1
    np.testing.assert_array_equal(bayes.prob(CORNERS), [0, 1, 1, 0])
    np.testing.assert_array_equal(bayes.prob([[0.5, 3], [0.2, 0.5]]), [0.5, 0.5])


def test_points_and_grid_agree_and_missing_values_stay_missing():
    bayes = xorlab.bayes_xor(0.25)
    x1, x2, prob = bayes.boundary([0.25, 0.75], [0.5, 0.0, 1.0])
    points = [[a, b] for a in x1 for b in x2]
    np.testing.assert_allclose(bayes.prob(points).reshape(2, 3), prob)
    assert math.isnan(bayes.prob([[math.nan, 0]])[0])


@pytest.mark.parametrize("bad", [-0.1, math.nan, math.inf, "a", None, True])
def test_a_std_that_is_none_is_named(bad):
    with pytest.raises((TypeError, ValueError), match="`std` must be a finite number of at least"):
        xorlab.bayes_xor(bad)


def test_an_evaluation_says_what_was_possible_where_that_is_known():
    fit = xorlab.train_xor(xorlab.XORDataset(300, std=0.4, seed=1), epochs=2, seed=1)
    data = xorlab.XORDataset(500, std=0.4, seed=2)
    best = xorlab.bayes_xor(0.4).accuracy
    loader = DataLoader(data, batch_size=128)
    for result in (fit.evaluate(data), xorlab.eval_model(fit.model, loader)):
        assert result.best == result.to_dict()["best"] == best
        lines = repr(result).splitlines()
        assert lines[0] == f"Accuracy of the model: {result.accuracy:.2%}"
        assert lines[1] == f"Best possible: {best:.2%}, with noise like this"


def test_an_evaluation_on_other_data_does_not_guess_what_was_possible():
    fit = xorlab.train_xor(epochs=1, seed=1)
    pairs = (np.array([[0.0, 1.0], [1.0, 1.0]]), [1, 0])
    assert fit.evaluate(pairs).best is None
    assert "Best" not in repr(fit.evaluate(pairs))
    batches = [(torch.zeros(3, 2), torch.tensor([0, 1, 0]))]
    assert xorlab.eval_model(fit.model, batches).best is None


def test_the_picture_holds_the_surface_the_right_way_round():
    axes = Figure().subplots()
    xorlab.plot_bayes(xorlab.bayes_xor(0.3), ax=axes)
    assert axes.get_xlabel() == "x1"
    left, right, _, top = axes.images[0].get_extent()
    assert left == pytest.approx(-0.9, abs=0.02)
    assert [right, top] == pytest.approx([1.9, 1.9], abs=0.02)
    shown = axes.images[0].get_array()
    assert axes.images[0].origin == "lower"
    assert shown[0, 0] < 0.01  # where both are 0
    assert shown[-1, 0] > 0.99  # where one is
