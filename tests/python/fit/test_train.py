import math

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from torch.utils.data import DataLoader
from xorlab.model.classifier import check_hidden, new_classifier
from xorlab.seed import make_generator


def train_by_hand(loss_module, lr=0.1, epochs=3, **kwargs):
    torch.manual_seed(0)
    model = xorlab.SimpleClassifier(2, 4, 1)
    loader = DataLoader(xorlab.XORDataset(300, seed=1), batch_size=128, shuffle=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    return model, xorlab.train_model(model, optimizer, loader, loss_module, epochs, **kwargs)


def test_train_model_runs_the_lesson_and_keeps_one_entry_an_epoch():
    _, history = train_by_hand(nn.BCEWithLogitsLoss())
    assert len(history) == 3
    assert repr(history).startswith("History: 3 epochs, loss ")
    assert "\n" not in repr(history)


def test_the_history_has_the_mean_over_samples_not_over_batches():
    data = xorlab.XORDataset(10, seed=3)
    model = xorlab.SimpleClassifier(2, 4, 1)
    loader = DataLoader(data, batch_size=9)  # batches of 9 and of 1
    frozen = torch.optim.SGD(model.parameters(), lr=0.0)
    history = xorlab.train_model(model, frozen, loader, nn.BCEWithLogitsLoss(), 1)
    over_all = nn.BCEWithLogitsLoss()(model(data.data).squeeze(1), data.label.float()).item()
    assert history.loss[0] == pytest.approx(over_all, rel=1e-5)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_train_xor_learns_continuous_xor(seed):
    fit = xorlab.train_xor(seed=seed)
    assert fit.evaluate(xorlab.XORDataset(500, seed=seed + 100)).accuracy > 0.99


def test_one_seed_gives_the_same_weights_and_leaves_the_global_states_alone():
    torch.manual_seed(5)
    before = torch.get_rng_state()
    first = xorlab.train_xor(epochs=2, seed=7)
    assert torch.equal(before, torch.get_rng_state())
    second = xorlab.train_xor(xorlab.XORDataset(2500, seed=7), epochs=2, seed=7)
    for name, weights in first.weights().items():
        assert np.array_equal(weights, second.weights()[name])


def test_without_a_seed_torchs_generator_governs():
    torch.manual_seed(5)
    first = xorlab.train_xor(epochs=1)
    torch.manual_seed(5)
    assert xorlab.train_xor(epochs=1).settings.seed == first.settings.seed
    assert xorlab.train_xor(epochs=1).settings.seed != first.settings.seed


def test_a_loss_that_is_not_finite_stops_with_the_history_so_far():
    data = xorlab.XORDataset(200, seed=1)
    with pytest.raises(xorlab.NonFiniteLossError, match=r"epoch \d+.*smaller `lr`") as caught:
        xorlab.train_xor(data, activation="identity", hidden=[8, 8, 8], lr=1e20, epochs=50, seed=1)
    assert all(math.isfinite(loss) for loss in caught.value.history.loss)


@pytest.mark.parametrize("name", ["epochs", "batch_size", "hidden"])
@pytest.mark.parametrize("bad", [0, -1, 1.5, math.nan, math.inf, "a", None, True, 3e9, []])
def test_counts_that_are_none_are_named(name, bad):
    if name == "hidden" and bad in (0, []):
        assert xorlab.train_xor(hidden=bad, epochs=1, seed=1).settings.hidden == ()
        return
    with pytest.raises((TypeError, ValueError), match=rf"`{name}` must"):
        xorlab.train_xor(**{name: bad})


@pytest.mark.parametrize("good", [8, np.int64(8), [8, 8], (8,), 8.0])
def test_counts_of_every_kind_are_taken(good):
    assert xorlab.train_xor(hidden=good, epochs=1, seed=1).settings.hidden[0] == 8


@pytest.mark.parametrize("bad", [0, -0.1, math.nan, math.inf, "a", None, True])
def test_a_learning_rate_that_is_none_is_named(bad):
    with pytest.raises((TypeError, ValueError), match="`lr` must be a finite number above 0"):
        xorlab.train_xor(lr=bad)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hidden": -1},
        {"activation": "x"},
        {"epochs": np.bool_(True)},
        {"lr": -1},
        {"batch_size": 0},
        {"device": "toaster"},
        {"engine": "x"},
        {"snapshots": [200]},
        {"verbose": "loud"},
        {"checkpoint": 5},
        {"every": 0},
    ],
)
def test_a_refused_call_draws_nothing(wrong):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError)):
        xorlab.train_xor(**wrong)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("hidden", [np.array(8), torch.tensor(8), np.int64(8), [8], (8.0,)])
def test_hidden_units_may_be_given_in_every_usual_way(hidden):
    assert xorlab.train_xor(hidden=hidden, epochs=1, seed=1).settings.hidden == (8,)


@pytest.mark.parametrize("engine", ["fused", "autograd"])
@pytest.mark.parametrize(("lr", "shown"), [(100, "100"), (1e30, r"1e\+30")])
def test_a_training_that_diverged_is_warned_of_in_one_line(engine, lr, shown):
    said = (
        r"^The loss rose from 0\.717 to \S+: the training diverged\. Try a smaller `lr` \(it was "
    )
    with pytest.warns(RuntimeWarning, match=rf"{said}{shown}\), or scale .*\.$") as caught:
        xorlab.train_xor(lr=lr, seed=1, epochs=5, engine=engine)
    assert [warning.filename for warning in caught] == [__file__]


def test_a_large_loss_that_fell_is_no_divergence():
    x = 1e4 * np.random.default_rng(1).normal(size=(200, 2))
    fit = xorlab.train_xor(
        (x, x[:, 0] > 0), activation="identity", epochs=3, lr=1e-9, seed=1, scale=False
    )
    assert fit.history.loss[-1] > 10  # far above guessing, and below the start


def test_a_row_of_a_study_is_trained_again_without_a_word():
    with pytest.warns(RuntimeWarning, match="1 of 1 net diverged"):
        study = xorlab.seed_study(runs=1, lr=100, epochs=3, seed=1)
    assert study.fit(0).history.loss[-1] > 10


@pytest.mark.parametrize("engine", ["fused", "autograd"])
def test_a_rate_beyond_float32_is_refused(engine):
    must = r"`lr` must be at most 3\.40282e\+38, not 1e\+300"
    with pytest.raises(ValueError, match=must):
        xorlab.train_xor(lr=1e300, engine=engine)
    for study in (xorlab.seed_study, xorlab.xor_sweep):
        with pytest.raises(ValueError, match=must):
            study(lr=1e300)
    with pytest.raises((xorlab.NonFiniteLossError, RuntimeWarning)):
        xorlab.train_xor(lr=3.4e38, epochs=2, seed=1, engine=engine)


@pytest.mark.parametrize("hidden", [4, (8, 3)])
def test_default_training_by_the_visible_loop_is_torchs_descent_bit_for_bit(hidden):
    fit = xorlab.train_xor(hidden=hidden, seed=7, epochs=12, engine="autograd")
    data = xorlab.XORDataset(2500, seed=7)
    model = new_classifier(2, check_hidden("hidden", hidden), "tanh", 7)
    generator, losses = make_generator(7, "batches"), []
    for _ in range(12):
        order, total = torch.randperm(2500, generator=generator), 0.0
        for rows in order.split(128):
            logits = model(data.data[rows])[:, 0]
            loss = nn.functional.binary_cross_entropy_with_logits(logits, data.label[rows].float())
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for weights, gradient in zip(model.parameters(), gradients, strict=True):
                    weights.add_(gradient, alpha=-0.1)
            total += loss.item() * len(rows)
        losses.append(total / 2500)
    assert fit.history.loss == losses
    for name, weights in model.state_dict().items():
        assert np.array_equal(fit.weights()[name], weights.numpy())
