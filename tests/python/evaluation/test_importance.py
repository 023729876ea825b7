import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.evaluation.importance import column_effects


def linear(*weights):
    model = nn.Linear(len(weights), 1)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([weights]))
        model.bias.zero_()
    return model


def test_the_effect_is_the_mean_change_of_the_probabilities_at_the_mean():
    points = torch.tensor([[0.0, 5.0], [1.0, 7.0], [5.0, 0.0]])
    effects = column_effects(linear(2.0, 0.0), points)
    change = points[:, 0].mul(2).sigmoid() - torch.tensor(4.0).sigmoid()
    assert effects == pytest.approx([change.abs().mean().item(), 0.0])


def test_units_do_not_matter_but_spread_does():
    points = torch.randn(50, 3, generator=torch.manual_seed(1)) * torch.tensor([1.0, 1000.0, 1.0])
    small, large, none = column_effects(linear(0.1, 0.01, 0.0), points)
    assert large > 3 * small > 0
    assert none == 0


def test_of_many_rows_some_are_looked_at_and_say_the_same():
    points = torch.randn(20_000, 2, generator=torch.manual_seed(1))
    model = linear(3.0, 1.0)
    some, all_rows = column_effects(model, points), column_effects(model, points, 20_000)
    assert some == pytest.approx(all_rows, rel=0.1)
    assert not np.array_equal(some, all_rows)


def test_a_constant_column_has_no_effect():
    x = np.random.default_rng(0).normal(size=(40, 3))
    x[:, 1] = 7
    with pytest.warns(UserWarning, match="'x2'"):
        fit = xorlab.train_xor(x, x[:, 0] > 0, epochs=50, batch_size=8, seed=1)
    effects = column_effects(fit.predictor(), fit.data.points)
    assert effects[1] == 0
    assert effects[0] > effects[2] > 0
