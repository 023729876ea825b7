"""A net that trains as far as it is asked to, and goes on from wherever it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from torch import Tensor

from ..data.batches import Batches
from ..data.dataset import PointDataset
from ..device import one_thread
from ..fit.fit import Fit
from ..fit.in_place import Points
from ..fit.snapshots import Epoch, copied
from ..model.classifier import classifier_from_weights
from ..settings import Settings
from ..training.fused import FusedTrainer
from ..training.state import State
from ..training.validation import Validator
from .bounds import OWN, check_columns
from .experiment import Experiment
from .path import Path
from .source import MAX_EPOCHS, Source, experiment_of, first_fit, going_on, source_of

Unit = tuple[int, int]  # hidden layer and unit, from 0 on


class LiveNet:
    """The net of an experiment, from its seed on.

    After n epochs it is the net of `train_xor()`, bit for bit, until its weights or its points are
    edited on the way.

    Parameters
    ----------
    experiment
        Data, net and training.
    source
        The user's own points, which an experiment on "own" data needs.
    fit
        A fit to go on from, in place of a net from the seed.

    Attributes
    ----------
    fit
        The fit in training; within an epoch, its weights are those after the latest batch.
    latest
        What it was after the latest whole epoch.
    batch, batches
        How many batches of the present epoch are done, of how many.
    off
        The hidden units that are switched off, each with the weights that led on from it.
    parted
        Why the net is no longer that of its seed; empty where it is.
    path
        Its weights on the way.
    """

    def __init__(
        self, experiment: Experiment, source: Source | None = None, fit: Fit | None = None
    ) -> None:
        self.source = source
        if fit is None:
            self.reset(experiment)
        else:
            self.begin(experiment, going_on(fit))
            self.parted = fit.parted

    @classmethod
    def of(cls, fit: Fit) -> LiveNet:
        """The net of a fit, which goes on from there.

        Raises
        ------
        TypeError, ValueError
            If the fit can't go on training, or its net is too large for the page.
        """
        return cls(experiment_of(fit), source_of(fit), fit)

    def reset(self, experiment: Experiment | None = None) -> None:
        """Begin again from the seed, with another experiment or the same.

        Raises
        ------
        TypeError, ValueError
            If the experiment does not go with the data; nothing has been changed then.
        """
        experiment = self.experiment if experiment is None else experiment
        own = self.source if experiment.problem == OWN else None
        self.begin(experiment, first_fit(experiment, own))

    def begin(self, experiment: Experiment, fit: Fit) -> None:
        check_columns(len(fit.data.features) if fit.data else 0)
        self.experiment, self.fit = experiment, fit
        self.off: dict[Unit, Tensor] = {}
        self.parted = ""
        self.path = Path()
        self.get_ready(fit.kept.state or {})

    def get_ready(self, state: State, order: Tensor | None = None) -> None:
        """Get ready to train the fit as it is, with the optimizer's state and that of the generator
        of batches; None for that after as many epochs from the seed."""
        fit, settings = self.fit, self.settings
        data, label = points_of(fit, self.data)
        skip = 0 if order is not None else self.epoch
        self.order = Batches(data, label, settings.batch_size, settings.seed, skip)
        if order is not None:
            self.order.generator.set_state(order)
        with one_thread():
            self.trainer = FusedTrainer(fit.model, self.order, settings, fit.history, state)
            held_out = fit.validation
            self.validate = Validator(fit.model, *points_of(fit, held_out)) if held_out else None
        self.batch, self.batches = 0, len(self.order)
        self.steps: Iterator[None] | None = None
        self.keep()

    @property
    def settings(self) -> Settings:
        assert self.fit.settings is not None
        return self.fit.settings

    @property
    def data(self) -> PointDataset:
        assert self.fit.data is not None
        return self.fit.data

    @property
    def epoch(self) -> int:
        """How many epochs are done."""
        return len(self.fit.history)

    def advance(self, epochs: int = 1, seconds: float = np.inf) -> None:
        """Train to the end of so many epochs, or for so long, whichever comes first; for one batch
        at least, but not beyond `MAX_EPOCHS`.

        Raises
        ------
        NonFiniteLossError
            If the loss of an epoch is not finite; the net is as before that epoch then.
        """
        until = time.perf_counter() + seconds
        with self.going_back(), one_thread(), np.errstate(all="ignore"):
            while epochs > 0 and self.epoch < MAX_EPOCHS:
                epochs -= self.step()
                if time.perf_counter() > until:
                    break
            self.trainer.nets.write_back()

    def finish_epoch(self) -> None:
        """Train to the end of the epoch that has begun, if one has."""
        if self.steps is not None:
            self.advance()

    def step(self) -> bool:
        """Train on one batch; whether the epoch ended with it."""
        if self.steps is None:
            self.steps, self.batch = self.trainer.epoch(), 0
        next(self.steps)
        self.batch += 1
        self.silence()
        if self.batch < self.batches:
            return False
        for _ in self.steps:
            pass  # there are no more batches, but the epoch goes into the history
        self.steps, self.batch = None, 0
        if self.validate:
            self.validate(self.epoch, self.fit.history)
        self.keep()
        return True

    def silence(self) -> None:
        """Keep units that are switched off from having any effect."""
        layers = self.trainer.nets.weights.layers
        for layer, unit in self.off:
            layers[layer + 1][:, :, unit] = 0

    def keep(self) -> None:
        """Take note of the whole epoch that has ended."""
        weights = copied(self.fit.model.state_dict())
        order = self.order.generator.get_state()
        # One assignment, so that whoever asks finds an epoch with its own weights.
        self.latest, self.latest_order = Epoch(self.epoch, weights, self.trainer.state()), order
        self.path.add(self.epoch, weights)

    @contextmanager
    def going_back(self) -> Iterator[None]:
        """Whatever stops what is within, the net is as after the latest whole epoch then."""
        try:
            yield
        except BaseException:
            self.fit.model.load_state_dict(self.latest.weights)
            self.fit.history.cut(self.latest.epoch)
            self.get_ready(self.latest.state or {}, self.latest_order)
            raise

    def result(self) -> Fit:
        """The fit as after the latest whole epoch, as `train_xor()` would return it."""
        epoch, weights, state = self.latest
        fit = Fit(
            classifier_from_weights(weights, self.fit.model.activation),
            replace(self.settings, epochs=epoch or Settings.epochs),
            self.fit.history.copy(epoch),
            self.data,
            None,
            self.fit.preparation,
            validation=self.fit.validation,
        )
        fit.kept.state = state if epoch else {}  # before the first, there is none
        fit.kept.parted = self.parted
        return fit

    def with_path(self) -> Fit:
        """That fit with snapshots of its way."""
        fit = self.result()
        fit.snapshots = {**self.path.weights, self.latest.epoch: self.latest.weights}
        epochs = self.latest.epoch or Settings.epochs
        fit.settings = replace(self.settings, epochs=epochs, snapshots=tuple(fit.snapshots))
        return fit


def points_of(fit: Fit, data: PointDataset) -> Points:
    """What the net takes, and labels."""
    return fit.prepared(data.points), data.label
