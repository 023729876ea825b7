from threading import Event

import pytest
import torch
import xorlab
from conftest import config
from xorlab.data.batches import Batches
from xorlab.device import one_thread
from xorlab.model.classifier import new_classifier
from xorlab.study.samples import draw_samples
from xorlab.study.stack import run_stack, train_stack

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
