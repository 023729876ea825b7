"""Time to accuracy from R: train_xor() and nnet."""

from __future__ import annotations

from collections.abc import Iterator

from .process import r_samples
from .timing import Row, summarise

TITLE = "Time to accuracy, from R"
ABOUT = (
    "Both called from R on the same 2,500 points with 4 hidden units; nnet descends by BFGS, "
    "xorlab by stochastic gradient descent. First as they come (100 iterations, 100 epochs), then "
    "the shortest training of a rising series that gives 99 % on 500 fresh points; where a net is "
    "stuck at the end of its series, that series' longest time counts."
)
BASELINE = "nnet"


def measure(rounds: int) -> Iterator[Row]:
    for key, samples in r_samples("accuracy.R", rounds).items():
        name, setting = key.split("|")
        yield summarise("accuracy", name, samples, setting=setting, unit="s")
