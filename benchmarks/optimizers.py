"""One fit by each optimizer."""

from __future__ import annotations

from collections.abc import Iterator

from .fit import BASELINE, task_of, warm_up
from .job import Job, Peer, make_data
from .peers.ours import engine
from .peers.torch_loops import train_usual_loop
from .timing import Row, in_turn, summarise

TITLE = "Optimizers"
ABOUT = (
    "The job of one fit by each optimizer, with the learning rates of `train_xor()`: 0.1 for SGD, "
    "0.01 for Adam and RMSprop. The usual loop has torch's own optimizer, which works through the "
    "list of the weights in Python; the closed-form engine has them in one array."
)
JOBS = {
    "sgd": Job(),
    "sgd, momentum 0.9": Job(momentum=0.9),
    "adam": Job(optimizer="adam", lr=0.01),
    "rmsprop": Job(optimizer="rmsprop", lr=0.01),
}


def rivals() -> dict[str, Peer]:
    return {
        "xorlab, fused": engine("fused"),
        "xorlab, autograd": engine("autograd"),
        BASELINE: train_usual_loop,
    }


def measure(rounds: int) -> Iterator[Row]:
    warm_up(rivals(), make_data(Job().size, seed=10**6))
    tasks = {
        (name, setting): task_of(peer, job)
        for setting, job in JOBS.items()
        for name, peer in rivals().items()
    }
    for (name, setting), samples in in_turn(tasks, rounds).items():
        yield summarise("optimizers", name, samples, setting=setting, unit="s a fit")
