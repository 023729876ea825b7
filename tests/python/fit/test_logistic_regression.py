"""Nets without a hidden layer, which are logistic regressions."""

import numpy as np
import pytest
import torch
import xorlab

TO_THE_END = {"lr": 1.0, "momentum": 0.9, "epochs": 1500, "seed": 1}


def some_rows(classes, rows=240):
    """Columns on scales of their own, and classes that no line separates."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=(rows, 3)) * [1, 20, 0.1] + [0, 300, 5]
    logits = (x - x.mean(axis=0)) / x.std(axis=0) @ rng.normal(size=(3, classes))
    return x, (logits + rng.gumbel(size=(rows, classes))).argmax(axis=1)


def newton(x, label, classes):
    """Probabilities of the maximum of the likelihood, in float64 by Newton's method; the first
    class is the one that the others are held against."""
    design = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
    count, target = classes - 1, np.eye(classes)[label][:, 1:]
    beta = np.zeros((design.shape[1], count))
    for _ in range(50):
        odds = np.exp(design @ beta)
        prob = odds / (1 + odds.sum(axis=1, keepdims=True))
        gradient = design.T @ (target - prob)
        curvature = np.einsum("ni,nj,nk,kl->kilj", design, design, prob, np.eye(count))
        curvature -= np.einsum("ni,nj,nk,nl->kilj", design, design, prob, prob)
        size = beta.size
        beta += (
            np.linalg.solve(curvature.reshape(size, size), gradient.T.ravel()).reshape(count, -1).T
        )
    return np.column_stack([1 - prob.sum(axis=1), prob])


@pytest.mark.parametrize("engine", ["fused", "autograd"])
@pytest.mark.parametrize("classes", [2, 3])
def test_trained_to_the_end_it_has_the_probabilities_of_maximum_likelihood(classes, engine):
    x, label = some_rows(classes)
    fit = xorlab.train_xor(x, label, hidden=0, batch_size=len(x), engine=engine, **TO_THE_END)
    expected = newton(x, label, classes)
    assert 0.05 < (expected.argmax(axis=1) != label).mean() < 0.4
    np.testing.assert_allclose(fit.predict_proba(x), expected, rtol=0, atol=1e-5)


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop"])
def test_every_optimizer_comes_to_the_same_answer(optimizer):
    x, label = some_rows(2)
    terms = {**TO_THE_END, "momentum": 0.0, "lr": 0.001, "optimizer": optimizer, "epochs": 6000}
    fit = xorlab.train_xor(x, label, hidden=0, batch_size=len(x), **terms)
    np.testing.assert_allclose(fit.predict_proba(x), newton(x, label, 2), rtol=0, atol=2e-3)


@pytest.mark.parametrize("none", [0, 0.0, (), [], [0], (0,), np.array(0), np.array([]), range(0)])
def test_no_hidden_layer_is_none_however_it_is_said(none):
    fit = xorlab.train_xor(hidden=none, epochs=2, seed=1)
    assert fit.settings.hidden == fit.model.hidden == ()
    assert fit.model.widths == (2, 1)
    usual = xorlab.train_xor(hidden=0, epochs=2, seed=1)
    assert torch.equal(fit.model.linear1.weight, usual.model.linear1.weight)


def test_it_is_linear_in_its_inputs_whatever_the_activation():
    x = torch.randn(9, 3)
    for activation in ("tanh", "relu"):
        model = xorlab.SimpleClassifier(3, 0, 2, activation)
        weights = model.state_dict()
        assert list(weights) == ["linear1.weight", "linear1.bias"]
        assert torch.equal(model(x), nn_linear(x, weights))
        assert "act_fn" not in str(model)


def nn_linear(x, weights):
    return torch.nn.functional.linear(x, weights["linear1.weight"], weights["linear1.bias"])


def test_it_is_called_logistic_regression():
    assert repr(xorlab.train_xor(hidden=0, epochs=1, seed=1)).startswith(
        "Fit: 2-1 net (logistic regression), 3 weights\n"
    )
    blobs = xorlab.toy_data("blobs", 60, seed=1)
    assert repr(xorlab.train_xor(blobs, hidden=0, epochs=1, seed=1)).startswith(
        "Fit: 2-3 net (multinomial logistic regression), 9 weights\n"
    )
    assert repr(xorlab.train_xor(hidden=1, epochs=1, seed=1)).startswith("Fit: 2-1-1 tanh net, 5")


def test_files_of_it_and_bare_weights_are_read(tmp_path):
    fit = xorlab.train_xor(hidden=0, epochs=4, seed=1, snapshots=[0, 2], momentum=0.5)
    fit.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert again.settings == fit.settings
    assert torch.equal(again.model.linear1.weight, fit.model.linear1.weight)
    assert torch.equal(again.at(2).model.linear1.weight, fit.at(2).model.linear1.weight)
    torch.save(fit.model.state_dict(), tmp_path / "bare.pt")
    bare = xorlab.load_xor(tmp_path / "bare.pt")
    assert bare.model.hidden == ()
    points = np.random.default_rng(0).normal(size=(5, 2))
    np.testing.assert_array_equal(bare.predict_logits(points), fit.predict_logits(points))


def test_weights_and_settings_of_another_depth_are_refused():
    content = xorlab.train_xor(hidden=0, epochs=1, seed=1).to_dict()
    content["settings"]["hidden"] = [4]
    with pytest.raises(ValueError, match=r"net of the hidden units \[4\], as .*, not \[\]"):
        xorlab.Fit.from_dict(content)


@pytest.mark.parametrize("engine", ["fused", "autograd"])
def test_going_on_gives_the_weights_of_a_training_in_one_go(engine):
    terms = {"hidden": 0, "seed": 1, "engine": engine, "momentum": 0.9}
    half = xorlab.train_xor(epochs=3, **terms)
    whole = xorlab.train_xor(epochs=6, **terms)
    assert torch.equal(half.resume(6).model.linear1.weight, whole.model.linear1.weight)


def test_a_net_of_a_study_is_the_same_alone(tmp_path):
    study = xorlab.xor_sweep(hidden=[0, 2], lr=0.1, runs=2, epochs=3, seed=1)
    assert study.to_dict()["hidden"] == ["0", "0", "2", "2"]
    study.save(tmp_path / "study.csv")
    again = xorlab.read_study(tmp_path / "study.csv")
    assert [config.settings.hidden for config, _ in again.rows] == [(), (), (2,), (2,)]
    alone = xorlab.train_xor(hidden=0, epochs=3, seed=2)
    for one in (study, again):
        assert torch.equal(one.fit(1).model.linear1.weight, alone.model.linear1.weight)


def test_a_sweep_that_names_it_twice_is_refused():
    with pytest.raises(ValueError, match="`hidden` must hold each value once, but 0 is there more"):
        xorlab.xor_sweep(hidden=[0, ()], lr=0.1, runs=1)


def test_the_logit_of_its_boundary_rises_evenly():
    x, label = some_rows(2)
    fit = xorlab.train_xor(x[:, :2], label, hidden=0, epochs=50, seed=1)
    grid = fit.boundary()
    logits = np.log(grid.prob / (1 - grid.prob))
    for axis in (0, 1):  # the same step everywhere
        steps = np.diff(logits, axis=axis)
        np.testing.assert_allclose(steps, steps.mean(), rtol=0, atol=1e-4 * np.abs(logits).max())
