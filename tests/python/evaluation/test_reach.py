"""Where the points of a toy problem lie."""

import numpy as np
import pytest
import xorlab
from xorlab.data.origin import Toy
from xorlab.evaluation.reach import HELD, distance_held


@pytest.mark.parametrize("noise", [0.01, 0.3, 2.0])
@pytest.mark.parametrize("kind", ["xor", "blobs"])
def test_the_region_holds_99_percent_of_the_points_of_a_center(kind, noise):
    points = xorlab.toy_data(kind, 200_000, noise, seed=1, classes=2).points.numpy()
    distance = distance_held(Toy(kind, noise, classes=2), points[:, 0], points[:, 1])
    held = np.mean(distance <= 1)
    assert held > HELD - 0.001  # more where the circles overlap
    if noise == 0.01:
        assert held == pytest.approx(HELD, abs=0.001)


def test_all_points_of_the_linear_problem_lie_in_its_square():
    points = xorlab.toy_data("linear", 50_000, seed=1).points.numpy()
    distance = distance_held(Toy("linear", 0.3), points[:, 0], points[:, 1])
    assert 0.999 < distance.max() <= 1


def test_without_noise_there_is_no_region_around_the_centers():
    assert distance_held(Toy("xor", 0.0), [0.5], [0.5]) is None
    assert distance_held(Toy("linear", 0.0), [0.5], [-2]).tolist() == [2]
