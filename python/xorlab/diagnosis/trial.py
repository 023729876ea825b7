"""What more epochs, or a larger learning rate, would do for a fit: tried out on a copy of it."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple

import torch
from torch import Tensor

from ..checks.words import counted
from ..data.batches import Batches
from ..data.ceiling import best_accuracy
from ..data.xor import is_xor
from ..evaluation.corners import expected_accuracy, is_solved
from ..evaluation.evaluate import evaluate_logits, guessing_loss
from ..evaluation.posterior import best_loss
from ..evaluation.predict import predict_logits
from ..fit.content import check_known
from ..fit.fit import Fit
from ..fit.predictor import Predictor
from ..optimizers import is_own
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
    """What became of a copy that trained on: for how many epochs, whether it solved XOR (None for
    data of your own), the loss on the points before and after (infinite where it diverged), the
    loss of answering every point with the shares of the classes, the best possible one (None for
    data of your own), and the numbers of weights and points."""

    lr: float
    epochs: int
    solved: bool | None
    before: float
    after: float
    guessing: float
    best: float | None
    weights: int
    points: int

    @property
    def helped(self) -> bool:
        fall, learned = self.before - self.after, self.guessing - self.after
        gain = learned if self.best is None else self.before - self.best
        return bool(self.solved) or (min(fall, learned) >= FALL and fall >= FALL_SHARE * gain)

    @property
    def beats_chance(self) -> bool:
        """Whether the loss fell by more than fitting noise would make it fall: twice the fall times
        the points is then chi-squared, with as many degrees of freedom as there are weights (Wilks
        1938, Ann. Math. Statist. 9, 60-62). More is its mean and two standard deviations."""
        chance = (self.weights + 2 * math.sqrt(2 * self.weights)) / (2 * self.points)
        return bool(self.solved) or self.before - self.after > chance


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
    points, labels = some_points(fit)
    model, done = deepcopy(fit.model).cpu(), fit.epoch
    copy = Predictor(model, fit.data, fit.preparation)
    skip = done if len(points) == len(fit.data) else 0  # the order goes on where it is the fit's
    batches = Batches(points, labels, fit.settings.batch_size, fit.settings.seed, skip)
    weights = sum(p.numel() for p in model.parameters())
    most = min(MOST_WORK // (len(points) * weights), MOST_STEPS // len(batches))
    planned = min(max(3 * done, FEWEST_TRIED), MOST_TRIED, max(most, LOOK_EVERY))
    before = evaluate_logits(predict_logits(model, points), labels).loss
    guessing = guessing_loss(class_shares(labels))
    origin = fit.data.origin if is_xor(fit.data) else None
    best = best_loss(origin.std) if origin else None
    known = guessing, best, weights, len(points)
    solved = None
    history = History()
    while len(history) < planned and not solved:
        try:
            settings = replace(settings, epochs=min(len(history) + LOOK_EVERY, planned))
            trainer = FusedTrainer(model, batches, settings, history, state)
            trainer.run(verbose=False)
            state = trainer.state()
        except NonFiniteLossError:
            return Trial(rate, len(history) + 1, solved, before, math.inf, *known)
        if origin:
            net = copy.predictor()
            accuracy = expected_accuracy(net, origin.std)
            solved = bool(is_solved(net, accuracy, best_accuracy(origin.noise)))
    after = evaluate_logits(predict_logits(model, points), labels).loss
    return Trial(rate, len(history), solved, before, after, *known)


def some_points(fit: Fit) -> tuple[Tensor, Tensor]:
    """Of the training data, as the net takes them, with their labels."""
    data = check_known(fit.data)
    step = -(-len(data) // MOST_POINTS)
    return fit.prepared(data.points[::step]), data.label[::step]


def class_shares(labels: Tensor) -> list[float]:
    return (torch.bincount(labels) / len(labels)).tolist()


# The learning rates that are tried instead of one that may be too low: ten times as large, and
# within these limits, and then the largest.
USUAL_RATE, LARGEST_RATE = 0.1, 1.0


NOTHING_LEARNED = 0.02  # a larger one than usual, only where the loss is this close to guessing


def try_higher(fit: Fit, longer: Trial, xor: bool) -> Trial | None:
    """A trial at a larger learning rate that helped, or brought a loss down that was above that of
    guessing; None where there is none."""
    flat = fit.history.loss[fit.epoch - 1] > longer.guessing - NOTHING_LEARNED
    if longer.lr >= USUAL_RATE and not flat:
        return None
    for rate in sorted({min(max(10 * longer.lr, USUAL_RATE), LARGEST_RATE), LARGEST_RATE}):
        trial = try_longer(fit, rate) if rate > longer.lr else None
        if trial:
            # Of a rate that is no smaller than usual, more is asked than to fit noise.
            helped = trial.helped and (xor or longer.lr < USUAL_RATE or trial.beats_chance)
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
    if trial.helped:
        return f"{epochs} bring the loss from {trial.before:.3f} to {trial.after:.3f}"
    return f"{epochs} leave the loss at {trial.after:.3f}"


# A loss this close to the best possible one, in nats, leaves nothing to gain.
AT_THE_FLOOR = 0.01
