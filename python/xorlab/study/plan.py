"""Training the nets of a plan."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from ..checks.words import counted, warn
from ..progress import Verbose
from .config import Config, Net, Run
from .interrupted import StudyInterrupted, interrupted
from .nets import run_nets
from .study import Study


def run_plan(
    plan: Sequence[Net],
    device: torch.device,
    verbose: Verbose,
    done: Sequence[tuple[Config, Run]] = (),
) -> Study:
    """Train the nets of a plan but for those that are done; an interrupt has the study of the
    finished ones."""
    study = Study(run_nets(plan, device, verbose, done), plan=plan)
    if len(study) < study.planned:
        interrupted.keep(study, len(study), study.planned)
        raise StudyInterrupted(study)
    warn_if_diverged(study)
    return study


# A net has diverged where its last loss is not finite, or is this large, in nats: ten times that of
# initial weights, and more of guessing.
DIVERGED_LOSS = 10


def warn_if_diverged(study: Study) -> None:
    """One line where trainings at the only learning rate, or that of their optimizer, diverged; of
    several rates, what each of them does is what the study was for."""
    rates = {(config.settings.optimizer, config.settings.lr) for config, _ in study.rows}
    diverged = sum(not run.loss <= DIVERGED_LOSS for _, run in study.rows)
    if diverged and len(rates) == len({optimizer for optimizer, _ in rates}):
        was = " and ".join(f"{lr:g}" for lr in sorted({lr for _, lr in rates}))
        warn(
            f"The training of {diverged:,} of {counted(len(study), 'net')} diverged: the loss rose "
            f"above {DIVERGED_LOSS} or was not finite. Try a smaller `lr` (it was {was}).",
            RuntimeWarning,
        )
