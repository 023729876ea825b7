"""Nets of a study with rows for validation: each is the single fit of its seed, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
import torch
import xorlab
from xorlab.fit.train import new_fit
from xorlab.settings import Settings
from xorlab.study.config import OWN, Config
from xorlab.study.samples import draw_samples
from xorlab.study.stack import by_shape, train_stack

CPU = torch.device("cpu")
SEEDS = range(1, 14)
X = np.random.default_rng(0).normal(size=(80, 6))
X[:, 5] = np.arange(80) == 7  # constant in the training rows of some nets
POINTS = xorlab.as_xor_data(X, np.arange(80) % 2)

TERMS = [
    {"momentum": 0.9},
    {"optimizer": "adam", "validation": 0.25},
    {"optimizer": "adam", "validation": 0.25, "patience": 3, "hidden": 20, "init": "kaiming"},
    {"optimizer": "rmsprop", "validation": 0.3, "patience": 5, "l1": 0.001, "batch_size": 7},
    {"validation": 0.3, "patience": 2, "weight_decay": 0.1, "hidden": 0, "lr": 5},
]


@pytest.mark.parametrize("data", ["xor", "blobs", OWN])
@pytest.mark.parametrize("terms", TERMS, ids=str)
def test_a_net_of_a_stack_is_the_single_fit_of_its_seed(terms, data):
    settings = Settings(epochs=25, **terms)
    config = (
        Config(settings, 80, None, OWN, POINTS) if data == OWN else Config(settings, 63, 0.9, data)
    )
    groups = by_shape({seed: draw_samples(config, seed) for seed in SEEDS})
    assert len(groups) > 1 or data != OWN
    best = set()
    for samples in groups:
        trained = train_stack(config, samples, CPU)
        for i, (seed, one) in enumerate(samples.items()):
            alone = new_fit(
                one.train, replace(settings, seed=seed), one.preparation, one.validation
            ).train()
            mine = trained.models[i].state_dict()
            for name, weights in alone.model.state_dict().items():
                assert torch.equal(weights, mine[name])
            history, at = alone.history, alone.epoch - 1
            assert trained.losses[i] == history.loss[at]
            assert trained.val_losses[i] == (history.val_loss[at] if history.val_loss else None)
            assert trained.best_epochs[i] == alone.best_epoch
            best.add(alone.best_epoch)
    assert len(best) > 1 or "patience" not in terms  # each has its own


def test_the_rows_of_a_study_have_the_results_of_their_fits():
    study = xorlab.seed_study(
        9, 8, size=120, std=0.4, epochs=40, optimizer="adam", validation=0.25, patience=4, seed=3
    )
    for row, (_, run) in enumerate(study.rows):
        fit = study.fit(row)
        assert run.best_epoch == fit.best_epoch
        assert run.val_loss == fit.history.val_loss[fit.best_epoch - 1]
        assert run.loss == fit.history.loss[fit.best_epoch - 1]
    data = xorlab.toy_data("xor", 120, 0.4, study.rows[0][1].seed)
    once = xorlab.train_xor(
        data, hidden=8, epochs=40, optimizer="adam", validation=0.25, patience=4, seed=3
    )
    assert once.best_epoch == study.rows[0][1].best_epoch


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
