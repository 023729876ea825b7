"""What the page has choices of and room for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Literal, get_args

from ..checks.values import check_count, check_counts
from ..checks.words import listed, show, suggestion
from ..data.inputs import InputName
from ..data.origin import NOISES, ToyKind, check_class_count

Problem = ToyKind | Literal["own"]
OWN: Literal["own"] = "own"  # data of the user's own
PROBLEMS: tuple[Problem, ...] = (*NOISES, OWN)
View = Literal["probability", "classes", "posterior", "difference"]
VIEWS: tuple[View, ...] = get_args(View)
COLUMNS: tuple[InputName, ...] = ("x1", "x2")  # the inputs where nothing is computed

# What there is room for on the page, and time for between two of its frames.
MIN_SIZE, MAX_SIZE = 10, 20_000
MAX_NOISE = 2.0
MAX_CLASSES = 8
MAX_COLUMNS = 100
MAX_LAYERS, MAX_UNITS = 6, 16
MAX_VALIDATION = 0.9

# The groups of controls that a teacher may hide.
HIDEABLE = (
    *("data", "noise", "size", "validation", "points", "inputs", "net", "activation", "init"),
    *("lr", "batch_size", "optimizer", "momentum", "weight_decay", "l1", "speed", "seed"),
    *("pictures", "view", "challenges", "compare", "code", "upload", "downloads"),
)


def usual_noise(problem: Problem) -> float:
    return 0.0 if problem == OWN else NOISES[problem]


def check_classes(problem: Problem, classes: Any) -> int:
    if classes is not None:
        classes = check_count("classes", classes, 2, MAX_CLASSES)
    return check_class_count(problem, classes)


def check_columns(count: int) -> None:
    if count > MAX_COLUMNS:
        raise ValueError(f"There is room for {MAX_COLUMNS} columns, and these data have {count:,}.")


def check_layers(hidden: Any) -> tuple[int, ...]:
    layers = check_counts("hidden", hidden, most=MAX_LAYERS)
    return tuple(check_count("hidden", one, maximum=MAX_UNITS) for one in layers)


def check_hide(hide: Any) -> tuple[str, ...]:
    """Groups of controls, in the order of the page."""
    must = f"`hide` must be some of {listed(HIDEABLE)}"
    given = [hide] if isinstance(hide, str) else hide
    if not isinstance(given, Iterable):
        raise TypeError(f"{must}, not {show(hide)}.")
    names = [*islice(given, len(HIDEABLE) + 1)]
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"{must}, not {show(name)}.")
        if name not in HIDEABLE:
            raise ValueError(f"{must}, not {show(name)}.{suggestion(name, HIDEABLE)}")
    return tuple(one for one in HIDEABLE if one in names)
