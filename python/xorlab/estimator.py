"""scikit-learn's interface to `train_xor()`. This module alone imports scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

try:
    from sklearn.base import BaseEstimator, ClassifierMixin
    from sklearn.utils import check_random_state
    from sklearn.utils.multiclass import check_classification_targets
    from sklearn.utils.validation import check_is_fitted, validate_data
except ImportError as error:
    raise ImportError(
        "XorClassifier needs scikit-learn 1.6 or later, which can be installed with "
        '`pip install "xorlab[sklearn]"`.'
    ) from error

from .checks.public import public
from .checks.values import MAX_COUNT, check_count
from .checks.words import show
from .data.dataset import Level, PointDataset
from .data.inputs import InputName
from .data.origin import MAX_CLASSES
from .data.preparation import Scale
from .device import Device
from .fit.fit import Fit
from .fit.optimizer import OwnOptimizer
from .fit.train import train_xor
from .model.activations import ActivationName
from .model.initial_weights import InitName
from .optimizers import OptimizerName
from .progress import Verbose
from .settings import Engine
from .training.callbacks import AfterEpoch


class XorClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc] # they have no types
    """`train_xor()` as a classifier of scikit-learn, for pipelines, searches and cross-validation.

    Parameters
    ----------
    hidden, activation, epochs, lr, batch_size, scale, inputs, engine, device, verbose
        As for `train_xor()`, but no progress bar is the default. They are looked at by `fit()`.
    optimizer, momentum, nesterov, weight_decay, l1, init, patience, after_epoch
        As for `train_xor()`, too.
    validation
        A share of the rows to hold out, by class; or a pair of `X` and `y` like those of `fit()`,
        which a pipeline's steps before this one do not change.
    random_state
        In place of `seed`, which a whole number is. A `RandomState` draws one at each call of
        `fit()`, and None draws it from numpy's global one.

    Attributes
    ----------
    classes_
        The classes, sorted, shape [K].
    fit_
        The `Fit`, with all that it can be asked: pictures, weights, history, files; with `patience`
        also `fit_.best_epoch`, whose weights it has.
    n_iter_
        Number of epochs that were trained.
    n_features_in_
        Number of columns.
    feature_names_in_
        Their names, where `X` was a data frame whose columns are all named by text.

    Examples
    --------
    >>> from sklearn.datasets import load_iris
    >>> from sklearn.model_selection import cross_val_score
    >>> x, y = load_iris(return_X_y=True)
    >>> float(cross_val_score(XorClassifier(epochs=300, random_state=1), x, y).mean().round(1))
    1.0
    """

    classes_: NDArray[Any]
    fit_: Fit
    n_iter_: int
    n_features_in_: int
    feature_names_in_: NDArray[Any]

    @public
    def __init__(
        self,
        *,
        hidden: int | Sequence[int] = 4,
        activation: ActivationName = "tanh",
        epochs: int = 100,
        lr: float | Literal["auto"] = "auto",
        batch_size: int = 128,
        scale: Scale = "auto",
        inputs: Sequence[InputName] | None = None,
        engine: Engine = "auto",
        device: Device = "auto",
        random_state: int | np.random.RandomState | None = None,
        verbose: Verbose = False,
        optimizer: OptimizerName | OwnOptimizer = "sgd",
        momentum: float = 0.0,
        nesterov: bool = False,
        weight_decay: float = 0.0,
        l1: float = 0.0,
        init: InitName = "default",
        validation: float | tuple[ArrayLike, ArrayLike] | None = None,
        patience: int | None = None,
        after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
    ) -> None:
        self.hidden = hidden
        self.activation = activation
        self.epochs = epochs
        self.lr = lr
        self.batch_size = batch_size
        self.scale = scale
        self.inputs = inputs
        self.engine = engine
        self.device = device
        self.random_state = random_state
        self.verbose = verbose
        self.optimizer = optimizer
        self.momentum = momentum
        self.nesterov = nesterov
        self.weight_decay = weight_decay
        self.l1 = l1
        self.init = init
        self.validation = validation
        self.patience = patience
        self.after_epoch = after_epoch

    @public
    def fit(self, X: ArrayLike, y: ArrayLike) -> XorClassifier:
        """Train on a matrix or data frame of numbers, [n, p], and labels of any kind, [n].

        Returns
        -------
        The classifier itself.

        Raises
        ------
        TypeError, ValueError
            If a parameter is not one that `train_xor()` takes, `X` is sparse or not finite numbers,
            or `y` has fewer than 2 classes, more than 100, or measurements.
        NonFiniteLossError
            If the loss is NaN or infinite.

        Warns
        -----
        UserWarning, RuntimeWarning
            As `train_xor()` does.
        """
        X, y = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(y)
        classes, label = np.unique(y, return_inverse=True)
        features = getattr(self, "feature_names_in_", None)
        dataset = PointDataset(X, label, plain_levels(classes), features)
        given = self._hyperparameters()
        if is_pair(self.validation):
            given["validation"] = self._validation(classes, dataset)
        self.fit_ = train_xor(dataset, seed=seed_of(self.random_state), **given)
        self.classes_ = classes
        self.n_iter_ = len(self.fit_.history)
        return self

    def _hyperparameters(self) -> dict[str, Any]:
        """The arguments of `train_xor()` that have the same name here."""
        given: dict[str, Any] = self.get_params(deep=False)
        return {name: value for name, value in given.items() if name != "random_state"}

    def _validation(self, classes: NDArray[Any], dataset: PointDataset) -> PointDataset:
        """Validation data that were given, in the columns and classes of the training data."""
        X, y = self.validation  # type: ignore[misc] # a pair
        try:
            X, y = validate_data(self, X, y, dtype=np.float64, reset=False)
        except ValueError as error:
            raise ValueError(f"`validation` must be a pair like `X` and `y`: {error}") from None
        numbers = {one: number for number, one in enumerate(classes.tolist())}
        others = [one for one in np.asarray(y).tolist() if one not in numbers]
        if others:
            raise ValueError(
                f"`validation` must have labels of the classes {show(classes.tolist())}, not "
                f"{show(others[0])}."
            )
        label = [numbers[one] for one in np.asarray(y).tolist()]
        return PointDataset(X, label, dataset.levels, dataset.features)

    def _checked(self, X: ArrayLike) -> Any:
        """New points in the columns of the training, float64 [n, p]."""
        check_is_fitted(self)
        return validate_data(self, X, dtype=np.float64, reset=False)

    @public
    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:
        """Logits: of the second of two classes, [n], or one for each of more, [n, K]."""
        points = self._checked(X)
        return self.fit_.predict_logits(points)

    @public
    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Probability of each class, [n, K], in the order of `classes_`."""
        points = self._checked(X)
        return self.fit_.predict_proba(points)

    @public
    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The class of each point, [n]."""
        points = self._checked(X)
        return self.fit_.predict(points).astype(self.classes_.dtype)


def is_pair(validation: Any) -> bool:
    return isinstance(validation, tuple | list) and len(validation) == 2


def plain_levels(classes: NDArray[Any]) -> list[Level]:
    """The classes of labels as a dataset has them; numbers, which are whole, as such."""
    found = classes.tolist()
    if not 2 <= len(found) <= MAX_CLASSES:
        came = f"one class, {show(found[0])}" if len(found) == 1 else f"{len(found):,} classes"
        raise ValueError(f"`y` must have from 2 to {MAX_CLASSES} classes, not {came}.")
    return [int(one) if isinstance(one, float) else one for one in found]


def seed_of(random_state: Any) -> int:
    """The seed that a random state of scikit-learn's stands for; one that can draw, draws it."""
    if random_state is None or isinstance(random_state, np.random.RandomState):
        return int(check_random_state(random_state).randint(MAX_COUNT))
    return check_count("random_state", random_state, minimum=0)
