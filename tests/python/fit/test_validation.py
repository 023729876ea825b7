"""Rows for validation, early stopping, and what going on makes of both."""

import numpy as np
import pytest
import torch
import xorlab
from hypothesis import given
from hypothesis import strategies as st
from xorlab.data.dataset import PointDataset
from xorlab.data.split import held_out, split_validation

TERMS = [
    {},
    {"momentum": 0.9, "nesterov": True},
    {"optimizer": "adam", "weight_decay": 0.01},
    {"optimizer": "rmsprop", "l1": 0.001},
]
ENGINES = pytest.mark.parametrize("engine", ["fused", "autograd"])
EVERY = pytest.mark.parametrize("terms", TERMS, ids=str)


def by_chance(rows=60, columns=8):
    """Labels that have nothing to do with the columns."""
    generator = np.random.default_rng(4)
    return generator.normal(size=(rows, columns)), np.arange(rows) % 2


LEARNED_BY_HEART = {
    "hidden": 30,
    "optimizer": "adam",
    "epochs": 100,
    "seed": 3,
    "validation": 0.3,
    "batch_size": 16,
}


def same(one, other):
    mine, theirs = one.weights(), other.weights()
    return all(np.array_equal(mine[name], theirs[name]) for name in mine | theirs)


def same_state(one, other):
    mine, theirs = one.optimizer_state, other.optimizer_state
    return mine.keys() == theirs.keys() and all(
        torch.equal(mine[key][name], theirs[key][name]) for key in mine for name in mine[key]
    )


def fail_after(epochs):
    def look(epoch, _):
        if epoch == epochs:
            raise KeyboardInterrupt

    return look


@given(
    st.lists(st.integers(2, 40), min_size=2, max_size=4),
    st.floats(0.01, 0.99),
    st.integers(0, 2**31 - 1),
)
def test_each_class_has_its_share_of_the_rows_for_validation(sizes, share, seed):
    label = np.repeat(np.arange(len(sizes)), sizes)
    data = PointDataset(np.arange(len(label))[:, None] * 1.0, label, range(len(sizes)))
    train, validation = split_validation(data, share, seed)
    rows = [part.points[:, 0].long().tolist() for part in (train, validation)]
    assert sorted(rows[0] + rows[1]) == list(range(len(label)))
    assert rows == [sorted(part) for part in rows]
    for size, left, out in zip(sizes, train.class_sizes(), validation.class_sizes(), strict=True):
        assert left >= 1
        assert out >= 1
        assert abs(out - share * size) <= 0.5 or out in (1, size - 1)
    assert rows[0] == held_out(data, share, seed, "validation")[0]


@pytest.mark.parametrize(
    "others",
    [
        {"hidden": 9, "optimizer": "adam", "epochs": 3},
        {"engine": "autograd", "init": "zeros", "batch_size": 5},
        {"scale": False, "patience": 2},
    ],
    ids=str,
)
def test_the_rows_for_validation_depend_on_the_seed_and_the_classes_alone(others):
    x, y = by_chance()
    first = xorlab.train_xor(x, y, epochs=1, seed=3, validation=0.3)
    torch.manual_seed(99)
    again = xorlab.train_xor(x, y, **{"epochs": 1, **others}, seed=3, validation=0.3)
    assert torch.equal(first.validation.points, again.validation.points)
    moved = xorlab.train_xor(2 * x + 1, y, epochs=1, seed=3, validation=0.3)
    assert np.allclose(moved.validation.points, 2 * first.validation.points + 1)
    other = xorlab.train_xor(x, y, epochs=1, seed=4, validation=0.3)
    assert not torch.equal(first.validation.points, other.validation.points)


def test_data_for_validation_are_copied():
    x, y = by_chance()
    given = x[:20].copy(), y[:20].copy()
    fit = xorlab.train_xor(x, y, epochs=2, seed=1, validation=given)
    given[0][:], given[1][:] = 0.0, 1
    assert np.array_equal(fit.validation.points, x[:20])
    assert np.array_equal(fit.validation.label, y[:20])


def test_validation_and_the_test_rows_of_a_study_are_drawn_apart():
    data = PointDataset(np.arange(400)[:, None] * 1.0, np.arange(400) % 2)
    test, validation = held_out(data, 0.2, 5)[1], held_out(data, 0.2, 5, "validation")[1]
    assert 5 < len({*test} & {*validation}) < 30  # 16 by chance


def test_columns_are_scaled_by_the_rows_that_are_trained_on():
    x, y = by_chance()
    fit = xorlab.train_xor(x, y, epochs=1, seed=3, validation=0.3)
    kept = np.array([row in fit.data.points.numpy() for row in x])
    assert len(fit.data) == kept.sum() == 42
    assert len(fit.validation) == 18
    assert fit.preparation.center == pytest.approx(x[kept].mean(axis=0), rel=1e-12)


@ENGINES
@pytest.mark.parametrize("classes", [2, 3])
def test_the_history_has_the_loss_and_accuracy_of_evaluate(engine, classes):
    data = xorlab.toy_data("blobs", 90, 1.0, 2, classes=classes)
    seen = []
    fit = xorlab.train_xor(
        data,
        epochs=4,
        seed=1,
        engine=engine,
        snapshots=range(5),
        validation=0.4,
        after_epoch=lambda epoch, history: seen.append(len(history.val_loss) == epoch),
    )
    assert seen == [True] * 4  # before callbacks are called
    for epoch in range(1, 5):
        result = fit.at(epoch).evaluate(fit.validation)
        assert fit.history.val_loss[epoch - 1] == pytest.approx(result.loss, rel=1e-5)
        assert fit.history.val_accuracy[epoch - 1] == pytest.approx(result.accuracy)
    assert fit.history.to_dict().keys() >= {"val_loss", "val_accuracy"}
    assert fit.at(2).history.val_loss == fit.history.val_loss[:2]


def test_data_for_validation_may_be_given_in_every_form_that_evaluate_takes():
    data, other = xorlab.XORDataset(200, seed=1), xorlab.XORDataset(100, seed=2)
    for given_as in (other, (other.data.numpy(), other.label.numpy()), (other.data, other.label)):
        fit = xorlab.train_xor(data, epochs=2, seed=1, validation=given_as)
        assert len(fit.data) == 200
        assert torch.equal(fit.validation.data, other.data)
        assert fit.settings.validation == "data"
    assert same(fit, xorlab.train_xor(data, epochs=2, seed=1))  # looking on changes nothing


def test_a_frame_for_validation_has_the_columns_and_levels_of_the_training():
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"a": np.arange(40.0), "kind": list("uv" * 20), "y": ["no"] * 20 + ["yes"] * 20}
    )
    other = frame.iloc[::7][["kind", "y", "a"]]
    fit = xorlab.train_xor(frame, "y", epochs=2, seed=1, validation=other)
    assert fit.validation.features == fit.data.features
    assert fit.validation.points[:, fit.data.features.index("a")].tolist() == other["a"].tolist()
    odd = other.assign(kind="w")
    with pytest.raises(ValueError, match=r"`validation`.*'w'|'w'.*`validation`|kind"):
        xorlab.train_xor(frame, "y", epochs=2, seed=1, validation=odd)


def test_on_labels_by_chance_validation_loss_rises_while_training_loss_falls():
    fit = xorlab.train_xor(*by_chance(), **LEARNED_BY_HEART)
    loss, val_loss = fit.history.loss, fit.history.val_loss
    assert loss[-1] < 0.1 < 0.6 < loss[0]
    assert val_loss[-1] > val_loss[0] + 0.5
    assert fit.best_epoch is None


BAD = [
    ({"validation": 0}, "`validation` must be a share of the rows, above 0 and below 1, not 0"),
    ({"validation": 1}, "above 0 and below 1, not 1"),
    ({"validation": 1.5}, "above 0 and below 1, not 1.5"),
    ({"validation": float("nan")}, "above 0 and below 1, not nan"),
    ({"validation": True}, "above 0 and below 1, not True"),
    ({"validation": "half"}, "`validation` must be"),
    ({"validation": ([[0.0]], [1])}, "`validation` must have 2 columns"),
    ({"validation": ([[0.0, 1.0]], [2])}, "`validation` must have the classes"),
    ({"momentum": 1}, "`momentum` must be from 0 to below 1, not 1"),
    ({"momentum": -0.1}, "`momentum` must be a finite number of at least 0, not -0.1"),
    ({"momentum": 0.9, "optimizer": "adam"}, "`momentum` must be left out for .*'adam'"),
    ({"nesterov": True}, "`momentum` must be above 0 for `nesterov`"),
    ({"nesterov": 1, "momentum": 0.9}, "`nesterov` must be True or False, not 1"),
    ({"weight_decay": -1}, "`weight_decay` must be a finite number of at least 0"),
    ({"l1": "a"}, "`l1` must be a finite number of at least 0"),
    ({"init": "he"}, "`init` must be 'default', 'xavier'"),
    ({"optimizer": "Adam"}, "`optimizer` must be 'sgd', .*Did you mean 'adam'"),
    ({"optimizer": None}, "`optimizer` must be 'sgd'"),
    ({"patience": 3}, "`validation` must be given for `patience`"),
    ({"patience": 0, "validation": 0.2}, "`patience` must be a whole number from 1"),
    ({"after_epoch": 3}, "`after_epoch` must be a function"),
    ({"optimizer": torch.optim.SGD([torch.zeros(1)], lr=0.1)}, "`optimizer` must be 'sgd'"),
    ({"nesterov": True, "optimizer": "rmsprop"}, "`nesterov` must be left out for .*'rmsprop'"),
    ({"patience": 2.5, "validation": 0.2}, "`patience` must be a whole number from 1"),
    ({"patience": True, "validation": 0.2}, "`patience` must be a whole number from 1"),
    ({"validation": -0.1}, "above 0 and below 1, not -0.1"),
    ({"validation": np.zeros((3, 2))}, "`validation` must be an XORDataset, .*a pair"),
    (
        {"validation": (np.zeros((3, 2)), [0, 1])},
        "one entry for each of the 3 rows of `validation`",
    ),
    ({"validation": (np.zeros((0, 2)), [])}, "`validation` must have two dimensions, at least"),
    ({"validation": ([[0.0, np.nan]], [1])}, "`validation` must be finite"),
    (
        {"validation": (np.zeros((2, 2)), ["a", "b"])},
        r"`validation` must have the classes \(0, 1\)",
    ),
    ({"lr": "fast"}, "`lr` must be a finite number above 0, or 'auto', not 'fast'"),
    ({"lr": "auto", "optimizer": "adamw"}, "`optimizer` must be 'sgd'"),
    ({"after_epoch": [print, None]}, "`after_epoch` must be a function, several in a list"),
]


@pytest.mark.parametrize(("wrong", "message"), BAD, ids=lambda one: str(one)[:40])
def test_bad_input_is_named_and_nothing_is_drawn(wrong, message):
    before = torch.get_rng_state()
    given = [np.array(part) for part in by_chance(40, 2)]
    for data in ((), given):
        with pytest.raises((TypeError, ValueError), match=message):
            xorlab.train_xor(*data, **wrong)
    assert torch.equal(torch.get_rng_state(), before)
    for one, other in zip(given, by_chance(40, 2), strict=True):
        assert np.array_equal(one, other)


IN_A_STUDY = [
    ({"validation": 1}, "`validation` must be a share of the rows, above 0 and below 1, not 1"),
    ({"validation": "data"}, "`validation` must be a share of the rows in a study, .* not 'data'"),
    ({"validation": by_chance()}, "`validation` must be a share of the rows in a study"),
    ({"patience": 3}, "`validation` must be given for `patience`, which is 3"),
    ({"momentum": 1}, "`momentum` must be from 0 to below 1, not 1"),
    ({"momentum": 0.9, "optimizer": "adam"}, "`momentum` must be left out for .*'adam'"),
    ({"optimizer": torch.optim.Adagrad}, "`optimizer` must be 'sgd', 'adam' or 'rmsprop'"),
    ({"init": "he"}, "`init` must be 'default', 'xavier'"),
    (
        {"data": (by_chance()[0], [0] * 58 + [1] * 2), "validation": 0.2},
        r"`validation` must leave each class .* 1 has 1 point\.",
    ),
]


@pytest.mark.parametrize("verb", [xorlab.seed_study, xorlab.xor_sweep])
@pytest.mark.parametrize(("wrong", "message"), IN_A_STUDY, ids=lambda one: str(one)[:40])
def test_bad_input_of_a_study_is_named_and_nothing_is_drawn(verb, wrong, message):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError), match=message):
        verb(runs=2, epochs=2, **wrong)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_class_with_too_few_rows_is_named():
    x, y = np.arange(12.0)[:, None], ["a"] * 11 + ["b"]
    with pytest.raises(
        ValueError, match=r"`validation` must leave each class .* 'b' has 1 point\."
    ):
        xorlab.train_xor(x, y, validation=0.2)
    with pytest.raises(ValueError, match="`data` must hold both classes"):
        xorlab.train_xor(PointDataset(x, [0] * 12), validation=(x, np.arange(12) % 2))


def test_validation_data_may_lack_a_class():
    x, y = by_chance()
    fit = xorlab.train_xor(x, y, epochs=1, seed=1, validation=(x[y == 0], y[y == 0]))
    assert fit.validation.class_sizes() == [30, 0]
