"""`eval` and `diagnose`."""

from __future__ import annotations

import argparse
from typing import Any

from ..checks.values import check_number
from ..data.dataset import PointDataset
from ..data.origin import DEFAULT_STD, MAX_STD, Toy
from ..data.toys import more_of
from ..diagnosis.diagnosis import diagnose_xor
from ..files import check_path
from ..fit.fit import Fit
from ..fit.load import load_xor
from ..fit.new_data import TEST_SIZE
from .options import add_fit, add_point_options, add_seed
from .table import add_table, check_apart, points_with_classes

_TARGET = "the column that holds the classes (that of the training)"


def add_eval(commands: Any) -> None:
    evaluate = commands.add_parser(
        "eval",
        help="evaluate a saved net on other data",
        description="Print accuracy, loss and the confusion of the classes on a table of your own, "
        "or on fresh points of the toy problem that the net was trained on.",
        epilog="On rows of your own:  xorlab eval fit.pt new.csv\n"
        "With more noise than it was trained on:  xorlab eval fit.pt --std 0.3",
    )
    add_fit(evaluate)
    add_table(evaluate, "your own data, classes included (fresh points)", _TARGET)
    fresh = evaluate.add_argument_group("fresh points instead")
    add_point_options(fresh, TEST_SIZE, "that of the fit")
    add_seed(fresh)
    evaluate.set_defaults(run=run_eval)


def add_diagnose(commands: Any) -> None:
    diagnose = commands.add_parser(
        "diagnose",
        help="diagnose why a saved net is not better",
        description="Diagnose a training: did it work, why not, and what to do about it.",
        epilog="Of a net that learned little:  xorlab diagnose fit.pt",
    )
    add_fit(diagnose)
    add_table(diagnose, "look at the net on these data (those it was trained on)", _TARGET)
    diagnose.set_defaults(run=run_diagnose)


def run_eval(args: argparse.Namespace) -> None:
    check_apart(args, others=["seed"])
    fit = load_xor(check_path(args.fit, "fit"))
    given = args.table is not None
    print(fit.evaluate(points_with_classes(args, fit) if given else fresh_points(args, fit)))


def run_diagnose(args: argparse.Namespace) -> None:
    check_apart(args)
    fit = load_xor(check_path(args.fit, "fit"))
    print(diagnose_xor(fit, None if args.table is None else points_with_classes(args, fit)))


def fresh_points(args: argparse.Namespace, fit: Fit) -> PointDataset:
    """Other points of the toy problem that a fit was trained on."""
    if fit.data and fit.data.origin is None:
        raise ValueError(
            "The fit was trained on its own data, of which `eval` can make no more: name a file, "
            "as in `xorlab eval fit.pt data.csv`."
        )
    origin = (fit.data.origin if fit.data else None) or Toy("xor", DEFAULT_STD)
    if args.std is not None:
        check_number("std", args.std, minimum=0, maximum=MAX_STD)
    return more_of(origin, TEST_SIZE if args.size is None else args.size, args.std, args.seed)
