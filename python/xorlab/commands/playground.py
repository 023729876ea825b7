"""`playground`."""

from __future__ import annotations

import argparse
from typing import Any

from ..data.inputs import INPUTS
from ..data.origin import NOISES
from ..data.toys import DEFAULT_SIZE
from ..fit.load import load_xor
from ..playground.bounds import HIDEABLE, VIEWS
from ..playground.experiment import NAMES
from ..playground.opened import OpenPage
from ..playground.playground import show_page
from ..playground.start import make_start
from ..settings import HYPERPARAMETERS
from .options import COUNT, Options, add_net_option, add_point_options, add_seed
from .outputs import check_outputs

# What the command line calls otherwise.
_OTHER_NAMES = {"noise": "std"}


def add_playground(commands: Any) -> None:
    page = commands.add_parser(
        "playground",
        help="open a page in the browser, on which a net is built and trained",
        description="Open a page on which a net is built and trained, and wait until it is done "
        "(by its button, by Ctrl-C, or when it is closed). Then print the fit.",
        epilog="Two moons:  xorlab playground --problem moons --hidden 8 --out fit.pt\n"
        'What an address says:  xorlab playground --state "problem=moons&hidden=8"',
    )
    page.add_argument("fit", nargs="?", metavar="fit.pt", help="a fit to go on from")
    page.add_argument("--state", metavar="TEXT", help="an address of a page, or what follows its #")
    page.add_argument(
        "--hide", nargs="+", metavar="GROUP", default=(), help=f"no controls of {one_of(HIDEABLE)}"
    )
    page.add_argument("--out", metavar="FILE", help="save the fit to this file")
    add_experiment(page)
    add_server(page)
    page.set_defaults(run=run_playground)


def add_experiment(page: Options) -> None:
    """Options for what the page opens with, none of which has a default: the page's are those of
    its state."""
    page.add_argument("--problem", metavar="KIND", help=f"{one_of(NOISES)} (xor)")
    page.add_argument("--classes", help="of blobs (3)", **COUNT)
    add_point_options(page, DEFAULT_SIZE, "that of the problem")
    page.add_argument("--inputs", nargs="+", metavar="NAME", help=f"some of {one_of(INPUTS)}")
    page.add_argument("--view", metavar="NAME", help=f"{one_of(VIEWS)} (probability)")
    add_seed(page)
    for name in NAMES:
        if name in HYPERPARAMETERS:
            add_net_option(page, HYPERPARAMETERS[name], None)


def add_server(page: Options) -> None:
    page.add_argument("--port", help="of 127.0.0.1 (one that is free)", **COUNT)
    page.add_argument("--host", metavar="NAME", help="of the proxy, where the browser is elsewhere")
    page.add_argument("--no-browser", action="store_true", help="only print the address")


def one_of(names: Any) -> str:
    return ", ".join(names)


def run_playground(args: argparse.Namespace) -> None:
    check_outputs(args.out, None)
    options = {name: getattr(args, _OTHER_NAMES.get(name, name)) for name in NAMES}
    given = {name: value for name, value in options.items() if value is not None}
    fit = None if args.fit is None else load_xor(args.fit)
    start = make_start(fit, None, args.state, given.pop("hide"), given)
    page = OpenPage(start, args.host, args.port, until_closed=True)
    show_page(page, not args.no_browser, blocks=True)
    page.run()
    if args.out:
        page.fit.save(args.out)
    print(page.fit)
    if args.out:
        print(f"Fit in {args.out}")
