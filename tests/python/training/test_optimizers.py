import inspect
import itertools
import math

import pytest
import torch
import xorlab
from torch import nn
from xorlab.data.batches import Batches
from xorlab.model.classifier import new_classifier
from xorlab.optimizers import OPTIMIZERS
from xorlab.training import arrays
from xorlab.training.engine import make_trainer
from xorlab.training.history import History

STEPS = 200


def allowed():
    """Every combination of an optimizer's terms, with and without penalties."""
    own = {
        "sgd": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}],
        "adam": [{}],
        "rmsprop": [{}],
    }
    for name, penalties in itertools.product(own, itertools.product([0.0, 0.01], [0.0, 0.001])):
        for terms in own[name]:
            yield {"optimizer": name, **terms, "weight_decay": penalties[0], "l1": penalties[1]}


TERMS = list(allowed())
NAMES = ["-".join(map(str, terms.values())) for terms in TERMS]


def points(classes, rows=96):
    generator = torch.Generator().manual_seed(7)
    x = torch.randn(rows, 3, generator=generator, dtype=torch.float64)
    label = torch.arange(rows) % classes
    return x, label[torch.randperm(rows, generator=generator)]


def torch_loop(model, x, label, batch_size, terms, epochs, lr):
    """torch's own optimizer, with the penalty on absolute values as a part of the loss."""
    terms = dict(terms)
    kinds = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "rmsprop": torch.optim.RMSprop}
    l1, kind = terms.pop("l1"), kinds[terms.pop("optimizer")]
    optimizer = kind(model.parameters(), lr=lr, **terms)
    weights = [one for name, one in model.named_parameters() if name.endswith("weight")]
    batches, losses = Batches(x, label, batch_size, seed=3), []
    for _ in range(epochs):
        total = 0.0
        for data, target in batches:
            output = model(data)
            if output.shape[1] == 1:
                loss = nn.functional.binary_cross_entropy_with_logits(
                    output[:, 0], target.to(output.dtype)
                )
            else:
                loss = nn.functional.cross_entropy(output, target)
            total += loss.item() * len(data)
            penalty = sum(one.abs().sum() for one in weights)
            optimizer.zero_grad()
            (loss + l1 * penalty).backward()
            optimizer.step()
        losses.append(total / len(x))
    return optimizer, losses


NETS = {
    (): [("identity", 2), ("identity", 3)],
    (4,): [("tanh", 3), ("relu", 2)],
    (5, 3): [("tanh", 2), ("relu", 3)],
}


# Each combination of terms on one of the nets, and each optimizer on all of them.
EACH = [(terms, list(NETS)[(k + k // 3) % 3]) for k, terms in enumerate(TERMS)]


@pytest.mark.parametrize(("terms", "hidden"), EACH, ids=NAMES)
def test_two_hundred_steps_of_both_engines_are_those_of_torchs_optimizer(terms, hidden):
    for activation, classes in NETS[hidden]:
        x, label = points(classes)
        epochs, lr = STEPS // 4, OPTIMIZERS[terms["optimizer"]].lr
        settings = xorlab.Settings(
            hidden=hidden, activation=activation, epochs=epochs, batch_size=24, **terms
        )
        assert settings.lr == lr
        by_hand = new_classifier(3, hidden, activation, 3, classes).double()
        start = [one.detach().clone() for one in by_hand.parameters()]
        optimizer, losses = torch_loop(by_hand, x, label, 24, terms, epochs, lr)
        assert (
            max(
                (one - other).abs().max()
                for one, other in zip(start, by_hand.parameters(), strict=True)
            )
            > 0.05
        )
        for engine in ("autograd", "fused"):
            model, history = new_classifier(3, hidden, activation, 3, classes).double(), History()
            batches = Batches(x, label, 24, seed=3)
            chosen = xorlab.Settings(**{**settings.to_dict(), "engine": engine})
            trainer = make_trainer(model, chosen, batches, history, {})
            trainer.run(verbose=False)
            for one, other in zip(model.parameters(), by_hand.parameters(), strict=True):
                assert torch.allclose(one, other, rtol=0, atol=1e-9)
            assert history.loss == pytest.approx(losses, rel=0, abs=1e-9)
            state = trainer.state()
            for name, parameter in by_hand.named_parameters():
                expected = optimizer.state.get(parameter, {})
                for key, value in expected.items():
                    if value is not None:
                        assert torch.allclose(state[key][name], value, rtol=0, atol=1e-9)
            assert {*state} == {
                key
                for entries in optimizer.state.values()
                for key, value in entries.items()
                if value is not None
            }


def test_all_other_terms_are_torchs_defaults():
    def default(name, term):
        return inspect.signature(OPTIMIZERS[name].module).parameters[term].default

    assert OPTIMIZERS["adam"].constants == (*default("adam", "betas"), default("adam", "eps"))
    assert OPTIMIZERS["rmsprop"].constants == (
        default("rmsprop", "alpha"),
        default("rmsprop", "eps"),
    )
    assert not default("adam", "amsgrad")
    assert not default("rmsprop", "centered")
    assert default("rmsprop", "momentum") == 0
    assert default("sgd", "dampening") == 0


@pytest.mark.parametrize("engine", ["autograd", "fused"])
def test_the_penalty_on_absolute_values_leaves_weights_at_zero_and_biases_alone(engine):
    x, label = points(2, rows=30)
    terms = {"hidden": (), "init": "zeros", "epochs": 1, "batch_size": 30, "engine": engine}
    plain, penalized = (
        xorlab.train_xor(x, label, seed=1, scale=False, l1=l1, **terms) for l1 in (0.0, 0.5)
    )
    for name, weights in plain.model.state_dict().items():
        assert torch.allclose(weights, penalized.model.state_dict()[name], rtol=0, atol=1e-8)
    assert plain.model.linear1.weight.abs().max() > 0
    once_more = [
        xorlab.train_xor(x, label, seed=1, scale=False, l1=l1, **{**terms, "epochs": 2})
        for l1 in (0.0, 0.5)
    ]
    first, second = (one.model.state_dict() for one in once_more)
    assert torch.allclose(first["linear1.bias"], second["linear1.bias"], rtol=0, atol=1e-8)
    moved = first["linear1.weight"] - second["linear1.weight"]
    assert torch.allclose(moved, 0.1 * 0.5 * plain.model.linear1.weight.sign(), atol=1e-6)


@pytest.mark.parametrize("terms", TERMS, ids=NAMES)
def test_torchs_arrays_give_what_numpys_give(terms, monkeypatch):
    x, label = points(3)
    settings = xorlab.Settings(epochs=5, batch_size=24, **terms)
    models, states = [new_classifier(3, (4,), "tanh", 3, 3).double() for _ in range(2)], []
    for model in models:
        trainer = make_trainer(model, settings, Batches(x, label, 24, seed=3), History(), {})
        trainer.run(verbose=False)
        states.append(trainer.state())
        monkeypatch.setattr(arrays, "by_numpy", lambda device: False)
    for one, other in zip(*(model.parameters() for model in models), strict=True):
        assert torch.allclose(one, other, rtol=0, atol=1e-12)
    for key, entries in states[0].items():
        for name, value in entries.items():
            assert torch.allclose(value, states[1][key][name], rtol=0, atol=1e-12)


@pytest.mark.parametrize("terms", [{"momentum": 0.9}, {"optimizer": "adam"}])
def test_both_engines_end_at_nearly_the_same_loss_in_float32(terms):
    fits = [xorlab.train_xor(seed=5, engine=engine, **terms) for engine in ("autograd", "fused")]
    assert fits[0].history.loss[-1] == pytest.approx(fits[1].history.loss[-1], abs=2e-3)


@pytest.mark.parametrize(
    "terms", [{"optimizer": "adam"}, {"optimizer": "rmsprop"}, {"momentum": 0.9}, {"l1": 1e-3}]
)
def test_a_rate_that_is_too_large_ends_in_one_clear_error_in_both_engines(terms):
    data, errors = xorlab.XORDataset(200, seed=1), []
    options = {"activation": "identity", "hidden": [8, 8, 8], "epochs": 50, "seed": 1}
    for engine in ("autograd", "fused"):
        with pytest.raises(xorlab.NonFiniteLossError, match=r"it was 1e\+20") as caught:
            xorlab.train_xor(data, lr=1e20, engine=engine, validation=0.2, **options, **terms)
        errors.append(caught.value.history)
        assert len(errors[-1].val_loss) == len(errors[-1].loss)
    assert len(errors[0]) == len(errors[1])


def test_a_rate_near_the_limit_of_float32_is_no_number_that_overflows():
    for terms in ({"optimizer": "adam"}, {"optimizer": "rmsprop"}, {"momentum": 0.9}):
        with pytest.warns(RuntimeWarning, match="diverged"):
            fit = xorlab.train_xor(seed=1, epochs=3, lr=1e30, **terms)
        assert all(map(math.isfinite, fit.history.loss))
