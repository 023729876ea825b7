"""The loss landscape: its losses against torch's own, its path against the weights."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch
import xorlab
from matplotlib import pyplot as plt
from torch import nn
from xorlab.model.classifier import classifier_from_weights
from xorlab.plots.landscape_map import (
    flat_weights,
    main_directions,
    make_landscape,
    random_directions,
    round_levels,
    weights_on_path,
)


@pytest.fixture(scope="module")
def walked() -> xorlab.Fit:
    return xorlab.train_xor(xorlab.XORDataset(300, seed=1), seed=1, snapshots=range(0, 101, 10))


@pytest.fixture(autouse=True)
def closed_figures() -> Any:
    yield
    plt.close("all")


@torch.no_grad()
def loss_of(fit: xorlab.Fit, weights: Any) -> float:
    """By a module of torch's with these weights."""
    model = classifier_from_weights(fit.model.state_dict(), fit.model.activation)
    start = 0
    for linear in model.linears():
        shape = linear.out_features, linear.in_features + 1
        part = torch.from_numpy(weights[start : start + math.prod(shape)]).float().reshape(shape)
        linear.weight.data, linear.bias.data = part[:, :-1].clone(), part[:, -1].clone()
        start += math.prod(shape)
    assert fit.data is not None
    logits, label = model(fit.prepared(fit.data.points)), fit.data.label
    if logits.shape[1] == 1:
        return float(nn.functional.binary_cross_entropy_with_logits(logits[:, 0], label.float()))
    return float(nn.functional.cross_entropy(logits, label))


def test_each_loss_is_torchs_own_of_a_net_with_those_weights(walked: xorlab.Fit) -> None:
    landscape = make_landscape(walked)
    axes, _ = main_directions(weights_on_path(walked)[1])
    for i, j in ((0, 0), (50, 0), (7, 33), (25, 25), (50, 50)):
        weights = flat_weights(walked.model) + landscape.x[i] * axes[0] + landscape.y[j] * axes[1]
        assert landscape.loss[i, j] == pytest.approx(loss_of(walked, weights), rel=1e-4)


def test_several_classes_and_standardised_columns_have_their_losses_too() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(50, 9, size=(90, 3)), rng.integers(3, size=90)
    fit = xorlab.train_xor(x, y, hidden=[4, 3], activation="relu", epochs=4, seed=1)
    axes = random_directions(fit.model, 5)
    landscape = make_landscape(fit, "random", seed=5, lines=5)
    for i, j in ((0, 4), (2, 2), (4, 1)):
        weights = flat_weights(fit.model) + landscape.x[i] * axes[0] + landscape.y[j] * axes[1]
        assert landscape.loss[i, j] == pytest.approx(loss_of(fit, weights), rel=1e-4)


def test_in_the_middle_of_a_random_plane_is_the_fit_itself(walked: xorlab.Fit) -> None:
    landscape = make_landscape(walked, "random")
    assert landscape.x[25] == landscape.y[25] == 0
    assert landscape.loss[25, 25] == pytest.approx(walked.evaluate(walked.data).loss, rel=1e-4)
    assert landscape.path.tolist() == [[0, 0]]


def test_the_path_is_the_projection_of_the_weights(walked: xorlab.Fit) -> None:
    landscape = make_landscape(walked)
    epochs, weights = weights_on_path(walked)
    axes, caption = main_directions(weights)
    assert landscape.epochs == epochs == list(range(0, 101, 10))
    assert landscape.path[-1].tolist() == [0, 0]
    assert (landscape.path[0] <= 0).all()  # it begins on the left, and below
    back = flat_weights(walked.model) + landscape.path @ axes
    moved = weights - weights.mean(axis=0)
    held = 1 - ((weights - back - (weights - back).mean(axis=0)) ** 2).sum() / (moved**2).sum()
    assert f"{held:.1%}" in caption


def test_random_directions_are_as_long_as_each_units_weights(walked: xorlab.Fit) -> None:
    own, directions = flat_weights(walked.model), random_directions(walked.model, 1)
    for start, end in ((0, 3), (3, 6), (6, 9), (9, 12), (12, 17)):
        lengths = np.linalg.norm(directions[:, start:end], axis=1)
        assert lengths == pytest.approx([np.linalg.norm(own[start:end])] * 2)
    assert not np.array_equal(directions, random_directions(walked.model, 2))


def test_the_seed_of_directions_leaves_the_global_generators_alone(walked: xorlab.Fit) -> None:
    before = torch.get_rng_state()
    first, again = (make_landscape(walked, "random", 3, 5) for _ in range(2))
    assert torch.equal(before, torch.get_rng_state())
    assert np.array_equal(first.loss, again.loss)


def test_many_nets_at_once_and_few_have_the_same_losses(
    walked: xorlab.Fit, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_at_once = make_landscape(walked, lines=9)
    monkeypatch.setattr("xorlab.plots.landscape_map._ROOM", 1)
    assert np.array_equal(make_landscape(walked, lines=9).loss, all_at_once.loss)


def test_logistic_regression_has_a_landscape_and_losses_that_overflow_are_left_out() -> None:
    fit = xorlab.train_xor(hidden=0, epochs=4, seed=1, snapshots=[0, 1, 2])
    assert np.isfinite(make_landscape(fit, lines=5).loss).all()
    fit.model.linear1.weight.data[:] = 3e38
    landscape = make_landscape(fit, "random", lines=5)
    assert np.isnan(landscape.loss).any()
    assert xorlab.plot_landscape(fit, directions="random") is not None


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0.004, 0.8, [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]), (0.6, 0.69, []), (0.9, 3, [1, 2])],
)
def test_levels_are_round_numbers_between_the_ends(
    low: float, high: float, levels: list[float]
) -> None:
    assert round_levels(low, high) == levels


def test_the_picture_is_drawn_with_its_ends_named(walked: xorlab.Fit) -> None:
    ax = xorlab.plot_fit(walked, "landscape")
    texts = [text.get_text() for text in ax.texts]
    assert "epoch 0" in texts
    assert "epoch 100" in texts
    assert ax.get_title() == "Loss landscape"


def test_what_has_no_landscape_is_refused(walked: xorlab.Fit) -> None:
    with pytest.raises(ValueError, match="weights of three different epochs"):
        make_landscape(xorlab.train_xor(epochs=2, seed=1, snapshots=[0]))
    with pytest.raises(ValueError, match="the fit has none"):
        make_landscape(xorlab.Fit(walked.model))
    with pytest.raises(ValueError, match="`directions` must be"):
        make_landscape(walked, "up")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="`lines` must"):
        make_landscape(walked, lines=1)
