"""Loss and accuracy on points that a net is not trained on."""

import math

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.model.classifier import new_classifier
from xorlab.training import arrays, validation
from xorlab.training.arrays import Library
from xorlab.training.flat import FlatWeights
from xorlab.training.history import History
from xorlab.training.validation import Validation, Validator, VisibleValidator

CPU = torch.device("cpu")
NETS = [((), "identity", 2), ((4,), "tanh", 2), ((5, 3), "relu", 3), ((8,), "sigmoid", 4)]


def points(classes, rows):
    generator = torch.Generator().manual_seed(5)
    x = torch.randn(rows, 3, generator=generator, dtype=torch.float64)
    return x, torch.randint(classes, (rows,), generator=generator)


def by_torch(model, x, label):
    """Loss and accuracy by torch's loss module."""
    with torch.no_grad():
        logits = model(x)
    if logits.shape[1] == 1:
        loss = nn.BCEWithLogitsLoss()(logits[:, 0], label.to(logits.dtype))
        called = (logits[:, 0] >= 0).long()
    else:
        loss, called = nn.CrossEntropyLoss()(logits, label), logits.argmax(1)
    return loss.item(), (called == label).double().mean().item()


def measured(models, data, labels):
    weights = FlatWeights(Library(CPU, models[0].linear1.weight.dtype), models)
    return Validation(weights, models, data, labels).measure()


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize("rows", [1, 2, 63, 200])
@pytest.mark.parametrize(("hidden", "activation", "classes"), NETS)
def test_they_are_those_of_torchs_loss(hidden, activation, classes, rows, library, monkeypatch):
    if library == "torch":
        monkeypatch.setattr(arrays, "by_numpy", lambda device: False)
    monkeypatch.setattr(validation, "POINTS", 50)  # in several pieces, the last a short one
    models = [new_classifier(3, hidden, activation, s, classes).double() for s in (1, 2, 3)]
    x, label = points(classes, rows)
    losses, accuracies = measured(models, [x, 2 * x, -x], [label] * 3)
    for model, data, loss, accuracy in zip(models, [x, 2 * x, -x], losses, accuracies, strict=True):
        assert (float(loss), float(accuracy)) == pytest.approx(by_torch(model, data, label))


@pytest.mark.parametrize("rows", [1, 2, 7, 64, 2049])
@pytest.mark.parametrize(("hidden", "activation", "classes"), NETS)
def test_those_of_a_net_do_not_depend_on_others_bit_for_bit(hidden, activation, classes, rows):
    models = [new_classifier(3, hidden, activation, seed, classes) for seed in range(5)]
    x, label = points(classes, rows)
    data = [(1 + seed) * x.float() for seed in range(5)]
    together = measured(models, data, [label] * 5)
    for place in range(5):
        alone = measured(models[place : place + 1], data[place : place + 1], [label])
        assert [one[place] for one in together] == [one[0] for one in alone]


def test_the_history_has_them_after_each_epoch():
    given = xorlab.XORDataset(100, seed=2)
    for engine in ("fused", "autograd"):
        fit = xorlab.train_xor(
            seed=1, epochs=3, validation=given, engine=engine, snapshots=range(4)
        )
        assert len(fit.validation) == 100
        for epoch in (1, 2, 3):
            there = fit.at(epoch).evaluate(given)
            assert fit.history.val_loss[epoch - 1] == pytest.approx(there.loss, rel=1e-6)
            assert fit.history.val_accuracy[epoch - 1] == pytest.approx(there.accuracy)


@pytest.mark.parametrize("engine", ["fused", "autograd"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_looking_at_them_changes_no_weight(engine, optimizer):
    options = {"seed": 1, "epochs": 4, "engine": engine, "optimizer": optimizer}
    given = xorlab.XORDataset(100, seed=2)
    plain, looked_at = (
        xorlab.train_xor(xorlab.XORDataset(300, seed=1), validation=one, **options)
        for one in (None, given)
    )
    assert plain.history.loss == looked_at.history.loss
    for name, weights in plain.weights().items():
        assert np.array_equal(weights, looked_at.weights()[name])
    assert plain.history.val_loss == []


def test_callbacks_find_the_epochs_own_in_the_history():
    found = []

    def look(epoch, history):
        found.append((epoch, len(history.val_loss), history.val_loss[-1]))

    fit = xorlab.train_xor(seed=1, epochs=3, validation=0.2, after_epoch=look)
    assert found == [(n, n, fit.history.val_loss[n - 1]) for n in (1, 2, 3)]


@pytest.mark.parametrize("engine", ["fused", "autograd"])
def test_a_loss_that_overflows_is_infinite_and_never_the_best(engine):
    x = np.random.default_rng(1).normal(size=(40, 2))
    far = (np.full((4, 2), 3e38), [0, 1, 0, 1])  # units of +inf and -inf
    options = {"activation": "identity", "hidden": (8, 8), "init": "normal", "lr": 0.001}
    options = {**options, "scale": False, "epochs": 8, "seed": 1}
    fit = xorlab.train_xor((x, [0, 1] * 20), validation=far, patience=3, engine=engine, **options)
    assert fit.history.val_loss == [math.inf] * 4
    assert fit.best_epoch == 1  # no later one is lower
    assert all(math.isfinite(loss) for loss in fit.history.loss)


@pytest.mark.parametrize("kind", [Validator, VisibleValidator])
def test_a_loss_that_is_no_number_at_first_is_not_the_lowest_for_good(kind, overflowing_model):
    history = History()
    x, label = torch.tensor([[1.0, 0.0], [0.0, 0.0]]), torch.tensor([0, 1])
    validator = kind(overflowing_model, x, label)
    validator(1, history)
    assert history.val_loss == [math.inf]
    assert history.val_accuracy[0] <= 0.5
    with torch.no_grad():
        overflowing_model.linear1.weight.zero_()
        overflowing_model.linear1.bias.zero_()
    validator(2, history)
    assert history.val_loss[1] == pytest.approx(by_torch(overflowing_model, x, label)[0])
