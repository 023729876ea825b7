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
        assert abs(out - share * size) <= 1
    assert rows[0] == held_out(data, share, seed, "validation")[0]


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


@ENGINES
@EVERY
def test_early_stopping_returns_the_best_epoch_exactly(engine, terms):
    options = {**LEARNED_BY_HEART, "optimizer": "sgd", **terms, "engine": engine, "hidden": 8}
    fit = xorlab.train_xor(*by_chance(), **options, patience=7)
    val_loss = fit.history.val_loss
    assert fit.best_epoch == np.argmin(val_loss) + 1 == fit.epoch
    assert len(fit.history) in (fit.best_epoch + 7, 100)
    once = xorlab.train_xor(*by_chance(), **{**options, "epochs": fit.best_epoch})
    assert same(fit, once)
    assert same_state(fit, once)
    assert fit.history.loss[: fit.best_epoch] == once.history.loss


def test_at_knows_whose_weights_the_fit_has():
    fit = xorlab.train_xor(*by_chance(), **LEARNED_BY_HEART, patience=7, snapshots=[0, 1])
    assert len(fit.history) > fit.best_epoch
    best = fit.at(fit.best_epoch)
    assert same(best, fit)
    assert len(best.history) == fit.best_epoch
    assert not same(fit.at(0), fit)
    with pytest.raises(ValueError, match=rf"kept \(0, 1, {fit.best_epoch}\), not "):
        fit.at(len(fit.history))


def test_a_stopped_training_is_finished_and_goes_on_from_its_best_epoch(tmp_path):
    data = by_chance()
    fit = xorlab.train_xor(*data, **LEARNED_BY_HEART, patience=7)
    with pytest.raises(ValueError, match=rf"`epochs` must be given, more than {fit.best_epoch}:"):
        fit.resume()
    with pytest.raises(ValueError, match="`epochs` must be more than"):
        fit.resume(epochs=fit.best_epoch)
    fit.save(tmp_path / "fit.pt")
    for stopped in (fit, xorlab.load_xor(tmp_path / "fit.pt")):
        longer = xorlab.resume_xor(stopped, epochs=60)
        whole = xorlab.train_xor(*data, **{**LEARNED_BY_HEART, "epochs": 60})
        assert same(longer, whole)
        assert same_state(longer, whole)
        assert longer.history.val_loss == whole.history.val_loss
        assert longer.settings.patience is None
        assert longer.best_epoch is None


def test_one_that_came_to_its_last_epoch_goes_on_with_patience():
    data = by_chance()
    whole = xorlab.train_xor(*data, **LEARNED_BY_HEART, patience=12)
    planned = whole.best_epoch + 3
    part = xorlab.train_xor(*data, **{**LEARNED_BY_HEART, "epochs": planned}, patience=12)
    assert len(part.history) == planned
    longer = part.resume(epochs=100)
    assert longer.settings.patience == 12
    assert same(longer, whole)
    assert longer.history.val_loss == whole.history.val_loss
    assert longer.best_epoch == whole.best_epoch


@ENGINES
@EVERY
@pytest.mark.parametrize("patience", [None, 20])
def test_ctrl_c_and_a_file_change_no_bit(engine, terms, patience, tmp_path):
    options = {**LEARNED_BY_HEART, "optimizer": "sgd", **terms, "engine": engine, "hidden": 8}
    options |= {"epochs": 25, "patience": patience, "snapshots": [3, 20]}
    whole = xorlab.train_xor(*by_chance(), **options)
    path = tmp_path / "fit.pt"
    with pytest.raises(xorlab.TrainingInterrupted) as caught:
        xorlab.train_xor(*by_chance(), **options, checkpoint=path, after_epoch=fail_after(14))
    for part in (None, caught.value.fit, xorlab.load_xor(path)):
        longer = xorlab.resume_xor(part)
        assert same(longer, whole)
        assert same_state(longer, whole)
        assert longer.history.loss == whole.history.loss
        assert longer.history.val_loss == whole.history.val_loss
        assert longer.best_epoch == whole.best_epoch
        assert longer.settings == whole.settings
        for epoch in (3, 20):
            if epoch in whole.snapshots:
                assert same(longer.at(epoch), whole.at(epoch))


def test_a_callback_that_returns_true_ends_the_training_after_all_were_called():
    calls = []

    def first(epoch, history):
        calls.append(("first", epoch))
        return epoch == 3

    def second(epoch, history):
        calls.append(("second", epoch))
        return np.True_ if epoch == 5 else 1  # only a truth value ends it

    fit = xorlab.train_xor(epochs=20, seed=1, after_epoch=[first, second])
    assert calls[-2:] == [("first", 3), ("second", 3)]
    assert len(fit.history) == 3
    assert len(xorlab.train_xor(epochs=20, seed=1, after_epoch=second).history) == 5
    assert same(fit.resume(), xorlab.train_xor(epochs=20, seed=1))


def test_an_epoch_of_a_snapshot_goes_on_only_with_all_that_it_takes():
    options = {"epochs": 12, "seed": 1, "snapshots": [0, 5]}
    for terms in ({}, {"optimizer": "adam"}):
        whole = xorlab.train_xor(**options, **terms)
        assert same(whole.at(0).resume(epochs=12), whole)
    assert same(xorlab.train_xor(**options).at(5).resume(), xorlab.train_xor(**options))
    with pytest.raises(ValueError, match="`fit` must have the state of its optimizer to go on"):
        whole.at(5).resume()
    fit = xorlab.train_xor(*by_chance(), **LEARNED_BY_HEART, patience=3, snapshots=range(50))
    later = fit.at(fit.best_epoch + 1)
    assert later.best_epoch == fit.best_epoch
    with pytest.raises(ValueError, match="`fit` must have the state of its optimizer"):
        later.resume()
    options = {**LEARNED_BY_HEART, "optimizer": "sgd", "lr": 1.0, "epochs": 30, "patience": 29}
    best = xorlab.train_xor(*by_chance(), **options).best_epoch
    plain = xorlab.train_xor(*by_chance(), **options, snapshots=[best + 1, best + 2])
    assert same(plain.at(best + 1).resume(), plain)
    alone = xorlab.train_xor(*by_chance(), **{**options, "epochs": 12}, snapshots=[7])
    alone.kept.best = None
    with pytest.raises(ValueError, match="`fit` must have the weights of its best epoch, "):
        alone.at(7).resume()


OWN = {
    "Adagrad": lambda parameters: torch.optim.Adagrad(parameters, lr=0.1),
    "AdamW": lambda parameters: torch.optim.AdamW(parameters, lr=0.02, betas=(0.8, 0.99)),
    "NAdam": lambda parameters: torch.optim.NAdam(parameters, lr=0.02),
    "Adadelta": lambda parameters: torch.optim.Adadelta(parameters, lr=1.0),
    "Rprop": lambda parameters: torch.optim.Rprop(parameters, lr=0.01),
    "ASGD": lambda parameters: torch.optim.ASGD(parameters, lr=0.1),
}


@pytest.mark.parametrize("name", OWN)
def test_an_optimizer_of_ones_own_is_gone_on_with_from_a_file(name, tmp_path):
    options = {"seed": 1, "optimizer": OWN[name], "validation": 0.2, "batch_size": 16}
    data = xorlab.XORDataset(80, seed=1)
    whole = xorlab.train_xor(data, epochs=9, **options)
    part = xorlab.train_xor(data, epochs=4, **options)
    assert part.settings.engine == "autograd"
    assert part.settings.optimizer.endswith(f".{name}")
    part.save(tmp_path / "fit.pt")
    again = xorlab.load_xor(tmp_path / "fit.pt")
    assert again.settings == part.settings
    assert same_state(again, part)
    with pytest.raises(ValueError, match=rf"`optimizer` must be the function .*\.{name} by which"):
        again.resume(epochs=9)
    with pytest.raises(ValueError, match=rf"`optimizer` must be '.*\.{name}', by which the fit"):
        again.resume(epochs=9, optimizer=lambda parameters: torch.optim.SGD(parameters, lr=0.1))
    assert same(again.resume(epochs=9, optimizer=OWN[name]), whole)


def test_a_fit_is_not_gone_on_with_by_another_optimizer():
    fit = xorlab.train_xor(epochs=2, seed=1, optimizer="adam")
    with pytest.raises(ValueError, match=r"`optimizer` must be left out, or be 'adam'.*not 'sgd'"):
        fit.resume(epochs=4, optimizer="sgd")
    assert same(fit.resume(epochs=4, optimizer="adam"), fit.resume(epochs=4))
    content = fit.to_dict()
    content["settings"]["optimizer"] = "rmsprop"
    message = r"`optimizer_state` must be that of .*'rmsprop', which has step, square_avg, not step"
    with pytest.raises(ValueError, match=message):
        xorlab.Fit.from_dict(content)


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
    ({"optimizer": lambda parameters: 3}, "must be a function that returns one of torch's"),
    (
        {"optimizer": lambda parameters: torch.optim.LBFGS(parameters)},
        "`optimizer` must take one step for each batch",
    ),
    (
        {"optimizer": lambda _: torch.optim.Adam([torch.zeros(1, requires_grad=True)])},
        "`optimizer` must hold the parameters that the function is given",
    ),
    ({"optimizer": OWN["AdamW"], "lr": 0.1}, "`lr` must be left out where `optimizer` is a"),
    ({"optimizer": OWN["AdamW"], "momentum": 0.5}, "`momentum` must be left out for an optimizer"),
    ({"optimizer": OWN["AdamW"], "engine": "fused"}, "`engine` must be 'autograd' or 'auto'"),
]


@pytest.mark.parametrize(("wrong", "message"), BAD, ids=lambda one: str(one)[:40])
def test_bad_input_is_named_and_nothing_is_drawn(wrong, message):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.train_xor(**wrong)
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


def test_a_validation_loss_that_is_no_number_counts_as_infinite():
    history = xorlab.History()
    history.add_validation(float("nan"), 0.5)
    assert history.val_loss == [float("inf")]
    assert (
        xorlab.History.from_dict(
            {
                "loss": [1.0],
                "accuracy": [0.5],
                "seconds": [0.1],
                "val_loss": [float("inf")],
                "val_accuracy": [0.5],
            }
        ).val_loss
        == history.val_loss
    )
