from dataclasses import replace
from threading import Event

import numpy as np
import pytest
import torch
import xorlab
from conftest import config, on_threads
from xorlab.data.batches import Batches
from xorlab.device import one_thread
from xorlab.fit.train import new_fit
from xorlab.model.classifier import new_classifier
from xorlab.study.config import OWN, Config
from xorlab.study.samples import Samples, draw_samples
from xorlab.study.stack import by_shape, judge, run_stack, train_stack
from xorlab.training import arrays

CPU = torch.device("cpu")


@pytest.mark.parametrize("hidden", [(4,), (3, 2)])
def test_run_k_is_the_visible_loop_with_that_seed_in_float64(hidden):
    cell = config(hidden, "tanh", 0.3, 0.1, 200, 50, 64)
    samples = {seed: draw_samples(cell, seed) for seed in (5, 6)}
    trained = train_stack(cell, samples, CPU, dtype=torch.float64)
    for seed, model, loss in zip([5, 6], trained.models, trained.losses, strict=True):
        data = xorlab.XORDataset(200, 0.1, seed)
        alone = new_classifier(2, hidden, "tanh", seed).double()
        batches = Batches(data.data.double(), data.label, 64, seed)
        optimizer = torch.optim.SGD(alone.parameters(), lr=0.3)
        with one_thread():
            history = xorlab.train_model(
                alone, optimizer, batches, torch.nn.BCEWithLogitsLoss(), num_epochs=50
            )
        assert loss == pytest.approx(history.loss[-1], abs=1e-8)
        for one, other in zip(alone.parameters(), model.parameters(), strict=True):
            assert torch.allclose(one, other, rtol=0, atol=1e-8)


def test_a_stack_that_was_told_to_stop_gives_nothing():
    stop = Event()
    stop.set()
    cell = config((4,), "tanh", 0.1, 0.1, 50, 5, 8)
    assert run_stack(cell, [1, 2], CPU, stop) == []


RNG = np.random.default_rng(0)
X = RNG.normal(size=(60, 6))
X[:, 5] = 0.0
X[3, 5] = 1.0  # the column is constant in the training rows of some seeds, whose nets leave it out
OWN_POINTS = xorlab.as_xor_data(X, np.arange(60) % 3)
TERMS = [
    {},
    {"momentum": 0.9},
    {"momentum": 0.9, "nesterov": True, "weight_decay": 0.01, "l1": 0.001},
    {"optimizer": "adam"},
    {"optimizer": "adam", "weight_decay": 0.01, "l1": 0.001, "init": "kaiming"},
    {"optimizer": "rmsprop", "l1": 0.001, "init": "xavier"},
]
SHAPES = [
    {"hidden": (), "batch_size": 16},
    {"hidden": (4,), "batch_size": 128},
    {"hidden": (33, 5), "batch_size": 7, "activation": "relu"},
]


def cell_of(kind, settings):
    if kind == OWN:
        return Config(settings, len(OWN_POINTS), None, OWN, OWN_POINTS)
    return Config(settings, 90, 0.3, kind)


# With how many parts the nets are trained in: those of one differ neither in columns nor in points.
CASES = [
    ("xor", {}, range(4, 8), 1),
    ("xor", {"validation": 0.3, "patience": 2}, range(4, 8), 2),
    ("spirals", {"validation": 0.3}, range(4, 8), 2),
    (OWN, {"validation": 0.3, "patience": 2}, range(1, 5), 2),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape["hidden"]))
@pytest.mark.parametrize("terms", TERMS, ids=str)
def test_a_net_of_a_stack_is_the_fit_of_its_seed_bit_for_bit(terms, shape):
    for kind, stopping, seeds, parts in CASES:
        settings = xorlab.Settings(epochs=8, **terms, **shape, **stopping)
        cell = cell_of(kind, settings)
        groups = by_shape({seed: draw_samples(cell, seed) for seed in seeds})
        assert len(groups) == parts
        for group in groups:
            with one_thread():
                trained = train_stack(cell, group, CPU)
            for place, (seed, one) in enumerate(group.items()):
                of_seed = replace(settings, seed=seed)
                fit = new_fit(one.train, of_seed, one.preparation, one.validation).train()
                own, losses = trained.models[place].state_dict(), fit.history.val_loss
                assert all(torch.equal(own[name], w) for name, w in fit.model.state_dict().items())
                assert trained.losses[place] == fit.history.loss[fit.epoch - 1]
                assert trained.best_epochs[place] == fit.best_epoch
                assert trained.val_losses[place] == (losses[fit.epoch - 1] if losses else None)


def test_nets_of_a_stack_stop_each_at_its_own_epoch():
    settings = xorlab.Settings(epochs=60, hidden=(16,), lr=0.5, validation=0.3, patience=3)
    cell = cell_of(OWN, settings)
    groups = by_shape({seed: draw_samples(cell, seed) for seed in range(1, 13)})
    best = [epoch for group in groups for epoch in train_stack(cell, group, CPU).best_epochs]
    assert len(best) == 12
    assert len({*best}) > 3
    assert max(best) < 57  # all have stopped, by themselves
    assert min(best) < max(best) - 3  # the first had stopped long before the last


@pytest.mark.parametrize("threads", [1, 3])
def test_a_study_with_patience_has_the_fits_of_its_rows(threads):
    options = {"optimizer": "adam", "validation": 0.25, "patience": 3, "epochs": 25, "hidden": 20}
    with on_threads(threads):
        study = xorlab.seed_study(runs=6, data=OWN_POINTS, seed=3, **options)
        for place, (_, run) in enumerate(study.rows):
            fit = study.fit(place)
            assert (run.best_epoch, run.seed) == (fit.best_epoch, fit.settings.seed)
            assert run.val_loss == fit.history.val_loss[run.best_epoch - 1]
            assert run.loss == fit.history.loss[run.best_epoch - 1]


def test_torchs_arrays_stop_where_numpys_do(monkeypatch):
    settings = xorlab.Settings(
        epochs=40, hidden=(16,), optimizer="adam", lr=0.05, validation=0.3, patience=3, l1=0.001
    )
    cell = cell_of(OWN, settings)
    samples = max(by_shape({s: draw_samples(cell, s) for s in range(1, 9)}), key=len)
    by_numpy = train_stack(cell, samples, CPU, dtype=torch.float64)
    monkeypatch.setattr(arrays, "by_numpy", lambda device: False)
    by_torch = train_stack(cell, samples, CPU, dtype=torch.float64)
    assert by_numpy.best_epochs == by_torch.best_epochs
    assert len({*by_numpy.best_epochs}) > 1
    assert by_numpy.val_losses == pytest.approx(by_torch.val_losses, rel=1e-9)
    for one, other in zip(by_numpy.models, by_torch.models, strict=True):
        for weights, others in zip(one.parameters(), other.parameters(), strict=True):
            assert torch.allclose(weights, others, rtol=0, atol=1e-9)


def test_a_net_that_diverges_leaves_the_others_as_they_are():
    settings = xorlab.Settings(
        epochs=12, hidden=(8, 8), activation="identity", lr=0.3, validation=0.3, patience=3
    )
    cell = cell_of(OWN, settings)
    samples = max(by_shape({s: draw_samples(cell, s) for s in range(1, 9)}), key=len)
    first = next(iter(samples))
    one = samples[first]
    far = [far_away(one, data) for data in (one.train, one.held_out, one.validation)]
    mixed = {**samples, first: Samples(far[0], None, *far[1:])}
    assert samples[first].shape() == mixed[first].shape()
    alone, together = train_stack(cell, samples, CPU), train_stack(cell, mixed, CPU)
    for place in range(1, len(samples)):
        one, other = alone.models[place].state_dict(), together.models[place].state_dict()
        assert all(torch.equal(one[name], other[name]) for name in one)
        assert alone.best_epochs[place] == together.best_epochs[place]
    assert all(weights.isnan().all() for weights in together.models[0].parameters())
    runs = judge(cell, together, mixed)
    assert np.isnan([runs[0].loss, runs[0].accuracy, runs[0].val_loss]).all()
    assert runs[0].best_epoch is None
    assert runs[1:] == judge(cell, alone, samples)[1:]


def test_what_a_net_does_after_it_has_stopped_is_thrown_away():
    """At this rate nets diverge some time after their best epoch."""
    options = {"size": 60, "std": 0.5, "epochs": 60, "hidden": (8, 8, 8), "activation": "identity"}
    with pytest.warns(RuntimeWarning, match="diverged"):
        study = xorlab.seed_study(
            12, lr=3, batch_size=16, seed=1, validation=0.3, patience=2, **options
        )
    with pytest.warns(RuntimeWarning, match="diverged"):
        last = xorlab.seed_study(12, lr=3, batch_size=16, seed=1, validation=0.3, **options)
    diverged = [not np.isfinite(run.loss) for _, run in last.rows]
    assert any(diverged)
    saved = [
        run
        for (_, run), gone in zip(study.rows, diverged, strict=True)
        if gone and np.isfinite(run.loss)
    ]
    assert saved
    for run in saved:
        fit = study.fit([one.seed for _, one in study.rows].index(run.seed))
        assert (fit.best_epoch, fit.history.val_loss[fit.best_epoch - 1]) == (
            run.best_epoch,
            run.val_loss,
        )


def far_away(samples, data):
    points = samples.inputs(data.points) * 1e12
    return xorlab.PointDataset(points, data.label, data.levels)
