"""`study`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..data.origin import DEFAULT_STD, NOISES
from ..fit.train import DEFAULT_SIZE
from ..progress import Verbose
from ..study.distributed import joined, study_split
from ..study.grid import check_seeds, make_config, one_data, study_settings
from ..study.plan import warn_if_diverged
from ..study.study import Study
from .options import COUNT, add_net_options, add_point_options, add_seed, hyperparameters
from .outputs import check_outputs


def add_study(commands: Any) -> None:
    study = commands.add_parser(
        "study",
        help="train many nets that differ in their seed: how often does it work?",
        description="Train many nets, each on points of its own, and count those that solve XOR; "
        "on another toy problem, show how their accuracy on fresh points is spread.",
        epilog="On two moons:  xorlab study --data moons --hidden 8\n"
        "On two processes:  torchrun --nproc-per-node=2 -m xorlab study --runs 1000",
    )
    study.add_argument("--runs", default=100, help="nets (%(default)s)", **COUNT)
    study.add_argument("--data", default="xor", metavar="KIND", help=f"{', '.join(NOISES)} (xor)")
    add_point_options(study, DEFAULT_SIZE, f"{DEFAULT_STD} for XOR; each kind has its own")
    add_seed(study)
    add_net_options(study)
    study.add_argument("--out", metavar="FILE", help="write the table, a row for each net, as .csv")
    study.add_argument("--quiet", action="store_true", help="no progress bar")
    study.set_defaults(run=run_study)


def run_study(args: argparse.Namespace) -> None:
    check_outputs(args.out, None)
    size = DEFAULT_SIZE if args.size is None else args.size
    settings = study_settings(hyperparameters(args))
    config = make_config(one_data(args.data), settings, size, args.std)
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
