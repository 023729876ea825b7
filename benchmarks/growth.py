"""Cost against the number of points and of hidden units."""

from __future__ import annotations

from collections.abc import Iterator

from .fit import BASELINE as USUAL
from .fit import trained, warm_up
from .job import Data, Job, Peer, make_data
from .peers.ours import engine
from .peers.torch_loops import train_usual_loop
from .timing import Row, Task, in_turn, summarise

TITLE = "Growing points and nets"
ABOUT = (
    "Points: one epoch in batches of 128, 4 hidden units. Hidden units: 20 epochs over 2,500 "
    "points. Making the points is not counted. After one epoch over few points no net has learned "
    "much."
)
BASELINE = USUAL
POINTS = (2_500, 25_000, 250_000, 2_500_000, 10_000_000)
HIDDEN = (4, 16, 64, 256, 1024)
# Up to here the slower ones are asked too: they would take minutes beyond.
MOST_FOR_SLOW = 250_000


def rivals() -> dict[str, Peer]:
    return {
        "xorlab, fused": engine("fused"),
        "xorlab, autograd": engine("autograd"),
        USUAL: train_usual_loop,
    }


def task_of(peer: Peer, job: Job, data: Data) -> Task:
    return lambda _: trained(peer, job, data)


def measure(rounds: int) -> Iterator[Row]:
    warm_up(rivals(), make_data(Job().size, seed=10**6))
    for size in POINTS:
        data, job = make_data(size, seed=1), Job(size=size, epochs=1)
        tasks = {
            name: task_of(peer, job, data)
            for name, peer in rivals().items()
            if size <= MOST_FOR_SLOW or name == "xorlab, fused"
        }
        for name, samples in in_turn(tasks, rounds).items():
            setting = f"{size:,} points"
            yield summarise("growth", name, samples, setting=setting, unit="s an epoch")
    data = make_data(Job().size, seed=1)
    for hidden in HIDDEN:
        job = Job(epochs=20, hidden=hidden)
        tasks = {name: task_of(peer, job, data) for name, peer in rivals().items()}
        for name, samples in in_turn(tasks, rounds).items():
            setting = f"{hidden:,} hidden units"
            yield summarise("growth", name, samples, setting=setting, unit="s for 20 epochs")
