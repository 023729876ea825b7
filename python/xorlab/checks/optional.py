"""Packages that xorlab does without until somebody asks for what they give."""

from __future__ import annotations

from collections.abc import Mapping
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
