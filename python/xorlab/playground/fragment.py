"""Plain values by name as the fragment of an address, and back.

A fragment is what follows the `#` (RFC 3986, section 3.5): a browser keeps it to itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

from ..checks.words import show, suggestion

MAX_LENGTH = 5000  # characters of an address
_FLAGS = {"true": True, "false": False}
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def write_fragment(values: Mapping[str, Any]) -> str:
    """As in "hidden=4,2&lr=0.1": numbers to the last digit, lists by commas, no units by 0."""
    return "&".join(f"{name}={quote(text_of(value), safe=',')}" for name, value in values.items())


def text_of(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(text_of, value)) or "0"
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else repr(value)


def read_fragment(state: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a fragment, which are of the types of the defaults.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If a name is unknown or comes twice, or a value is of another type.
    """
    values = {}
    for name, text in entries(state).items():
        if name not in defaults:
            near = suggestion(name, defaults)
            raise ValueError(f"`state` has an unknown entry, {show(name)}.{near}")
        values[name] = value_of(name, text, defaults[name])
    return values


def entries(state: Any) -> dict[str, str]:
    """The texts by name of a fragment, or of a whole address: what is before the '#' is left."""
    if not isinstance(state, str):
        raise TypeError(f"`state` must be the text of an address, not {show(state)}.")
    state = state.strip()
    if len(state) > MAX_LENGTH:
        raise ValueError(
            f"`state` must be an address of at most {MAX_LENGTH:,} characters, not {len(state):,}."
        )
    found: dict[str, str] = {}
    for entry in filter(None, state[state.find("#") + 1 :].split("&")):
        name, equals, text = entry.partition("=")
        if not equals:
            raise ValueError(
                "`state` must be an address, or what follows its '#', such as "
                f"'hidden=4,2&lr=0.1', but it has {show(entry)} without '='."
            )
        if name in found:
            raise ValueError(f"`state` must have each entry once, but it has {show(name)} twice.")
        found[name] = unquote(text, errors="replace")
    return found


def value_of(name: str, text: str, like: Any) -> Any:
    """What a text stands for, of the same type as another value."""
    if isinstance(like, list):
        parts = [] if text in ("", "0") else text.split(",")
        return [number_of(name, one) for one in parts] if name == "hidden" else parts
    if isinstance(like, bool):
        if text not in _FLAGS:
            raise ValueError(f"`{name}` must be true or false, not {show(text)}.")
        return _FLAGS[text]
    return text if isinstance(like, str) else number_of(name, text)


def number_of(name: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"`{name}` must be a number, not {show(text)}.")
    return int(text) if text.isdecimal() and len(text) < 16 else float(text)
