"""Predictions and figures of three classes and more, against scikit-learn."""

import math

import numpy as np
import pytest
import torch
import xorlab
from sklearn import metrics
from xorlab.evaluation.evaluate import evaluate_logits
from xorlab.evaluation.predict import probabilities

LEVELS = ("ash", "birch", "cedar")


def trees(rows=240, seed=0):
    """Three overlapping classes in two columns of other units."""
    rng = np.random.default_rng(seed)
    label = np.arange(rows) % 3
    x = rng.normal(size=(rows, 2))
    x += np.array([[0, 2], [2, 0], [-1, -1]])[label]
    return x * [10, 1000] + [50, 7], np.array(LEVELS)[label]


@pytest.fixture(scope="module")
def tree_fit():
    x, label = trees()
    return xorlab.train_xor(x, label, epochs=60, seed=1)


def check_against_scikit_learn(result, label, prob, called, levels):
    numbers = list(range(len(levels)))
    places = np.searchsorted(levels, label)
    assert result.n == len(label)
    assert result.accuracy == pytest.approx(metrics.accuracy_score(label, called), abs=1e-12)
    assert result.loss == pytest.approx(metrics.log_loss(places, prob, labels=numbers), rel=1e-9)
    assert np.array_equal(result.confusion, metrics.confusion_matrix(label, called, labels=levels))
    options = {"labels": levels, "average": None, "zero_division": np.nan}
    assert result.precision == pytest.approx(
        metrics.precision_score(label, called, **options), nan_ok=True
    )
    assert result.recall == pytest.approx(
        metrics.recall_score(label, called, **options), nan_ok=True
    )
    scores = prob[:, 1] if len(levels) == 2 else prob
    assert result.auc == pytest.approx(
        metrics.roc_auc_score(places, scores, multi_class="ovr", average="macro"), abs=1e-9
    )


def test_the_figures_of_three_classes_are_scikit_learns(tree_fit):
    x, label = trees(seed=5)
    result = tree_fit.evaluate((x, label))
    check_against_scikit_learn(
        result, label, tree_fit.predict_proba(x), tree_fit.predict(x), LEVELS
    )
    assert 0.5 < result.accuracy < 1


def test_the_figures_of_two_classes_are_scikit_learns():
    x, label = trees(seed=5)
    label = np.where(label == "ash", "ash", "other")
    fit = xorlab.train_xor(x, label, epochs=20, seed=1)
    check_against_scikit_learn(
        fit.evaluate((x, label)), label, fit.predict_proba(x), fit.predict(x), ("ash", "other")
    )


def test_the_figures_of_xor_are_scikit_learns(fit):
    data = xorlab.XORDataset(500, std=0.3, seed=2)
    label = data.label.numpy()
    check_against_scikit_learn(
        fit.evaluate(data), label, fit.predict_proba(data.data), fit.predict(data.data), (0, 1)
    )


def test_of_equal_logits_the_first_class_is_called_and_of_two_the_second():
    ties = torch.zeros(4, 3)
    result = evaluate_logits(ties, torch.tensor([0, 1, 2, 0]))
    assert result.confusion.tolist() == [[2, 0, 0], [1, 0, 0], [1, 0, 0]]
    assert (result.accuracy, result.auc) == (0.5, 0.5)
    assert result.loss == pytest.approx(math.log(3))
    called = probabilities(ties).numpy().argmax(axis=1)
    assert metrics.confusion_matrix([0, 1, 2, 0], called).tolist() == result.confusion.tolist()
    two = evaluate_logits(torch.zeros(3), torch.tensor([0, 1, 1]))
    assert two.confusion.tolist() == [[0, 1], [0, 2]]


def test_points_with_a_logit_that_is_not_a_number_have_no_class():
    logits = torch.eye(3)
    logits[1, 0] = math.nan
    result = evaluate_logits(logits, torch.arange(3), levels=LEVELS)
    assert result.confusion.tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert (result.unclassified, result.accuracy, result.auc) == (1, pytest.approx(2 / 3), None)
    assert math.isnan(result.loss)
    assert np.isnan(result.recall).tolist() == [False, True, False]
    assert "No class: 1 point, where the logit is not a number" in repr(result)


def test_a_class_that_was_never_called_has_no_precision():
    result = evaluate_logits(torch.tensor([-1.0, -2.0]), torch.tensor([0, 1]))
    assert np.isnan(result.precision).tolist() == [False, True]
    assert result.recall.tolist() == [1, 0]
    assert repr(result).splitlines()[-1].split() == ["class", "1", "1", "0", "0.0%", "-"]


def test_an_evaluation_as_plain_data_has_all_that_it_prints(tree_fit):
    content = tree_fit.evaluate(trees()).to_dict()
    assert content["levels"] == list(LEVELS)
    assert content["confusion"].shape == (3, 3)
    assert len(content["precision"]) == len(content["recall"]) == 3
    assert 0.5 < content["auc"] < 1


def test_the_printed_confusion_has_a_row_and_a_column_for_each_class(tree_fit):
    lines = repr(tree_fit.evaluate(trees())).splitlines()
    head = [word for level in LEVELS for word in ("predicted", level)]
    assert lines[2].split() == [*head, "recall", "precision"]
    assert [line.split()[1] for line in lines[3:]] == list(LEVELS)
    assert len({len(line) for line in lines[2:]}) == 1


def test_predictions_have_a_column_for_each_class(tree_fit, fit):
    x, _ = trees(7, seed=3)
    prob, logits = tree_fit.predict_proba(x), tree_fit.predict_logits(x)
    assert prob.shape == logits.shape == (7, 3)
    assert (prob.dtype, logits.dtype) == (np.float64, np.float64)
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert prob == pytest.approx(expected, rel=1e-9)
    assert tree_fit.predict(x).tolist() == [LEVELS[i] for i in prob.argmax(axis=1)]
    points = [[0.0, 1.0], [0.2, 0.9], [1.0, 1.0]]
    assert (fit.predict_proba(points).shape, fit.predict_logits(points).shape) == ((3, 2), (3,))
    assert np.array_equal(fit.predict_proba(points)[:, 1], fit.prob(points))
    assert fit.predict_proba(points).sum(axis=1) == pytest.approx(np.ones(3))


def test_the_probability_of_one_class_is_asked_of_two_alone(tree_fit):
    with pytest.raises(ValueError, match=r"`prob\(\)` is for two classes, and there are 3: `pre"):
        tree_fit.prob([[0.0, 1.0]])


def test_rows_with_a_missing_value_have_no_probability_of_any_class(tree_fit):
    x, _ = trees(3)
    x[1, 0] = np.nan
    assert np.isnan(tree_fit.predict_proba(x)).tolist() == [[False] * 3, [True] * 3, [False] * 3]
    with pytest.raises(ValueError, match="are in 1 of 3 rows"):
        tree_fit.predict(x)


def test_classes_that_are_not_in_new_data_are_still_there(tree_fit):
    x, label = trees()
    some = label == "cedar"
    result = tree_fit.evaluate((x[some], label[some]))
    assert result.confusion[:2].sum() == 0
    assert result.confusion.shape == (3, 3)
    assert result.auc is None
    with pytest.raises(ValueError, match=r"must have the classes \('ash', 'birch', 'cedar'\)"):
        tree_fit.evaluate((x[:3], ["ash", "elm", "ash"]))


def test_a_fit_of_three_classes_comes_back_from_a_file(tree_fit, tmp_path):
    tree_fit.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    x, label = trees(seed=4)
    assert again.levels == LEVELS
    assert np.array_equal(again.predict_proba(x), tree_fit.predict_proba(x))
    assert repr(again.evaluate((x, label))) == repr(tree_fit.evaluate((x, label)))


def test_a_bare_state_dict_of_three_outputs_is_a_net_of_three_classes(tmp_path):
    model = xorlab.SimpleClassifier(4, [5, 3], 3)
    torch.save(model.state_dict(), tmp_path / "weights.pt")
    fit = xorlab.load_xor(tmp_path / "weights.pt")
    assert (fit.levels, fit.num_inputs, fit.preparation) == ((0, 1, 2), 4, None)
    x = np.random.default_rng(0).normal(size=(6, 4))
    with torch.no_grad():
        expected = model(torch.tensor(x).float()).softmax(dim=1).numpy()
    assert fit.predict_proba(x) == pytest.approx(expected, rel=1e-5)
    assert set(fit.predict(x)) <= {0, 1, 2}
    assert fit.evaluate((x, [0, 1, 2, 0, 1, 2])).confusion.shape == (3, 3)


def test_two_outputs_are_told_to_be_one():
    with pytest.raises(ValueError, match=r"must have one output, .* not 2"):
        xorlab.Fit(xorlab.SimpleClassifier(2, 4, 2))


def test_data_of_another_number_of_classes_do_not_belong_to_a_net(tree_fit):
    content = tree_fit.to_dict()
    content["data"]["levels"] = [*LEVELS, "elm"]
    with pytest.raises(ValueError, match="`data` must have 3 classes, as the net has outputs"):
        xorlab.Fit.from_dict(content)


def test_the_diagnosis_of_three_classes_is_that_of_own_data(tree_fit):
    found = xorlab.diagnose_xor(tree_fit)
    assert found.solved is found.best is None
    assert found.lost == ()
    assert found.headline == "better than guessing on these data"
    assert found.guessing == pytest.approx(1 / 3)
    assert found.accuracy == tree_fit.evaluate(trees()).accuracy
    assert found.cause in ("none", "not done yet")
    assert "always the largest class would have 33.33%" in repr(found)


def test_the_diagnosis_of_a_net_of_three_classes_that_learns_nothing():
    x, label = trees()
    slow = xorlab.diagnose_xor(xorlab.train_xor(x, label, lr=1e-6, epochs=5, seed=1))
    assert slow.headline == "no better than guessing on these data"
    assert slow.rate == "too low"
    raw = xorlab.train_xor(x, label, epochs=5, seed=1, scale=False, lr=1e-4)
    assert xorlab.diagnose_xor(raw).cause == "columns not standardised"
