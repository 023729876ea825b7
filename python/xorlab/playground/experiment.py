"""An experiment: all that the controls of the page say, as plain values and as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ..checks.values import check_choice, check_count, check_entries, check_number
from ..data.dataset import PointDataset
from ..data.inputs import InputName, check_inputs
from ..data.toys import DEFAULT_SIZE, toy_data
from ..model.activations import ActivationName
from ..model.initial_weights import InitName
from ..optimizers import OPTIMIZER_NAMES, OPTIMIZERS, OptimizerName
from ..settings import Settings
from .bounds import (
    COLUMNS,
    MAX_NOISE,
    MAX_SIZE,
    MAX_VALIDATION,
    MIN_SIZE,
    OWN,
    PROBLEMS,
    VIEWS,
    Problem,
    View,
    check_classes,
    check_hide,
    check_layers,
    usual_noise,
)
from .fragment import read_fragment, write_fragment

_USUAL: Any = None  # that of the kind of data or of the optimizer


@dataclass(frozen=True)
class Experiment:
    """Data, net and training, as the page sets them, and what it shows.

    After n epochs, the net of an experiment is, bit for bit, that of
    `train_xor(data=experiment.data(), epochs=n, **experiment.arguments())`.

    Attributes
    ----------
    problem
        A kind of toy problem, or "own" for data that are not of the experiment.
    size, noise, classes
        As of `toy_data()`: 10 to 20,000 points, noise up to 2, up to 8 classes; None for the
        usual noise and number of classes of the problem. 0 and 2 for "own".
    inputs
        What the net gets, by the names of `train_xor()`.
    hidden
        Up to 6 layers of up to 16 units.
    activation, init, optimizer, lr, batch_size, momentum, nesterov, weight_decay, l1
        As of `train_xor()`; None is the usual rate of the optimizer.
    validation
        Share of the points that is held out, 0 (none) to 0.9.
    seed
        Of data, first weights and the order of batches.
    view
        What the large picture shows.
    hide
        Groups of controls that are not shown, some of `HIDEABLE`.

    Raises
    ------
    TypeError, ValueError
        If one of them is not as above.
    """

    problem: Problem = "xor"
    size: int = DEFAULT_SIZE
    noise: float = _USUAL
    classes: int = _USUAL
    inputs: tuple[InputName, ...] = COLUMNS
    hidden: tuple[int, ...] = Settings.hidden
    activation: ActivationName = Settings.activation
    init: InitName = Settings.init
    optimizer: OptimizerName = "sgd"
    lr: float = _USUAL
    batch_size: int = Settings.batch_size
    momentum: float = Settings.momentum
    nesterov: bool = Settings.nesterov
    weight_decay: float = Settings.weight_decay
    l1: float = Settings.l1
    validation: float = 0.0
    seed: int = 1
    view: View = "probability"
    hide: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        problem = check_choice("problem", self.problem, PROBLEMS)
        noise = usual_noise(problem) if self.noise is None else self.noise
        self._set(
            problem=problem,
            size=check_count("size", self.size, MIN_SIZE, MAX_SIZE),
            noise=check_number("noise", noise, minimum=0, maximum=MAX_NOISE),
            classes=check_classes(problem, self.classes),
            inputs=check_inputs(COLUMNS if self.inputs is None else self.inputs, len(COLUMNS)),
            hidden=check_layers(self.hidden),
            optimizer=check_choice("optimizer", self.optimizer, OPTIMIZER_NAMES),
            lr="auto" if self.lr is None else self.lr,
            validation=check_number(
                "validation", self.validation, minimum=0, maximum=MAX_VALIDATION
            ),
            view=check_choice("view", self.view, VIEWS),
            hide=check_hide(self.hide),
        )
        settings = self.settings(epochs=1)  # which checks the others
        checked = {name: getattr(settings, name) for name in _SETTINGS if name != "validation"}
        self._set(**checked)

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def arguments(self) -> dict[str, Any]:
        """The arguments of `train_xor()`, but for data and epochs."""
        inputs = None if self.inputs == COLUMNS else self.inputs
        return {**self._hyperparameters(), "inputs": inputs, "device": "cpu"}

    def settings(self, epochs: int) -> Settings:
        """Of so many epochs from the seed."""
        return Settings(**self._hyperparameters(), epochs=epochs, device="cpu", engine="fused")

    def _hyperparameters(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in _SETTINGS}
        return {**given, "validation": self.validation or None}

    def data(self) -> PointDataset:
        """The points, those held out among them.

        Raises
        ------
        ValueError
            If they are the user's own, which only the caller has.
        """
        if self.problem == OWN:
            raise ValueError(f"`problem` must be a toy problem to sample points, not {OWN!r}.")
        return toy_data(self.problem, self.size, self.noise, self.seed, classes=self.classes)

    def values(self) -> dict[str, Any]:
        """Plain values and lists, by name."""
        return {
            name: [*value] if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Experiment:
        """The experiment with these values; those missing are the defaults, which for noise,
        classes and learning rate are the usual ones of the problem and the optimizer.

        Raises
        ------
        TypeError, ValueError
            If there is no such entry, or one is not what the attribute must be.
        """
        return cls(**check_entries("values", values, (), NAMES))

    def changed(self, **values: Any) -> Experiment:
        """The experiment with some other values, and with what goes with them.

        Another problem has its own usual noise and number of classes. Another optimizer has its
        own usual learning rate where the present one is that of the former, and does without the
        terms that it lacks; without momentum, there is no Nesterov's form of it.
        """
        new = check_entries("values", values, (), NAMES)
        problem = check_choice("problem", new.get("problem", self.problem), PROBLEMS)
        optimizer = check_choice("optimizer", new.get("optimizer", self.optimizer), OPTIMIZER_NAMES)
        follow: dict[str, Any] = {}
        if problem != self.problem:
            follow |= {"noise": None, "classes": None}
        if optimizer != self.optimizer and self.lr == OPTIMIZERS[self.optimizer].lr:
            follow["lr"] = None
        for term in OPTIMIZERS[self.optimizer].terms:
            if term not in OPTIMIZERS[optimizer].terms:
                follow[term] = getattr(Settings, term)
        if new.get("momentum") == 0:
            follow["nesterov"] = False
        return Experiment(**{**asdict(self), **follow, **new})

    def fragment(self) -> str:
        """The part of an address that opens this experiment: what differs from the defaults of
        its problem and optimizer, as in "problem=moons&hidden=4,2"."""
        usual = Experiment(problem=self.problem, optimizer=self.optimizer).values()
        usual |= {"problem": Experiment.problem, "optimizer": Experiment.optimizer}
        return write_fragment({k: v for k, v in self.values().items() if v != usual[k]})

    @classmethod
    def from_fragment(cls, state: str) -> Experiment:
        """The experiment of a fragment, or of an address with one.

        Raises
        ------
        TypeError
            If it is no text.
        ValueError
            If it is no such fragment.
        """
        return cls.from_values(read_fragment(state, cls().values()))


NAMES = tuple(one.name for one in fields(Experiment))
_SETTINGS = tuple(one.name for one in fields(Settings) if one.name in NAMES)
