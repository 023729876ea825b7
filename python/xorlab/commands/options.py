"""Options that commands have in common."""

from __future__ import annotations

import argparse
import re
from dataclasses import Field
from typing import Any

from ..data.origin import DEFAULT_STD
from ..data.own import AS_TEXT
from ..settings import HYPERPARAMETERS
from ..study.summary import plain

# What Python calls otherwise than the command line does.
_OTHER_NAMES = {"noise": "std", "kind": "toy", "label": "y"}
_OPTIONS = {"y": "--target"}
_NO_OPTIONS = {"command", "run", "fit", "table"}


def number(text: str) -> float | str:
    """A number where the text is one; else the text, for the checks to name."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


COUNT: dict[str, Any] = {"type": number, "metavar": "N"}


def as_options(args: argparse.Namespace, message: str) -> str:
    """The message with the command's options, such as --batch-size, for Python's arguments, and
    with the name of the file for the data that were in it."""
    given, table = vars(args).keys() - _NO_OPTIONS, getattr(args, "table", None)

    def worded(match: re.Match[str]) -> str:
        name = match[1]
        if table is not None and name in ("x", "data"):
            return repr(table)
        name = _OTHER_NAMES.get(name, name) if name not in given else name
        return _OPTIONS.get(name, f"--{name.replace('_', '-')}") if name in given else match[0]

    return re.sub(r"`(\w+)`", worded, message.replace(AS_TEXT, "`text`"))


# A command's options, or a group of them.
Options = argparse._ActionsContainer


def add_point_options(parser: Options, size: int, std: str = f"{DEFAULT_STD}") -> None:
    """How many points of a toy problem there are, and with what noise."""
    parser.add_argument("--size", help=f"points ({size})", **COUNT)
    parser.add_argument(
        "--std", "--noise", dest="std", type=number, metavar="SD", help=f"noise, 0 or more ({std})"
    )


def add_seed(parser: Options) -> None:
    parser.add_argument(
        "--seed", type=number, metavar="N", help="fixes all that is drawn at random"
    )


def add_net_options(parser: argparse.ArgumentParser, **texts: str) -> None:
    """An option for each hyperparameter; the texts add to the help of those of that name."""
    for name, one in HYPERPARAMETERS.items():
        add_net_option(parser, one, one.default, texts.get(name, ""))
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def add_net_option(parser: Options, one: Field[Any], default: Any, more: str = "") -> None:
    """An option for a hyperparameter."""
    options = {"action": "store_true"} if one.metadata["kind"] is bool else _values(one)
    option = f"--{one.name.replace('_', '-')}"
    parser.add_argument(option, default=default, help=_help(one) + more, **options)


def _values(one: Field[Any]) -> dict[str, Any]:
    """How an option takes the values of a hyperparameter."""
    if isinstance(one.default, tuple):
        return {**COUNT, "nargs": "+"}
    return {} if one.metadata["kind"] is str else COUNT


def _help(one: Field[Any]) -> str:
    text, usual = one.metadata["help"], one.default
    if usual is None or isinstance(usual, bool):
        return f"{text}"
    values = usual if isinstance(usual, tuple) else [usual]
    return f"{text} ({' '.join(map(plain, values))})"


def hyperparameters(args: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(args, name) for name in HYPERPARAMETERS}


def add_fit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fit", metavar="fit.pt", help="a file that `train --out` wrote")


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """What a training leaves behind, and shows on its way."""
    parser.add_argument("--out", metavar="FILE", help="save the fit to this file")
    parser.add_argument("--plot", metavar="FILE", help="save a plot of the boundary to this file")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
