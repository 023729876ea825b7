"""JAX, with the whole training compiled into one program."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from ..job import Data, Job, Trained

Weights = dict[str, Any]


def first_weights(key: Any, hidden: int) -> Weights:
    """Uniform within one over the root of the inputs, as torch's linear layers begin."""
    keys = jax.random.split(key, 4)

    def uniform(key: Any, shape: tuple[int, ...], inputs: int) -> Any:
        bound = inputs**-0.5
        return jax.random.uniform(key, shape, minval=-bound, maxval=bound)

    return {
        "w1": uniform(keys[0], (2, hidden), 2),
        "b1": uniform(keys[1], (hidden,), 2),
        "w2": uniform(keys[2], (hidden,), hidden),
        "b2": uniform(keys[3], (), hidden),
    }


def logits(weights: Weights, x: Any) -> Any:
    return jnp.tanh(x @ weights["w1"] + weights["b1"]) @ weights["w2"] + weights["b2"]


def mean_loss(weights: Weights, x: Any, label: Any) -> Any:
    z = logits(weights, x)
    return jnp.mean(jnp.logaddexp(0.0, z) - label * z)


def train(job: Job, key: Any, x: Any, label: Any) -> Weights:
    """All epochs, as two nested scans; a smaller last batch is a step of its own."""
    full = len(x) // job.batch_size
    cut = full * job.batch_size

    def step(weights: Weights, batch: Any) -> tuple[Weights, None]:
        slopes = jax.grad(mean_loss)(weights, *batch)
        return jax.tree.map(lambda w, s: w - job.lr * s, weights, slopes), None

    def epoch(weights: Weights, key: Any) -> tuple[Weights, None]:
        order = jax.random.permutation(key, len(x))
        xs, labels = x[order], label[order]
        batches = xs[:cut].reshape(full, -1, 2), labels[:cut].reshape(full, -1)
        weights, _ = lax.scan(step, weights, batches)
        if cut < len(x):
            weights, _ = step(weights, (xs[cut:], labels[cut:]))
        return weights, None

    first, shuffles = jax.random.split(key)
    return lax.scan(
        epoch, first_weights(first, job.hidden), jax.random.split(shuffles, job.epochs)
    )[0]


@dataclass(frozen=True)
class Program:
    """A compiled training, and how long compiling took."""

    run: Any
    seconds: float


@cache
def compiled(job: Job) -> Program:
    """Compiled once for each job, as a patient user would do it."""
    started = time.perf_counter()
    shapes = (
        jax.random.key(0),
        jax.ShapeDtypeStruct((job.size, 2), jnp.float32),
        jax.ShapeDtypeStruct((job.size,), jnp.float32),
    )
    run = jax.jit(lambda *arguments: train(job, *arguments)).lower(*shapes).compile()
    return Program(run, time.perf_counter() - started)


def train_jax(job: Job, data: Data) -> Trained:
    label = data.label.astype(np.float32)
    weights = compiled(job).run(jax.random.key(data.seed), jnp.asarray(data.x), jnp.asarray(label))
    return Trained(np.asarray(jax.jit(logits)(weights, data.test_x) >= 0).astype(int))
