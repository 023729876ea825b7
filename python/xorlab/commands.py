"""What each command of the command line does."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any, cast

import numpy as np

from .checks.values import MAX_COUNT, check_number
from .checks.words import warn
from .data.origin import DEFAULT_STD, MAX_STD, Toy
from .data.toys import more_of
from .data.xor import XORDataset
from .files import check_path, check_target, replacing
from .fit.divergence import divergence
from .fit.fit import Fit
from .fit.interrupted import TrainingInterrupted
from .fit.load import load_xor
from .fit.predictor import TEST_SIZE
from .fit.train import new_fit
from .info import info
from .progress import Verbose
from .settings import HYPERPARAMETERS, Settings, make_settings
from .study.config import Config
from .study.distributed import joined, study_split, world_size
from .study.plan import warn_if_diverged
from .study.study import Study
from .study.sweep import check_seeds


def as_options(args: argparse.Namespace, message: str) -> str:
    """The message with the command's options, such as --batch-size, for Python's arguments."""
    options = vars(args).keys() - {"command", "run", "fit"}
    return re.sub(
        r"`(\w+)`",
        lambda name: f"--{name[1].replace('_', '-')}" if name[1] in options else name[0],
        message,
    )


def run_info(_: argparse.Namespace) -> None:
    print(info())


def run_train(args: argparse.Namespace) -> None:
    if world_size() > 1:
        raise ValueError("One net is trained by one process: torchrun is for `xorlab study`.")
    check_outputs(args.out, args.plot)
    check_number("std", args.std, minimum=0, maximum=MAX_STD)
    settings = make_settings(
        device=args.device, engine=args.engine, seed=args.seed, **hyperparameters(args)
    )
    data = XORDataset(args.size, args.std, settings.seed)
    fit = new_fit(data, settings)
    try:
        fit.train(verbose=False if args.quiet else "auto")
    except TrainingInterrupted as error:
        how_far = f" after {len(fit.history)} of {error.epochs} epochs"
        if args.out and len(fit.history):
            fit.save(args.out)
            how_far += f"; the fit so far is in {args.out}"
        raise KeyboardInterrupt(how_far) from None
    show_training(args, fit)


def hyperparameters(args: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(args, name) for name in HYPERPARAMETERS}


def show_training(args: argparse.Namespace, fit: Fit) -> None:
    # Nothing is shown before it is kept: whoever reads may have gone away.
    if args.out:
        fit.save(args.out)
    if args.plot:
        draw(fit, args.plot)
    message = divergence(fit)
    if message:
        warn(message, RuntimeWarning)
    print(fit)
    print(fit.evaluate(XORDataset(TEST_SIZE, args.std, test_seed(fit))))
    if args.out:
        print(f"Fit in {args.out}")
    if args.plot:
        print(f"Boundary in {args.plot}")


def test_seed(fit: Fit) -> int:
    """Another than the training's, so that the points are others, and yet fixed by it."""
    return (cast(Settings, fit.settings).seed + 1) % MAX_COUNT


def run_study(args: argparse.Namespace) -> None:
    check_outputs(args.out, None)
    config = Config(Settings(**hyperparameters(args)), args.size, args.std)
    with joined(args.device) as group:
        seeds = group.agree(check_seeds(args.runs, args.seed))
        verbose: Verbose = "auto" if group.leads and not args.quiet else False
        study = study_split(group, config, seeds, verbose)
    if group.leads:
        show_study(args, study)


def show_study(args: argparse.Namespace, study: Study) -> None:
    if args.out and (len(study) or not Path(args.out).exists()):  # no file replaced by nothing
        study.save(args.out)
    if len(study):
        warn_if_diverged(study)
        print(study)
        if args.out:
            print(f"Table in {args.out}")
    if len(study) < study.planned:
        raise KeyboardInterrupt(f" after {len(study)} of {study.planned} nets")


def run_eval(args: argparse.Namespace) -> None:
    fit = load_xor(check_path(args.fit, "fit"))
    if fit.data and fit.data.origin is None:
        raise ValueError(
            "The fit was trained on its own data, and `eval` makes points of a toy problem."
        )
    origin = (fit.data.origin if fit.data else None) or Toy("xor", DEFAULT_STD)
    if args.std is not None:
        check_number("std", args.std, minimum=0, maximum=MAX_STD)
    print(fit.evaluate(more_of(origin, args.size, args.std, args.seed)))


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


def check_outputs(table: str | None, picture: str | None) -> None:
    """Complain of files that cannot be written before the work, not after it."""
    for name, path in (("out", table), ("plot", picture)):
        if path is not None:
            check_target(path, name)
    if picture:
        check_picture(picture)
    if table and picture and Path(table).resolve() == Path(picture).resolve():
        raise ValueError(f"The results and the picture cannot both be in {table!r}.")


def kind_of(path: str) -> str:
    """png, csv, ..., of a file's name."""
    return Path(path).suffix.lower().removeprefix(".")


def check_picture(path: str) -> None:
    """Complain of a kind of picture that matplotlib cannot draw, before the work."""
    from matplotlib.figure import Figure

    kinds = Figure().canvas.get_supported_filetypes()
    if kind_of(path) not in kinds:
        raise ValueError(
            "The name of a picture must end in .png, .pdf, .svg or another kind that matplotlib "
            f"writes, not {path!r}."
        )


def draw(fit: Fit, path: str) -> None:
    from matplotlib.figure import Figure

    from .plots.fit import plot_fit

    figure = Figure(figsize=(4.8, 4.8), layout="constrained")
    plot_fit(fit, ax=figure.subplots())
    with replacing(path) as file:
        figure.savefig(file, dpi=150, format=kind_of(path))
