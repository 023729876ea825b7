"""Studies from files."""

from __future__ import annotations

import csv
from os import PathLike

from ..checks.public import public
from ..data.convert import WithLabels
from ..files import check_source
from .config import COLUMNS
from .grid import own_points
from .study import Study
from .table import read_table


@public
def read_study(path: str | PathLike[str], data: WithLabels | None = None) -> Study:
    """Read what `Study.save()`, or `xorlab study --out`, wrote.

    Parameters
    ----------
    path
        The file.
    data
        The points, as in `seed_study()`, where nets were trained on data of your own: the file
        holds the table alone. Without them the study can be looked at, and its nets cannot be
        trained again.

    Raises
    ------
    OSError
        If the file cannot be read.
    ValueError
        If it does not hold the table of a study, or `data` are not the points of it.

    Examples
    --------
    >>> import os, tempfile
    >>> import xorlab
    >>> path = os.path.join(tempfile.mkdtemp(), "study.csv")
    >>> xorlab.seed_study(runs=3, epochs=1, seed=1).save(path)
    >>> len(read_study(path))
    3
    """
    with open(check_source(path), newline="", encoding="utf-8-sig") as file:
        try:
            study = Study.from_dict(*read_table(file))
        except (ValueError, csv.Error) as error:
            raise ValueError(
                f"{str(path)!r} does not hold the table of a study, whose columns are "
                f"{', '.join(COLUMNS)}: {error}"
            ) from error
    return study if data is None else study.given(own_points(data)).checked()
