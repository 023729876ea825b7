"""The command line: `python -m xorlab info | train | study | eval | boundary`."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

from .commands import as_options, run_boundary, run_eval, run_info, run_study, run_train
from .data.origin import DEFAULT_STD
from .fit.predictor import TEST_SIZE
from .fit.train import DEFAULT_SIZE
from .model.activations import ACTIVATIONS
from .settings import ENGINES, HYPERPARAMETERS
from .training.loop import NonFiniteLossError
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


COUNT: dict[str, Any] = {"type": number, "metavar": "N"}


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
    add_data_options(train, DEFAULT_SIZE)
    add_net_options(train)
    train.add_argument("--engine", default="auto", help=f"{', '.join(ENGINES)} (auto)")
    train.add_argument("--out", metavar="FILE", help="keep the fit in this file")
    train.add_argument("--plot", metavar="FILE", help="draw the boundary to this file")
    train.add_argument("--quiet", action="store_true", help="no progress bar")
    train.set_defaults(run=run_train)

    study = commands.add_parser(
        "study",
        help="train many nets that differ in their seed: how often does it work?",
        description="Train many nets, each on points of its own, and count those that solve XOR.",
        epilog="On two processes:  torchrun --nproc-per-node=2 -m xorlab study --runs 1000",
    )
    study.add_argument("--runs", default=100, help="nets (%(default)s)", **COUNT)
    add_data_options(study, DEFAULT_SIZE)
    add_net_options(study)
    study.add_argument("--out", metavar="FILE", help="write the table, a row for each net, as .csv")
    study.add_argument("--quiet", action="store_true", help="no progress bar")
    study.set_defaults(run=run_study)

    evaluate = commands.add_parser(
        "eval",
        help="test a kept net on fresh points",
        description="Print accuracy, loss and the confusion of the classes on fresh points.",
        epilog="With more noise than it was trained on:  xorlab eval fit.pt --std 0.3",
    )
    evaluate.add_argument("fit", help="a file that `train --out` wrote")
    add_data_options(evaluate, TEST_SIZE, std=None)
    evaluate.set_defaults(run=run_eval)

    grid = commands.add_parser(
        "boundary",
        help="draw a kept net's probabilities, or write them to a table",
        description="The probability of class 1 over the plane, as a picture or as numbers.",
        epilog="For a spreadsheet:  xorlab boundary fit.pt --out boundary.csv",
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


def add_data_options(
    parser: argparse.ArgumentParser, size: int, std: float | None = DEFAULT_STD
) -> None:
    parser.add_argument("--size", default=size, help="points (%(default)s)", **COUNT)
    usual = "that of the fit" if std is None else std
    parser.add_argument(
        "--std",
        type=number,
        default=std,
        metavar="SD",
        help=f"noise on the bits, 0 or more ({usual})",
    )
    parser.add_argument(
        "--seed", type=number, metavar="N", help="fixes all that is drawn at random"
    )


def add_net_options(parser: argparse.ArgumentParser) -> None:
    for name, one in HYPERPARAMETERS.items():
        default: Any = one.default
        options: dict[str, Any] = {} if isinstance(default, str) else COUNT
        if isinstance(default, tuple):
            options = {**options, "nargs": "+"}
        usual = " ".join(map(str, default)) if isinstance(default, tuple) else default
        meant = ", ".join(ACTIVATIONS) if name == "activation" else one.metadata["help"]
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, default=default, help=f"{meant} ({usual})", **options)
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or mps (auto)")


def main(argv: Sequence[str] | None = None) -> int:
    parser = make_parser()
    args = parser.parse_args(argv)
    try:
        with warnings.catch_warnings():
            for category in (UserWarning, RuntimeWarning):  # those that xorlab gives
                warnings.simplefilter("always", category)
            warnings.showwarning = lambda message, *_: print_warning(args, str(message))
            args.run(args)
    except KeyboardInterrupt as error:
        print(f"xorlab: interrupted{error}", file=sys.stderr)
        return 130
    except (TypeError, ValueError, OSError, NonFiniteLossError) as error:
        return complain(args, str(error))
    except (MemoryError, RuntimeError) as error:  # torch tells of too little memory by the latter
        return complain(args, str(error).partition("\n")[0] or "out of memory")
    return 0


def print_warning(args: argparse.Namespace, message: str) -> None:
    print(f"xorlab {args.command}: warning: {as_options(args, message)}", file=sys.stderr)


def complain(args: argparse.Namespace, message: str) -> int:
    print(f"xorlab {args.command}: error: {as_options(args, message)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
