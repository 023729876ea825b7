"""Predictions of a trained net in the user's own columns and classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.public import public
from ..checks.tensors import Numbers, check_complete, check_matrix
from ..checks.words import counted, show
from ..data.columns import in_columns, warn_if_far
from ..data.convert import (
    Data,
    as_dataset,
    column_of,
    frame_and_labels,
    need_labels,
    without_column,
)
from ..data.dataset import Level, PointDataset, feature_names
from ..data.frames import frame_matrix, is_frame
from ..data.preparation import Preparation
from ..data.toys import more_of
from ..data.xor import XORDataset, known_best
from ..evaluation.evaluate import evaluate_logits
from ..evaluation.evaluation import Evaluation
from ..evaluation.predict import (
    predict_logits,
    predicted_classes,
    probabilities,
)
from ..evaluation.prepared import Prepared
from ..model.classifier import SimpleClassifier, weight_arrays

# Size of the fresh sample that a fit is tested on by default.
TEST_SIZE = 500


class Predictor:
    """A classifier, what was learned about its columns, and the data it was trained on, which may
    be unknown."""

    def __init__(
        self,
        model: SimpleClassifier,
        data: PointDataset | None,
        preparation: Preparation | None = None,
    ) -> None:
        if not isinstance(model, SimpleClassifier):
            raise TypeError(
                f"`model` must be a SimpleClassifier, not {show(model)}. For other modules there "
                "are `eval_model()` and `visualize_classification()`."
            )
        if model.widths[-1] == 2:
            raise ValueError(
                "`model` must have one output, the logit of class 1 of two, or one for each of "
                "more classes, not 2. For other nets there are `eval_model()` and "
                "`visualize_classification()`."
            )
        self.model = model
        self.data = data
        self.preparation = preparation

    @property
    def levels(self) -> tuple[Level, ...]:
        """The classes that predictions are given in."""
        if self.data:
            return self.data.levels
        return tuple(range(max(2, self.model.widths[-1])))

    @property
    def features(self) -> tuple[str, ...]:
        """What the columns of the points are called."""
        return self.data.features if self.data else feature_names(self.num_inputs)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What the inputs of the net are called, which are some of the columns, or computed."""
        return self.preparation.columns if self.preparation else self.features

    @property
    def frame(self) -> Mapping[str, Any] | None:
        """How the columns of a data frame became those of the training; None without one."""
        return self.preparation.frame if self.preparation else None

    @property
    def target(self) -> str | None:
        """The column of a data frame that held the classes in the training."""
        return self.preparation.target if self.preparation else None

    @property
    def num_inputs(self) -> int:
        """Columns of the points."""
        if self.preparation:
            return len(self.preparation.features)
        return self.model.widths[0]

    @public
    def predictor(self) -> nn.Module:
        """A module that takes points [n, num_inputs] in the user's own units, where `model` takes
        what they were made into; it shares the weights."""
        return Prepared(self.preparation, self.model) if self.preparation else self.model

    def prepared(self, points: Tensor) -> Tensor:
        """What the net takes, float32 [n, len(inputs)], for points in the user's units."""
        return self.preparation(points) if self.preparation else points.float()

    def logits(self, points: Tensor) -> Tensor:
        """Logits, [n] or [n, K], of points in the user's units."""
        return predict_logits(self.predictor(), points)

    @public
    def predict_logits(self, x: Numbers) -> NDArray[np.float64]:
        """Logits of points [n, p]: of the second of two classes, shape [n], or one for each of more
        classes, shape [n, K]; NaN for a row with a missing value.

        The columns of a data frame or a dataset are taken by name where it has all the names of
        the training data, and by position where it has none of them. A net that was trained on a
        data frame takes frames like it, text and categories too. All are in the units of the
        training data, which the fit scales as it did those.

        Raises
        ------
        TypeError, ValueError
            If `x` is not a matrix of numbers with as many columns as the training data, or has
            some of their names and not all, or a level that they had not.

        Warns
        -----
        UserWarning
            If every row lies outside the range of the training data by more than 5 times its width,
            in at least one column. Rows with a missing value are not counted, nor are columns in
            which the training data do not vary.
        """
        return self.logits(self.new_points(x)).double().numpy()

    @public
    def predict_proba(self, x: Numbers) -> NDArray[np.float64]:
        """Probability of each class for points [n, p], shape [n, K]; NaN for a row with a missing
        value, and for one whose logits are not numbers.

        Columns, errors and warnings are as for `predict_logits()`.
        """
        return probabilities(self.logits(self.new_points(x))).numpy()

    @public
    def prob(self, x: Numbers) -> NDArray[np.float64]:
        """Probability of the second of two classes for points [n, p], shape [n].

        NaN, columns and warnings are as for `predict_proba()`.

        Raises
        ------
        TypeError, ValueError
            If there are more than two classes, or as for `predict_proba()`.
        """
        if len(self.levels) > 2:
            raise ValueError(
                f"`prob()` is for two classes, and there are {len(self.levels)}: "
                "`predict_proba()` has a column for each."
            )
        return self.logits(self.new_points(x)).double().sigmoid().numpy()

    @public
    def predict(self, x: Numbers) -> NDArray[Any]:
        """The class of points [n, p], shape [n], in the classes of the training data.

        Columns and warnings are as for `predict_logits()`.

        Raises
        ------
        TypeError, ValueError
            If `x` is not as for `predict_logits()`, or is not finite, or a logit is not a number.
        """
        logits = self.logits(check_complete("x", self.new_points(x), self.features))
        lost = int((~predicted_classes(logits)[1]).sum())
        if lost:
            raise ValueError(
                f"`x` has no class in {lost} of {counted(len(logits), 'row')}: the logit is not a "
                "number there, because weights are not finite, or so large that they overflow. "
                "`predict_proba()` gives NaN for such rows."
            )
        return self.classes_of(logits)

    def classes_of(self, logits: Tensor) -> NDArray[Any]:
        """The classes of points with these logits, [n] or [n, K], which are numbers."""
        classes: NDArray[Any] = np.asarray(self.levels)[predicted_classes(logits)[0].numpy()]
        return classes

    @public
    def new_points(self, x: Any) -> Tensor:
        """New points in the columns of the training data, float64 [n, num_inputs]."""
        x = self.columns_of("x", x)
        given = in_columns("x", x, self.features)
        dtype = np.float64 if self.preparation else np.float32  # what a bare net takes
        points = check_matrix("x", given, self.num_inputs, dtype)
        warn_if_far(points, self.data)
        return points

    def columns_of(self, name: str, x: Any) -> Any:
        """The columns of numbers of a data frame like that of the training; other data as they
        are."""
        coded = self.frame is not None and any(map(len, self.frame.values()))
        return frame_matrix(name, self.frame or {}, x) if coded and is_frame(x) else x

    @public
    def evaluate(self, data: Data | None = None, y: Numbers | str | None = None) -> Evaluation:
        """Accuracy, loss and confusion on data.

        Parameters
        ----------
        data
            As `x` of `train_xor()`, in the classes of the fit; its columns are taken by name where
            it has all the names of the training data, and by position where it has none of them.
            None makes 500 fresh points of the toy problem that the fit was trained on.
        y
            Labels of `data`, or the name of the column that holds them; of a data frame None takes
            the column that held them in the training.

        Raises
        ------
        TypeError, ValueError
            If `data` has other classes, another number of columns, or some of the names of the
            training data and not all; or is needed and not given.

        Warns
        -----
        UserWarning
            If every row is far from the training data, as for `predict_logits()`.
        """
        dataset = self.fresh_points() if data is None and y is None else self.dataset_of(data, y)
        points = self.inputs_of(dataset)
        if data is not None:
            warn_if_far(points, self.data)
        best = known_best(dataset)
        return evaluate_logits(self.logits(points), dataset.label, best, self.levels)

    def dataset_of(self, data: Any, y: Any) -> PointDataset:
        """Data with labels, in any form that `train_xor()` takes, in the classes of the fit."""
        if data is None:
            raise ValueError("`data` must be given beside `y`.")
        data, y = frame_and_labels(data, y)
        if is_frame(data) and y is None:
            y = need_labels(self.target)
        if isinstance(y, str) and is_frame(data):
            label = column_of(data, y)
            data = (data if y in self.features else without_column(data, y)), label
        elif y is not None:
            data = data, y
        if isinstance(data, tuple | list) and len(data) == 2:
            data = self.columns_of("data", data[0]), data[1]
        return as_dataset(data, self.levels, self.features)

    @public
    def fresh_points(self) -> PointDataset:
        """Points like those that the fit was trained on."""
        if self.data is not None and self.data.origin is None:
            raise ValueError(
                "`data` must be given, as in `fit.evaluate(data)`: the fit was trained on data of "
                "your own, and more of them cannot be made."
            )
        if self.num_inputs != 2:
            raise ValueError(
                "`data` must be given, as in `fit.evaluate(data)`: points of XOR have 2 columns, "
                "and the net has "
                f"{counted(self.num_inputs, 'input')}."
            )
        origin = self.data.origin if self.data else None
        return more_of(origin, TEST_SIZE) if origin else XORDataset(TEST_SIZE)

    @public
    def inputs_of(self, dataset: PointDataset) -> Tensor:
        """The points of a dataset in the fit's classes and columns, [n, num_inputs]."""
        if dataset.levels != self.levels:
            raise ValueError(
                f"`data` must have the classes {self.levels}, as the fit has, not {dataset.levels}."
            )
        points, count = dataset.points, len(dataset.features)
        numbered = dataset.features == feature_names(count)  # maybe by us
        if count == self.num_inputs or not numbered:
            points = in_columns("data", dataset, self.features)
        if points.shape[1] != self.num_inputs:
            raise ValueError(
                f"`data` must have {counted(self.num_inputs, 'column')}, as the net has inputs, "
                f"not {count}."
            )
        return points

    @public
    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The parameters by name, with the names and shapes of the state dict: those of the net
        itself, whose inputs are `inputs`, scaled where the fit scales them."""
        return weight_arrays(self.model.state_dict())
