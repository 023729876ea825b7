"""What of the well-known browser playground's address is not the same here, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..checks.words import shortened_names, show
from .experiment import Experiment
from .foreign_experiment import (
    CONTROLS,
    DEFAULTS,
    HIDE,
    INPUTS,
    hidden_controls,
    their_inputs,
    with_defaults,
)

# Parameters that make no difference here. No net there gets cosX or cosY either.
_WITHOUT = {"regDataset", "seed", "showTestData", "collectStats", "tutorial", "hideText"}
_WITHOUT |= {"cosX", "cosY"}
_SHARED = {"activation", "noise", "problem", "seed"}  # names that we have as well

_DATA = {
    "circles": "The classes are two circles here, and a disc within a ring there.",
    "xor": "The points lie around the corners of a square here, and fill four squares there.",
    "spirals": "The spirals have 1.5 turns here, and 1.75 there.",
}
_NOISE = "Noise moves the points here, across the border too; there it changes their classes."
_RATE = (
    "Points lie within about 1.5 of 0 here, and within 6 there, and the loss is the logistic one "
    "here, and the squared error there: the same learning rate trains at another speed."
)
_SINE = "The sine bends little within 1.5 of 0; there it has two waves."
_PENALTIES = {
    "weight_decay": "L2 regularization is weight decay here, which acts on the biases too.",
    "l1": "A weight that L1 brings to 0 may leave it again here; there it stays 0.",
}


def is_theirs(name: str) -> bool:
    """Whether a parameter is of their addresses alone."""
    own = (DEFAULTS.keys() | _WITHOUT) - _SHARED
    return name in own or is_control(name)


def is_control(name: str) -> bool:
    return name.endswith(HIDE) and name != HIDE


def their_notes(given: Mapping[str, str], experiment: Experiment) -> Iterator[str]:
    """Sentences for those who opened their address here."""
    state = with_defaults(given)
    if state["problem"] == "regression":
        yield "There is no regression here: the data for classification were taken."
    if given.get("seed"):
        yield f"The seed was not taken: seed {experiment.seed} gives other points and weights here."
    if experiment.problem in _DATA:
        yield _DATA[experiment.problem]
    if experiment.problem in ("xor", "circles") and state["noise"] != "0":
        yield _NOISE
    yield _RATE
    yield from input_notes(given, experiment)
    yield from (text for name, text in _PENALTIES.items() if getattr(experiment, name))
    yield from left_out("Hidden there, but not here", not_hidden(given, experiment))
    known = DEFAULTS.keys() | _WITHOUT
    unknown = [name for name in given if name not in known and not is_control(name)]
    yield from left_out("Not known here", unknown)


def input_notes(given: Mapping[str, str], experiment: Experiment) -> Iterator[str]:
    if any(name.startswith("sin") for name in experiment.inputs):
        yield _SINE
    if not their_inputs(given):
        yield "No input was switched on: x1 and x2 were taken."


def not_hidden(given: Mapping[str, str], experiment: Experiment) -> Iterator[str]:
    """Controls that are hidden there, and cannot be here."""
    for name in hidden_controls(given):
        if name in INPUTS:
            if "inputs" not in experiment.hide:
                yield name
        elif name not in CONTROLS:
            yield name


def left_out(what: str, names: Iterable[str]) -> Iterator[str]:
    shown = [show(name) for name in names]
    if shown:
        yield f"{what}: {shortened_names(shown)}."
