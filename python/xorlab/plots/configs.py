"""The settings of a study's nets in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..checks.values import counted

NAMES = ("hidden", "activation", "lr", "std", "size", "epochs", "batch_size")


def varying(configs: Iterable[Mapping[str, Any]], names: Sequence[str] = NAMES) -> list[str]:
    """Names of the settings that are not the same in all of them."""
    values = [[config[name] for name in names] for config in configs]
    columns = zip(*values, strict=True)
    return [name for name, column in zip(names, columns, strict=True) if len(set(column)) > 1]


def describe(config: Mapping[str, Any], names: Sequence[str]) -> str:
    words = {
        "hidden": f"{config['hidden']} hidden",
        "activation": config["activation"],
        "lr": f"learning rate {config['lr']:g}",
        "std": f"std {config['std']:g}",
        "size": counted(config["size"], "point"),
        "epochs": counted(config["epochs"], "epoch"),
        "batch_size": f"batches of {config['batch_size']}",
    }
    return ", ".join(words[name] for name in names)
