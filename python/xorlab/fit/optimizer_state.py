"""What an optimizer remembers, as plain values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from ..checks.values import check_count
from ..checks.words import shortened_names, show
from ..model.classifier import SimpleClassifier, shapes, weight_tensors
from ..settings import Settings
from ..training.state import State


def state_arrays(state: State | None) -> dict[str, Any] | None:
    """Numpy arrays that share nothing with it, and numbers, by the same names."""
    if state is None:
        return None
    return {
        key: {name: plain(value) for name, value in entries.items()}
        for key, entries in state.items()
    }


def plain(value: Any) -> Any:
    return value.cpu().numpy().copy() if isinstance(value, Tensor) else value


def read_state(
    content: Any, model: SimpleClassifier, settings: Settings | None, done: int
) -> State | None:
    """What an optimizer remembers, as the one of the settings does after so many epochs.

    Raises
    ------
    TypeError, ValueError
        If it is not what `state_arrays()` gives, or that of another optimizer or net.
    """
    if content is None:
        return None
    if not isinstance(content, Mapping):
        raise TypeError(f"`optimizer_state` must be a dict, not {show(content)}.")
    known = () if settings is None or not done else settings.state_names()
    if known is None:
        return {str(key): own_entries(key, entries, model) for key, entries in content.items()}
    if {*known} != {*content}:
        raise ValueError(
            f"`optimizer_state` must be that of the optimizer {settings and settings.optimizer!r}, "
            f"which has {', '.join(known) or 'none'}, not {shown_keys(content)}."
        )
    return {key: known_entries(key, entries, model) for key, entries in content.items()}


def shown_keys(content: Mapping[Any, Any]) -> str:
    return shortened_names([show(key) for key in content]) or "none"


def known_entries(key: str, content: Any, model: SimpleClassifier) -> dict[str, Tensor]:
    """An array for each weight, of its shape; of the number of steps, that number."""
    entries, wanted = weight_tensors(content, "optimizer_state"), shapes(model.state_dict())
    if key == "step":
        entries = {name: one.reshape(()) for name, one in entries.items() if one.numel() == 1}
        wanted = dict.fromkeys(wanted, ())
    if shapes(entries) != wanted:
        raise ValueError(
            f"`optimizer_state` must have in {key!r} an array for each of the net's weights, of "
            "its shape."
        )
    if key == "step" and len({check_count("step", one.item()) for one in entries.values()}) > 1:
        raise ValueError("`optimizer_state` must have in 'step' the same number for all weights.")
    return entries


def own_entries(key: Any, content: Any, model: SimpleClassifier) -> dict[str, Any]:
    """Arrays of any shape or numbers, for some of the weights at least."""
    known = model.state_dict()
    if not isinstance(content, Mapping) or not content.keys() <= known.keys():
        raise ValueError(
            f"`optimizer_state` must have in {show(key)} entries for the net's weights, which are "
            f"{', '.join(known)}, not {show(content)}."
        )
    numbers = {name: one for name, one in content.items() if type(one) in (int, float)}
    arrays = {name: one for name, one in content.items() if name not in numbers}
    return {**weight_tensors(arrays, "optimizer_state"), **numbers}
