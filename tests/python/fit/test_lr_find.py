"""The learning rate range test, and the rate that it suggests."""

import math
import re

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.fit.learning_rates import least_fall, suggest
from xorlab.seed import make_generator

TERMS = {"optimizer": "sgd", "momentum": 0.9, "nesterov": True, "weight_decay": 0.01}


def flowers():
    """Three classes in columns of very different sizes."""
    generator = torch.Generator().manual_seed(3)
    label = torch.arange(90) % 3
    x = torch.randn(90, 3, generator=generator) + label[:, None]
    return (x * torch.tensor([1.0, 100.0, 0.01])).numpy(), label.numpy()


def by_hand(data, rates, make_optimizer, batch_size=32, seed=4, l1=0.0):
    """The losses of the batches, by plain PyTorch."""
    fit = xorlab.train_xor(*data, epochs=1, snapshots=[0], batch_size=batch_size, seed=seed).at(0)
    model, several = fit.model, len(fit.levels) > 2
    points, labels = fit.prepared(fit.data.points), fit.data.label
    loss_module = nn.CrossEntropyLoss() if several else nn.BCEWithLogitsLoss()
    optimizer, generator = make_optimizer(model.parameters()), make_generator(seed, "batches")
    order, losses = [], []
    for rate in rates:
        order = order or list(torch.split(torch.randperm(len(points), generator=generator), 32))
        batch = order.pop(0)
        outputs = model(points[batch])
        target = labels[batch] if several else labels[batch].float()
        loss = loss_module(outputs if several else outputs[:, 0], target)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        for layer in (model.linear1, model.linear2):
            layer.weight.grad += l1 * layer.weight.detach().sign()
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step()
    return losses


@pytest.mark.parametrize(
    ("terms", "make_optimizer"),
    [
        ({}, lambda p: torch.optim.SGD(p, 1.0)),
        (TERMS, lambda p: torch.optim.SGD(p, 1.0, 0.9, nesterov=True, weight_decay=0.01)),
        ({"optimizer": "adam", "l1": 0.01}, torch.optim.Adam),
        ({"optimizer": "rmsprop"}, torch.optim.RMSprop),
    ],
)
@pytest.mark.parametrize("data", [(xorlab.XORDataset(100, seed=4),), flowers()])
def test_the_losses_are_those_of_a_loop_by_hand(data, terms, make_optimizer):
    found = xorlab.lr_find(*data, batch_size=32, seed=4, lowest=1e-3, steps=120, **terms)
    rates = np.geomspace(1e-3, 100, 120)
    np.testing.assert_allclose(found.lr, rates[: len(found.lr)], rtol=1e-12)
    assert len(found.lr) > 60
    expected = by_hand(data, found.lr, make_optimizer, l1=terms.get("l1", 0.0))
    np.testing.assert_allclose(found.raw, expected, rtol=1e-6)


def test_the_smoothed_loss_is_a_mean_in_which_each_step_weighs_a_twentieth_less():
    found = xorlab.lr_find(seed=1, steps=100)
    for step in (1, 2, 50, len(found.raw)):
        weight = 0.95 ** np.arange(step)[::-1]
        mean = (weight * found.raw[:step]).sum() / weight.sum()
        assert found.loss[step - 1] == pytest.approx(mean, rel=1e-12)


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "rmsprop"])
def test_nets_of_the_rate_suggested_solve_xor(optimizer):
    solved = 0
    for seed in range(21, 26):
        lr = xorlab.lr_find(seed=seed, optimizer=optimizer).suggestion
        fit = xorlab.train_xor(seed=seed, optimizer=optimizer, lr=lr, verbose=False)
        solved += fit.evaluate(xorlab.XORDataset(2000, seed=1)).accuracy > 0.99
    assert solved >= 4


def test_the_suggestion_is_a_third_of_the_rate_at_nine_tenths_of_the_fall():
    lr = np.geomspace(1e-4, 10, 1001).tolist()  # 200 for each power of ten
    flat = 601  # up to 0.1; then the loss falls from 1 to 0 in the 200 steps up to 1
    loss = [1.0] * flat + np.linspace(1, 0, 201)[1:].tolist() + [3.0] * 200
    rate, reason = suggest(lr, loss, 2.0, 1.0, 0.69, 0.07)
    assert rate == pytest.approx(10**-0.1 / 3, abs=0.005)
    assert rate == float(f"{rate:.1e}")
    assert reason == "a third of 0.79, where the loss had done nine tenths of its fall from 1 to 0"


@pytest.mark.parametrize("shift", [0.001, -0.001])
def test_a_fall_counts_from_a_tenth_of_the_guessing_loss_on(shift):
    lr, loss = [0.1, 1.0, 10.0], [0.7, 0.9 * 0.69 + shift, 2.0]
    rate, reason = suggest(lr, loss, None, 0.7, 0.69, least_fall(0.69, 0.0))
    assert (rate is None) == (shift > 0)
    assert ("the loss did not fall clearly at any rate" in reason) == (shift > 0)


@pytest.mark.parametrize(
    "arguments",
    [
        {"hidden": 0},
        {"init": "zeros"},
        {"hidden": 0, "batch_size": 1},  # whose losses fall far below, by chance
        {"x": xorlab.toy_data("spirals", seed=1)},
        {"highest": 0.01},
    ],
)
def test_where_the_loss_does_not_fall_no_rate_is_suggested(arguments):
    found = xorlab.lr_find(seed=1, **arguments)
    assert found.suggestion is None
    why = r"the loss did not fall clearly at any rate: 0\.\d+ at its lowest, and guessing has 0.693"
    assert re.match(why, found.reason)
    assert repr(found).startswith("Learning rate: none can be suggested\n  the loss did not fall")


def test_a_test_of_rates_that_are_all_too_low_or_too_high_says_so():
    low = xorlab.lr_find(seed=1, highest=1)
    assert low.exploded is None
    assert low.reason.endswith("; above 1 it may fall further: raise `highest`")
    high = xorlab.lr_find(seed=1, lowest=50, highest=1000)
    assert high.suggestion is None
    assert high.reason == (
        f"the loss exploded at {high.exploded:.2g}, close to the lowest rate: lower `lowest`, or "
        "scale the columns"
    )


def test_it_ends_where_the_smoothed_loss_is_twice_that_of_the_start():
    found = xorlab.lr_find(seed=1)
    limit = 2 * max(found.start, found.guessing)
    assert found.exploded == found.lr[-1] < 100
    assert found.loss[-1] > limit
    assert max(found.loss[:-1]) <= limit


def test_it_ends_where_the_loss_is_not_finite():
    found = xorlab.lr_find(
        seed=1, lowest=1e15, highest=1e38, steps=100, activation="relu", hidden=(8, 8)
    )
    assert len(found.lr) == len(found.loss) == len(found.raw) < 20
    assert all(map(math.isfinite, found.raw))
    assert found.exploded > found.lr[-1]


def test_first_weights_whose_loss_is_not_finite_are_refused():
    x = np.full((4, 2), 3e38, dtype=np.float32) * [[1, -1], [-1, 1], [1, 1], [-1, -1]]
    with pytest.raises(xorlab.NonFiniteLossError, match="scale the inputs"):
        xorlab.lr_find(x, [0, 1, 0, 1], scale=False, activation="identity", init="normal", seed=1)


def test_start_and_guessing_are_those_of_the_training():
    x, label = flowers()
    found = xorlab.lr_find(x, label, seed=4, steps=100)
    start = xorlab.train_xor(x, label, epochs=1, snapshots=[0], seed=4).at(0)
    assert found.start == pytest.approx(start.evaluate(start.data).loss, rel=1e-6)
    assert found.guessing == pytest.approx(math.log(3))


def test_a_function_makes_the_optimizer_whose_rate_rises():
    own = xorlab.lr_find(seed=1, steps=100, optimizer=lambda p: torch.optim.Adam(p, lr=0.5))
    named = xorlab.lr_find(seed=1, steps=100, optimizer="adam")
    assert own.raw == named.raw
    assert own.optimizer == "torch.optim.adam.Adam"


def test_one_seed_gives_the_same_result_and_leaves_the_global_state_alone():
    before = torch.get_rng_state()
    assert xorlab.lr_find(seed=7, steps=100) == xorlab.lr_find(seed=7, steps=100)
    assert torch.equal(before, torch.get_rng_state())
    assert xorlab.lr_find(seed=7, steps=100).raw != xorlab.lr_find(seed=8, steps=100).raw


def test_without_a_seed_torchs_generator_governs_as_in_a_training():
    torch.manual_seed(5)
    seed = xorlab.train_xor(epochs=1).settings.seed
    after = torch.get_rng_state()
    torch.manual_seed(5)
    assert xorlab.lr_find(steps=100).seed == seed
    assert torch.equal(after, torch.get_rng_state())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"lowest": 0}, "`lowest` must be a finite number above 0, not 0"),
        ({"highest": math.inf}, "`highest` must be a finite number above 0, not inf"),
        ({"highest": 1e39}, r"`highest` must be at most 3.40282e\+38, not 1e\+39"),
        ({"lowest": 1, "highest": 1}, "`highest` must be above `lowest`, 1, not 1"),
        ({"steps": 99}, "`steps` must be a whole number from 100 to 2147483647, not 99"),
        ({"steps": True}, "`steps` must be a whole number from 100"),
        ({"momentum": 1}, "`momentum` must be from 0 to below 1, not 1"),
        ({"momentum": 0.5, "optimizer": "adam"}, "`momentum` must be left out for the optimizer"),
        ({"optimizer": lambda parameters: None}, "`optimizer` must be a function that returns one"),
        ({"x": xorlab.XORDataset(1, seed=1)}, "`data` must hold both classes"),
        ({"lr": 0.1}, "has no argument `lr`"),
    ],
)
def test_what_is_refused_draws_no_seed(arguments, message):
    before = torch.get_rng_state()
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.lr_find(**arguments)
    assert torch.equal(before, torch.get_rng_state())


def test_the_result_prints_in_words_and_goes_into_a_dict_and_a_frame():
    found = xorlab.lr_find(seed=1)
    assert repr(found).splitlines() == [
        f"Learning rate: {found.suggestion:g} suggested",
        f"  {found.reason}",
        f"  {len(found.lr)} steps of sgd from 0.0001 to {found.exploded:.2g}, where the loss "
        "exploded; seed 1",
    ]
    content = found.to_dict()
    assert content["note"] == found.note
    assert xorlab.LearningRates.from_dict(content) == found
    frame = found.to_frame()
    assert list(frame.columns) == ["step", "lr", "loss", "raw"]
    assert frame["loss"].tolist() == found.loss


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"raw": [0.5]}, "`content` must have in 'lr', 'loss' and 'raw' as many numbers each"),
        ({"lr": []}, r"`content` must have in 'lr' a list of numbers, not \[\]"),
        ({"loss": None}, "`content` must have in 'loss' a list of numbers, not None"),
        ({"loss": ["a"]}, "`loss` must be a finite number, not 'a'"),
        ({"best": 1}, "`content` has an unknown entry, 'best'"),
    ],
)
def test_a_result_that_was_changed_by_hand_is_refused(change, message):
    content = xorlab.lr_find(seed=1, steps=100).to_dict()
    with pytest.raises((TypeError, ValueError), match=message):
        xorlab.LearningRates.from_dict({**content, **change})
    del content["raw"]
    with pytest.raises(ValueError, match="'raw' is missing"):
        xorlab.LearningRates.from_dict(content)
