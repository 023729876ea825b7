"""Predictions of a trained net in the user's own columns and classes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.public import public
from ..checks.tensors import Numbers, check_complete
from ..checks.words import counted
from ..data.columns import warn_if_far
from ..data.convert import Data
from ..data.xor import known_best
from ..evaluation.evaluate import evaluate_logits
from ..evaluation.evaluation import Evaluation
from ..evaluation.predict import predict_logits, predicted_classes, probabilities
from ..evaluation.prepared import Prepared
from ..model.classifier import weight_arrays
from .new_data import NewData


class Predictor(NewData):
    """Predictions of a classifier, and how good they are."""

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

    @public
    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The parameters by name, with the names and shapes of the state dict: those of the net
        itself, whose inputs are `inputs`, scaled where the fit scales them."""
        return weight_arrays(self.model.state_dict())
