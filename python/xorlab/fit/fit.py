"""A trained net together with what made it."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.values import (
    check_complete,
    check_count,
    check_entries,
    check_matrix,
    counted,
    shortened,
    show,
)
from ..data.dataset import (
    DEFAULT_STD,
    Level,
    TwoClassDataset,
    XORDataset,
    dataset_from_dict,
    feature_names,
    is_xor,
    known_best,
)
from ..data.own import as_dataset, in_columns, warn_if_far
from ..evaluation.boundary import Boundary, boundary, default_grid
from ..evaluation.evaluate import Evaluation, evaluate_logits, predict_logits
from ..model.activations import check_activation
from ..model.classifier import (
    SimpleClassifier,
    classifier_from_weights,
    weight_arrays,
    weight_tensors,
)
from ..settings import Settings
from ..training.history import History
from .checkpoint import read_checkpoint, write_checkpoint

# Points of fresh data that a fit is tested on where none are given.
TEST_SIZE = 500


class Fit:
    """A trained classifier, with its settings, history and data.

    Attributes
    ----------
    model
        The `SimpleClassifier`, on the device where it was trained; on the CPU where it was read
        from a file, or is that of an earlier epoch.
    settings
        `Settings`, or None for a bare state dict that was loaded.
    history
        `History` of the training; without entries for a bare state dict.
    data
        The `TwoClassDataset` it was trained on, or None for a bare state dict.
    snapshots
        State dicts of the epochs that `train_xor(snapshots=...)` was to keep; see `at()`.

    Raises
    ------
    TypeError, ValueError
        If the model is another module, or has several outputs.
    """

    @public
    def __init__(
        self,
        model: SimpleClassifier,
        settings: Settings | None = None,
        history: History | None = None,
        data: TwoClassDataset | None = None,
        snapshots: Mapping[int, Mapping[str, Tensor]] | None = None,
    ) -> None:
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
        self.settings = settings
        self.history = History() if history is None else history
        self.data = data
        self.snapshots = dict(snapshots or {})

    def __repr__(self) -> str:
        linears = self.model.linears()
        widths = [linears[0].in_features, *(layer.out_features for layer in linears)]
        count = sum(p.numel() for p in self.model.parameters())
        lines = [
            f"Fit: {'-'.join(map(str, widths))} {self.model.activation} net, "
            f"{counted(count, 'weight')}"
        ]
        if self.settings:
            s = self.settings
            lines.append(
                f"  trained with lr {s.lr:g}, batches of {s.batch_size}, "
                f"seed {s.seed}, on {s.device}"
            )
        if self.data:
            lines.append(f"  {self.data}")
        if len(self.history):
            left = self.settings.epochs - len(self.history) if self.settings else 0
            lines.append(f"  {self.history}" + (f"; {left} more to go" if left > 0 else ""))
        if self.snapshots:
            lines.append(f"  weights kept of epochs {shortened(self.snapshots)}")
        return "\n".join(lines)

    @public
    def at(self, epoch: int) -> Fit:
        """The fit as it was after one of its epochs.

        Parameters
        ----------
        epoch
            One that `train_xor(snapshots=...)` kept, with 0 for the first weights, or the last.

        Raises
        ------
        TypeError, ValueError
            If the weights of that epoch were not kept.

        Examples
        --------
        >>> import xorlab
        >>> fit = xorlab.train_xor(epochs=20, seed=1, snapshots=[0, 10])
        >>> len(fit.at(10).history)
        10
        """
        kept = {**self.snapshots, len(self.history): self.model.state_dict()}
        epoch = check_count("epoch", epoch, minimum=0)
        if epoch not in kept:
            raise ValueError(
                f"`epoch` must be one whose weights were kept ({shortened(kept)}), not {epoch}. "
                "`train_xor(snapshots=...)` keeps others."
            )
        return Fit(
            classifier_from_weights(kept[epoch], self.model.activation),
            self.settings,
            self.history.copy(epoch),
            self.data,
            {one: weights for one, weights in self.snapshots.items() if one <= epoch},
        )

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
            makes 500 fresh points of XOR, with the noise that the fit was trained with.

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
            dataset: TwoClassDataset = self.fresh_points()
        else:
            dataset = as_dataset(data, self.levels, self.features)
        points = self.inputs_of(dataset)
        if data is not None:
            warn_if_far(points, self.data)
        best = known_best(dataset)
        return evaluate_logits(predict_logits(self.model, points), dataset.label, best, self.levels)

    @public
    def fresh_points(self) -> XORDataset:
        """Points like those that the fit was trained on."""
        if self.data is not None and not isinstance(self.data, XORDataset):
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
        return XORDataset(TEST_SIZE, self.data.std if self.data else DEFAULT_STD)

    @public
    def inputs_of(self, dataset: TwoClassDataset) -> Tensor:
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

    @public
    def save(self, path: str | PathLike[str]) -> None:
        """Write the fit to a file, which replaces one of that name only when it is whole.

        Raises
        ------
        OSError
            If the file cannot be written; an older one is unharmed.
        """
        write_checkpoint(path, self.to_dict())

    @public
    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone: what goes into a file, or to R."""
        return {
            "activation": self.model.activation,
            "weights": weight_arrays(self.model.state_dict()),
            "settings": self.settings.to_dict() if self.settings else None,
            "history": self.history.to_dict(),
            "data": self.data.to_dict() if self.data else None,
            "snapshots": {str(epoch): weight_arrays(w) for epoch, w in self.snapshots.items()},
        }

    @classmethod
    @public
    def from_dict(cls, content: Mapping[str, Any]) -> Fit:
        """The fit that `to_dict()` was made of.

        Raises
        ------
        TypeError, ValueError
            If a part is unknown, or not what a fit has, or two do not belong together.
        """
        content = check_entries("content", content, ["weights"], _PARTS)
        activation = check_activation(content.get("activation", "tanh"))
        settings, history, data = (content.get(key) for key in ("settings", "history", "data"))
        fit = cls(
            classifier_from_weights(weight_tensors(content["weights"]), activation),
            None if settings is None else Settings.from_dict(settings),
            None if history is None else History.from_dict(history),
            None if data is None else dataset_from_dict(data),
        )
        check_together(fit)
        fit.snapshots = check_kept(content.get("snapshots") or {}, fit)
        return fit


# What `to_dict()` has beside the weights; a file has the other entries, too.
_PARTS = ("activation", "settings", "history", "data", "snapshots", "kind", "format", "version")


def check_together(fit: Fit) -> None:
    """The parts of a fit, which a file or a caller may have changed, are those of one net."""
    settings, done = fit.settings, len(fit.history)
    if settings and settings.hidden != fit.model.hidden:
        raise ValueError(
            f"`weights` must be those of a net of the hidden units {list(settings.hidden)}, as "
            f"`settings` say, not {list(fit.model.hidden)}."
        )
    if settings and settings.activation != fit.model.activation:
        raise ValueError(
            f"`activation` must be {settings.activation!r}, as `settings` say, "
            f"not {fit.model.activation!r}."
        )
    if settings and done > settings.epochs:
        raise ValueError(
            f"`history` must have at most {counted(settings.epochs, 'epoch')}, as `settings` say, "
            f"not {done}."
        )
    if fit.data and fit.data.data.shape[1] != fit.num_inputs:
        raise ValueError(
            f"`data` must have {counted(fit.num_inputs, 'column')}, as the net has inputs, "
            f"not {fit.data.data.shape[1]}."
        )


def check_kept(snapshots: Any, fit: Fit) -> dict[int, Mapping[str, Tensor]]:
    """The weights of epochs that a fit has come to, by epoch, of the same shapes as its own."""
    if not isinstance(snapshots, Mapping):
        raise TypeError(f"`snapshots` must be a dict, not {show(snapshots)}.")
    kept: dict[int, Mapping[str, Tensor]] = {}
    for epoch, weights in snapshots.items():
        if not str(epoch).isdecimal() or int(epoch) > len(fit.history):
            raise ValueError(
                f"`snapshots` must be of epochs from 0 to {len(fit.history)}, not of {show(epoch)}."
            )
        tensors = weight_tensors(weights)
        if shapes(tensors) != shapes(fit.model.state_dict()):
            raise ValueError(
                f"`snapshots` must have weights of the shapes of the net's own, and those of epoch "
                f"{epoch} have not."
            )
        kept[int(epoch)] = tensors
    return kept


def shapes(weights: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(weight.shape) for name, weight in weights.items()}


def check_fit(fit: Any) -> Fit:
    """A `Fit`, as `train_xor()` returns."""
    if not isinstance(fit, Fit):
        raise TypeError(f"`fit` must be what train_xor() returned, not {show(fit)}.")
    return fit


@public
def load_xor(path: str | PathLike[str], activation: str | None = None) -> Fit:
    """Read what `Fit.save()` wrote, or a bare state dict of a `SimpleClassifier`, whose names may
    have `_orig_mod.` or `module.` in front, as of a compiled or a parallel module.

    The file is read as plain data: code hidden in it is refused, not run. Damage is found by the
    checksums that such files have; only a state dict in the format that torch wrote before 1.6, or
    writes with `_use_new_zipfile_serialization=False`, has none.

    Parameters
    ----------
    path
        The file.
    activation
        Of the hidden units of a bare state dict, which does not say; None takes "tanh".

    Raises
    ------
    FileNotFoundError, IsADirectoryError
        If there is no such file.
    TypeError, ValueError
        If the file is empty, damaged, of another kind, or from a newer xorlab, or `activation` is
        unknown, or another than the file says.

    Examples
    --------
    >>> import os, tempfile
    >>> import xorlab
    >>> path = os.path.join(tempfile.mkdtemp(), "fit.pt")
    >>> xorlab.train_xor(epochs=1, seed=1).save(path)
    >>> load_xor(path).settings.epochs
    1
    """
    if activation is not None:
        check_activation(activation)
    content = read_checkpoint(path)
    told = content.setdefault("activation", activation or "tanh")
    if activation not in (None, told):
        raise ValueError(
            f"`activation` must be left out, or be {told!r}, which the file says, "
            f"not {activation!r}."
        )
    try:
        return Fit.from_dict(content)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{str(path)!r} does not hold a fit that can be used: {error}") from error
