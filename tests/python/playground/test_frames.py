"""What the page draws is what the net says."""

import base64
import json

import numpy as np
import pytest
import torch
import xorlab
from xorlab.data.training_data import training_data
from xorlab.playground.experiment import Experiment
from xorlab.playground.frames import CURVE, MAP, Scene, thinned
from xorlab.playground.live import LiveNet
from xorlab.playground.source import Source


def scene(epochs=3, **values):
    net = LiveNet(Experiment(**values))
    net.advance(epochs)
    return Scene(net)


def decoded(text, kind):
    return np.frombuffer(base64.b64decode(text), dtype=kind)


@pytest.mark.parametrize(("problem", "classes"), [("xor", 2), ("blobs", 4)])
def test_a_frame_has_the_probabilities_on_the_grid_of_the_setup(problem, classes):
    drawn = scene(problem=problem, classes=classes)
    setup, frame = drawn.setup(), drawn.frame()
    x1, x2 = (np.linspace(*setup[name]) for name in ("x1", "x2"))
    prob = drawn.net.result().boundary(x1, x2).prob
    shares = decoded(frame["prob"], "<u2") / 65_535
    assert np.abs(shares.reshape(prob.shape) - prob).max() < 2e-5


def test_a_frame_has_what_every_unit_gives_and_its_weights():
    drawn = scene(hidden=[3, 2])
    frame = drawn.frame()
    maps = decoded(frame["units"], "u1").reshape(-1, MAP, MAP)
    assert len(maps) == 3 + 2 + 1
    setup = drawn.setup()
    first, second = (np.linspace(*setup[name][:2], MAP) for name in ("x1", "x2"))
    model = drawn.net.result().model
    corner = torch.tensor([[first[-1], second[0]]], dtype=torch.float32)
    assert maps[2, -1, 0] / 255 * 2 - 1 == pytest.approx(
        torch.tanh(model.linear1(corner))[0, 2].item(), abs=0.005
    )
    assert [len(layer) for layer in frame["weights"]] == [3, 2, 1]
    assert frame["weights"][0][1][2] == pytest.approx(model.linear1.bias[1].item(), rel=1e-4)
    assert frame["weights"][0][1][0] == pytest.approx(model.linear1.weight[1, 0].item(), rel=1e-4)


def test_points_of_both_kinds_are_there_with_whether_they_are_classified_correctly():
    drawn = scene(size=100, validation=0.3, problem="moons")
    setup, frame = drawn.setup(), drawn.frame()
    fit = drawn.net.result()
    assert setup["counts"] == [len(fit.data), len(fit.validation)] == [70, 30]
    assert setup["held_out"] == [False] * 70 + [True] * 30
    points = torch.cat([fit.data.points, fit.validation.points])
    right = fit.predict(points) == np.array(setup["label"])
    assert frame["hits"] == "".join("01"[int(one)] for one in right)
    assert 0 < frame["hits"].count("0") < 100


def test_the_curve_is_sent_once_and_then_goes_on():
    drawn = scene(2, validation=0.2, size=100)
    history = drawn.net.fit.history
    entries = [*drawn.setup()["curve"], *drawn.frame()["curve"]]
    drawn.net.advance(3)
    entries += drawn.frame()["curve"]
    assert drawn.frame()["curve"] == []
    assert [entry[0] for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry[1] for entry in entries] == pytest.approx(history.loss, rel=1e-4)
    assert [entry[2] for entry in entries] == pytest.approx(history.val_loss, rel=1e-4)


@pytest.mark.parametrize("epochs", [0, 1, 2, CURVE, CURVE + 1, 12_345])
def test_a_long_curve_is_thinned_and_has_its_end(epochs):
    kept = list(thinned(epochs))
    assert len(kept) <= CURVE
    assert kept == list(range(1, epochs + 1)) or kept[-1] == epochs > CURVE
    assert all(epoch >= 1 for epoch in kept)


def test_before_the_first_epoch_the_figures_are_those_of_the_first_weights():
    drawn = scene(0)
    frame, fit = drawn.frame(), drawn.net.result()
    evaluation = fit.evaluate(fit.data)
    assert frame["loss"] == pytest.approx(evaluation.loss, rel=1e-4)
    assert frame["accuracy"] == evaluation.accuracy


def test_exact_probabilities_are_there_where_they_are_known():
    drawn = scene()
    setup = drawn.setup()
    exact = decoded(setup["exact"], "<u2").reshape(64, 64) / 65_535
    x1, x2 = (np.linspace(*setup[name]) for name in ("x1", "x2"))
    assert np.abs(exact - xorlab.bayes_xor(0.1).boundary(x1, x2).prob).max() < 2e-5
    assert setup["ceiling"] == xorlab.bayes_xor(0.1).accuracy
    setup = scene(problem="moons").setup()
    assert (setup["exact"], setup["ceiling"]) == (None, None)


@pytest.mark.parametrize("hidden", [[], [1], [4], [3, 2]])
def test_everything_is_plain_and_finite_json(hidden):
    drawn = scene(hidden=hidden, activation="relu")
    for content in (drawn.setup(), drawn.frame(), drawn.space()):
        json.dumps(content, allow_nan=False)
    assert (drawn.space() is None) == (hidden in ([], [1]))


def test_weights_that_are_not_finite_can_be_sent():
    drawn = scene()
    with torch.no_grad():
        drawn.net.fit.model.linear1.weight[0, 0] = float("nan")
    frame = drawn.frame()
    json.dumps(frame, allow_nan=False)
    assert frame["weights"][0][0][0] is None


def test_of_more_columns_two_are_drawn():
    x = np.random.default_rng(0).normal(size=(40, 3)).astype("float32")
    y = (x[:, 2] > 0).astype(int)
    net = LiveNet(Experiment("own"), Source(training_data(x, y, None)))
    net.advance(5)
    setup = Scene(net).setup()
    assert "x3" in setup["features"]
    assert len(setup["features"]) == 2
    assert "its mean" in setup["caption"]
    assert setup["computed"] == []


def test_columns_of_categories_are_not_drawn_where_there_are_others():
    rng = np.random.default_rng(0)
    kind, numbers = rng.integers(0, 2, 60), rng.normal(size=(60, 2))
    x = np.column_stack([kind, numbers, 1 - kind]).astype("float32")
    net = LiveNet(Experiment("own"), Source(training_data(x, kind, None)))
    net.advance(20)
    assert Scene(net).setup()["features"] == ["x2", "x3"]


def test_data_without_two_columns_of_numbers_are_refused():
    net = LiveNet(
        Experiment("own", inputs=["x1", "x2"]),
        Source(training_data([[0.0], [1.0], [2.0]], [0, 1, 1], None)),
    )
    with pytest.raises(ValueError, match="two columns of numbers"):
        Scene(net)
