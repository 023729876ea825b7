"""One sentence about a net in training."""

import pytest
import torch
import xorlab
from xorlab.diagnosis.glance import glance


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Every corner has its own class"),
        ({"hidden": 1}, "One hidden unit draws one line, and XOR takes two"),
        ({"hidden": 0}, "Without a hidden layer the net is logistic regression"),
        ({"activation": "identity"}, "Identity units make a linear net"),
        ({"epochs": 1}, "Corner"),
        ({"lr": 12.0, "batch_size": 16}, "The learning rate is too high: the loss"),
    ],
)
def test_it_says_what_the_matter_is_with_xor(changed, said):
    fit = xorlab.train_xor(**{"seed": 1, "device": "cpu", **changed})
    sentence = glance(fit)
    assert said.lower() in sentence.lower()
    assert sentence.endswith(".")
    assert sentence[0].isupper()


def test_it_agrees_with_the_diagnosis_about_corners():
    fits = [xorlab.train_xor(hidden=2, seed=seed, epochs=30) for seed in range(1, 9)]
    lost = [xorlab.diagnose_xor(fit).lost for fit in fits]
    assert any(lost)
    for fit, corners in zip(fits, lost, strict=True):
        assert all(str(corner) in glance(fit) for corner in corners)
        assert ("every corner" in glance(fit).lower()) == (not corners)


def test_it_names_units_that_do_nothing():
    fit = xorlab.train_xor(activation="relu", seed=1, epochs=5)
    with torch.no_grad():
        fit.model.linear1.bias[2] = -50
    assert "unit 3 is dead" in glance(fit).lower()


def test_it_says_that_a_net_is_not_trained_or_lost():
    fit = xorlab.train_xor(epochs=1, seed=1)
    with torch.no_grad():
        fit.model.linear1.weight[0, 0] = float("nan")
    assert glance(fit) == "The weights are not finite: the learning rate is too high."
    untrained = xorlab.Fit(xorlab.SimpleClassifier(2, 4, 1), data=xorlab.XORDataset(50, seed=1))
    assert glance(untrained) == "Not trained yet."


def test_of_other_data_it_says_how_many_points_are_right():
    fit = xorlab.train_xor(data=xorlab.toy_data("moons", 300, seed=1), hidden=0, epochs=30, seed=1)
    assert glance(fit) == f"{fit.history.accuracy[-1]:.1%} correct."
