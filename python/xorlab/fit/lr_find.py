"""The learning rate range test: the loss against a rising rate (Smith 2017, "Cyclical learning
rates for training neural networks", WACV, section 3.3). That the rate grows by the same factor with
each step is from fastai (Howard and Gugger 2020, "Fastai: a layered API for deep learning",
Information 11, 108)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import torch

from ..checks.public import public
from ..checks.tensors import Numbers
from ..checks.values import MAX_FLOAT32, check_count, check_number
from ..checks.words import show
from ..data.batches import Batches, OneByOne
from ..data.convert import Data
from ..data.inputs import InputName
from ..data.preparation import Scale
from ..device import Device
from ..evaluation.evaluate import guessing_loss, losses
from ..model.activations import ActivationName
from ..model.initial_weights import InitName
from ..optimizers import OptimizerName
from ..settings import Settings
from ..training.engine import VisibleTrainer
from ..training.history import History
from ..training.loop import NonFiniteLossError
from .content import check_known
from .fit import Fit
from .learning_rates import EXPLODED, FORGET, LearningRates, Smoothed, least_fall, suggest
from .optimizer import OwnOptimizer
from .train import begin_fit

FEWEST_STEPS = 100


@public
def lr_find(
    x: Data | None = None,
    y: Numbers | str | None = None,
    *,
    data: Data | None = None,
    hidden: int | Sequence[int] = 4,
    activation: ActivationName = "tanh",
    batch_size: int = 128,
    device: Device = "auto",
    seed: int | None = None,
    scale: Scale = "auto",
    inputs: Sequence[InputName] | None = None,
    optimizer: OptimizerName | OwnOptimizer = "sgd",
    momentum: float = 0.0,
    nesterov: bool = False,
    weight_decay: float = 0.0,
    l1: float = 0.0,
    init: InitName = "default",
    lowest: float = 1e-4,
    highest: float = 100.0,
    steps: int = 1000,
) -> LearningRates:
    """Find a learning rate: the loss against a rising one.

    From the first weights, the learning rate grows by the same factor with each step of the
    training, and the loss of each step's batch is recorded, until it explodes (Smith 2017,
    "Cyclical learning rates for training neural networks", section 3.3). Where rates are far too
    low the loss stays what it was, then it falls, and where they are too high it rises.

    The rate suggested is a third of the first one at which nine tenths of the fall of the smoothed
    loss were done. Where the loss did not fall clearly, none is: that needs a loss below that of
    guessing by a tenth of it, and by four standard deviations of what chance does.

    Parameters
    ----------
    x, y, data
        What to learn, as in `train_xor()`; its defaults are the same.
    hidden, activation, batch_size, device, seed, scale, inputs
        As in `train_xor()`. The same seed gives the first weights and the batches of its training.
    optimizer, momentum, nesterov, weight_decay, l1, init
        As in `train_xor()`. All parameters have the same rate, whatever a function's optimizer
        gives them.
    lowest, highest
        The rates of the first and the last step, above 0.
    steps
        How many, at least 100. Nets that learn slowly need more of them.

    Returns
    -------
    A `LearningRates`: `suggestion` is the rate, or None, and `reason` says why; `plot_lr_find()`
    draws it.

    Raises
    ------
    TypeError, ValueError
        If an argument is not as above; nothing has been changed then.
    NonFiniteLossError
        If the loss of the first weights is NaN or infinite.

    Warns
    -----
    UserWarning
        If columns are constant, and therefore left out.

    Examples
    --------
    >>> rates = lr_find(seed=1)
    >>> rates.suggestion
    0.8
    >>> fit = train_xor(lr=rates.suggestion, seed=1)
    """
    lowest = check_number("lowest", lowest, above=0, maximum=MAX_FLOAT32)
    highest = check_number("highest", highest, above=0, maximum=MAX_FLOAT32)
    if lowest >= highest:
        raise ValueError(f"`highest` must be above `lowest`, {lowest:g}, not {show(highest)}.")
    steps = check_count("steps", steps, minimum=FEWEST_STEPS)
    fit, own = begin_fit(
        *(x, y, data, scale, inputs, optimizer),
        seed=seed,
        hidden=hidden,
        activation=activation,
        init=init,
        epochs=steps,
        momentum=momentum,
        nesterov=nesterov,
        weight_decay=weight_decay,
        l1=l1,
        batch_size=batch_size,
        device=device,
        engine="autograd",
    )
    return range_test(fit, np.geomspace(lowest, highest, steps).tolist(), own)


def range_test(
    fit: Fit, rates: Sequence[float], optimizer: torch.optim.Optimizer | None = None
) -> LearningRates:
    """Train a fit before its first epoch for one step at each rate, by the visible loop, whose
    epochs are steps here."""
    settings, data = cast(Settings, fit.settings), check_known(fit.data)
    first = losses(fit.logits(data.points), data.label)
    start, guessing = first.mean().item(), guessing_loss(data.class_shares())
    points, label = (part.to(settings.device) for part in (fit.prepared(data.points), data.label))
    batches = Batches(points, label, settings.batch_size, settings.seed)
    raw = History()
    settings = replace(settings, epochs=len(rates))
    trainer = VisibleTrainer(fit.model, settings, OneByOne(batches), raw, {}, optimizer)
    rise = Rise(trainer.optimizer, rates, EXPLODED * max(start, guessing))
    try:
        trainer.run(False, [rise])
    except NonFiniteLossError:
        if not len(raw):
            raise
        rise.exploded = rates[len(raw)]
    lr = list(rates[: len(raw)])
    # Of the mean over a batch; that of all points at once is not left to chance.
    deviation = 0.0 if len(batches) == 1 else first.std().item() / batches.batch_size**0.5
    least = least_fall(guessing, deviation)
    suggestion, reason = suggest(lr, rise.loss, rise.exploded, start, guessing, least)
    return LearningRates(
        *(lr, rise.loss, raw.loss, suggestion, reason, rise.exploded, start, guessing),
        *(settings.optimizer, settings.seed),
    )


class Rise:
    """Called after each step, it gives the optimizer the rate of the next one, and ends the
    training where the smoothed loss has come above a limit."""

    def __init__(
        self, optimizer: torch.optim.Optimizer, rates: Sequence[float], limit: float
    ) -> None:
        self.optimizer, self.rates, self.limit = optimizer, rates, limit
        self.smoothed, self.loss = Smoothed(), list[float]()
        self.exploded: float | None = None
        self.take(0)

    def take(self, step: int) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = self.rates[step]

    def __call__(self, step: int, history: History) -> bool:
        self.loss.append(self.smoothed.add(history.loss[-1]))
        # Of few steps the mean is still one of chance.
        if step * FORGET >= 1 and self.loss[-1] > self.limit:
            self.exploded = self.rates[step - 1]
            return True
        if step < len(self.rates):
            self.take(step)
        return False
