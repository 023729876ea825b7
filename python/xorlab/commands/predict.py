"""`predict`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..data.csv_frame import CsvFrame
from ..evaluation.predict import probabilities
from ..files import check_path, check_target, replacing
from ..fit.fit import Fit
from ..fit.load import load_xor
from .options import add_fit
from .outputs import csv_line, prob_names
from .table import table_for


def add_predict(commands: Any) -> None:
    predict = commands.add_parser(
        "predict",
        help="the classes of new rows, by a saved net",
        description="Write the class of each row, and the probability of every class. Rows with "
        "missing values have neither.",
        epilog="As a table:  xorlab predict fit.pt new.csv --out predictions.csv",
    )
    add_fit(predict)
    predict.add_argument(
        "table",
        metavar="data.csv",
        help="rows with all columns of the training data; others may be",
    )
    predict.add_argument("--out", metavar="FILE", help="the table to write (standard output)")
    predict.set_defaults(run=run_predict)


def run_predict(args: argparse.Namespace) -> None:
    if args.out is not None:
        check_target(args.out, "out")
    fit = load_xor(check_path(args.fit, "fit"))
    lines = predictions(fit, table_for(fit, args.table))
    text = "".join(f"{csv_line(line)}\n" for line in lines)
    if args.out is None:
        sys.stdout.write(text)
        return
    with replacing(args.out) as file:
        file.write(text.encode())
    print(f"Predictions in {args.out}")


def predictions(fit: Fit, table: CsvFrame) -> Iterator[list[Any]]:
    """Names of columns, then a class and the probabilities for each row; empty where unknown."""
    yield ["class", *prob_names(fit)]
    logits = fit.logits(fit.new_points(table))
    prob = probabilities(logits).numpy()
    for called, row in zip(fit.classes_of(logits), prob.tolist(), strict=True):
        known = not np.isnan(row).any()
        yield [called, *row] if known else [""] * (1 + len(row))
