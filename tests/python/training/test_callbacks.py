"""Functions that are called after each epoch, and may end a training."""

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from torch.utils.data import DataLoader

POINTS = xorlab.XORDataset(60, seed=1)
ENGINES = pytest.mark.parametrize("engine", ["fused", "autograd"])


def same(one, other):
    return all(np.array_equal(w, other.weights()[name]) for name, w in one.weights().items())


@ENGINES
def test_one_that_returns_true_ends_the_training_after_all_were_called(engine):
    calls = []

    def first(epoch, history):
        calls.append(("first", epoch))
        return epoch == 3

    def second(epoch, history):
        calls.append(("second", epoch))
        return np.True_ if epoch == 5 else 1  # only a truth value ends it

    options = {"seed": 1, "engine": engine}
    fit = xorlab.train_xor(POINTS, epochs=20, after_epoch=[first, second], **options)
    assert calls[-2:] == [("first", 3), ("second", 3)]
    assert same(fit, xorlab.train_xor(POINTS, epochs=3, **options))
    assert len(fit.history) == 3
    assert len(xorlab.train_xor(POINTS, epochs=20, after_epoch=second, **options).history) == 5
    assert same(fit.resume(), xorlab.train_xor(POINTS, epochs=20, **options))
    assert len(fit.resume(after_epoch=second).history) == 5


def test_the_visible_loop_ends_with_true_alone():
    for answer, epochs in ((True, 2), (np.True_, 2), (1, 4), ("yes", 4), (None, 4), (False, 4)):
        model = nn.Linear(2, 1)
        history = xorlab.train_model(
            model,
            torch.optim.SGD(model.parameters(), lr=0.1),
            DataLoader(POINTS, batch_size=30),
            nn.BCEWithLogitsLoss(),
            4,
            after_epoch=lambda epoch, _, answer=answer: answer if epoch == 2 else None,
        )
        assert len(history) == epochs


def test_with_patience_one_that_ends_the_training_leaves_the_best_epoch():
    generator = np.random.default_rng(4)
    points = xorlab.as_xor_data(generator.normal(size=(60, 8)), [0, 1] * 30)  # labels by chance
    options = {"seed": 3, "optimizer": "adam", "hidden": 30, "validation": 0.3}
    fit = xorlab.train_xor(
        points, epochs=90, patience=80, after_epoch=lambda epoch, _: epoch == 60, **options
    )
    assert len(fit.history) == 60
    assert fit.epoch == fit.best_epoch == 1 + int(np.argmin(fit.history.val_loss))
    assert fit.best_epoch < 60
    assert same(fit, xorlab.train_xor(points, epochs=fit.best_epoch, **options))
    whole = xorlab.train_xor(points, epochs=90, patience=80, **options)
    longer = fit.resume(epochs=90)
    assert same(longer, whole)
    assert longer.history.val_loss == whole.history.val_loss


@ENGINES
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_one_that_fails_leaves_the_fit_of_that_epoch_to_be_gone_on_with(engine, optimizer):
    def fail(epoch, _):
        if epoch == 4:
            raise RuntimeError("what the user's own code says")

    options = {"epochs": 9, "seed": 1, "engine": engine, "optimizer": optimizer}
    with pytest.raises(RuntimeError, match="what the user's own code says"):
        xorlab.train_xor(POINTS, after_epoch=fail, **options)
    assert same(xorlab.resume_xor(), xorlab.train_xor(POINTS, **options))


def test_a_schedule_of_torchs_changes_the_rate_of_an_optimizer_of_ones_own():
    made = []

    def make(parameters):
        optimizer = torch.optim.SGD(parameters, lr=0.5)
        made.append(torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1))
        return optimizer

    options = {"seed": 1, "batch_size": 20, "scale": False}
    fit = xorlab.train_xor(
        POINTS, epochs=4, optimizer=make, after_epoch=lambda *_: made[0].step(), **options
    )
    part = xorlab.train_xor(POINTS, epochs=2, lr=0.5, engine="autograd", **options)
    rest = xorlab.Fit(part.model, xorlab.Settings(**{**part.settings.to_dict(), "lr": 0.05}))
    rest.history, rest.data = part.history.copy(), part.data
    assert same(fit, rest.resume(epochs=4))


def test_gradients_are_clipped_by_torchs_own_hook_before_a_step():
    def make(parameters):
        optimizer = torch.optim.SGD(parameters, lr=1.0)

        def clip(*_):
            nn.utils.clip_grad_norm_(parameters, 0.001)

        optimizer.register_step_pre_hook(clip)
        return optimizer

    options = {"seed": 1, "batch_size": 60, "epochs": 1, "optimizer": make, "snapshots": 0}
    fit = xorlab.train_xor(POINTS, **options)
    moved = [
        weights - before
        for weights, before in zip(
            fit.model.parameters(), fit.at(0).model.parameters(), strict=True
        )
    ]
    norm = torch.sqrt(sum((one**2).sum() for one in moved)).item()
    assert norm == pytest.approx(0.001, rel=1e-3)
