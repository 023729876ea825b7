"""Where a net of the page begins: at the seed, with its own points or the user's; or at a fit."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple

import torch

from ..data.dataset import PointDataset
from ..data.preparation import Scale
from ..data.training_data import Encoded
from ..fit.fit import Fit, check_fit
from ..fit.resumable import check_complete
from ..fit.train import begin_fit
from ..optimizers import is_own
from ..settings import GIVEN, Settings
from .bounds import OWN
from .experiment import NAMES, Experiment

# A net of the page trains for no longer than that.
MAX_EPOCHS = 100_000


class Source(NamedTuple):
    """Data, as `train_xor()` takes them: what to learn, whether it is scaled, and data for
    validation, where those are not a share of the others."""

    data: Encoded
    scale: Scale = "auto"
    validation: PointDataset | None = None

    def together(self) -> Source:
        """The same points, none of them held out."""
        data, others = self.data.dataset, self.validation
        if others is None:
            return self
        points = torch.cat([data.points, others.points])
        label = torch.cat([data.label, others.label])
        joined = PointDataset(points, label, data.levels, data.features)
        return self._replace(data=self.data._replace(dataset=joined), validation=None)


def source_of(fit: Fit) -> Source:
    """The points of a fit as own data, which a net from the same seed learns as that one did."""
    if fit.data is None:
        raise ValueError("`fit` must hold the data that it was trained on, but it has none.")
    preparation = fit.preparation
    scaled = preparation is not None and preparation.scale is not None
    encoding = preparation.encoding if preparation else None
    return Source(Encoded(fit.data, encoding), scaled, fit.validation)


def first_fit(experiment: Experiment, source: Source | None) -> Fit:
    """The net of an experiment before its first epoch, on its own points or on those given."""
    arguments = experiment.arguments()
    validation = arguments.pop("validation")
    data, scale = (experiment.data(), "auto") if source is None else (source.data, source.scale)
    if source is not None and source.validation is not None:
        validation = source.validation
    inputs, optimizer = arguments.pop("inputs"), arguments.pop("optimizer")
    lr, seed = arguments.pop("lr"), arguments.pop("seed")
    fit, _ = begin_fit(
        *(data, None, None, scale, inputs, optimizer, validation, lr, seed),
        **arguments,
        epochs=MAX_EPOCHS,
        engine="fused",
    )
    return fit


def going_on(fit: Fit) -> Fit:
    """A copy of a fit, to train on by the fused engine.

    Raises
    ------
    ValueError
        If it can't go on.
    """
    settings, done = known_settings(fit), fit.epoch
    settings = replace(
        settings, epochs=MAX_EPOCHS, device="cpu", engine="fused", snapshots=(), patience=None
    )
    history = fit.history.copy(done)
    check_complete(fit.kept, settings, history)
    copy = Fit(
        *(deepcopy(fit.model).cpu(), settings, history, fit.data, None, fit.preparation),
        validation=fit.validation,
    )
    copy.kept.state = fit.kept.state
    return copy


def known_settings(fit: Fit) -> Settings:
    """The settings of a fit that the page can train."""
    settings = check_fit(fit).settings
    if settings is None:
        raise ValueError("`fit` must be one that train_xor() made, not bare weights.")
    if is_own(settings.optimizer):
        raise ValueError(
            "`fit` must have one of the optimizers that the playground knows, not "
            f"{settings.optimizer}."
        )
    return settings


def experiment_of(fit: Fit) -> Experiment:
    """What the page says of a fit. Its toy problem is known where its seed is that of the points,
    all of which are there.

    Raises
    ------
    TypeError, ValueError
        If it has more layers or units than the page has room for, or other things that the page
        does not have.
    """
    settings, data = known_settings(fit), fit.data
    values = {name: getattr(settings, name) for name in NAMES if hasattr(settings, name)}
    share = settings.validation
    values["validation"] = 0.0 if share in (None, GIVEN) else share
    if fit.preparation and fit.preparation.inputs:
        values["inputs"] = fit.preparation.inputs
    own = Experiment(problem=OWN, **values)
    if data is None or not (origin := data.origin) or share == GIVEN:
        return own
    points = len(data) + (len(fit.validation) if fit.validation else 0)
    toy = Experiment(
        problem=origin.kind, size=points, noise=origin.noise, classes=origin.classes, **values
    )
    same = first_fit(toy, None).data
    return toy if same is not None and torch.equal(same.data, data.data) else own
