import math
from itertools import pairwise

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.model.activations import ACTIVATIONS
from xorlab.model.classifier import new_classifier
from xorlab.model.initial_weights import INIT_NAMES

WIDTHS = (7, 60, 50, 1)
DRAWN = {
    "xavier": nn.init.xavier_uniform_,
    "kaiming": nn.init.kaiming_uniform_,
    "normal": nn.init.normal_,
    "zeros": nn.init.zeros_,
}


def stream_seed(seed, stream=1):
    """Of the stream of first weights, as the scripts of `show_code()` take it."""
    return int(np.random.SeedSequence([seed, stream]).generate_state(1)[0])


def net(init, seed=3):
    return new_classifier(WIDTHS[0], WIDTHS[1:-1], "tanh", seed, init=init)


def test_the_table_holds_what_the_argument_takes():
    assert ("default", *DRAWN) == INIT_NAMES


@pytest.mark.parametrize("init", INIT_NAMES)
def test_first_weights_are_those_of_torch_for_the_seed(init):
    model = net(init)
    torch.manual_seed(stream_seed(3))
    layers = [nn.Linear(before, after) for before, after in pairwise(WIDTHS)]
    for layer in layers:
        if init != "default":
            DRAWN[init](layer.weight)
            nn.init.zeros_(layer.bias)
    for ours, theirs in zip(model.linears(), layers, strict=True):
        assert torch.equal(ours.weight, theirs.weight)
        assert torch.equal(ours.bias, theirs.bias)


def test_default_weights_and_biases_are_uniform_up_to_one_over_the_root_of_the_inputs():
    for layer in net("default").linears():
        limit = 1 / math.sqrt(layer.in_features)
        assert layer.weight.abs().max() <= limit
        assert layer.bias.abs().max() <= limit
        assert layer.bias.abs().min() > 0


def test_weights_of_the_rules_have_their_ranges_and_variances_and_biases_are_zero():
    wide = new_classifier(300, [500], "tanh", 1, init="xavier").linear1
    assert wide.weight.abs().max() <= math.sqrt(6 / (300 + 500))
    assert wide.weight.var().item() == pytest.approx(2 / (300 + 500), rel=0.02)
    wide = new_classifier(300, [500], "tanh", 1, init="kaiming").linear1
    assert wide.weight.abs().max() <= math.sqrt(6 / 300)
    assert wide.weight.var().item() == pytest.approx(2 / 300, rel=0.02)
    wide = new_classifier(300, [500], "tanh", 1, init="normal").linear1
    assert wide.weight.mean().item() == pytest.approx(0, abs=0.01)
    assert wide.weight.var().item() == pytest.approx(1, rel=0.02)
    for init in DRAWN:
        for layer in net(init).linears():
            assert not layer.bias.any()
    assert not any(layer.weight.any() for layer in net("zeros").linears())


@pytest.mark.parametrize("init", [one for one in DRAWN if one != "zeros"])
def test_first_weights_depend_on_the_seed_and_leave_torchs_generator_alone(init):
    before = torch.get_rng_state()
    first, second, other = net(init), net(init), net(init, seed=4)
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(first.linear2.weight, second.linear2.weight)
    assert not torch.equal(first.linear2.weight, other.linear2.weight)


@pytest.mark.parametrize("init", INIT_NAMES)
def test_a_training_starts_from_them_alone_and_in_a_study(init):
    fit = xorlab.train_xor(init=init, epochs=2, seed=5, snapshots=0)
    start = new_classifier(2, (4,), "tanh", 5, init=init).state_dict()
    assert all(torch.equal(fit.at(0).model.state_dict()[name], start[name]) for name in start)
    study = xorlab.seed_study(runs=2, init=init, epochs=2, seed=4)
    assert study.to_dict()["init"] == [init] * 2
    again = study.fit(1).model.state_dict()
    assert all(torch.equal(fit.model.state_dict()[name], again[name]) for name in again)


def test_data_and_batches_are_the_same_whatever_the_first_weights():
    first, other = (xorlab.train_xor(init=init, epochs=1, seed=1) for init in ("default", "zeros"))
    assert torch.equal(first.data.data, other.data.data)
    zeros = xorlab.train_xor(init="zeros", hidden=0, epochs=3, seed=1, engine="autograd")
    model = nn.Linear(2, 1)
    nn.init.zeros_(model.weight)
    nn.init.zeros_(model.bias)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    generator = torch.Generator().manual_seed(stream_seed(1, 2))
    for _ in range(3):
        for batch in torch.randperm(len(first.data), generator=generator).split(128):
            loss = nn.functional.binary_cross_entropy_with_logits(
                model(zeros.data.data[batch])[:, 0], zeros.data.label[batch].float()
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    assert torch.equal(zeros.model.linear1.weight, model.weight)


@pytest.mark.parametrize("bad", ["he", "Xavier", "", None, 0, nn.init.normal_])
def test_unknown_first_weights_are_answered_with_the_known_ones(bad):
    with pytest.raises(
        (TypeError, ValueError),
        match="`init` must be 'default', 'xavier', 'kaiming', 'normal' or 'zeros', not",
    ):
        xorlab.train_xor(init=bad)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("engine", ["autograd", "fused"])
def test_from_zeros_no_net_learns_xor(activation, engine):
    fit = xorlab.train_xor(
        xorlab.XORDataset(200, seed=1),
        init="zeros",
        activation=activation,
        epochs=100,
        seed=1,
        engine=engine,
    )
    weights = fit.weights()
    rows = weights["linear1.weight"]
    assert np.array_equal(rows, np.tile(rows[0], (4, 1)))
    assert fit.history.loss[-1] == pytest.approx(math.log(2), abs=0.01)
    found = xorlab.diagnose_xor(fit)
    assert found.solved is False
    assert found.accuracy <= 0.75
    if ACTIVATIONS[activation].at_zero == 0:  # no gradient reaches the hidden units
        assert not rows.any()
        assert found.accuracy == pytest.approx(0.5, abs=1e-3)
