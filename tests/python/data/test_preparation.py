"""How columns are standardised, left out and computed before a net gets them."""

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest
import torch
import xorlab
from conftest import on_threads
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.preprocessing import StandardScaler
from xorlab.data.inputs import INPUTS, compute_inputs
from xorlab.data.preparation import Preparation, learn_preparation

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
CONSTANT = "ignore:Columns that do not vary"


def own(columns=3, rows=60, seed=0):
    """Columns on very different scales, and two classes that depend on the first two."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, columns))
    label = np.where(x[:, 0] * x[:, 1] > 0, "same", "other")
    return 3e6 + 1e4 ** np.arange(columns) * x, label


def bits(fit):
    return {name: weights.tobytes() for name, weights in fit.weights().items()}


def test_a_net_gets_what_scikit_learns_scaler_makes():
    x, label = own()
    fit = xorlab.train_xor(x, label, epochs=1, seed=1)
    scaler = StandardScaler().fit(x)
    assert fit.preparation.center == pytest.approx(scaler.mean_, rel=1e-14)
    assert fit.preparation.scale == pytest.approx(scaler.scale_, rel=1e-12)
    new = x[:7] * 1.5
    given = fit.prepared(torch.from_numpy(new))
    assert given.dtype == torch.float32
    assert given.numpy() == pytest.approx(scaler.transform(new).astype(np.float32), rel=1e-6)


@given(
    x=hnp.arrays(
        np.float64,
        st.tuples(st.integers(2, 30), st.integers(1, 4)),
        elements=st.floats(-1e6, 1e6).map(lambda one: round(one, 3)),
    )
)
@pytest.mark.filterwarnings(CONSTANT)
def test_any_columns_that_vary_get_mean_zero_and_spread_one(x):
    data = xorlab.PointDataset(x, np.arange(len(x)) % 2)
    varying = [i for i in range(x.shape[1]) if x[:, i].min() < x[:, i].max()]
    if not varying:
        with pytest.raises(ValueError, match="must have a column that varies"):
            learn_preparation(data, True, None)
        return
    made = learn_preparation(data, True, None)
    assert made.columns == tuple(f"x{i + 1}" for i in varying)
    given = made(data.points).double().numpy()
    assert given.mean(axis=0) == pytest.approx(np.zeros(len(varying)), abs=1e-5)
    assert given.std(axis=0) == pytest.approx(np.ones(len(varying)), abs=1e-5)


def test_columns_far_from_zero_keep_their_resolution():
    x = 1.7e9 + np.random.default_rng(0).normal(0, 100, size=(500, 1))
    fit = xorlab.train_xor(x, x[:, 0] > 1.7e9, epochs=1, seed=1)
    expected = ((x - x.mean(axis=0)) / x.std(axis=0)).astype(np.float32)
    # In float32 neighbours are 128 apart there, and all points would be of a few values.
    assert len(np.unique(x.astype(np.float32))) < 20
    given = fit.prepared(fit.data.points).numpy()
    assert given == pytest.approx(expected, abs=1e-6)
    assert len(np.unique(given)) == 500
    assert np.array_equal(fit.data.points.numpy(), x)


def test_what_is_far_from_zero_is_learned_and_predicted():
    x = 1.7e9 + np.random.default_rng(0).normal(0, 100, size=(400, 2))
    label = x[:, 0] > 1.7e9
    fit = xorlab.train_xor(x, label, seed=1)
    assert fit.evaluate((x, label)).accuracy > 0.98
    assert (fit.predict(x) == label).mean() == fit.evaluate((x, label)).accuracy


def test_the_statistics_are_those_of_float64_rounded_once():
    x, label = own()
    center, scale = x.mean(axis=0), x.std(axis=0)
    fit = xorlab.train_xor(x, label, epochs=1, seed=1)
    assert (fit.preparation.center.dtype, fit.preparation.scale.dtype) == (np.float64, np.float64)
    by_hand = ((x - fit.preparation.center) / fit.preparation.scale).astype(np.float32)
    assert np.array_equal(fit.prepared(fit.data.points).numpy(), by_hand)
    assert fit.preparation.center == pytest.approx(center, rel=1e-15)
    assert fit.preparation.scale == pytest.approx(scale, rel=1e-12)


def test_the_statistics_do_not_depend_on_the_number_of_threads():
    x = torch.from_numpy(np.random.default_rng(0).normal(size=(300_000, 1)))
    data = xorlab.PointDataset(x, torch.arange(len(x)) % 2)
    found = []
    for threads in (1, 2, 3):
        with on_threads(threads):
            made = learn_preparation(data, True, None)
        found.append((made.center.tobytes(), made.scale.tobytes()))
    assert len({*found}) == 1


def test_a_scaled_training_is_one_on_scaled_columns_bit_for_bit():
    x, label = own(columns=2)
    fit = xorlab.train_xor(x, label, epochs=5, seed=1)
    by_hand = (x - fit.preparation.center) / fit.preparation.scale
    unscaled = xorlab.train_xor(by_hand, label, epochs=5, seed=1, scale=False)
    assert unscaled.preparation is None
    assert bits(fit) == bits(unscaled)
    assert fit.history.loss == unscaled.history.loss
    assert np.array_equal(fit.predict_logits(x), unscaled.predict_logits(by_hand))


def test_constant_columns_are_named_and_left_out():
    x, label = own()
    wide = np.column_stack([np.full(60, 0.1), x[:, :2], np.full(60, 7.0), x[:, 2]])
    message = r"^Columns that do not vary are left out: 'x1', 'x4'\.$"
    with pytest.warns(UserWarning, match=message) as caught:
        fit = xorlab.train_xor(wide, label, epochs=3, seed=1)
    assert [one.filename for one in caught] == [__file__]
    assert fit.features == ("x1", "x2", "x3", "x4", "x5")
    assert fit.inputs == fit.preparation.columns == ("x2", "x3", "x5")
    assert fit.preparation.left_out == ["x1", "x4"]
    assert (fit.num_inputs, fit.model.linears()[0].in_features) == (5, 3)
    assert bits(fit) == bits(xorlab.train_xor(x, label, epochs=3, seed=1))
    elsewhere = wide + np.array([5.0, 0, 0, -3.0, 0])
    assert np.array_equal(fit.predict_logits(elsewhere), fit.predict_logits(wide))


def test_where_every_column_is_constant_there_is_nothing_to_learn():
    must = r"`x` must have a column that varies, but every one is constant: 'x1', 'x2'\."
    for scale in ("auto", True):
        with pytest.raises(ValueError, match=must):
            xorlab.train_xor(np.ones((4, 2)), [0, 1, 0, 1], scale=scale)


def test_many_constant_columns_are_not_all_named():
    x = np.column_stack([np.ones((20, 9)), np.arange(20.0)])
    with pytest.warns(UserWarning, match=r"'x1', 'x2', 'x3', 'x4', 'x5', \.\.\.\.$"):
        xorlab.train_xor(x, np.arange(20) > 9, epochs=1, seed=1)


def test_xor_is_as_it_is_by_default_and_scaled_where_asked():
    data = xorlab.XORDataset(200, seed=1)
    plain, by_hand, scaled = (
        xorlab.train_xor(data, epochs=2, seed=1, scale=scale) for scale in ("auto", False, True)
    )
    assert plain.preparation is by_hand.preparation is None
    assert bits(plain) == bits(by_hand) != bits(scaled)
    points = data.data.double().numpy()
    assert scaled.preparation.center == pytest.approx(points.mean(axis=0))
    assert scaled.preparation.scale == pytest.approx(points.std(axis=0))
    assert xorlab.train_xor(epochs=1, seed=1).preparation is None
    assert xorlab.train_xor(epochs=1, seed=1, scale=True).preparation.scale is not None


def test_own_data_are_scaled_by_default_and_left_alone_where_asked():
    x, label = own()
    default, asked, plain = (
        xorlab.train_xor(x, label, epochs=2, seed=1, lr=1e-9, scale=scale)
        for scale in ("auto", np.True_, False)
    )
    assert bits(default) == bits(asked)
    assert plain.preparation is None
    assert torch.equal(plain.prepared(plain.data.points), plain.data.data)


@pytest.mark.parametrize(
    ("scale", "kind"), [("yes", ValueError), (1, TypeError), (None, TypeError), ([], TypeError)]
)
def test_what_scale_may_be_is_said(scale, kind):
    with pytest.raises(kind, match=r"^`scale` must be True, False or 'auto', not "):
        xorlab.train_xor(scale=scale)


def test_inputs_are_computed_from_the_two_columns_in_float64():
    x = np.array([[0.5, -2.0], [3.0, 0.25], [1e5, 1.0]])
    made = compute_inputs(INPUTS, torch.from_numpy(x))
    first, second = x.T
    expected = np.column_stack(
        [
            *(first, second, first**2, second**2, first * second),
            *(np.sin(first), np.sin(second)),
        ]
    )
    assert made.dtype == torch.float64
    assert made.numpy() == pytest.approx(expected, rel=1e-15)


def test_inputs_are_computed_before_they_are_scaled():
    x, label = own(columns=2)
    x = x / 1e6
    names = ["x2", "x1*x2", "sin(x1)"]
    fit = xorlab.train_xor(x, label, inputs=names, epochs=3, seed=1)
    raw = np.column_stack([x[:, 1], x[:, 0] * x[:, 1], np.sin(x[:, 0])])
    assert fit.inputs == tuple(names)
    assert fit.num_inputs == 2
    expected = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    assert fit.prepared(fit.data.points).numpy() == pytest.approx(expected, abs=2e-6)
    by_hand = xorlab.train_xor(raw, label, epochs=3, seed=1)
    assert fit.history.loss == pytest.approx(by_hand.history.loss, rel=1e-5)


def test_of_computed_inputs_too_the_constant_ones_are_left_out():
    x = np.array([[-1.0, 1.0], [1.0, 2.0], [-1.0, 4.0], [1.0, 3.0]])
    with pytest.warns(UserWarning, match=r"left out: 'x1\^2'\."):
        fit = xorlab.train_xor(x, [0, 1, 0, 1], inputs=["x1^2", "x2"], epochs=1, seed=1)
    assert (fit.inputs, fit.preparation.left_out) == (("x2",), ["x1^2"])
    assert fit.features == ("x1", "x2")


def test_a_product_as_an_input_lets_one_unit_solve_xor():
    options = {"hidden": 1, "epochs": 200, "seed": 1}
    fit = xorlab.train_xor(inputs=["x1", "x2", "x1*x2"], **options)
    assert fit.evaluate(xorlab.XORDataset(500, seed=2)).accuracy > 0.99
    assert fit.preparation.center is None
    assert xorlab.train_xor(**options).evaluate(xorlab.XORDataset(500, seed=2)).accuracy < 0.85


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ("x3", r"not 'x3'\."),
        (["x1", "x1**2"], r"not 'x1\*\*2'\."),
        (["X1*X2"], r"not 'X1\*X2'\. Did you mean 'x1\*x2'\?"),
        (["x1", "x1"], r"each once, not \('x1', 'x1'\)"),
        ([], r"not \(\)"),
        (3, "not 3"),
        ([None], "not None"),
    ],
)
def test_other_inputs_are_refused_and_nothing_is_drawn(inputs, message):
    before = torch.get_rng_state()
    for data in (None, xorlab.XORDataset(20, seed=1)):
        with pytest.raises(
            (TypeError, ValueError), match=f"^`inputs` must be one or more.*{message}"
        ):
            xorlab.train_xor(data, inputs=inputs)
    assert torch.equal(torch.get_rng_state(), before)


def test_inputs_are_for_two_columns():
    x, label = own()
    with pytest.raises(ValueError, match="`inputs` must be left out for data of 3 columns"):
        xorlab.train_xor(x, label, inputs=["x1"])


@pytest.fixture
def prepared_fit():
    """A fit with every part of a preparation: computed inputs, one left out, and the scaling."""
    rng = np.random.default_rng(3)
    x = np.column_stack([rng.choice([-1.0, 1.0], 80), rng.normal(50, 7, 80)])
    with pytest.warns(UserWarning, match="left out"):
        return xorlab.train_xor(
            x,
            np.where(x[:, 0] * (x[:, 1] - 50) > 0, "a", "b"),
            inputs=["x1", "x2", "x1^2", "x1*x2"],
            epochs=6,
            batch_size=16,
            seed=1,
            snapshots=[0, 3],
        )


def check_the_same(one, other):
    assert bits(one) == bits(other)
    mine, theirs = one.preparation, other.preparation
    assert (mine.features, mine.inputs, mine.columns) == (
        theirs.features,
        theirs.inputs,
        theirs.columns,
    )
    assert mine.center.tobytes() == theirs.center.tobytes()
    assert mine.scale.tobytes() == theirs.scale.tobytes()
    assert one.data.points.numpy().tobytes() == other.data.points.numpy().tobytes()
    new = one.data.points[:9] + 0.25
    assert np.array_equal(one.predict_logits(new), other.predict_logits(new))


def test_a_preparation_comes_back_bit_for_bit(prepared_fit, tmp_path):
    prepared_fit.save(tmp_path / "fit.pt")
    for again in (
        xorlab.load_xor(tmp_path / "fit.pt"),
        xorlab.Fit.from_dict(prepared_fit.to_dict()),
        copy.deepcopy(prepared_fit),
        pickle.loads(pickle.dumps(prepared_fit)),
    ):
        check_the_same(prepared_fit, again)


@pytest.mark.parametrize("engine", ["fused", "autograd"])
def test_a_training_that_goes_on_keeps_the_preparation(engine):
    x, label = own()
    options = {"batch_size": 16, "seed": 1, "engine": engine}
    whole = xorlab.train_xor(x, label, epochs=7, **options)
    longer = xorlab.resume_xor(xorlab.train_xor(x, label, epochs=3, **options), epochs=7)
    check_the_same(whole, longer)
    assert whole.history.loss == longer.history.loss


def test_an_earlier_epoch_has_the_same_preparation(prepared_fit):
    earlier = prepared_fit.at(3)
    assert earlier.preparation is prepared_fit.preparation
    assert earlier.predict(prepared_fit.data.points).shape == (80,)
    assert earlier.inputs == ("x1", "x2", "x1*x2")


def test_the_predictor_takes_the_users_units(prepared_fit):
    points = prepared_fit.data.points
    outputs = prepared_fit.predictor()(points)
    assert torch.equal(outputs, prepared_fit.model(prepared_fit.prepared(points)))
    assert outputs.detach().double().numpy()[:, 0] == pytest.approx(
        prepared_fit.predict_logits(points), abs=1e-6
    )


@pytest.mark.parametrize("name", ["fit.pt", "fit-own-data.pt", "state-dict.pt"])
def test_a_fit_of_an_earlier_version_is_unscaled(name):
    fit = xorlab.load_xor(FIXTURES / "0.1.0" / name)
    assert fit.preparation is None
    assert fit.inputs == fit.features


def test_a_fit_of_an_earlier_version_goes_on_unscaled():
    path = FIXTURES / "0.1.0" / "fit-own-data.pt"
    done = len(xorlab.load_xor(path).history)
    more = xorlab.resume_xor(path, epochs=done + 2, verbose=False)
    assert more.preparation is None
    assert len(more.history) == done + 2


WRONG = [
    ({"columns": []}, "`columns` must"),
    ({"columns": ["x1", "x1", "x2"]}, "`columns` must"),
    ({"columns": ["x1", "x2", "x9"]}, "`columns` must"),
    ({"columns": None}, "`columns` must"),
    ({"columns": "x1"}, "`columns` must"),
    ({"columns": [["x1"], {}, 3]}, "`columns` must"),
    ({"columns": 3}, "`columns` must"),
    ({"columns": ["x1", "x2"]}, "`center` must be 2 finite numbers"),
    (
        {"columns": ["x1"], "center": np.zeros(1), "scale": np.ones(1)},
        "`preparation` must give 3 columns, as the net has inputs, not 1",
    ),
    ({"center": None}, "`center` and `scale` must both be there"),
    ({"scale": None}, "`center` and `scale` must both be there"),
    ({"center": [0.0, np.nan, 0.0]}, "`center` must be 3 finite numbers"),
    ({"center": [[1.0], [1.0, 2.0]]}, "`center` must be 3 finite numbers"),
    ({"center": "abc"}, "`center` must be 3 finite numbers"),
    ({"scale": np.ones(2)}, "`scale` must be 3 finite numbers"),
    ({"scale": ["a", "b", "c"]}, "`scale` must be 3 finite numbers"),
    ({"scale": [1.0, 0.0, 1.0]}, "`scale` must be above 0"),
    ({"scale": [1.0, -1.0, 1.0]}, "`scale` must be above 0"),
    ({"inputs": ["x1"]}, "`inputs` must be left out for data of 3 columns"),
    ({"inputs": 5}, "`inputs` must be one or more"),
    ({"encoding": 3}, "`encoding` must be a dict, not 3"),
    ({"encoding": {}}, "`encoding` must have a frame or a formula"),
    (
        {"encoding": {"frame": {"x1": [], "x2": [], "x3": []}, "formula": "y ~ x1"}},
        "`encoding` must have a frame or a formula, and not both",
    ),
    ({"encoding": {"frames": {}}}, "`encoding` has an unknown entry, 'frames'"),
    ({"encoding": {"frame": ["a"]}}, "`frame` must be a dict of lists of levels"),
    ({"encoding": {"frame": {"x1": "ab"}}}, "`frame` must be a dict of lists of levels"),
    ({"encoding": {"frame": {"x1": [[1]]}}}, "`frame` must be a dict of lists of levels"),
    ({"encoding": {"frame": {"x1": []}}}, "`frame` must give the columns"),
    (
        {"encoding": {"frame": {"x1": [], "x2": [], "x3": ["a", "b"]}}},
        "`frame` must give the columns",
    ),
    (
        {"encoding": {"frame": {"x1": [], "x2": [], "x3": []}, "target": 4}},
        "`target` must be the name of a column",
    ),
    ({"more": 1}, "`preparation` has an unknown entry, 'more'"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_wrong_content_is_refused_by_name(wrong, message):
    x, label = own()
    content = xorlab.train_xor(x, label, epochs=1, seed=1).to_dict()
    content["preparation"] = {**content["preparation"], **wrong}
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.Fit.from_dict(content)


@pytest.mark.parametrize("part", ["inputs", "columns", "center", "scale", "encoding"])
def test_a_part_that_is_missing_is_named(part):
    x, label = own()
    content = xorlab.train_xor(x, label, epochs=1, seed=1).to_dict()
    del content["preparation"][part]
    with pytest.raises(ValueError, match=f"'{part}' is missing from `preparation`"):
        xorlab.Fit.from_dict(content)


def test_a_preparation_is_one_of_data():
    x, label = own()
    content = xorlab.train_xor(x, label, epochs=1, seed=1).to_dict()
    content["data"] = content["settings"] = None
    with pytest.raises(ValueError, match="'data' is missing, which a fit with `preparation` has"):
        xorlab.Fit.from_dict(content)


def test_a_fit_says_how_its_columns_were_prepared(prepared_fit):
    lines = repr(prepared_fit).splitlines()
    assert "  inputs x1, x2, x1^2, x1*x2" in lines
    assert "  3 columns standardised by the training rows" in lines
    assert "  constant, left out: x1^2" in lines
    unscaled = Preparation(("a",), None, ("a",), None, None)
    assert repr(unscaled) == "Preparation: a, not scaled"
    assert repr(prepared_fit.preparation).endswith("standardised by the training rows")


def test_rows_with_a_missing_value_are_nan_and_the_others_are_not_touched():
    x, label = own()
    fit = xorlab.train_xor(x, label, epochs=2, seed=1)
    holed = x[:5].copy()
    holed[2, 1] = np.nan
    found = fit.predict_logits(holed)
    assert np.isnan(found).tolist() == [False, False, True, False, False]
    assert np.array_equal(np.delete(found, 2), np.delete(fit.predict_logits(x[:5]), 2))


def test_a_single_column_is_not_several():
    fit = xorlab.train_xor([[1.0], [2.0]], [0, 1], epochs=1, seed=1)
    assert "  1 column standardised by the training rows" in repr(fit).splitlines()
