from typing import Any, NamedTuple


class Outcome(NamedTuple):
    solved: bool
    text: str


class NetView(NamedTuple):
    experiment: Any
    epoch: int
    fit: Any
    parted: bool
    off: Any


class Challenge(NamedTuple):
    name: str
    title: str
    text: str
    hint: str
    start: Any
    hide: Any
    check: Any


CHALLENGES = ()
