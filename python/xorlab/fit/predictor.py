"""What a trained net answers about points in the user's own columns and classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import check_complete, check_matrix
from ..checks.words import counted, show
from ..data.columns import in_columns, warn_if_far
from ..data.convert import as_dataset
from ..data.dataset import Level, PointDataset, feature_names
from ..data.toys import more_of
from ..data.xor import XORDataset, is_xor, known_best
from ..evaluation.boundary import Boundary, boundary, default_grid
from ..evaluation.evaluate import Evaluation, evaluate_logits
from ..evaluation.predict import predict_logits
from ..model.classifier import SimpleClassifier, weight_arrays

# Points of fresh data that a fit is tested on where none are given.
TEST_SIZE = 500


class Predictor:
    """A classifier with one output, and the data it was trained on, which may be unknown."""

    def __init__(self, model: SimpleClassifier, data: PointDataset | None) -> None:
        if not isinstance(model, SimpleClassifier):
            raise TypeError(
                f"`model` must be a SimpleClassifier, not {show(model)}. For other modules there "
                "are `eval_model()` and `visualize_classification()`."
            )
        outputs = model.linears()[-1].out_features
        if outputs != 1:
            raise ValueError(
                f"`model` must have one output, the logit of class 1, not {outputs}. For other "
                "nets there are `eval_model()` and `visualize_classification()`."
            )
        self.model = model
        self.data = data

    @property
    def levels(self) -> tuple[Level, ...]:
        """The two classes that predictions are given in."""
        return self.data.levels if self.data else (0, 1)

    @property
    def features(self) -> tuple[str, ...]:
        """What the columns of the points are called."""
        return self.data.features if self.data else feature_names(self.num_inputs)

    @property
    def num_inputs(self) -> int:
        """Columns of the points that the net takes."""
        return self.model.linears()[0].in_features

    @public
    def predict_logits(self, x: ArrayLike | Tensor) -> NDArray[np.float64]:
        """Logits of points [n, p], shape [n]; NaN for a row with a missing value.

        The columns of a data frame or a dataset are taken by name where it has all the names of
        the training data, and by position where it has none of them.

        Raises
        ------
        TypeError, ValueError
            If `x` is not a matrix of numbers with as many columns as the net has inputs, or has
            some of the names of the training data and not all.

        Warns
        -----
        UserWarning
            If every row lies outside the range of the training data by more than 5 times its width,
            in at least one column. Rows with a missing value are not counted, nor are columns in
            which the training data do not vary.
        """
        return predict_logits(self.model, self.new_points(x)).double().numpy()

    @public
    def predict_proba(self, x: ArrayLike | Tensor) -> NDArray[np.float64]:
        """Probability of the second class for points [n, p], shape [n]; NaN for a row with a
        missing value, and for one whose logit is not a number.

        Columns, errors and warnings are as for `predict_logits()`.
        """
        return predict_logits(self.model, self.new_points(x)).double().sigmoid().numpy()

    @public
    def predict(self, x: ArrayLike | Tensor) -> NDArray[Any]:
        """The class of points [n, p], shape [n], in the classes of the training data.

        Columns and warnings are as for `predict_logits()`.

        Raises
        ------
        TypeError, ValueError
            If `x` is not as for `predict_logits()`, or is not finite, or a logit is not a number.
        """
        logits = predict_logits(self.model, check_complete("x", self.new_points(x)))
        lost = int(logits.isnan().sum())
        if lost:
            raise ValueError(
                f"`x` has no class in {lost} of {counted(len(logits), 'row')}: the logit is not a "
                "number there, because weights are not finite, or so large that they overflow. "
                "`predict_proba()` gives NaN for such rows."
            )
        called: NDArray[Any] = np.asarray(self.levels)[(logits >= 0).long().numpy()]
        return called

    @public
    def new_points(self, x: Any) -> Tensor:
        """New points as the net takes them, float32 [n, num_inputs]."""
        points = check_matrix("x", in_columns("x", x, self.features), self.num_inputs)
        warn_if_far(points, self.data)
        return points

    @public
    def evaluate(self, data: Any = None) -> Evaluation:
        """Accuracy, loss and confusion on data.

        Parameters
        ----------
        data
            As for `train_xor()`, in the classes of the fit; its columns are taken by name where it
            has all the names of the training data, and by position where it has none of them. None
            makes 500 fresh points of the toy problem that the fit was trained on, with its noise;
            of XOR where that is not known.

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
        if data is None:
            dataset: PointDataset = self.fresh_points()
        else:
            dataset = as_dataset(data, self.levels, self.features)
        points = self.inputs_of(dataset)
        if data is not None:
            warn_if_far(points, self.data)
        best = known_best(dataset)
        return evaluate_logits(predict_logits(self.model, points), dataset.label, best, self.levels)

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
        """The points of a dataset in the fit's classes as the net takes them, [n, num_inputs]."""
        if dataset.levels != self.levels:
            raise ValueError(
                f"`data` must have the classes {self.levels}, as the fit has, not {dataset.levels}."
            )
        points, count = dataset.data, len(dataset.features)
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
    def boundary(self, x1: ArrayLike | None = None, x2: ArrayLike | None = None) -> Boundary:
        """Probability of the second class on a grid, by default one around the data."""
        points = self.data.data if self.data else torch.zeros(1, self.num_inputs)
        lines = default_grid(points, is_xor(self.data))
        return boundary(self.model, lines[0] if x1 is None else x1, lines[1] if x2 is None else x2)

    @public
    def weights(self) -> dict[str, NDArray[np.float32]]:
        """The parameters by name, with the names and shapes of the state dict."""
        return weight_arrays(self.model.state_dict())
