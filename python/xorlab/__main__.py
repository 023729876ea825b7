"""The command line: `python -m xorlab info | train | eval | boundary`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from .checks import check_number
from .data import XORDataset
from .fit import TEST_SIZE, Fit, load_xor
from .model import ACTIVATIONS
from .sitrep import info
from .training import DEFAULT_SIZE, NonFiniteLossError, train_xor
from .version import __version__


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and ends with code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def number(text: str) -> float | str:
    """A number where the text is one; else the text, for the checks to name."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def make_parser() -> Parser:
    parser = Parser(
        prog="xorlab",
        description="Train a small neural net on continuous XOR, and look at what it learned.",
        epilog="First steps:  xorlab train --out fit.pt --plot boundary.png",
    )
    parser.add_argument("--version", action="version", version=f"xorlab {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    commands.add_parser("info", help="versions, devices and threads").set_defaults(run=run_info)

    train = commands.add_parser(
        "train",
        help="train a net, test it, and keep it",
        description="Train on fresh points of continuous XOR, print the accuracy on 500 others.",
        epilog="Two layers of 8 units:  xorlab train --hidden 8 8 --activation relu --seed 1",
    )
    count: dict[str, Any] = {"type": number, "metavar": "N"}
    train.add_argument("--size", default=DEFAULT_SIZE, help="points (%(default)s)", **count)
    add_data_options(train)
    train.add_argument("--hidden", default=[4], nargs="+", help="units of each layer (4)", **count)
    train.add_argument("--activation", default="tanh", help=f"{', '.join(ACTIVATIONS)} (tanh)")
    train.add_argument("--epochs", default=100, help="times through the data (100)", **count)
    train.add_argument(
        "--lr", type=number, default=0.1, metavar="RATE", help="learning rate, above 0 (0.1)"
    )
    train.add_argument("--batch-size", default=128, help="points in one step (128)", **count)
    train.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")
    train.add_argument("--out", metavar="FILE", help="keep the fit in this file")
    train.add_argument("--plot", metavar="FILE", help="draw the boundary to this file")
    train.add_argument("--quiet", action="store_true", help="no progress bar")
    train.set_defaults(run=run_train)

    evaluate = commands.add_parser("eval", help="test a kept net on fresh points")
    evaluate.add_argument("fit", help="a file that `train --out` wrote")
    evaluate.add_argument("--size", default=TEST_SIZE, help="points (%(default)s)", **count)
    add_data_options(evaluate)
    evaluate.set_defaults(run=run_eval)

    grid = commands.add_parser(
        "boundary", help="draw a kept net's probabilities, or write them to a table"
    )
    grid.add_argument("fit", help="a file that `train --out` wrote")
    grid.add_argument(
        "--out",
        default="boundary.png",
        metavar="FILE",
        help="a picture, or with .csv a table of x1, x2 and prob (%(default)s)",
    )
    grid.set_defaults(run=run_boundary)
    return parser


def add_data_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--std", type=number, default=0.1, metavar="SD", help="noise on the bits, 0 or more (0.1)"
    )
    parser.add_argument("--seed", type=number, metavar="N", help="fixes everything drawn at random")


def run_info(_: argparse.Namespace) -> None:
    print(info())


def run_train(args: argparse.Namespace) -> None:
    for path in filter(None, (args.out, args.plot)):
        check_target(path)
    check_number("std", args.std, minimum=0)
    fit = train_xor(
        XORDataset(args.size, args.std, args.seed),
        args.hidden,
        args.activation,
        args.epochs,
        args.lr,
        args.batch_size,
        args.device,
        args.seed,
        verbose=False if args.quiet else "auto",
    )
    print(fit)
    print(fit.evaluate(XORDataset(TEST_SIZE, args.std)))
    if args.out:
        fit.save(args.out)
        print(f"Fit in {args.out}")
    if args.plot:
        draw(fit, args.plot)
        print(f"Boundary in {args.plot}")


def run_eval(args: argparse.Namespace) -> None:
    print(load_xor(args.fit).evaluate(XORDataset(args.size, args.std, args.seed)))


def run_boundary(args: argparse.Namespace) -> None:
    check_target(args.out)
    fit = load_xor(args.fit)
    if Path(args.out).suffix == ".csv":
        x1, x2, prob = fit.boundary()
        table = np.column_stack([np.repeat(x1, len(x2)), np.tile(x2, len(x1)), prob.ravel()])
        np.savetxt(args.out, table, fmt="%.6g", delimiter=",", header="x1,x2,prob", comments="")
    else:
        draw(fit, args.out)
    print(f"Boundary in {args.out}")


def check_target(path: str) -> None:
    """Complain of a file that cannot be written before the work, not after it."""
    if Path(path).is_dir():
        raise IsADirectoryError(f"{path!r} is a folder; give the name of a file in it.")
    if not Path(path).parent.is_dir():
        raise FileNotFoundError(f"The folder of {path!r} is not there.")


def draw(fit: Fit, path: str) -> None:
    from matplotlib.figure import Figure

    from .plotting import plot_fit

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    plot_fit(fit, ax=figure.subplots())
    figure.savefig(path, dpi=150)


def main(argv: Sequence[str] | None = None) -> int:
    parser = make_parser()
    args = parser.parse_args(argv)
    try:
        args.run(args)
    except KeyboardInterrupt:
        print("xorlab: interrupted", file=sys.stderr)
        return 130
    except (TypeError, ValueError, OSError, NonFiniteLossError) as error:
        print(f"xorlab {args.command}: error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
