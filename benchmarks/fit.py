"""One fit: the same job by every peer."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from .job import Data, Job, Peer, Trained, accuracy, make_data
from .peers.ours import engine
from .peers.playground import have_node, train_playground
from .peers.torch_loops import train_usual_loop
from .timing import Row, Sample, Task, in_turn, summarise, timed

TITLE = "One fit"
ABOUT = (
    "2,500 points, 100 epochs, batches of 128, 4 hidden tanh units, stochastic gradient descent at "
    "rate 0.1, accuracy on 500 fresh points. In each round all train on the same points."
)
BASELINE = "DataLoader loop"


def peers() -> dict[str, Peer]:
    """Everything that does the job here, by name. Importing the peers' packages takes seconds."""
    from .peers.jax_net import train_jax
    from .peers.lightning_net import train_lightning
    from .peers.sklearn_net import train_sklearn
    from .peers.skorch_net import train_skorch

    found: dict[str, Peer] = {"xorlab, fused": engine("fused")}
    if torch.cuda.is_available():
        found["xorlab, fused on CUDA"] = engine("fused", "cuda")
    found |= {
        "JAX, compiled": train_jax,
        "scikit-learn": train_sklearn,
        "xorlab, autograd": engine("autograd"),
        BASELINE: train_usual_loop,
        "skorch": train_skorch,
        "Lightning": train_lightning,
    }
    if have_node():
        found["playground (Node)"] = train_playground
    return found


def task_of(peer: Peer, job: Job) -> Task:
    """What trains the peer on the points of a round, and measures it."""
    return lambda number: trained(peer, job, make_data(job.size, seed=number))


def trained(peer: Peer, job: Job, data: Data) -> Sample:
    """The seconds that a peer takes for the job, and the accuracy that came of it."""
    results: list[Trained] = []
    seconds = timed(lambda: results.append(peer(job, data)))
    own = results[0].seconds
    return Sample(seconds if own is None else own, accuracy(results[0], data))


def warm_up(chosen: dict[str, Peer], data: Data) -> None:
    """What happens once only is kept out of the measurement: imports, compiling, first use."""
    for peer in chosen.values():
        peer(Job(), data)


def measure(rounds: int) -> Iterator[Row]:
    from .peers.jax_net import compiled

    chosen = peers()
    warm_up(chosen, make_data(Job().size, seed=10**6))
    samples = in_turn({name: task_of(peer, Job()) for name, peer in chosen.items()}, rounds)
    notes = {
        "JAX, compiled": f"after {compiled(Job()).seconds:.1f} s of compiling",
        "playground (Node)": "without Node's start",
    }
    for name, measured in samples.items():
        yield summarise("fit", name, measured, unit="s a fit", note=notes.get(name, ""))
