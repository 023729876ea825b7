"""The command line: `python -m xorlab COMMAND`, or `xorlab COMMAND`."""

from __future__ import annotations

import argparse
import contextlib
import sys
import warnings
from collections.abc import Sequence
from typing import Any, NoReturn

from .commands.boundary import add_boundary
from .commands.evaluate import add_diagnose, add_eval
from .commands.options import as_options
from .commands.playground import add_playground
from .commands.predict import add_predict
from .commands.study import add_study
from .commands.training import add_resume, add_train
from .info import info
from .training.loop import NonFiniteLossError
from .version import __version__


class Help(argparse.HelpFormatter):
    """Keeps the lines of a text."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(
            super(Help, self)._fill_text(one, width, indent) for one in text.split("\n")
        )


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and ends with code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=Help, **options)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: error: {message} (see {self.prog} --help)\n")


def make_parser() -> Parser:
    parser = Parser(
        prog="xorlab",
        description="Train a small neural net on a table of your own, on continuous XOR or on "
        "another toy problem, and look at what it learned.",
        epilog="First steps:  xorlab train --out fit.pt --plot boundary.png",
    )
    parser.add_argument("--version", action="version", version=f"xorlab {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    add_info(commands)
    for add in (
        *(add_train, add_resume, add_eval, add_predict),
        *(add_diagnose, add_study, add_boundary, add_playground),
    ):
        add(commands)
    return parser


def add_info(commands: Any) -> None:
    about = commands.add_parser("info", help="versions, devices and threads")
    about.set_defaults(run=lambda _: print(info()))


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The command and its options. A file of data may come after options too, of which argparse
    before Python 3.13 makes nothing where it may be left out."""
    parser = make_parser()
    args, others = parser.parse_known_args(argv)
    if getattr(args, "table", "") is None and others and not others[0].startswith("-"):
        args.table = others.pop(0)
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    args = parse(argv)
    try:
        with warnings.catch_warnings():
            for category in (UserWarning, RuntimeWarning):  # those that xorlab gives
                warnings.simplefilter("always", category)
            warnings.showwarning = lambda message, *_: print_warning(args, str(message))
            args.run(args)
    except KeyboardInterrupt as error:
        print(f"xorlab: interrupted{error}", file=sys.stderr)
        return 130
    except (TypeError, ValueError, OSError, ImportError, NonFiniteLossError) as error:
        return complain(args, str(error))
    except (MemoryError, RuntimeError) as error:  # torch tells of too little memory by the latter
        return complain(args, str(error).partition("\n")[0] or "out of memory")
    return 0


def print_warning(args: argparse.Namespace, message: str) -> None:
    with contextlib.suppress(OSError):  # nobody who reads, and yet work to be done
        print(f"xorlab {args.command}: warning: {as_options(args, message)}", file=sys.stderr)


def complain(args: argparse.Namespace, message: str) -> int:
    print(f"xorlab {args.command}: error: {as_options(args, message)}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
