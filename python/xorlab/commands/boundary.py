"""`boundary`."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..files import check_path, check_target, replacing
from ..fit.fit import Fit
from ..fit.load import load_xor
from .options import add_fit
from .outputs import check_picture, csv_line, draw, kind_of


def add_boundary(commands: Any) -> None:
    grid = commands.add_parser(
        "boundary",
        help="draw a saved net's probabilities, or write them to a table",
        description="The probability of the second class, or of more classes that of each, over "
        "the plane of two columns, as a picture or as numbers.",
        epilog="For a spreadsheet:  xorlab boundary fit.pt --out boundary.csv",
    )
    add_fit(grid)
    grid.add_argument(
        "--vars",
        nargs=2,
        metavar="NAME",
        help="the two columns (of more, those that predictions depend on most)",
    )
    grid.add_argument(
        "--out",
        default="boundary.png",
        metavar="FILE",
        help="a picture, or with .csv a table of points and probabilities (%(default)s)",
    )
    grid.set_defaults(run=run_boundary)


def run_boundary(args: argparse.Namespace) -> None:
    check_target(args.out, "out")
    table_wanted = kind_of(args.out) == "csv"
    if not table_wanted:
        check_picture(args.out)
    fit = load_xor(check_path(args.fit, "fit"))
    if table_wanted:
        names, table = boundary_table(fit, args.vars)
        header = csv_line(names)
        with replacing(args.out) as file:
            np.savetxt(file, table, fmt="%.6g", delimiter=",", header=header, comments="")
    else:
        draw(fit, args.out, args.vars)
    print(f"Boundary in {args.out}")


def boundary_table(fit: Fit, vars: Any) -> tuple[list[str], NDArray[np.float64]]:
    """The points of a grid with their probabilities, a row for each, and the columns' names."""
    section = fit.section(vars)
    columns = fit.boundary_in(section).to_columns(fit.levels)
    return [*section.names, *[*columns][2:]], np.column_stack([*columns.values()])
