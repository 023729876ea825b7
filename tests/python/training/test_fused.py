"""The closed-form engine is held to the visible loop, and its gradients to finite differences."""

import itertools
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

LOSS = nn.BCEWithLogitsLoss()


def make(hidden, activation, data, batch_size, dtype=torch.float64):
    model = new_classifier(data.data.shape[1], hidden, activation, seed=3).to(dtype)
    return model, Batches(data.data.to(dtype), data.label, batch_size, seed=3)


def train_fused(model, batches, settings):
    history = History()
    fused.FusedTrainer(model, batches, settings, history).run(verbose=False)
    return history


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [(4,), (5, 3), (4, 3, 2)])
def test_both_engines_give_the_same_weights_in_float64(activation, hidden):
    data = xorlab.XORDataset(129, seed=3)  # batches of 64, 64 and 1
    by_loop, batches = make(hidden, activation, data, 64)
    optimizer = torch.optim.SGD(by_loop.parameters(), lr=0.3)
    visible = xorlab.train_model(by_loop, optimizer, batches, LOSS, 100)
    by_formula, batches = make(hidden, activation, data, 64)
    closed = train_fused(by_formula, batches, xorlab.Settings(lr=0.3, batch_size=64))
    for one, other in zip(by_loop.parameters(), by_formula.parameters(), strict=True):
        assert torch.allclose(one, other, rtol=0, atol=1e-8)
    assert closed.loss == pytest.approx(visible.loss, abs=1e-8)
    assert closed.accuracy == visible.accuracy


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_both_engines_end_at_the_same_loss_in_float32(activation):
    fits = [
        xorlab.train_xor(activation=activation, epochs=100, seed=5, engine=engine)
        for engine in ("autograd", "fused")
    ]
    assert fits[0].history.loss[-1] == pytest.approx(fits[1].history.loss[-1], abs=1e-3)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity", "elu", "softplus"])
def test_gradients_are_those_of_finite_differences(activation):
    data = xorlab.XORDataset(20, seed=1)
    model, _ = make((3, 2), activation, data, 20)
    start = [p.detach().clone() for p in model.parameters()]
    given = xorlab.Settings(batch_size=20, lr=1.0)
    nets = fused.FusedNets([model], [data.data.double()], [data.label], given)
    nets.epoch([lambda order: order.copy_(torch.arange(20))])
    nets.write_back()
    steps = [p.detach() - s for p, s in zip(model.parameters(), start, strict=True)]

    def loss_at(which, index, shift):
        with torch.no_grad():
            for p, s in zip(model.parameters(), start, strict=True):
                p.copy_(s)
            list(model.parameters())[which].view(-1)[index] += shift
            return LOSS(model(data.data.double()).squeeze(1), data.label.double()).item()

    for which, step in enumerate(steps):
        for index in range(step.numel()):
            slope = (loss_at(which, index, 1e-6) - loss_at(which, index, -1e-6)) / 2e-6
            assert -step.view(-1)[index].item() == pytest.approx(slope, abs=1e-8)


def test_nets_of_a_stack_do_not_see_each_other():
    sets = [xorlab.XORDataset(100, seed=seed) for seed in (1, 2, 3)]
    models = [new_classifier(2, (4,), "tanh", seed) for seed in (1, 2, 3)]
    given = xorlab.Settings(batch_size=32, lr=0.5)
    together = fused.FusedNets(models, [d.data for d in sets], [d.label for d in sets], given)
    batches = [Batches(d.data, d.label, 32, d.seed) for d in sets]
    for _ in range(5):
        together.epoch([b.next_order for b in batches])
    together.write_back()
    for model, data in zip(models, sets, strict=True):
        alone = xorlab.train_xor(data, epochs=5, lr=0.5, batch_size=32, seed=data.seed)
        for name, weights in alone.weights().items():
            assert np.array_equal(weights, model.state_dict()[name].numpy())


def test_the_points_are_gone_through_in_blocks(monkeypatch):
    data = xorlab.XORDataset(1001, seed=1)
    whole = xorlab.train_xor(data, epochs=3, batch_size=10, seed=1)
    monkeypatch.setattr(fused, "BLOCK", 300)
    in_blocks = xorlab.train_xor(data, epochs=3, batch_size=10, seed=1)
    assert in_blocks.history.loss == pytest.approx(whole.history.loss, rel=1e-12)
    for name, weights in whole.weights().items():
        assert np.array_equal(weights, in_blocks.weights()[name])


def test_data_of_any_number_of_columns_and_batches_longer_than_the_data():
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(50, 5, generator=generator)
    data = xorlab.as_xor_data(x, (x[:, 3] > 0).int())
    fits = [
        xorlab.train_xor(data, epochs=200, batch_size=1000, lr=0.5, seed=1, engine=engine)
        for engine in ("autograd", "fused")
    ]
    assert fits[0].history.loss[-1] == pytest.approx(fits[1].history.loss[-1], abs=1e-4)
    assert fits[1].evaluate(data).accuracy > 0.9


def test_auto_is_fused_and_an_unknown_engine_is_named():
    assert xorlab.train_xor(epochs=1, seed=1).settings.engine == "fused"
    assert xorlab.train_xor(epochs=1, seed=1, engine="autograd").settings.engine == "autograd"
    with pytest.raises(
        ValueError, match=r"`engine` must be 'auto', 'autograd' or 'fused', not 'c'"
    ):
        xorlab.train_xor(engine="c")


def test_both_engines_stop_in_the_same_epoch_when_the_loss_is_not_finite():
    data = xorlab.XORDataset(200, seed=1)
    options = {"hidden": [8, 8], "activation": "identity", "epochs": 50, "seed": 1}
    errors = []
    for engine in ("autograd", "fused"):
        with pytest.raises(xorlab.NonFiniteLossError, match=r"epoch \d+.*smaller `lr`") as caught:
            xorlab.train_xor(data, lr=1e4, engine=engine, **options)
        assert all(math.isfinite(loss) for loss in caught.value.history.loss)
        errors.append(caught.value)
    assert len(errors[0].history) == len(errors[1].history)
    for error in errors:  # the epoch that is named is the one after the history's last
        assert f"in epoch {len(error.history) + 1}." in str(error)
        assert "scale the inputs" in str(error)


@pytest.mark.filterwarnings("ignore:The loss rose from")
@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_huge_steps_overflow_in_neither_engine(activation):
    data = xorlab.XORDataset(500, seed=1)
    options = {"activation": activation, "epochs": 3, "seed": 1}
    losses = [
        xorlab.train_xor(data, lr=1e30, engine=engine, **options).history.loss
        for engine in ("autograd", "fused")
    ]
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)


@pytest.mark.parametrize("engine", ["autograd", "fused"])
def test_the_seconds_are_those_that_the_epochs_took(engine, monkeypatch):
    clock = itertools.count()  # every look at it is a second later
    monkeypatch.setattr("time.perf_counter", lambda: float(next(clock)))
    fit = xorlab.train_xor(epochs=5, seed=1, engine=engine)
    assert fit.history.seconds == [1.0] * 5


def test_the_data_are_as_they_were_after_training():
    data = xorlab.XORDataset(100, seed=1)
    x, label = data.data.clone(), data.label.clone()
    xorlab.train_xor(data, epochs=2, seed=1)
    assert torch.equal(data.data, x)
    assert torch.equal(data.label, label)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
def test_cuda_agrees_with_the_cpu():
    fits = [xorlab.train_xor(device=device, seed=5) for device in ("cpu", "cuda")]
    assert fits[0].history.loss[-1] == pytest.approx(fits[1].history.loss[-1], abs=1e-3)


def test_torchs_arrays_give_what_numpys_give(monkeypatch):
    data = xorlab.XORDataset(200, seed=1)
    by_numpy, batches = make((4, 3), "tanh", data, 64)
    train_fused(by_numpy, batches, xorlab.Settings(lr=0.3, epochs=5, batch_size=64))
    by_torch, batches = make((4, 3), "tanh", data, 64)
    monkeypatch.setattr(arrays, "by_numpy", lambda device: False)
    train_fused(by_torch, batches, xorlab.Settings(lr=0.3, epochs=5, batch_size=64))
    for one, other in zip(by_numpy.parameters(), by_torch.parameters(), strict=True):
        assert torch.allclose(one, other, rtol=0, atol=1e-12)


def test_the_weights_do_not_depend_on_the_number_of_threads(in_a_new_process):
    script = (
        "import xorlab\n"
        "for hidden, size in ((4, 128), (100, 128), ((64, 64), 512), (300, 2500), (1000, 2500)):\n"
        "    fit = xorlab.train_xor(hidden=hidden, batch_size=size, epochs=2, seed=1)\n"
        "    print(*(float(w).hex() for part in fit.weights().values() for w in part.ravel()))\n"
        "for name in ('sgd', 'adam', 'rmsprop'):\n"
        "    terms = {'optimizer': name, 'validation': 0.4, 'epochs': 3}\n"
        "    fit = xorlab.train_xor(hidden=(300, 40), seed=1, **terms)\n"
        "    print(*(float(w).hex() for part in fit.weights().values() for w in part.ravel()))\n"
        "    print(*fit.history.val_loss)\n"
    )
    bits = []
    for threads in ("1", "2"):
        env = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        done = in_a_new_process("-c", script, env=env)
        assert (done.returncode, done.stderr) == (0, "")
        bits.append(done.stdout)
    assert bits[0] == bits[1]
    assert len(bits[0]) > 1000


def test_points_are_looked_up_in_blocks(monkeypatch):
    whole = xorlab.train_xor(xorlab.XORDataset(300, seed=1), epochs=3, batch_size=16, seed=1)
    monkeypatch.setattr("xorlab.training.fused.BLOCK", 64)
    data = xorlab.XORDataset(300, seed=1)
    given = xorlab.Settings(batch_size=16)
    nets = fused.FusedNets([xorlab.SimpleClassifier(2, 4, 1)], [data.data], [data.label], given)
    assert nets.shuffled.shape[-1] == nets.logits.shape[-1] == 64
    again = xorlab.train_xor(data, epochs=3, batch_size=16, seed=1)
    for name, weights in whole.weights().items():
        assert (weights == again.weights()[name]).all()


# Hidden units, batch size and points: wide, odd and single, with a last batch of one point.
SHAPES = [
    ((50, 50), 333, 999),
    ((300,), 1001, 2003),
    ((1000,), 129, 259),
    ((128, 128), 25, 501),
    ((64, 64), 512, 1025),
    ((4,), 2500, 2500),
    ((5, 1, 3), 1, 40),
]


def weight_bits(fit):
    return [weights.tobytes() for weights in fit.weights().values()]


def check_that_a_net_is_the_same_in_any_batch_of_models(hidden, batch_size, size, activation):
    """The bits of a net trained alone, with others before and behind it, on one and on several
    threads of torch and numpy's BLAS; its row in studies of other lengths."""
    options = {"hidden": hidden, "activation": activation, "epochs": 2, "batch_size": batch_size}
    with on_threads(1):
        studies = [xorlab.seed_study(runs=3, seed=2, size=size, **options)]
        alone = xorlab.train_xor(xorlab.XORDataset(size, seed=4), seed=4, **options)
    with on_threads(3):
        studies += [
            xorlab.seed_study(runs=runs, seed=4, size=size, **options) for runs in (1, 2, 5)
        ]
        again = xorlab.train_xor(xorlab.XORDataset(size, seed=4), seed=4, **options)
    rows = [study.rows[2 if k == 0 else 0][1] for k, study in enumerate(studies)]
    assert {repr(row) for row in rows} == {repr(rows[0])}
    assert rows[0].loss == alone.history.loss[-1]
    assert weight_bits(again) == weight_bits(alone) == weight_bits(studies[-1].fit(0))


@pytest.mark.parametrize(("hidden", "batch_size", "size"), SHAPES)
def test_a_wide_or_odd_net_is_the_same_in_any_batch_of_models(hidden, batch_size, size):
    check_that_a_net_is_the_same_in_any_batch_of_models(hidden, batch_size, size, "tanh")


@settings(max_examples=15)
@given(
    hidden=st.lists(st.integers(1, 130), min_size=1, max_size=3),
    batch_size=st.integers(1, 600),
    batches=st.integers(1, 3),
    last=st.integers(0, 2),
    activation=st.sampled_from(list(ACTIVATIONS)),
)
def test_a_net_of_any_shape_is_the_same_in_any_batch_of_models(
    hidden, batch_size, batches, last, activation
):
    size = max(20, batch_size * batches + last)  # fewer points may be of one class
    check_that_a_net_is_the_same_in_any_batch_of_models(tuple(hidden), batch_size, size, activation)


@pytest.mark.parametrize(
    ("hidden", "activation", "loss", "weight"),
    [
        (4, "tanh", 0.6977446, -0.2721563),
        (2, "relu", 0.6423638, -0.3878610),
        ((8, 8), "sigmoid", 0.6934367, -0.3380566),
    ],
)
def test_the_figures_of_given_seeds_stay(hidden, activation, loss, weight):
    fit = xorlab.train_xor(hidden=hidden, activation=activation, epochs=3, seed=1)
    assert fit.history.loss[-1] == pytest.approx(loss, abs=2e-6)
    assert fit.weights()["linear1.weight"][0, 0] == pytest.approx(weight, abs=2e-6)


def test_a_step_of_plain_descent_is_these_calls():
    """What every step costs: its options add calls only where they are asked for."""
    data = xorlab.XORDataset(20, seed=1)

    def calls(**terms):
        settings, model = (
            xorlab.Settings(batch_size=20, **terms),
            new_classifier(2, (4,), "tanh", 1),
        )
        nets = fused.FusedNets([model], [data.data], [data.label], settings)
        return [call.func.__name__ for call in nets.plans[20][0]]

    forward = ["matmul", "tanh", "matmul"]
    error = ["multiply", "tanh", "subtract"]
    backward = ["matmul", "multiply", "multiply", "subtract", "multiply", "matmul"]
    assert calls() == [*forward, *error, *backward, "multiply", "subtract"]
    assert len(calls(momentum=0.9)) == len(calls()) + 3
    assert len(calls(weight_decay=0.1)) == len(calls()) + 3
    assert len(calls(l1=0.1)) == len(calls()) + 4
