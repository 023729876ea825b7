"""What more epochs, or a larger learning rate, would do for a fit: tried out on a copy of it."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple, cast

import torch
from torch import Tensor

from ..checks.words import counted
from ..data.batches import Batches
from ..data.ceiling import best_accuracy
from ..data.dataset import PointDataset
from ..data.xor import is_xor
from ..evaluation.corners import expected_accuracy, is_solved
from ..evaluation.evaluate import guessing_loss, losses
from ..evaluation.posterior import best_loss
from ..evaluation.predict import predict_logits
from ..fit.fit import Fit
from ..fit.predictor import Predictor
from ..model.classifier import SimpleClassifier
from ..optimizers import OPTIMIZERS, OptimizerName, is_own
from ..settings import Settings
from ..training.fused import FusedTrainer
from ..training.history import History
from ..training.loop import NonFiniteLossError

# A trial takes three times the epochs that were done, within these limits: of 50 nets of two units,
# 27 had solved XOR after 100 epochs, 29 after 300 and 29 after 1,000, so those that 300 more epochs
# leave unsolved are stuck.
FEWEST_TRIED, MOST_TRIED = 300, 1000
# Large data are represented by so many points, evenly spaced; wide nets and small batches get fewer
# epochs, though no fewer than LOOK_EVERY, so that steps and points times weights times epochs stay
# below these (each about a second on one core).
MOST_POINTS = 10_000
MOST_STEPS, MOST_WORK = 30_000, 10**9
# Epochs between two looks at whether the problem is solved.
LOOK_EVERY = 20

# A trial helped where it solved XOR, or the loss fell by this much, in nats, and by this share of
# what could be gained: of XOR, down to the best possible loss; of data of your own, whose best loss
# is unknown, from that of guessing to where the trial came.
FALL, FALL_SHARE = 0.01, 0.2


class Trial(NamedTuple):
    """The result of a copy that trained on: for how many epochs, whether it solved XOR (None for
    data of your own), the loss before and after (infinite where it diverged), the loss of answering
    every point with the shares of the classes, the best possible one (None for data of your own), a
    fall of the loss that may be chance, and the loss on the rows before and after.

    Of data of your own with validation the loss is that on the validation data, and `after` the
    lowest, in epoch `at`; of others it is that on the rows, and the last."""

    lr: float
    epochs: int
    solved: bool | None
    before: float
    after: float
    guessing: float
    best: float | None
    chance: float
    at: int
    held_out: bool
    rows: tuple[float, float]

    @property
    def helped(self) -> bool:
        fall, learned = self.before - self.after, self.guessing - self.after
        gain = learned if self.best is None else self.before - self.best
        return bool(self.solved) or (min(fall, learned) >= FALL and fall >= FALL_SHARE * gain)

    @property
    def beats_chance(self) -> bool:
        return bool(self.solved) or self.before - self.after > self.chance

    @property
    def by_heart(self) -> bool:
        """Whether it learned its rows, and nothing that holds of the validation data."""
        before, after = self.rows
        learned = before - after >= max(FALL, FALL_SHARE * before)
        return self.held_out and learned and not (self.helped and self.beats_chance)


def fitted_noise(weights: int, points: int) -> float:
    """How far the loss falls where a net fits noise: twice the fall times the points is then
    chi-squared, with as many degrees of freedom as there are weights (Wilks 1938, Ann. Math.
    Statist. 9, 60-62). This is its mean and two standard deviations."""
    return (weights + 2 * math.sqrt(2 * weights)) / (2 * points)


def two_errors(falls: Tensor) -> float:
    """Two standard errors of a mean fall, from those of the points."""
    return 2 * falls.std(correction=0).item() / math.sqrt(len(falls))


def try_longer(fit: Fit, lr: float | None = None) -> Trial | None:
    """Train a copy of a fit for some more epochs, at its own learning rate or another.

    None where there is nothing to go on from: bare weights come without settings and data. The fit
    and the user's generators stay as they are.
    """
    state = fit.optimizer_state
    if fit.settings is None or fit.data is None or state is None or is_own(fit.settings.optimizer):
        return None
    rate = fit.settings.lr if lr is None else lr
    settings = replace(
        fit.settings, lr=rate, snapshots=(), engine="fused", validation=None, patience=None
    )
    points, labels = rows = some_points(fit, fit.data)
    model, done = deepcopy(fit.model).cpu(), fit.epoch
    copy = Predictor(model, fit.data, fit.preparation)
    skip = done if len(points) == len(fit.data) else 0  # the order goes on where it is the fit's
    batches = Batches(points, labels, fit.settings.batch_size, fit.settings.seed, skip)
    weights = sum(p.numel() for p in model.parameters())
    planned = planned_epochs(done, len(points) * weights, len(batches))
    origin = fit.data.origin if is_xor(fit.data) else None
    held_out = fit.validation if origin is None else None
    judged = some_points(fit, held_out) if held_out else rows
    after = before = losses_of(model, judged)
    trial = Trial(
        lr=rate,
        epochs=0,
        solved=None,
        before=before.mean().item(),
        after=math.inf,
        guessing=guessing_loss(class_shares(judged[1])),
        best=best_loss(origin.std) if origin else None,
        chance=fitted_noise(weights, len(points)),
        at=0,
        held_out=held_out is not None,
        rows=(losses_of(model, rows).mean().item(), math.inf),
    )
    at = 0
    solved = None
    history = History()
    while len(history) < planned and not solved:
        try:
            settings = replace(settings, epochs=min(len(history) + LOOK_EVERY, planned))
            trainer = FusedTrainer(model, batches, settings, history, state)
            trainer.run(verbose=False)
            state = trainer.state()
        except NonFiniteLossError:
            return trial._replace(epochs=len(history) + 1, solved=solved)
        if origin:
            net = copy.predictor()
            accuracy = expected_accuracy(net, origin.std)
            solved = bool(is_solved(net, accuracy, best_accuracy(origin.noise)))
        elif held_out and (now := losses_of(model, judged)).mean() < after.mean():
            after, at = now, len(history)
    last = losses_of(model, rows)
    if held_out:
        trial = trial._replace(chance=two_errors(before - after))
    else:
        after, at = last, len(history)
    rows_after = trial.rows[0], last.mean().item()
    ended = trial._replace(epochs=len(history), solved=solved, rows=rows_after)
    return ended._replace(after=after.mean().item(), at=at)


def planned_epochs(done: int, work: int, steps: int) -> int:
    """Epochs of a trial, each of so many points times weights and so many steps."""
    most = min(MOST_WORK // work, MOST_STEPS // steps)
    return min(max(3 * done, FEWEST_TRIED), MOST_TRIED, max(most, LOOK_EVERY))


def some_points(fit: Fit, data: PointDataset) -> tuple[Tensor, Tensor]:
    """Of data like the fit's, as the net takes them, with their labels."""
    step = -(-len(data) // MOST_POINTS)
    return fit.prepared(data.points[::step]), data.label[::step]


def losses_of(model: SimpleClassifier, points: tuple[Tensor, Tensor]) -> Tensor:
    """The loss of each point."""
    return losses(predict_logits(model, points[0]), points[1])


def class_shares(labels: Tensor) -> list[float]:
    return (torch.bincount(labels) / len(labels)).tolist()


# The learning rates that are tried instead of one that may be too low: ten times as large, but at
# least the optimizer's usual one and at most this many times that, and then the largest.
LARGEST_FACTOR = 10


NOTHING_LEARNED = 0.02  # a larger one than usual, only where the loss is this close to guessing


def try_higher(fit: Fit, longer: Trial, xor: bool) -> Trial | None:
    """A trial at a larger learning rate that helped, or brought a loss down that was above that of
    guessing; None where there is none."""
    usual = OPTIMIZERS[cast(OptimizerName, cast(Settings, fit.settings).optimizer)].lr
    largest = LARGEST_FACTOR * usual
    flat = fit.history.loss[fit.epoch - 1] > longer.guessing - NOTHING_LEARNED
    if longer.lr >= usual and not flat:
        return None
    for rate in sorted({min(max(10 * longer.lr, usual), largest), largest}):
        trial = try_longer(fit, rate) if rate > longer.lr else None
        if trial:
            # Of a rate that is no smaller than usual, more is asked than to fit noise.
            helped = trial.helped and (xor or longer.lr < usual or trial.beats_chance)
            above = trial.before > trial.guessing + AT_THE_FLOOR
            ahead = trial.solved or min(longer.after, trial.before) - trial.after >= AT_THE_FLOOR
            if (helped or above) and ahead:
                return trial
    return None


def effect(trial: Trial) -> str:
    """What a trial came to, in words."""
    epochs = f"{counted(trial.epochs, 'more epoch')}"
    if trial.solved:
        return f"about {epochs} solve XOR"
    if trial.after == float("inf"):
        return f"{epochs} make the loss infinite"
    loss = "validation loss" if trial.held_out else "loss"
    if trial.by_heart:
        before, after = trial.rows
        return (
            f"{epochs} bring the loss on the rows from {before:.3f} to {after:.3f}, but the {loss} "
            f"no lower than {trial.after:.3f}"
        )
    if trial.helped:
        epochs = counted(trial.at, "more epoch")
        return f"{epochs} bring the {loss} from {trial.before:.3f} to {trial.after:.3f}"
    return f"{epochs} leave the {loss} at {trial.after:.3f}"


# A loss this close to the best possible one, in nats, leaves nothing to gain.
AT_THE_FLOOR = 0.01
