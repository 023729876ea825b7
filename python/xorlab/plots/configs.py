"""A configuration of a study in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..checks.words import counted
from ..study.summary import plain


def describe(config: Mapping[str, Any], names: Sequence[str]) -> str:
    """Some of the columns of a configuration."""
    words = {
        "hidden": f"{config['hidden']} hidden",
        "activation": config["activation"],
        "lr": f"learning rate {config['lr']:g}",
        "size": counted(config["size"], "point"),
        "epochs": counted(config["epochs"], "epoch"),
        "batch_size": f"batches of {config['batch_size']}",
        "data": config["data"],
        "optimizer": config["optimizer"],
        "inputs": config["inputs"] or "the columns",
    }
    if config["hidden"] == "0":
        words["hidden"] = "no hidden layer"
    shown = [name for name in names if name != "std" or config[name] is not None]
    return ", ".join(words.get(name) or in_words(name, config[name]) for name in shown)


def in_words(name: str, value: Any) -> str:
    """A value with the name of its column, such as "weight decay 0.1" or "no patience"."""
    name = name.replace("_", " ")
    if isinstance(value, bool):
        return name if value else f"no {name}"
    return f"no {name}" if value is None else f"{name} {plain(value)}"
