"""The call on the page trains the net on the page."""

import pytest
import torch
import xorlab
from hypothesis import given, settings
from hypothesis import strategies as st
from xorlab.playground.call import PYTHON, R, call_of
from xorlab.playground.edits import Editor
from xorlab.playground.experiment import Experiment
from xorlab.playground.live import LiveNet


@pytest.mark.parametrize(
    ("values", "in_r", "in_python"),
    [
        ({}, "fit <- train_xor(seed = 1, epochs = 7)", "fit = xorlab.train_xor(seed=1, epochs=7)"),
        (
            {"hidden": [4, 2], "lr": 0.3, "seed": 5},
            "fit <- train_xor(hidden = c(4, 2), lr = 0.3, seed = 5, epochs = 7)",
            "fit = xorlab.train_xor(hidden=[4, 2], lr=0.3, seed=5, epochs=7)",
        ),
        (
            {"problem": "moons", "noise": 0.2, "hidden": [], "optimizer": "adam"},
            'fit <- train_xor(data = toy_data("moons", noise = 0.2, seed = 1), hidden = 0, '
            'optimizer = "adam", seed = 1, epochs = 7)',
            'fit = xorlab.train_xor(data=xorlab.toy_data("moons", noise=0.2, seed=1), hidden=0, '
            'optimizer="adam", seed=1, epochs=7)',
        ),
        (
            {"problem": "own", "momentum": 0.9, "nesterov": True},
            "fit <- train_xor(data = fit$data, momentum = 0.9, nesterov = TRUE, seed = 1, "
            "epochs = 7)",
            "fit = xorlab.train_xor(data=fit.data, momentum=0.9, nesterov=True, seed=1, epochs=7)",
        ),
    ],
)
def test_it_says_what_is_not_as_by_default(values, in_r, in_python):
    experiment = Experiment(**values)
    assert call_of(experiment, 7, R) == in_r
    assert call_of(experiment, 7, PYTHON) == in_python


@given(
    st.sampled_from(["xor", "blobs", "spirals"]),
    st.integers(30, 60),
    st.sampled_from([0.1, 0.123456789, 0.3]),
    st.lists(st.integers(1, 4), max_size=3),
    st.sampled_from(["sgd", "rmsprop"]),
    st.sampled_from([0.0, 0.25]),
    st.sampled_from([("x1", "x2"), ("x1*x2",), ("x1", "sin(x2)")]),
)
@settings(max_examples=20)
def test_it_trains_the_net_of_the_experiment(
    problem, size, noise, hidden, optimizer, validation, inputs
):
    experiment = Experiment(
        *(problem, size, noise),
        hidden=hidden,
        optimizer=optimizer,
        validation=validation,
        inputs=inputs,
        weight_decay=0.001,
        activation="elu",
        lr=0.05,
        seed=3,
    )
    names = {"xorlab": xorlab}
    exec(call_of(experiment, 2, PYTHON), names)
    again = xorlab.train_xor(data=experiment.data(), epochs=2, **experiment.arguments())
    ours, theirs = names["fit"].model.state_dict(), again.model.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_points_that_were_edited_are_taken_as_they_are():
    net = LiveNet(Experiment(size=60, validation=0.2))
    Editor(net).edit({"kind": "remove", "point": 0})
    net.advance(3)
    fit = net.result()
    call = call_of(net.experiment, 3, PYTHON, net.source)
    assert call == (
        "fit = xorlab.train_xor(data=fit.data, validation=fit.validation, scale=False, seed=1, "
        "epochs=3)"
    )
    names = {"xorlab": xorlab, "fit": fit}
    exec(call, names)
    assert names["fit"].history.loss == fit.history.loss
    assert "scale = FALSE" in call_of(net.experiment, 3, R, net.source)
