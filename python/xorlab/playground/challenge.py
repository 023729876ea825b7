"""A task for a class, and whether a net has done it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from ..fit.fit import Fit
from .bounds import HIDEABLE
from .experiment import NAMES, Experiment

# The values of a group of controls, where they are not one of the same name.
_VALUES = {"data": ("problem", "classes"), "net": ("hidden",), "momentum": ("momentum", "nesterov")}
# Groups that make no difference to a net.
_HARMLESS = {"speed", "pictures", "view", "challenges", "compare", "code", "downloads"}
_FREE = {"view", "hide"}  # values that make none


class NetView(NamedTuple):
    """What a check looks at.

    Attributes
    ----------
    experiment
        What the page is set to.
    epoch
        How many epochs are done.
    fit
        The net as it is, with its history and its data.
    parted
        Whether it is no longer the net of its seed: weights or points were edited, or units
        switched off.
    off
        The hidden units that are switched off, each by its layer and its place there, from 0 on.
    """

    experiment: Experiment
    epoch: int
    fit: Fit
    parted: bool = False
    off: Collection[tuple[int, int]] = ()


class Outcome(NamedTuple):
    """Whether a challenge is solved, and in words how far the net has come."""

    solved: bool
    text: str


@dataclass(frozen=True)
class Challenge:
    """A task.

    Attributes
    ----------
    name
        A word, as in an address.
    title, text, hint
        For the class: what to do, and what may help.
    start
        The experiment to begin with.
    free
        The groups of controls that may be used, of `HIDEABLE`; all other settings stay.
    answer
        For teachers: what solves it, and why.
    goal
        Whether a net with these settings has done it.
    by_hand
        Whether weights may be edited and units switched off.
    """

    name: str
    title: str
    text: str
    hint: str
    start: Experiment
    free: tuple[str, ...]
    answer: str
    goal: Callable[[NetView], Outcome]
    by_hand: bool = False

    @property
    def hide(self) -> tuple[str, ...]:
        """The groups of controls that it does without."""
        return tuple(one for one in HIDEABLE if one not in _HARMLESS and one not in self.free)

    def check(self, view: NetView) -> Outcome:
        """Look at a net."""
        free = {name for group in self.free for name in _VALUES.get(group, (group,))} | _FREE
        for name in NAMES:
            asked, found = getattr(self.start, name), getattr(view.experiment, name)
            if name not in free and asked != found:
                return Outcome(False, f"Set {name} back to {in_words(asked)}, as it was.")
        if view.parted and not self.by_hand:
            return Outcome(False, "The net or its points were edited by hand: press reset.")
        return self.goal(view)


def in_words(value: object) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
