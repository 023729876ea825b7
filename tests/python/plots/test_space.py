"""Hidden space: positions and lines against the net's own arithmetic."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
import xorlab
from matplotlib import pyplot as plt
from xorlab.plots.space_map import best_line, hidden_plane, make_space, plane_logits


@pytest.fixture(scope="module")
def two_units() -> xorlab.Fit:
    return xorlab.train_xor(hidden=2, seed=2)


@pytest.fixture(autouse=True)
def closed_figures() -> Any:
    yield
    plt.close("all")


def test_two_units_are_the_axes_of_their_space(two_units: xorlab.Fit) -> None:
    space = make_space(two_units)
    points = torch.from_numpy(space.inputs.samples).float()
    outputs = torch.tanh(two_units.model.linear1(points)).detach().numpy()
    assert space.hidden.names == ["Unit 1", "Unit 2"]
    assert space.hidden.samples == pytest.approx(outputs, abs=1e-6)
    assert space.label.tolist() == two_units.data.label[: len(points)].tolist()


def test_grid_lines_of_both_panels_are_the_same_points(two_units: xorlab.Fit) -> None:
    space = make_space(two_units)
    for before, after in zip(space.inputs.lines, space.hidden.lines, strict=True):
        outputs = torch.tanh(two_units.model.linear1(torch.from_numpy(before).float()))
        assert after == pytest.approx(outputs.detach().numpy(), abs=1e-6)
    upright, level = space.inputs.lines[0], space.inputs.lines[-1]
    assert np.ptp(upright[:, 0]) == 0 < np.ptp(upright[:, 1])
    assert np.ptp(level[:, 1]) == 0 < np.ptp(level[:, 0])


def test_the_boundary_is_a_straight_line_that_is_the_nets_own(two_units: xorlab.Fit) -> None:
    plane = hidden_plane(two_units)
    space = make_space(two_units)
    there = plane_logits(two_units, plane, space.hidden.samples)
    points = torch.from_numpy(space.inputs.samples)
    assert there.numpy() == pytest.approx(two_units.predict_logits(points), abs=1e-4)
    x1, x2, prob = space.hidden.surface
    logits = np.log(prob) - np.log1p(-prob)
    weight = two_units.model.linear2.weight[0].tolist()
    bias = two_units.model.linear2.bias.item()
    expected = weight[0] * x1[:, None] + weight[1] * x2[None, :] + bias
    assert logits == pytest.approx(expected, abs=1e-6)


def test_of_more_units_the_plane_holds_most_of_their_spread(fit: xorlab.Fit) -> None:
    plane = hidden_plane(fit)
    assert plane.directions @ plane.directions.T == pytest.approx(np.eye(2), abs=1e-10)
    outputs = torch.tanh(fit.model.linear1(fit.data.data)).detach().double().numpy()
    within = plane.project(outputs).var(axis=0).sum() / outputs.var(axis=0).sum()
    assert f"{within:.0%}" in plane.caption
    weight = fit.model.linear2.weight.detach().double().numpy()[0]
    assert (plane.directions @ weight >= 0).all()  # class 1 is on the right, or above


def test_two_units_of_more_can_be_chosen(fit: xorlab.Fit) -> None:
    plane = hidden_plane(fit, [3, 1])
    outputs = torch.tanh(fit.model.linear1(fit.data.data)).detach().double().numpy()
    assert plane.project(outputs) == pytest.approx(outputs[:, [2, 0]])
    assert plane.names == ["Unit 3", "Unit 1"]


def test_the_best_line_gets_three_of_four_corners_and_all_of_two_halves() -> None:
    corners = np.array(list(product([0.0, 1.0], repeat=2)))
    assert best_line(corners, np.array([0, 1, 1, 0])) == 0.75
    assert best_line(corners, np.array([0, 0, 1, 1])) == 1
    assert best_line(corners, np.array([1, 1, 1, 1])) == 1


def test_the_subtitles_count_what_lines_get_right(two_units: xorlab.Fit) -> None:
    space = make_space(two_units)
    accuracy = two_units.evaluate(two_units.data).accuracy
    assert space.hidden.subtitle == f"the net's line: {accuracy:.0%} correct"
    assert space.inputs.subtitle == "the best line: 76% correct"


def test_deep_nets_several_classes_and_many_columns_are_drawn() -> None:
    blobs = xorlab.train_xor(xorlab.toy_data("blobs", 90, seed=1), hidden=[5, 3], epochs=3, seed=1)
    rng = np.random.default_rng(1)
    wide = xorlab.train_xor(rng.normal(size=(60, 4)), [0, 1] * 30, epochs=3, seed=1)
    for one, caption in ((blobs, "3 hidden units"), (wide, "others at their means")):
        axes = xorlab.plot_space(one)
        assert len(axes) == 2
        assert caption in make_space(one).caption
    assert make_space(blobs).hidden.surface.prob.shape[2] == 3
    assert make_space(wide).hidden.samples.shape == (60, 2)


def test_a_bare_state_dict_is_drawn_without_points(two_units: xorlab.Fit) -> None:
    bare = xorlab.Fit(two_units.model)
    space = make_space(bare)
    assert len(space.label) == 0
    assert space.inputs.subtitle == ""
    assert len(xorlab.plot_space(bare)) == 2


def test_axes_are_taken_and_too_few_refused(two_units: xorlab.Fit) -> None:
    _, axes = plt.subplots(1, 2)
    assert list(xorlab.plot_fit(two_units, "space", axes)) == list(axes)
    assert axes[0].get_title() == "Inputs"
    with pytest.raises(ValueError, match="must hold 2 axes"):
        xorlab.plot_space(two_units, axes[:1])


@pytest.mark.parametrize("units", [[1], [1, 1], [1, 3], [1, 2, 3], "ab", [0, 1]])
def test_units_that_are_not_two_of_the_nets_are_refused(two_units: xorlab.Fit, units: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="`units` must"):
        xorlab.plot_space(two_units, units=units)


@pytest.mark.parametrize(("hidden", "message"), [(0, "has none"), (1, "has one")])
def test_nets_without_two_units_are_refused(hidden: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xorlab.plot_space(xorlab.train_xor(hidden=hidden, epochs=1, seed=1))
