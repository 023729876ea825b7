"""New data for a trained net, in any form, as points in the columns and classes of its training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from torch import Tensor

from ..checks.public import public
from ..checks.tensors import check_matrix
from ..checks.words import counted, show
from ..data.columns import in_columns, warn_if_far
from ..data.convert import as_dataset
from ..data.dataset import Level, PointDataset, feature_names
from ..data.frames import frame_matrix, is_frame
from ..data.preparation import Preparation
from ..data.toys import more_of
from ..data.training_data import column_of, frame_and_labels, need_labels, without_column
from ..data.xor import XORDataset
from ..model.classifier import SimpleClassifier

# Size of the fresh sample that a fit is tested on by default.
TEST_SIZE = 500


class NewData:
    """A classifier, what was learned about its columns, and the data it was trained on, which may
    be unknown: what new data have to be like."""

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
