"""xorlab itself, by each of its engines."""

from __future__ import annotations

import functools

import xorlab

from ..job import Data, Job, Peer, Trained


def train_ours(job: Job, data: Data, engine: str, device: str) -> Trained:
    fit = xorlab.train_xor(
        (data.x, data.label),
        hidden=job.hidden,
        epochs=job.epochs,
        lr=job.lr,
        optimizer=job.optimizer,
        momentum=job.momentum,
        batch_size=job.batch_size,
        device=device,
        seed=data.seed,
        verbose=False,
        engine=engine,
    )
    return Trained(fit.predict(data.test_x))


def engine(name: str, device: str = "cpu") -> Peer:
    """The peer that is `train_xor(engine=name, device=device)`."""
    return functools.partial(train_ours, engine=name, device=device)
