import math

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.evaluation.boundary import default_grid


def test_rows_of_the_surface_belong_to_x1_and_columns_to_x2(first_input):
    surface = xorlab.boundary(first_input, [0, 0.5, 1], [-1, 1])
    assert surface.prob.shape == (3, 2)
    expected = 1 / (1 + np.exp(-6 * (surface.x1 - 0.5)))
    assert np.allclose(surface.prob, expected[:, None])
    assert (surface.x1.dtype, surface.prob.dtype) == (np.float64, np.float64)


def test_a_surface_entry_is_the_prediction_at_its_point(fit):
    x1, x2, prob = fit.boundary([0.1, 0.9, 1.3], [-0.2, 0.4])
    for i, a in enumerate(x1):
        for j, b in enumerate(x2):
            assert prob[i, j] == pytest.approx(fit.prob([[a, b]])[0], abs=1e-6)


def test_grid_lines_are_copied():
    lines = np.array([0.0, 1.0])
    lines.flags.writeable = False
    surface = xorlab.boundary(nn.Linear(2, 1), lines, lines)
    assert not np.shares_memory(surface.x1, lines)
    assert np.array_equal(surface.x1, lines)


@pytest.mark.parametrize(
    "bad", [[], [math.nan], [0, math.inf], [1e300], [[0, 1], [1, 2]], "a", [None], [1j], [True]]
)
@pytest.mark.parametrize("name", ["x1", "x2"])
def test_grid_lines_that_are_no_numbers_are_named(name, bad):
    grid = {"x1": [0, 1], "x2": [0, 1], name: bad}
    with pytest.raises((TypeError, ValueError), match=f"`{name}` must"):
        xorlab.boundary(nn.Linear(2, 1), **grid)


def test_the_lessons_square_is_cut_into_steps_of_a_hundredth():
    x1, x2 = default_grid(torch.rand(10, 2), xor=True)
    assert x1.shape == x2.shape == (200,)
    assert np.allclose(x1, np.arange(-0.5, 1.5, 0.01))


def test_the_grid_grows_to_show_every_point():
    x1, x2 = default_grid(torch.tensor([[-3.0, 0.0], [0.5, 4.0]]), xor=True)
    assert (x1[0], x2[0]) == (-3, -0.5)
    assert x1[-1] == pytest.approx(1.5, abs=0.03)
    assert x2[-1] == pytest.approx(4, abs=0.03)


def test_a_net_of_several_outputs_has_a_probability_of_each_class():
    model = nn.Linear(2, 3)
    surface = xorlab.boundary(model, [0.0, 1.0], [0.0, 2.0, 4.0])
    expected = model(torch.tensor([[1.0, 4.0]])).softmax(dim=1).detach().numpy()[0]
    assert surface.prob.shape == (2, 3, 3)
    assert surface.prob[1, 2] == pytest.approx(expected, abs=1e-6)
    assert surface.prob.sum(axis=2) == pytest.approx(1)


def test_the_grid_of_one_column_is_one_row_of_lines():
    (lines,) = default_grid(torch.tensor([[1000.0], [3000.0]]), xor=False)
    assert (lines[0], len(lines)) == (800, 200)
    assert lines[-1] == pytest.approx(3200, abs=13)
