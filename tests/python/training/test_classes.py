"""Training on three classes and more: softmax and cross-entropy in both engines."""

import math

import numpy as np
import pytest
import torch
import xorlab
from conftest import on_threads
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from xorlab.data.batches import Batches
from xorlab.model.activations import ACTIVATIONS
from xorlab.model.classifier import new_classifier
from xorlab.training import arrays, fused
from xorlab.training.history import History

ENGINES = "fused", "autograd"


def points(classes, rows=130, columns=3, seed=0):
    """Points of so many overlapping classes, float64."""
    rng = np.random.default_rng(seed)
    label = np.arange(rows) % classes
    x = rng.normal(size=(rows, columns)) + rng.normal(size=(classes, columns))[label]
    return torch.from_numpy(x), torch.from_numpy(label)


def torch_loop(model, x, label, batch_size, lr, epochs, seed):
    """The steps as one writes them in torch: with F.cross_entropy and no optimizer."""
    batches = Batches(x, label, batch_size, seed)
    for _ in range(epochs):
        for inputs, labels in batches:
            loss = nn.functional.cross_entropy(model(inputs), labels)
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for weights, gradient in zip(model.parameters(), gradients, strict=True):
                    weights -= lr * gradient


def train_fused(model, batches, settings):
    history = History()
    fused.FusedTrainer(model, batches, settings, history).run(verbose=False)
    return history


@pytest.mark.parametrize(
    ("classes", "hidden", "batch_size", "rows"),
    [
        (3, (4,), 64, 129),  # a last batch of one row
        (5, (6, 3), 32, 130),
        (3, (1,), 1, 50),
        (5, (5,), 1000, 77),
        (10, (7, 4, 5), 16, 100),
    ],
)
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid", "softplus"])
def test_two_hundred_steps_in_float64_are_those_of_torch(
    classes, hidden, batch_size, rows, activation
):
    x, label = points(classes, rows)
    models = [new_classifier(3, hidden, activation, 3, classes).double() for _ in range(2)]
    epochs = math.ceil(200 / math.ceil(rows / batch_size))
    torch_loop(models[0], x, label, batch_size, 0.2, epochs, seed=3)
    given = xorlab.Settings(hidden=hidden, lr=0.2, batch_size=batch_size, epochs=epochs)
    train_fused(models[1], Batches(x, label, batch_size, 3), given)
    for one, other in zip(*(model.parameters() for model in models), strict=True):
        assert torch.allclose(one, other, rtol=0, atol=1e-9)
    start = new_classifier(3, hidden, activation, 3, classes).double()
    assert any(
        (one - other).abs().max() > 0.01
        for one, other in zip(models[1].parameters(), start.parameters(), strict=True)
    )


def test_the_loss_and_accuracy_of_an_epoch_are_those_on_the_way():
    x, label = points(4, rows=60)
    model = new_classifier(3, (5,), "tanh", 1, 4).double()
    given = xorlab.Settings(lr=1e-300, batch_size=16, epochs=1)
    history = train_fused(model, Batches(x, label, 16, 1), given)
    outputs = model(x)
    assert history.loss[0] == pytest.approx(
        nn.functional.cross_entropy(outputs, label).item(), rel=1e-12
    )
    assert history.accuracy[0] == (outputs.argmax(dim=1) == label).double().mean().item()


@pytest.mark.parametrize("classes", [3, 5])
@pytest.mark.parametrize("options", [{}, {"hidden": [8, 4], "batch_size": 17}, {"batch_size": 1}])
def test_both_engines_agree_in_float32(classes, options):
    x, label = points(classes, rows=120)
    fits = [
        xorlab.train_xor(x, label, epochs=10, seed=2, engine=engine, **options)
        for engine in ENGINES
    ]
    for name, weights in fits[0].weights().items():
        assert weights == pytest.approx(fits[1].weights()[name], abs=2e-5)
    assert fits[0].history.loss == pytest.approx(fits[1].history.loss, abs=1e-5)
    assert fits[0].history.accuracy == pytest.approx(fits[1].history.accuracy, abs=0.02)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_net_of_two_classes_keeps_its_one_output(engine):
    x, label = points(2)
    fit = xorlab.train_xor(x, label, epochs=1, seed=1, engine=engine)
    assert fit.model.linears()[-1].out_features == 1
    three = xorlab.train_xor(*points(3), epochs=1, seed=1, engine=engine)
    assert three.model.linears()[-1].out_features == 3


def weight_bits(model):
    return [weights.detach().numpy().tobytes() for weights in model.parameters()]


def check_that_no_bit_depends_on_the_stack(classes, hidden, batch_size, rows, activation="tanh"):
    """The nets of a stack of five, each with data of its own, against each trained alone, on one
    and on several threads of numpy's BLAS."""
    sets = [points(classes, rows, seed=seed) for seed in range(5)]
    sets = [(x.float(), label) for x, label in sets]
    given = xorlab.Settings(
        hidden=hidden, activation=activation, lr=0.5, batch_size=batch_size, epochs=2
    )

    def train(which):
        models = [new_classifier(3, hidden, activation, seed, classes) for seed in which]
        data, labels = zip(*(sets[seed] for seed in which), strict=True)
        batches = [Batches(*sets[seed], batch_size, seed) for seed in which]
        with fused.one_thread(), np.errstate(all="ignore"):
            nets = fused.FusedNets(models, data, labels, given)
            for _ in range(2):
                nets.epoch([one.next_order for one in batches])
        nets.write_back()
        return [weight_bits(model) for model in models]

    with on_threads(1):
        together = train(range(5))
        alone = [train([seed])[0] for seed in range(5)]
    with on_threads(3):
        turned = train([4, 3, 2, 1, 0])[::-1]
    assert together == alone == turned


@pytest.mark.parametrize(
    ("classes", "hidden", "batch_size", "rows"),
    [
        (3, (4,), 128, 300),
        (3, (4,), 64, 129),
        (5, (64, 64), 50, 101),
        (3, (1,), 1, 20),
        (7, (130,), 333, 700),
    ],
)
def test_a_net_of_several_classes_is_the_same_in_any_stack(classes, hidden, batch_size, rows):
    check_that_no_bit_depends_on_the_stack(classes, hidden, batch_size, rows)


@settings(max_examples=15)
@given(
    classes=st.integers(3, 12),
    hidden=st.lists(st.integers(1, 70), min_size=1, max_size=2),
    batch_size=st.integers(1, 200),
    rows=st.integers(12, 250),
    activation=st.sampled_from(list(ACTIVATIONS)),
)
def test_a_net_of_any_shape_and_classes_is_the_same_in_any_stack(
    classes, hidden, batch_size, rows, activation
):
    check_that_no_bit_depends_on_the_stack(classes, tuple(hidden), batch_size, rows, activation)


def test_a_fit_alone_is_what_the_stack_gives():
    x, label = points(3)
    fit = xorlab.train_xor(x, label, epochs=2, lr=0.5, batch_size=64, seed=4, scale=False)
    model = new_classifier(3, (4,), "tanh", 4, 3)
    given = xorlab.Settings(lr=0.5, batch_size=64)
    nets = fused.FusedNets([model] * 2, [x.float()] * 2, [label] * 2, given)
    batches = [Batches(x.float(), label, 64, 4) for _ in range(2)]
    for _ in range(2):
        nets.epoch([one.next_order for one in batches])
    nets.write_back()
    assert weight_bits(model) == weight_bits(fit.model)


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_huge_steps_overflow_in_neither_engine(activation):
    x, label = points(3)
    losses = [
        xorlab.train_xor(
            x, label, activation=activation, epochs=3, lr=1e30, seed=1, engine=engine
        ).history.loss
        for engine in ENGINES
    ]
    assert all(map(math.isfinite, losses[0]))
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize("activation", ["relu", "elu", "identity"])
@pytest.mark.parametrize("lr", [1e4, 1e10, 1e18, 1e30, 3e38])
def test_both_engines_stop_in_the_same_epoch_when_the_loss_is_not_finite(activation, lr):
    x, label = points(3)
    histories = []
    for engine in ENGINES:
        with pytest.raises(xorlab.NonFiniteLossError, match=r"epoch \d+.*smaller `lr`") as caught:
            xorlab.train_xor(
                x, label, activation=activation, epochs=50, lr=lr, seed=1, engine=engine
            )
        histories.append(caught.value.history)
    assert len(histories[0]) == len(histories[1])
    assert all(math.isfinite(loss) for history in histories for loss in history.loss)


def test_a_logit_of_minus_infinity_for_another_class_leaves_the_loss_finite():
    logits = torch.tensor([[2.0, -math.inf, 0.5], [-math.inf, -math.inf, 3.0]])
    label = torch.tensor([0, 2])
    found = arrays.Library(torch.device("cpu"), torch.float32).loss_sum(
        logits.T[:, None].numpy(), np.eye(3, dtype=np.float32)[label].T[:, None]
    )
    expected = nn.functional.cross_entropy(logits, label, reduction="sum").item()
    assert found == pytest.approx([expected], rel=1e-6)


def test_torchs_arrays_give_what_numpys_give(monkeypatch):
    x, label = points(4)
    given = xorlab.Settings(lr=0.3, epochs=5, batch_size=64)
    models = [new_classifier(3, (4, 3), "tanh", 1, 4).double() for _ in range(2)]
    histories = []
    for model in models:
        batches = Batches(x, label, 64, 1)
        histories.append(train_fused(model, batches, given))
        monkeypatch.setattr(arrays, "by_numpy", lambda device: False)
    for one, other in zip(*(model.parameters() for model in models), strict=True):
        assert torch.allclose(one, other, rtol=0, atol=1e-12)
    assert histories[0].loss == pytest.approx(histories[1].loss, rel=1e-12)


def test_the_points_are_gone_through_in_blocks(monkeypatch):
    x, label = points(3, rows=501)
    whole = xorlab.train_xor(x, label, epochs=3, batch_size=10, seed=1)
    monkeypatch.setattr(fused, "BLOCK", 300)
    in_blocks = xorlab.train_xor(x, label, epochs=3, batch_size=10, seed=1)
    assert in_blocks.history.loss == pytest.approx(whole.history.loss, rel=1e-12)
    assert weight_bits(whole.model) == weight_bits(in_blocks.model)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_training_on_three_classes_goes_on_bit_for_bit(engine):
    x, label = points(3)
    options = {"batch_size": 16, "seed": 1, "engine": engine}
    whole = xorlab.train_xor(x, label, epochs=8, **options)
    part = xorlab.train_xor(x, label, epochs=3, **options)
    longer = xorlab.resume_xor(part, epochs=8)
    assert weight_bits(longer.model) == weight_bits(whole.model)
    assert longer.history.loss == whole.history.loss


def test_three_clear_classes_are_learned():
    x = np.random.default_rng(0).normal(size=(300, 2))
    x += np.repeat([[0, 5], [5, 0], [-5, -5]], 100, axis=0)
    label = np.repeat(["north", "east", "south"], 100)
    fit = xorlab.train_xor(x, label, seed=1)
    assert fit.levels == ("east", "north", "south")
    assert fit.evaluate((x, label)).accuracy > 0.99


def test_cross_entropy_begins_near_that_of_guessing():
    x, label = points(5)
    fit = xorlab.train_xor(x, label, epochs=1, lr=1e-9, seed=1)
    assert fit.history.loss[0] == pytest.approx(math.log(5), abs=0.4)
