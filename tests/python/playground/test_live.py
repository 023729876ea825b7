"""After n epochs the net of an experiment is that of `train_xor()`, bit for bit."""

from dataclasses import replace

import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from trained import assert_same, trained
from xorlab.data.training_data import training_data
from xorlab.playground.experiment import Experiment
from xorlab.playground.live import LiveNet
from xorlab.playground.source import Source, source_of
from xorlab.training.loop import NonFiniteLossError


@given(
    st.sampled_from(["xor", "moons", "blobs"]),
    st.lists(st.integers(1, 5), max_size=3),
    st.sampled_from(["sgd", "adam", "rmsprop"]),
    st.sampled_from([0.0, 0.3]),
    st.integers(1, 100),
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
)
@settings(max_examples=20)
def test_a_net_is_the_one_that_train_xor_makes_however_it_was_trained(
    problem, hidden, optimizer, validation, batch_size, portions
):
    experiment = Experiment(
        *(problem, 60),
        hidden=hidden,
        optimizer=optimizer,
        momentum=0.9 if optimizer == "sgd" else 0.0,
        weight_decay=0.01,
        l1=0.001,
        batch_size=batch_size,
        validation=validation,
        seed=5,
    )
    net = LiveNet(experiment)
    for epochs in portions:
        net.advance(seconds=0)  # a batch
        net.finish_epoch()
        net.advance(epochs - 1)
    assert_same(net.result(), trained(experiment, sum(portions)))


def test_within_an_epoch_the_fit_is_that_of_the_last_whole_one():
    net = LiveNet(Experiment())
    net.advance(3)
    net.advance(seconds=0)
    net.advance(seconds=0)
    assert (net.epoch, net.batch, net.batches) == (3, 2, 20)
    assert_same(net.result(), trained(net.experiment, 3))
    weights = net.fit.model.linear1.weight
    assert not torch.equal(weights, net.result().model.linear1.weight)
    net.finish_epoch()
    assert_same(net.result(), trained(net.experiment, 4))


def test_a_changed_experiment_begins_again_from_the_seed():
    net = LiveNet(Experiment())
    net.advance(5)
    net.reset(net.experiment.changed(lr=0.3))
    assert net.epoch == 0
    net.advance(4)
    assert_same(net.result(), trained(Experiment(lr=0.3), 4))


def test_a_fit_goes_on_as_it_would_have():
    experiment = Experiment("moons", 100, optimizer="adam", validation=0.2, seed=3)
    half, whole = trained(experiment, 4), trained(experiment, 9)
    net = LiveNet.of(half)
    assert net.experiment == experiment
    net.advance(5)
    assert_same(net.result(), whole)
    assert len(half.history) == 4
    net.reset()
    net.advance(9)
    assert_same(net.result(), whole)


def test_the_users_own_points_are_scaled_and_trained_on_as_by_train_xor(own):
    net = LiveNet(Experiment("own", seed=2), Source(training_data(*own, None)))
    net.advance(6)
    assert_same(net.result(), xorlab.train_xor(*own, epochs=6, seed=2, device="cpu"))
    assert net.result().preparation.scale is not None


def test_a_fit_on_own_points_comes_back_with_them(own):
    fit = xorlab.train_xor(*own, epochs=3, seed=2, device="cpu")
    net = LiveNet.of(fit)
    assert net.experiment.problem == "own"
    net.reset()
    net.advance(3)
    assert_same(net.result(), fit)
    assert source_of(fit).data.dataset is fit.data


@pytest.fixture
def own():
    """Points in other units, and their classes by name."""
    toy = xorlab.toy_data("circles", 50, seed=1)
    return toy.data * 100 + 5, [("in", "out")[int(label)] for label in toy.label]


def test_a_loss_that_is_not_finite_leaves_the_net_as_it_was():
    net = LiveNet(Experiment(activation="relu", lr=0.1, hidden=[16, 16, 16], size=500))
    net.advance(2)
    before = net.result()
    net.fit.settings = replace(net.settings, lr=1e30)  # which nothing survives
    net.get_ready(net.trainer.state(), net.order.generator.get_state())
    with pytest.raises(NonFiniteLossError):
        net.advance(10)
    assert net.epoch == 2
    assert_same_weights(net.result(), before)
    assert_same_weights(net.fit, before)


def assert_same_weights(ours, theirs):
    ours, theirs = ours.model.state_dict(), theirs.model.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_what_stops_the_training_leaves_the_last_whole_epoch(monkeypatch):
    net = LiveNet(Experiment())
    net.advance(2)
    real, calls = net.step, []

    def step():
        calls.append(1)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real()

    monkeypatch.setattr(net, "step", step)
    with pytest.raises(KeyboardInterrupt):
        net.advance()
    monkeypatch.undo()
    assert (net.epoch, net.batch) == (2, 0)
    net.advance()
    assert_same(net.result(), trained(net.experiment, 3))


def test_the_way_of_the_weights_is_kept_evenly_however_long_it_is():
    net = LiveNet(Experiment(size=10))
    net.advance(1000)
    epochs = list(net.path.weights)
    assert len(epochs) <= 200
    assert epochs == list(range(0, 1001, net.path.every))
    fit = net.with_path()
    assert xorlab.animate_xor(fit).epochs[-1] == 1000


def test_nothing_is_drawn_from_the_global_generator():
    before = torch.get_rng_state()
    net = LiveNet(Experiment())
    net.advance(2)
    net.reset()
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    ("fit", "message"),
    [
        ({"hidden": 300}, "`hidden` must be a whole number from 1 to 16, not 300"),
        ({"hidden": [1] * 9}, "`hidden` must hold at most 6"),
        (
            {"optimizer": lambda p: torch.optim.Adagrad(p, lr=0.1)},
            "must have one of the optimizers that the playground knows, not .*Adagrad",
        ),
    ],
)
def test_a_fit_that_the_page_has_no_room_for_is_refused(fit, message):
    with pytest.raises(ValueError, match=message):
        LiveNet.of(xorlab.train_xor(epochs=1, seed=1, **fit))


def test_bare_weights_are_refused():
    fit = xorlab.Fit(xorlab.SimpleClassifier(2, 4, 1))
    with pytest.raises(ValueError, match="must be one that train_xor"):
        LiveNet.of(fit)
