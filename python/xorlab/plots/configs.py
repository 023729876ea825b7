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
        "nesterov": "Nesterov" if config["nesterov"] else "no Nesterov",
        "weight_decay": f"weight decay {config['weight_decay']:g}",
        "l1": f"L1 {config['l1']:g}",
    }
    for name in ("validation", "patience"):
        if config[name] is None:
            words[name] = f"no {name}"
    if config["hidden"] == "0":
        words["hidden"] = "no hidden layer"
    shown = [name for name in names if name != "std" or config[name] is not None]
    return ", ".join(words.get(name, f"{name} {plain(config[name])}") for name in shown)
