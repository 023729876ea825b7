"""Packages that xorlab does without until somebody asks for what they give."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pandas import DataFrame


def data_frame(columns: Mapping[str, Any]) -> DataFrame:
    """Columns of one length as a data frame of pandas, which is imported now.

    Raises
    ------
    ImportError
        If pandas is not installed.
    """
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise ImportError(
            "A data frame needs pandas, which can be installed with `pip install pandas`; "
            "`to_dict()` has the same numbers without it."
        ) from error
    return DataFrame(dict(columns))


SHINY = "1.8"


def missing_shiny() -> str:
    """What the playground lacks here; empty where it has all that it needs."""
    try:
        installed = version("shiny")
    except PackageNotFoundError:
        return "it is not installed"
    wanted = [int(part) for part in SHINY.split(".")]
    if [int(part) for part in installed.split(".")[: len(wanted)]] < wanted:
        return f"{installed} is installed"
    return ""


def need_shiny() -> None:
    """Stop where the playground's package is missing.

    Raises
    ------
    ImportError
        If shiny is not installed, or too old.
    """
    if missing := missing_shiny():
        raise ImportError(
            f"The playground needs the package shiny, version {SHINY} or newer, and {missing}. "
            f'Install it with `pip install "shiny>={SHINY}"`.'
        )
