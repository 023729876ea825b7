"""`train` and `resume`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, cast

from ..checks.values import MAX_COUNT
from ..checks.words import show
from ..data.csv_frame import CsvFrame
from ..data.dataset import PointDataset
from ..data.inputs import INPUTS
from ..data.origin import DEFAULT_STD, NOISES
from ..data.toys import more_of, toy_data
from ..files import check_path
from ..fit.fit import Fit
from ..fit.interrupted import TrainingInterrupted
from ..fit.new_data import TEST_SIZE
from ..fit.resume import resume_xor
from ..fit.train import DEFAULT_SIZE, train_xor
from ..progress import Verbose
from ..seed import resolve_seed
from ..settings import ENGINES, Settings
from ..study.distributed import world_size
from .options import (
    COUNT,
    add_fit,
    add_net_options,
    add_outputs,
    add_point_options,
    add_seed,
    hyperparameters,
)
from .outputs import check_outputs, draw
from .table import add_table, check_apart, training_table, validation_table

_SCALES = {"true": True, "false": False}


def add_train(commands: Any) -> None:
    train = commands.add_parser(
        "train",
        help="train a net, evaluate it, and save it",
        description="Train on a table of your own, or on fresh points of continuous XOR or another "
        "toy problem, and print the accuracy: of a toy problem, on 500 other points.",
        epilog="On your own data:  xorlab train iris.csv --target Species --out fit.pt\n"
        "Two layers of 8 units:  xorlab train --hidden 8 8 --activation relu --seed 1\n"
        "Stopped early:  xorlab train iris.csv --target Species --validation 0.2 --patience 20",
    )
    add_own(train)
    add_toy(train)
    add_net_options(train, validation="; or a file of such data, like data.csv")
    add_preparation(train)
    train.add_argument("--engine", default="auto", help=f"{', '.join(ENGINES)} (auto)")
    add_outputs(train)
    train.set_defaults(run=run_train)


def add_own(parser: argparse.ArgumentParser) -> None:
    own = add_table(
        parser,
        "your own data: a line with the names of the columns, then the rows (points of XOR)",
        "the column that holds the classes",
    )
    own.add_argument(
        "--columns", nargs="+", metavar="NAME", help="learn from these alone (all but the target)"
    )
    own.add_argument(
        "--text", nargs="+", metavar="NAME", help="columns that are text though they hold numbers"
    )


def add_preparation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scale",
        default="auto",
        type=lambda text: _SCALES.get(text.lower(), text),
        help="standardise the columns: true, false, or auto, which does so with your own data",
    )
    parser.add_argument(
        "--inputs",
        nargs="+",
        metavar="NAME",
        help=f"of two columns, the net's inputs: some of {', '.join(INPUTS)}",
    )


def add_toy(parser: argparse.ArgumentParser) -> None:
    toy = parser.add_argument_group("a toy problem instead")
    toy.add_argument("--toy", metavar="KIND", help=f"{', '.join(NOISES)} (xor)")
    toy.add_argument("--classes", help="of blobs (3)", **COUNT)
    add_point_options(toy, DEFAULT_SIZE, f"{DEFAULT_STD} for XOR; each kind has its own")
    add_seed(parser)


def add_resume(commands: Any) -> None:
    resume = commands.add_parser(
        "resume",
        help="resume the training of a saved net",
        description="Resume a training: the weights are those of an uninterrupted one.",
        epilog="Twice as long as usual:  xorlab resume fit.pt --epochs 200 --out longer.pt",
    )
    add_fit(resume)
    resume.add_argument("--epochs", help="in all, more than there are (as planned)", **COUNT)
    resume.add_argument("--device", help="auto, cpu, cuda or mps (where it was trained)")
    add_outputs(resume)
    resume.set_defaults(run=run_resume)


def run_train(args: argparse.Namespace) -> None:
    check_outputs(args.out, args.plot)
    check_apart(args)
    seed = resolve_seed(args.seed)
    x = toy_points(args, seed) if args.table is None else training_table(args)
    options = {
        **hyperparameters(args),
        **{"scale": args.scale, "inputs": args.inputs, "device": args.device},
        "validation": validation_data(args, x),
    }
    keep_and_show(
        args,
        lambda verbose: train_xor(
            x, args.y, engine=args.engine, seed=seed, verbose=verbose, **options
        ),
    )


def run_resume(args: argparse.Namespace) -> None:
    check_outputs(args.out, args.plot)
    check_path(args.fit, "fit")
    keep_and_show(args, lambda verbose: resume_xor(args.fit, args.epochs, args.device, verbose))


def toy_points(args: argparse.Namespace, seed: int) -> PointDataset:
    size = DEFAULT_SIZE if args.size is None else args.size
    return toy_data(args.toy or "xor", size, args.std, seed, classes=args.classes)


def validation_data(args: argparse.Namespace, training: PointDataset | CsvFrame) -> Any:
    """The share of the rows that is held out, or the table of a file."""
    if not isinstance(args.validation, str):
        return args.validation
    if not isinstance(training, CsvFrame):
        raise ValueError(
            "`validation` must be a share of the points of a toy problem, above 0 and below 1, not "
            f"{show(args.validation)}: a file goes with a file of your own data."
        )
    return validation_table(args, training)


def keep_and_show(args: argparse.Namespace, train: Callable[[Verbose], Fit]) -> None:
    """Save, draw and print the result of a training; after Ctrl-C, save the fit so far."""
    if world_size() > 1:
        raise ValueError("One net is trained by one process: torchrun is for `xorlab study`.")
    try:
        fit = train(False if args.quiet else "auto")
    except TrainingInterrupted as error:
        fit = error.fit
        how_far = f" after {len(fit.history)} of {error.epochs} epochs"
        if args.out and len(fit.history):
            fit.save(args.out)
            how_far += f"; the fit so far is in {args.out}"
        raise KeyboardInterrupt(how_far) from None
    # Nothing is shown before it is kept: whoever reads may have gone away.
    if args.out:
        fit.save(args.out)
    if args.plot:
        draw(fit, args.plot)
    print(fit)
    show_accuracy(fit)
    if args.out:
        print(f"Fit in {args.out}")
    if args.plot:
        print(f"Boundary in {args.plot}")


def show_accuracy(fit: Fit) -> None:
    """Print the accuracy on fresh points of a toy problem, or on the user's own data: those for
    validation, where there are any."""
    origin = fit.data.origin if fit.data else None
    if origin is None and fit.validation:
        print("On the validation data, which it was not trained on:")
        print(fit.evaluate(fit.validation))
    elif origin is None:
        print("On the data it was trained on (`xorlab eval` takes others):")
        print(fit.evaluate(fit.data))
    else:
        print(fit.evaluate(more_of(origin, TEST_SIZE, seed=test_seed(fit))))


def test_seed(fit: Fit) -> int:
    """Another than the training's, so that the points are others, and yet fixed by it."""
    return (cast(Settings, fit.settings).seed + 1) % MAX_COUNT
