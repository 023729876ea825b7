import dataclasses
import json
import math

import numpy as np
import pandas as pd
import pytest
import torch
import xorlab
from conftest import Frame

X = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]


@pytest.fixture(scope="module")
def named_fit():
    """A net of three inputs whose classes are words."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 3))
    return xorlab.train_xor((x, np.where(x[:, 0] > 0, "yes", "no")), epochs=5, seed=1)


def test_the_corners_are_predicted_as_xor(fit):
    assert fit.predict(X).tolist() == [0, 1, 1, 0]
    prob = fit.prob(X)
    assert prob.dtype == np.float64
    assert ((prob > 0.9) == [False, True, True, False]).all()
    assert ((prob < 0.1) == [True, False, False, True]).all()


def test_probabilities_are_the_logistic_function_of_the_logits(fit):
    logits = fit.predict_logits(X)
    prob = 1 / (1 + np.exp(-logits))
    assert fit.prob(X) == pytest.approx(prob, rel=1e-12)
    assert fit.predict_proba(X) == pytest.approx(np.column_stack([1 - prob, prob]), rel=1e-12)
    with torch.no_grad():
        assert logits == pytest.approx(fit.model(torch.tensor(X)).squeeze(1).numpy(), rel=1e-6)


@pytest.mark.parametrize("kind", [np.array, torch.tensor, np.asfortranarray, tuple])
def test_points_of_every_kind_are_predicted_alike(fit, kind):
    assert np.array_equal(fit.predict_logits(kind(X)), fit.predict_logits(X))


def test_classes_come_back_in_the_users_own_words(named_fit):
    called = named_fit.predict(np.random.default_rng(1).normal(size=(20, 3)))
    assert set(called) == {"no", "yes"}
    assert named_fit.levels == ("no", "yes")


def test_a_row_with_a_missing_value_has_a_missing_probability_and_no_class(fit):
    points = [[0.0, 1.0], [math.nan, 1.0]]
    assert np.isnan(fit.prob(points)).tolist() == [False, True]
    assert np.isnan(fit.predict_proba(points)).tolist() == [[False] * 2, [True] * 2]
    with pytest.raises(ValueError, match="in 1 of 2 rows"):
        fit.predict(points)


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[1.0, 2.0, 3.0]], "`x` must have 2 columns, not 3"),
        ([0.0, 1.0], "`x` must have two dimensions"),
        ([], "`x` must have two dimensions"),
        ([["a", "b"]], "`x` must hold numbers"),
        (None, "`x` must"),
    ],
)
def test_points_of_another_shape_are_named(fit, x, message):
    for method in (fit.predict, fit.predict_proba, fit.predict_logits):
        with pytest.raises((TypeError, ValueError), match=message):
            method(x)


def test_predicting_leaves_the_model_and_the_points_as_they_were(fit):
    x = np.array(X, dtype=np.float32)
    x.flags.writeable = False
    before = fit.model.training
    fit.predict_proba(x)
    assert fit.model.training == before
    assert x.tolist() == X


def test_evaluate_agrees_with_eval_model(fit):
    dataset = xorlab.XORDataset(300, std=0.3, seed=5)
    loader = torch.utils.data.DataLoader(dataset, batch_size=300)
    here, there = fit.evaluate(dataset), xorlab.eval_model(fit.model, loader)
    assert (here.accuracy, here.n) == (there.accuracy, there.n)
    assert here.loss == pytest.approx(there.loss, rel=1e-6)
    assert np.array_equal(here.confusion, there.confusion)


def test_evaluate_takes_fresh_points_of_the_same_noise_where_none_are_given(fit):
    assert fit.evaluate().n == 500
    noisy = xorlab.train_xor(xorlab.XORDataset(50, 0.4, seed=1), epochs=1, seed=1)
    assert noisy.evaluate().best == xorlab.bayes_xor(0.4).accuracy


def test_columns_are_taken_by_name_where_all_names_are_there():
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=99), rng.normal(size=99) + 3
    label = np.where(a > 0, "above", "below")
    fit = xorlab.train_xor(xorlab.as_xor_data(Frame({"a": a, "b": b}), label), lr=1, seed=1)
    turned = Frame({"more": b * 9, "b": b, "a": a})
    expected = fit.predict(np.column_stack([a, b]))
    assert np.mean(expected == label) > 0.9
    assert np.array_equal(fit.predict(turned), expected)
    accuracy = fit.evaluate(xorlab.as_xor_data(turned, label)).accuracy
    assert accuracy == np.mean(expected == label)
    assert xorlab.diagnose_xor(fit, (turned, label)).accuracy == accuracy
    assert fit.evaluate((np.column_stack([a, b]), label)).accuracy == accuracy  # no names: by place


def test_an_evaluation_of_one_class_has_the_names_of_both(named_fit):
    result = named_fit.evaluate((np.zeros((3, 3)), ["yes"] * 3))
    assert result.n == 3
    assert result.confusion[0].tolist() == [0, 0]
    lines = repr(result).splitlines()
    assert lines[-3].split() == ["predicted", "no", "predicted", "yes", "recall", "precision"]
    assert lines[-1].startswith("class yes ")


def test_data_of_other_classes_or_columns_cannot_be_evaluated(fit, named_fit):
    with pytest.raises(ValueError, match=r"classes \('no', 'yes'\), as the fit has, not \(0, 1\)"):
        named_fit.evaluate(xorlab.XORDataset(5))
    with pytest.raises(ValueError, match=r"classes \(0, 1\), as the fit has, not \[2\]"):
        fit.evaluate(([[0.0, 1]], [2]))
    with pytest.raises(
        ValueError, match=r"`data` must be given, as in `fit\.evaluate\(data\)`: .*data of your own"
    ):
        named_fit.evaluate()
    with pytest.raises(
        ValueError,
        match=r"`data` must be given, as in `fit\.evaluate\(data\)`: .* the net has 3 inputs",
    ):
        xorlab.Fit(named_fit.model).evaluate()
    with pytest.raises(
        ValueError, match="`data` must have 2 columns, as the net has inputs, not 3"
    ):
        fit.evaluate(([[0.0, 1, 2], [1, 2, 3]], [0, 1]))
    with pytest.raises(TypeError, match=r"`data` must be an XORDataset.*not 3"):
        fit.evaluate(3)


def test_the_boundary_covers_the_square_or_the_lines_asked_for(fit, named_fit):
    surface = fit.boundary()
    assert surface.prob.shape == (200, 200)
    # The points of this fit lie within the lesson's square.
    assert (surface.x1[0], surface.x2[0]) == (-0.5, -0.5)
    assert fit.boundary(x1=[0, 1]).prob.shape == (2, 200)
    assert fit.boundary([0, 1], [0, 0.5, 1]).prob.shape == (2, 3)
    assert named_fit.boundary().prob.shape == (200, 200)  # in two of three columns


def test_weights_are_copies_with_the_names_and_shapes_of_the_state_dict(fit):
    weights = fit.weights()
    state = fit.model.state_dict()
    assert list(weights) == ["linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias"]
    for name, values in weights.items():
        assert values.dtype == np.float32
        assert np.array_equal(values, state[name])
        values[:] = 0
    assert fit.model.linear1.weight.abs().sum() > 0


def test_the_printed_form_shows_net_settings_data_and_history(fit):
    lines = repr(fit).splitlines()
    assert lines[0] == "Fit: 2-4-1 tanh net, 17 weights"
    assert lines[1] == "  trained with lr 0.1, batches of 128, seed 1, on cpu"
    assert lines[2].startswith("  XORDataset: 2,500 points, 2 columns; class 0: ")
    assert lines[3].startswith("  History: 100 epochs, loss 0.")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"optimizer": "adam"}, "adam, lr 0.01, batches"),
        ({"optimizer": "rmsprop", "l1": 0.001}, "rmsprop, lr 0.01, l1 0.001, batches"),
        (
            {"momentum": 0.9, "nesterov": True, "weight_decay": 1e-4, "init": "xavier"},
            "sgd, lr 0.1, momentum 0.9, nesterov, weight_decay 0.0001, init xavier, batches",
        ),
    ],
)
def test_the_printed_form_names_the_optimizer_and_terms_that_are_no_defaults(options, shown):
    fit = xorlab.train_xor(epochs=1, seed=1, **options)
    assert f"\n  trained with {shown} of 128, seed 1" in repr(fit)


def test_settings_are_what_was_asked_for_with_nothing_left_open():
    made = xorlab.train_xor(
        xorlab.XORDataset(64, seed=2),
        hidden=[3, 2],
        activation="relu",
        epochs=2,
        lr=0.5,
        batch_size=16,
        device="auto",
        seed=None,
    )
    settings = dataclasses.asdict(made.settings)
    assert settings.pop("seed") >= 0
    assert settings == {
        "hidden": (3, 2),
        "activation": "relu",
        "epochs": 2,
        "lr": 0.5,
        "batch_size": 16,
        "device": str(xorlab.get_device()),
        "engine": "fused",
        "snapshots": (),
        "optimizer": "sgd",
        "momentum": 0.0,
        "nesterov": False,
        "weight_decay": 0.0,
        "l1": 0.0,
        "init": "default",
        "validation": None,
        "patience": None,
    }
    assert len(made.history) == 2
    assert len(made.data) == 64


def test_a_fit_is_plain_data_and_comes_back_from_it(fit):
    content = fit.to_dict()
    again = xorlab.Fit.from_dict(content)
    assert repr(again) == repr(fit)
    assert np.array_equal(again.predict_logits(X), fit.predict_logits(X))
    json.dumps(content, default=np.ndarray.tolist)  # arrays alone are not JSON's own


def test_weights_that_cannot_be_written_to_are_copied(fit):
    """R hands over read-only views of its own memory, in column order."""
    content = fit.to_dict()
    content["weights"] = {
        name: np.asfortranarray(values.astype(np.float64))
        for name, values in content["weights"].items()
    }
    for values in content["weights"].values():
        values.flags.writeable = False
    again = xorlab.Fit.from_dict(content)
    with torch.no_grad():
        again.model.linear1.weight.zero_()
    assert np.abs(content["weights"]["linear1.weight"]).sum() > 0


def test_columns_go_by_name_wherever_points_are_taken():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    label = (x[:, 0] > 0).astype(int)
    swapped = Frame({"x2": x[:, 1], "x1": x[:, 0]})
    right = Frame({"x1": x[:, 0], "x2": x[:, 1]})
    fit = xorlab.train_xor((swapped, label), epochs=30, seed=1)
    accuracy = fit.evaluate((swapped, label)).accuracy
    assert accuracy > 0.9
    assert fit.evaluate((right, label)).accuracy == accuracy
    assert fit.evaluate(xorlab.as_xor_data(right, label)).accuracy == accuracy
    assert fit.evaluate((x[:, ::-1], label)).accuracy == accuracy  # without names, by place
    assert np.array_equal(fit.predict(xorlab.as_xor_data(right, label)), fit.predict(swapped))
    more = Frame({"note": np.full(200, np.nan), "x1": x[:, 0], "x2": x[:, 1]})
    assert fit.evaluate((more, label)).accuracy == accuracy


def test_an_epoch_may_be_a_whole_float_and_an_empty_history_is_kept():
    fit = xorlab.train_xor(epochs=2, seed=1, snapshots=[0])
    assert len(fit.at(2.0).history) == 2
    history = xorlab.History()
    assert xorlab.Fit(fit.model, history=history).history is history


@pytest.mark.parametrize("bad", [torch.nn.Sequential(torch.nn.Linear(2, 1)), None, "net"], ids=str)
def test_a_fit_of_another_module_is_refused_when_it_is_made(bad):
    with pytest.raises(
        TypeError, match=r"must be a SimpleClassifier, not .*`visualize_classification\(\)`"
    ):
        xorlab.Fit(bad)


@pytest.fixture(scope="module")
def flower_fit():
    """A net of two columns with names, from 0 to 1 and from 10 to 12."""
    x = pd.DataFrame({"Petal.Length": [0.0, 1, 0, 1], "Petal.Width": [10.0, 10, 12, 12]})
    return xorlab.train_xor((x, [0, 1, 1, 0]), epochs=1, seed=1)


def each_way(fit):
    """What takes new data as points."""
    return fit.predict, fit.predict_proba, fit.predict_logits


def with_labels(fit):
    """What takes new data as points with labels."""
    return fit.evaluate, lambda data: xorlab.diagnose_xor(fit, data)


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        (["Petal.width", "Petal.Length"], r"'Petal\.Width' \(misspelt as 'Petal\.width'\?\) is"),
        (["PetalWidth", "Petal.Length"], r"'Petal\.Width' \(misspelt as 'PetalWidth'\?\) is"),
        (["Petal.Length", "Sepal.Length"], r"'Petal\.Width' is"),
        (["Petal.Length"], r"'Petal\.Width' is"),
        (
            ["Petal.Length", "z", "Petal_Width"],
            r"'Petal\.Width' \(misspelt as 'Petal_Width'\?\) is",
        ),
    ],
)
def test_names_that_match_in_part_are_refused_with_the_missing_one_and_the_nearest(
    flower_fit, names, missing
):
    frame = pd.DataFrame({name: [10.0, 11.0] for name in names})
    must = f"`{{}}` must have all columns of the training data, but {missing} missing"
    for method in each_way(flower_fit):
        with pytest.raises(ValueError, match=must.format("x")):
            method(frame)
        with pytest.raises(ValueError, match=must.format("x")):
            method(xorlab.as_xor_data(frame, [0, 1]))
    for method in with_labels(flower_fit):
        with pytest.raises(ValueError, match=must.format("x")):
            method((frame, [0, 1]))
        with pytest.raises(ValueError, match=must.format("data")):
            method(xorlab.as_xor_data(frame, [0, 1]))


def test_several_missing_columns_are_all_named():
    fit = xorlab.train_xor(
        (pd.DataFrame({"a": [0.0, 1], "Bee": [1.0, 0], "c": [0.0, 1]}), [0, 1]), epochs=1, seed=1
    )
    with pytest.raises(ValueError, match=r"but 'Bee' \(misspelt as 'bee'\?\) and 'c' are missing"):
        fit.predict(pd.DataFrame({"a": [0.0], "bee": [0.0], "other": [0.0]}))


def test_position_counts_where_no_name_matches_or_there_is_none(flower_fit):
    x = np.array([[0.2, 10.5], [0.9, 11.5]])
    expected = flower_fit.predict_logits(x)
    for names in (["a", "b"], ["x1", "x2"], ["petal.length", "petal.width"], [0, 1]):
        frame = pd.DataFrame(x, columns=names)
        assert np.array_equal(flower_fit.predict_logits(frame), expected)
    assert np.array_equal(flower_fit.predict_logits(xorlab.as_xor_data(x, [0, 1])), expected)
    # Names that were made up for data without any are names of theirs.
    nameless = xorlab.train_xor((x, [0, 1]), epochs=1, seed=1)
    expected = nameless.predict_logits(x)
    for names in (["a", "b"], ["x1", "x2"]):
        assert np.array_equal(nameless.predict_logits(pd.DataFrame(x, columns=names)), expected)
    turned = pd.DataFrame(x, columns=["x1", "x2"])[["x2", "x1"]]
    assert np.array_equal(nameless.predict_logits(turned), expected)
    with pytest.raises(ValueError, match=r"'x2' \(misspelt as 'X2'\?\) is missing"):
        nameless.predict(pd.DataFrame(x, columns=["x1", "X2"]))


# The fit's columns go from 0 to 1 and from 10 to 12, so that these are the limits of what is near.
NEAR = [[6.0, 11.0], [-5.0, 11.0], [0.5, 22.0], [0.5, 0.0], [6.0, 22.0]]
FAR = [[6.01, 11.0], [-5.01, 11.0], [0.5, 22.01], [0.5, -0.01], [1e30, math.inf]]
MISSING = [math.nan, 11.0]
WARNING = "Every row of the new data lies outside the range .* by more than 5 times its width"


@pytest.mark.parametrize("row", NEAR)
def test_nothing_is_said_of_data_within_five_times_the_range(flower_fit, row):
    for method in each_way(flower_fit):
        method([row])
        method([*FAR[:4], row])  # one near row is enough
        method([FAR[0]] * 5000 + [row])
    for method in with_labels(flower_fit):
        method(([row, FAR[0]], [0, 1]))


@pytest.mark.parametrize("row", FAR[:4])
def test_data_that_are_far_in_every_row_are_warned_of_once(flower_fit, row):
    for method in each_way(flower_fit):
        with pytest.warns(UserWarning, match=WARNING) as seen:
            method([row, FAR[1], FAR[2]])
        assert [one.filename for one in seen] == [__file__]
    for method in with_labels(flower_fit):
        with pytest.warns(UserWarning, match=WARNING) as seen:
            method(([row, FAR[1], FAR[2]], [0, 1, 1]))
        assert [one.filename for one in seen] == [__file__]


def test_rows_with_a_missing_value_say_nothing_of_how_far_the_data_are(flower_fit):
    flower_fit.predict_proba([MISSING, MISSING])
    flower_fit.predict_proba([MISSING, *NEAR])
    with pytest.warns(UserWarning, match=WARNING):
        flower_fit.predict_proba([MISSING] * 5000 + FAR)
    with pytest.warns(UserWarning, match=WARNING):
        flower_fit.predict_proba([MISSING, *FAR])


def test_a_column_in_which_the_training_data_do_not_vary_has_no_range_to_measure_by():
    x = [[0.0, 7.0], [1.0, 7.0]]
    fit = xorlab.train_xor((x, [0, 1]), epochs=1, seed=1, scale=False)
    fit.predict([[0.5, 700.0]])
    with pytest.warns(UserWarning, match=WARNING):
        fit.predict([[9.0, 7.0]])


def test_a_fit_without_data_and_fresh_points_are_not_warned_of(fit):
    xorlab.Fit(fit.model).predict([[1e6, 1e6]])
    xorlab.train_xor(xorlab.XORDataset(20, std=0, seed=1), epochs=1, seed=1).evaluate()
    xorlab.diagnose_xor(fit)


def test_a_logit_that_is_not_a_number_is_no_class(overflowing_model, named_fit):
    fit = xorlab.Fit(overflowing_model)
    assert np.isnan(fit.prob(X)).tolist() == [False, False, True, True]
    must = "`x` has no class in 2 of 4 rows: the logit is not a number there, because weights are"
    with pytest.raises(ValueError, match=must):
        fit.predict(X)
    assert fit.predict(X[:2]).tolist() == [0, 0]
    content = named_fit.to_dict()
    content["weights"]["linear2.bias"][:] = math.nan
    broken = xorlab.Fit.from_dict(content)
    with pytest.raises(ValueError, match="no class in 1 of 1 row: "):
        broken.predict([[0.0, 0.0, 0.0]])
    evaluation = broken.evaluate(broken.data)
    assert (evaluation.accuracy, evaluation.unclassified) == (0.0, 60)
    assert xorlab.diagnose_xor(broken).accuracy == 0


def test_a_net_of_two_outputs_is_refused_when_the_fit_is_made():
    with pytest.raises(ValueError, match=r"`model` must have one output.*, not 2.*eval_model"):
        xorlab.Fit(xorlab.SimpleClassifier(2, 4, 2))
