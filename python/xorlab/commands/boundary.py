"""`boundary`."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from ..files import check_path, check_target, replacing
from ..fit.load import load_xor
from .options import add_fit
from .outputs import check_picture, draw, kind_of


def add_boundary(commands: Any) -> None:
    grid = commands.add_parser(
        "boundary",
        help="draw a kept net's probabilities, or write them to a table",
        description="The probability of class 1 over the plane, as a picture or as numbers.",
        epilog="For a spreadsheet:  xorlab boundary fit.pt --out boundary.csv",
    )
    add_fit(grid)
    grid.add_argument(
        "--out",
        default="boundary.png",
        metavar="FILE",
        help="a picture, or with .csv a table of x1, x2 and prob (%(default)s)",
    )
    grid.set_defaults(run=run_boundary)


def run_boundary(args: argparse.Namespace) -> None:
    check_target(args.out, "out")
    table_wanted = kind_of(args.out) == "csv"
    if not table_wanted:
        check_picture(args.out)
    fit = load_xor(check_path(args.fit, "fit"))
    if table_wanted:
        x1, x2, prob = fit.boundary()
        table = np.column_stack([np.repeat(x1, len(x2)), np.tile(x2, len(x1)), prob.ravel()])
        with replacing(args.out) as file:
            np.savetxt(file, table, fmt="%.6g", delimiter=",", header="x1,x2,prob", comments="")
    else:
        draw(fit, args.out)
    print(f"Boundary in {args.out}")
