"""Boundaries in two of many columns: which vary, what the others are, and what is refused."""

import numpy as np
import pandas as pd
import pytest
import torch
import xorlab
from xorlab.data.training_data import Encoded

RNG = np.random.default_rng(3)
X = RNG.normal(size=(200, 4)) * [1, 1000, 1, 10] + [0, 5000, 3, 0]
THREE = np.select([X[:, 1] > 5400, X[:, 3] > 0], ["rich", "tall"], "other")


@pytest.fixture(scope="module")
def fit():
    data = xorlab.as_xor_data(pd.DataFrame(X, columns=["age", "pay", "rank", "size"]), THREE)
    return xorlab.train_xor(data, epochs=40, batch_size=16, seed=1)


@pytest.fixture(scope="module")
def frame_fit():
    frame = pd.DataFrame(X[:, :3], columns=["age", "pay", "rank"])
    frame["town"] = np.select([X[:, 3] > 5, X[:, 3] > -9], ["Rome", "Oslo"], "Lima")
    frame["late"] = np.where((X[:, 1] > 5000) != (frame["town"] == "Oslo"), "yes", "no")
    return xorlab.train_xor(frame, y="late", epochs=40, batch_size=16, seed=1)


def test_a_surface_is_what_the_fit_predicts_at_its_points(fit):
    x1, x2, prob = fit.boundary([3000.0, 5500.0], [-9, 0, 9], vars=("pay", "size"), at={"rank": 1})
    assert prob.shape == (2, 3, 3)
    for i, pay in enumerate(x1):
        for j, size in enumerate(x2):
            expected = fit.predict_proba([[X[:, 0].mean(), pay, 1, size]])[0]
            assert prob[i, j] == pytest.approx(expected, abs=1e-6)


def test_the_first_of_vars_goes_with_the_first_grid(fit):
    one = fit.boundary([4000, 6000], [-5, 0, 5], vars=("pay", "size")).prob
    other = fit.boundary([-5, 0, 5], [4000, 6000], vars=["size", "pay"]).prob
    assert np.array_equal(one, other.swapaxes(0, 1))


def test_probabilities_of_a_surface_sum_to_one_and_classes_win_where_they_are(fit):
    x1, x2, prob = fit.boundary()
    assert prob.sum(axis=2) == pytest.approx(1)
    winner = np.array(fit.levels)[prob.argmax(axis=2)]
    assert winner[x1 > 6500].tolist() == np.full_like(winner[x1 > 6500], "rich").tolist()
    low = winner[x1 < 4500]
    assert {*low[:, x2 > 10].ravel()} == {"tall"}
    assert {*low[:, x2 < -10].ravel()} == {"other"}


def test_without_vars_the_two_vary_that_predictions_depend_on_most(fit):
    section = fit.section()
    assert section.names == ("pay", "size")
    assert section.caption == "Most influential columns; others at their means"
    x1, x2, _ = fit.boundary()
    assert x1[0] < X[:, 1].min() < X[:, 1].max() < x1[-1]
    assert x2[0] < X[:, 3].min() < X[:, 3].max() < x2[-1]


def test_captions_say_what_the_others_are(fit):
    def caption(at=None):
        return fit.section(("pay", "size"), at).caption

    assert caption() == "Others at their means"
    assert caption({"age": 2.5}) == f"age at 2.5, rank at {X[:, 2].mean():.4g}, its mean"
    assert caption({"age": 2.5, "rank": 1}) == "age at 2.5, rank at 1"
    two = xorlab.train_xor(X[:, :2], THREE, epochs=1, seed=1)
    assert two.section().caption == ""


def test_categories_are_at_their_most_frequent_level_or_at_one_that_is_named(frame_fit):
    town = frame_fit.section(("age", "pay"))
    assert town.caption == "Others at their means or most frequent levels"
    grid = [0.0], [4000.0, 6000.0]
    for at, name in ((None, "Oslo"), ({"town": "Rome"}, "Rome"), ({"town": "Lima"}, "Lima")):
        prob = frame_fit.boundary(*grid, vars=("age", "pay"), at=at).prob
        for j, pay in enumerate(grid[1]):
            row = pd.DataFrame({"age": [0], "pay": [pay], "rank": X[:, 2].mean(), "town": [name]})
            assert prob[0, j] == pytest.approx(frame_fit.prob(row)[0], abs=1e-6)
    caption = frame_fit.section(("age", "pay"), {"rank": 2}).caption
    assert caption == "rank at 2, town at Oslo, its most frequent level"


def test_only_columns_of_numbers_vary(frame_fit):
    assert "pay" in frame_fit.section().names
    with pytest.raises(ValueError, match="`vars` must name columns of numbers, but 'town' has cat"):
        frame_fit.boundary(vars=("pay", "town"))
    frame = pd.DataFrame({"a": ["p", "q"] * 5, "b": ["u", "u", "v", "v", "v"] * 2})
    fit = xorlab.train_xor(frame, [0, 1] * 5, epochs=1, seed=1)
    with pytest.raises(ValueError, match=r"needs a column of numbers, but .*'a' or 'b'"):
        fit.boundary()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"vars": "pay"}, "`vars` must be the names of two different columns, not 'pay'"),
        ({"vars": ("pay",)}, "`vars` must be the names of two different columns"),
        ({"vars": ("pay", "pay")}, "`vars` must be the names of two different columns"),
        ({"vars": ("pay", "age", "size")}, "`vars` must be the names of two different columns"),
        ({"vars": ("pya", "age")}, "`vars` must name columns .* not 'pya'. Did you mean 'pay'"),
        ({"vars": ("q", "age")}, "not 'q'. They are 'age', 'pay', 'rank', 'size'."),
        ({"vars": 3}, "`vars` must be the names of two columns, not 3"),
        ({"vars": (1, 2)}, "`vars` must be the names of two columns, not"),
        ({"at": 3}, "`at` must be a dict of values by the name of a column, not 3"),
        ({"at": {"rnk": 3}}, "`at` must name columns of the data, not 'rnk'. Did you mean 'rank'"),
        ({"at": {"rank": "a"}}, "`at` must have a finite number for 'rank', not 'a'"),
        ({"at": {"rank": np.nan}}, "`at` must have a finite number for 'rank', not nan"),
        (
            {"vars": ("pay", "age"), "at": {"pay": 3}},
            "must not fix a column .*, but 'pay'",
        ),
        ({"x1": []}, "`x1` must be one row of finite numbers"),
    ],
)
def test_what_is_no_section_is_named(fit, given, message):
    with pytest.raises((TypeError, ValueError), match=message):
        fit.boundary(**given)


def test_a_level_that_is_not_there_is_named_with_those_there_are(frame_fit):
    with pytest.raises(ValueError, match=r"a level of 'town', one of .*'Oslo'.* not 'rome'.*Rome"):
        frame_fit.boundary(vars=("age", "pay"), at={"town": "rome"})


def test_one_column_has_no_boundary(fit):
    one = xorlab.train_xor(X[:, :1], THREE, epochs=1, seed=1)
    with pytest.raises(ValueError, match=r"two columns .* only 'x1': `plot_fit\(\)` draws"):
        one.boundary()


def test_bare_weights_of_many_inputs_need_the_training_data(fit, tmp_path):
    torch.save(xorlab.SimpleClassifier(3, 4, 1).state_dict(), tmp_path / "bare.pt")
    with pytest.raises(ValueError, match="with 3 inputs needs the training data"):
        xorlab.load_xor(tmp_path / "bare.pt").boundary()


def test_names_may_come_in_any_sequence(frame_fit):
    names = [one for one, levels in frame_fit.preparation.frame.items() if not levels][:2]
    expected = frame_fit.boundary(vars=names).prob
    for given in (tuple(names), np.array(names), pd.Index(names)):
        assert np.array_equal(frame_fit.boundary(vars=given).prob, expected)


def test_a_section_says_that_columns_which_a_formula_of_r_computed_do_not_move_together():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(40, 2))
    data = xorlab.PointDataset(
        np.column_stack([x, x[:, 0] * x[:, 1]]), x[:, 0] > 0, (0, 1), ["a", "b", "a:b"]
    )
    variables = {name: {"class": "numeric", "levels": []} for name in "ab"}
    formula = {"formula": "y ~ a * b", "variables": variables}
    made = xorlab.train_xor(Encoded(data, {"formula": formula}), epochs=2, seed=1)
    assert made.section(("a", "b")).caption.endswith("; columns of R's formula one by one")
    plain = data.take(range(40))
    assert "formula" not in xorlab.train_xor(plain, epochs=2, seed=1).section(("a", "b")).caption
