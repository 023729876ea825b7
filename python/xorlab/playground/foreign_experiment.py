"""What the parameters of the well-known browser playground's address come to here.

Their names, their meaning, their defaults and the data there are those of its public source.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..checks.values import check_choice, check_number
from ..data.inputs import InputName
from ..data.origin import NOISES
from ..model.activations import ActivationName
from .bounds import COLUMNS
from .experiment import Experiment
from .fragment import number_of

THEIR_SIZE = 500  # points of a classification, those for testing among them
HIDE = "_hide"  # ends the name of a parameter that hides a control

# Their parameters with their defaults, as far as something here depends on them.
DEFAULTS = {
    "activation": "tanh",
    "regularization": "none",
    "batchSize": "10",
    "dataset": "circle",
    "learningRate": "0.03",
    "regularizationRate": "0",
    "noise": "0",
    "networkShape": "4,2",
    "discretize": "false",
    "percTrainData": "50",
    "problem": "classification",
    "initZero": "false",
    "x": "true",
    "y": "true",
    **dict.fromkeys(["xSquared", "ySquared", "xTimesY", "sinX", "sinY"], "false"),
}

_PROBLEMS = {"circle": "circles", "xor": "xor", "gauss": "blobs", "spiral": "spirals"}
_ACTIVATIONS: dict[str, ActivationName] = {
    "relu": "relu",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "linear": "identity",
}
INPUTS: dict[str, InputName] = {
    "x": "x1",
    "y": "x2",
    "xSquared": "x1^2",
    "ySquared": "x2^2",
    "xTimesY": "x1*x2",
    "sinX": "sin(x1)",
    "sinY": "sin(x2)",
}
_PENALTIES = {"none": None, "L1": "l1", "L2": "weight_decay"}
CONTROLS: dict[str, tuple[str, ...]] = {
    "activation": ("activation",),
    "batchSize": ("batch_size",),
    "dataset": ("data",),
    "discretize": ("view",),
    "learningRate": ("lr",),
    "noise": ("noise",),
    "numHiddenLayers": ("net",),
    "percTrainData": ("validation",),
    "problem": (),  # there is but one here
    "regularization": ("l1", "weight_decay"),
    "regularizationRate": ("l1", "weight_decay"),
}
# Our names of what an experiment may refuse, by theirs.
_NAMES = {"networkShape": "hidden", "learningRate": "lr", "batchSize": "batch_size"}

# The noise of a problem here, by theirs from 0 to 1.
_NOISES: dict[str, Callable[[float], float]] = {
    # Both have clusters of variance 0.5 to 4; theirs have their centers at a distance of 2^1.5
    # from the middle, ours of 1.
    "blobs": lambda noise: math.sqrt((0.5 + 7 * noise) / 8),
    # Theirs is uniform, up to the noise, on a spiral of radius 5.
    "spirals": lambda noise: noise / (5 * math.sqrt(3)),
    # Theirs moves points, uniformly up to half the width of the data, before it looks which class
    # they are of; ours moves them afterwards, and has no points elsewhere without it.
    "xor": lambda noise: NOISES["xor"] + noise / 2,
    "circles": lambda noise: NOISES["circles"] + noise / 2,
}


def their_experiment(given: Mapping[str, str]) -> Experiment:
    """What their parameters come to here."""
    state = with_defaults(given)
    check_choice("problem", state["problem"], ("classification", "regression"))
    problem = _PROBLEMS[check_choice("dataset", state["dataset"], tuple(_PROBLEMS))]
    noise = check_number("noise", number(state, "noise"), minimum=0, maximum=100)
    shape = state["networkShape"].split(",") if state["networkShape"] else []
    trained = check_number("percTrainData", number(state, "percTrainData"), minimum=10, maximum=100)
    values: dict[str, Any] = {
        "problem": problem,
        "size": THEIR_SIZE,
        "noise": _NOISES[problem](noise / 100),
        "classes": 2,
        "inputs": their_inputs(given) or COLUMNS,
        "hidden": [number_of("networkShape", units) for units in shape],
        "activation": _ACTIVATIONS[
            check_choice("activation", state["activation"], tuple(_ACTIVATIONS))
        ],
        "init": "zeros" if is_on(state, "initZero") else "default",
        "lr": number(state, "learningRate"),
        "batch_size": number(state, "batchSize"),
        "validation": (100 - trained) / 100,
        "view": "classes" if is_on(state, "discretize") else "probability",
        "hide": their_hide(given),
        **their_penalty(state),
    }
    return named_as_theirs(values)


def named_as_theirs(values: Mapping[str, Any]) -> Experiment:
    """The experiment; what it refuses has their name in the message."""
    try:
        return Experiment(**values)
    except ValueError as error:
        message = str(error)
        for theirs, ours in _NAMES.items():
            message = re.sub(f"^`{ours}`", f"`{theirs}`", message)
        raise ValueError(message) from None


def with_defaults(given: Mapping[str, str]) -> dict[str, str]:
    """Their parameters; an empty one is absent there, but for the shape of a net without hidden
    units."""
    return {
        name: given[name]
        if given.get(name) or (name == "networkShape" and name in given)
        else usual
        for name, usual in DEFAULTS.items()
    }


def number(state: Mapping[str, str], name: str) -> float:
    return number_of(name, state[name])


def is_on(state: Mapping[str, str], name: str) -> bool:
    return state[name] != "false"


def hidden_controls(given: Mapping[str, str]) -> list[str]:
    ends = [name for name, on in given.items() if name.endswith(HIDE) and on == "true"]
    return [name.removesuffix(HIDE) for name in ends]


def their_inputs(given: Mapping[str, str]) -> list[InputName]:
    """Those that are on; a net there does not get one whose control is hidden."""
    state, hidden = with_defaults(given), hidden_controls(given)
    return [INPUTS[name] for name in INPUTS if is_on(state, name) and name not in hidden]


def their_hide(given: Mapping[str, str]) -> list[str]:
    """Our groups of controls; the inputs, if there is none left there to switch on."""
    state, hidden = with_defaults(given), hidden_controls(given)
    groups = [ours for name in hidden for ours in CONTROLS.get(name, ())]
    fixed = all(name in hidden or is_on(state, name) for name in INPUTS)
    return [*groups, "inputs"] if fixed and any(name in INPUTS for name in hidden) else groups


def their_penalty(state: Mapping[str, str]) -> dict[str, float]:
    rate = check_number(
        "regularizationRate", number(state, "regularizationRate"), minimum=0, maximum=1e30
    )
    ours = _PENALTIES[check_choice("regularization", state["regularization"], tuple(_PENALTIES))]
    return {ours: rate} if ours and rate else {}
