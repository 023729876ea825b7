import itertools
import math

import numpy as np
import pytest
import torch
import xorlab
from torch import nn
from xorlab.model.classifier import classifier_from_weights, new_classifier


def test_the_parameters_have_the_lessons_names_and_shapes():
    model = xorlab.SimpleClassifier(2, 4, 1)
    assert {name: tuple(p.shape) for name, p in model.named_parameters()} == {
        "linear1.weight": (4, 2),
        "linear1.bias": (4,),
        "linear2.weight": (1, 4),
        "linear2.bias": (1,),
    }
    assert sum(p.numel() for p in model.parameters()) == 17


def test_the_printed_form_is_that_of_the_lesson():
    assert str(xorlab.SimpleClassifier(num_inputs=2, num_hidden=4, num_outputs=1)) == (
        "SimpleClassifier(\n"
        "  (linear1): Linear(in_features=2, out_features=4, bias=True)\n"
        "  (act_fn): Tanh()\n"
        "  (linear2): Linear(in_features=4, out_features=1, bias=True)\n"
        ")"
    )


def test_it_computes_linear_tanh_linear():
    model = xorlab.SimpleClassifier(3, 5, 2)
    x = torch.randn(7, 3)
    w = model.state_dict()
    hidden = torch.tanh(x @ w["linear1.weight"].T + w["linear1.bias"])
    assert torch.allclose(model(x), hidden @ w["linear2.weight"].T + w["linear2.bias"])


@pytest.mark.parametrize(
    ("name", "function"),
    [("tanh", torch.tanh), ("relu", torch.relu), ("sigmoid", torch.sigmoid), ("identity", None)],
)
def test_a_deep_net_has_the_activation_after_every_layer_but_the_last(name, function):
    model = xorlab.SimpleClassifier(2, [8, 3], 1, activation=name)
    assert [tuple(layer.weight.shape) for layer in model.linears()] == [(8, 2), (3, 8), (1, 3)]
    layers: list[nn.Module] = []
    for layer in model.linears():
        layers += [layer, function or nn.Identity()]
    expected = x = torch.randn(5, 2)
    for step in layers[:-1]:
        expected = step(expected)
    assert torch.equal(model(x), expected)


def test_a_net_of_twelve_layers_keeps_their_order():
    model = xorlab.SimpleClassifier(2, range(3, 14), 1)
    assert [layer.out_features for layer in model.linears()] == [*range(3, 14), 1]
    again = classifier_from_weights(model.state_dict())
    assert [layer.out_features for layer in again.linears()] == [*range(3, 14), 1]


@pytest.mark.parametrize("good", [8, np.int64(8), 8.0, [8], (8,), np.array([8])])
def test_one_hidden_layer_is_one_however_it_is_said(good):
    assert xorlab.SimpleClassifier(2, good, 1).hidden == (8,)


@pytest.mark.parametrize("bad", [-1, 1.5, math.nan, "a", None, True, 3e9, [4, 0], [[4]]])
def test_hidden_sizes_that_are_none_are_named(bad):
    with pytest.raises((TypeError, ValueError), match="`num_hidden` must"):
        xorlab.SimpleClassifier(2, bad, 1)


@pytest.mark.parametrize(
    ("arguments", "name"), [((0, 4, 1), "num_inputs"), ((2, 4, 1.5), "num_outputs")]
)
def test_other_sizes_that_are_none_are_named(arguments, name):
    with pytest.raises(ValueError, match=f"`{name}` must be a whole number from 1"):
        xorlab.SimpleClassifier(*arguments)


@pytest.mark.parametrize("bad", ["gelu", "", "Tanh", None, nn.Tanh()])
def test_an_unknown_activation_is_answered_with_the_known_ones(bad):
    with pytest.raises(
        (TypeError, ValueError), match=r"must be 'tanh', 'relu', .* 'leaky_relu' or 'softplus', not"
    ):
        xorlab.SimpleClassifier(2, 4, 1, activation=bad)


def test_a_state_dict_goes_through_a_file_into_another_model(tmp_path):
    model, other = (xorlab.SimpleClassifier(2, 4, 1) for _ in range(2))
    x = torch.randn(20, 2)
    assert not torch.equal(model(x), other(x))
    torch.save(model.state_dict(), tmp_path / "our_model.tar")
    matched = other.load_state_dict(torch.load(tmp_path / "our_model.tar"))
    assert str(matched) == "<All keys matched successfully>"
    assert torch.equal(model(x), other(x))


def test_a_module_moves_in_place_and_a_tensor_does_not():
    model, x = xorlab.SimpleClassifier(2, 4, 1), torch.zeros(3, 2)
    assert model.to("meta") is model
    assert xorlab.module_device(model) == torch.device("meta")
    assert x.to("meta") is not x
    assert x.device == torch.device("cpu")


def test_first_weights_depend_on_the_seed_alone():
    before = torch.get_rng_state()
    first, second, other = (new_classifier(2, [4], "tanh", seed) for seed in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(first.linear1.weight, second.linear1.weight)
    assert not torch.equal(first.linear1.weight, other.linear1.weight)


@pytest.mark.parametrize(
    "prefix", ["_orig_mod.", "module.", "module._orig_mod.", "_orig_mod.module."]
)
def test_a_state_dict_of_a_compiled_or_parallel_module_is_that_of_the_module(prefix):
    weights = xorlab.SimpleClassifier(2, [3, 2], 1).state_dict()
    wrapped = {f"{prefix}{name}": weight for name, weight in weights.items()}
    again = classifier_from_weights(wrapped).state_dict()
    assert list(again) == list(weights)
    assert all(torch.equal(again[name], weights[name]) for name in weights)


def test_the_prefix_of_a_parallel_module_is_the_one_that_torch_gives():
    model = xorlab.SimpleClassifier(2, 3, 1)
    weights = nn.DataParallel(model).state_dict()
    assert "linear1.weight" not in weights
    assert torch.equal(classifier_from_weights(weights).linear1.weight, model.linear1.weight)


def test_a_state_dict_that_is_wrapped_in_part_is_refused():
    weights = xorlab.SimpleClassifier(2, 3, 1).state_dict()
    both = {**weights, "module.linear1.weight": weights["linear1.weight"]}
    with pytest.raises(ValueError, match=r"not those of a SimpleClassifier"):
        classifier_from_weights(both)


@pytest.mark.parametrize(
    "weights",
    [
        {},
        {"weight": torch.zeros(1, 2), "bias": torch.zeros(1)},
        {"linear1.weight": torch.zeros(4, 2), "linear1.bias": torch.zeros(3)},
        {**xorlab.SimpleClassifier(2, 4, 1).state_dict(), "linear2.bias": torch.zeros(2)},
        {**xorlab.SimpleClassifier(2, 4, 1).state_dict(), "extra": torch.zeros(2)},
    ],
)
def test_weights_of_another_net_are_refused_with_the_names_that_came(weights):
    with pytest.raises(ValueError, match=r"not those of a SimpleClassifier.*got ") as caught:
        classifier_from_weights(weights)
    assert all(name in str(caught.value) for name in weights)


@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        ([1] * 101, "`hidden` must hold at most 100 whole numbers"),
        (range(1, 10**9), "`hidden` must hold at most 100 whole numbers"),
        (itertools.count(1), "`hidden` must hold at most 100 whole numbers"),
        (10**9, "`hidden` must make a net of at most 100,000,000 weights, not 3,000,000,001"),
        ([20_000, 20_000], "`hidden` must make a net of at most 100,000,000 weights"),
    ],
)
def test_a_net_that_is_far_too_large_is_refused_before_it_is_made(hidden, message):
    for call in (xorlab.train_xor, xorlab.seed_study):
        with pytest.raises(ValueError, match=message):
            call(hidden=hidden, epochs=1)
    with pytest.raises(ValueError, match=message.replace("hidden", "num_hidden").split(",")[0]):
        xorlab.SimpleClassifier(2, hidden, 1)
    with pytest.raises(ValueError, match=r"at most 100,000,000 weights, not 100,000,004,"):
        xorlab.SimpleClassifier(10**8, 1000, 3)


def test_a_net_of_a_hundred_layers_is_small_enough():
    assert len(xorlab.SimpleClassifier(2, [2] * 100, 1).linears()) == 101
