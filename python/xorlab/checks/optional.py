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


SHINY = (1, 8)


def need_shiny() -> None:
    """Stop where the playground's packages are missing.

    Raises
    ------
    ImportError
        If shiny, or a server for it, is not installed, or too old.
    """
    least = ".".join(map(str, SHINY))
    how = f'`pip install "shiny>={least}"`'
    try:
        installed = version("shiny")
    except PackageNotFoundError:
        raise ImportError(
            f"The playground needs shiny, which can be installed with {how}."
        ) from None
    if tuple(map(int, installed.split(".")[:2])) < SHINY:
        raise ImportError(
            f"The playground needs shiny {least} or newer, not {installed}: {how} installs it."
        )
