"""Whether the parts of a fit, which a file or a caller may have changed, belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from ..checks.words import counted, show
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..model.classifier import SimpleClassifier, outputs_for, weight_tensors
from ..settings import Settings
from ..training.history import History


def check_together(
    model: SimpleClassifier,
    settings: Settings | None,
    done: int,
    data: PointDataset | None,
    preparation: Preparation | None = None,
) -> None:
    """The parts are those of one net, of which so many epochs are done."""
    if settings:
        check_settings(model, settings, done)
    check_columns(model, data, preparation)
    outputs = model.widths[-1]
    if data and outputs != outputs_for(len(data.levels)):
        raise ValueError(
            f"`data` must have {max(2, outputs)} classes, as the net has outputs, "
            f"not {len(data.levels)}."
        )


def check_settings(model: SimpleClassifier, settings: Settings, done: int) -> None:
    """The settings are those of the net and of its history."""
    if settings.hidden != model.hidden:
        raise ValueError(
            f"`weights` must be those of a net of the hidden units {list(settings.hidden)}, as "
            f"`settings` say, not {list(model.hidden)}."
        )
    if settings.activation != model.activation:
        raise ValueError(
            f"`activation` must be {settings.activation!r}, as `settings` say, "
            f"not {model.activation!r}."
        )
    if done > settings.epochs:
        raise ValueError(
            f"`history` must have at most {counted(settings.epochs, 'epoch')}, as `settings` say, "
            f"not {done}."
        )


def check_columns(
    model: SimpleClassifier, data: PointDataset | None, preparation: Preparation | None
) -> None:
    """The preparation, or else the data, has a column for each input of the net."""
    inputs = counted(model.widths[0], "column")
    if preparation and len(preparation.columns) != model.widths[0]:
        raise ValueError(
            f"`preparation` must give {inputs}, as the net has inputs, "
            f"not {len(preparation.columns)}."
        )
    if data and not preparation and len(data.features) != model.widths[0]:
        raise ValueError(
            f"`data` must have {inputs}, as the net has inputs, not {len(data.features)}."
        )


def check_known(data: PointDataset | None) -> PointDataset:
    """The data that a preparation was learned from."""
    if data is None:
        raise ValueError("'data' is missing, which a fit with `preparation` has.")
    return data


def check_kept(
    snapshots: Any, model: SimpleClassifier, history: History
) -> dict[int, Mapping[str, Tensor]]:
    """The weights of epochs that a fit has come to, by epoch, of the same shapes as its own."""
    if not isinstance(snapshots, Mapping):
        raise TypeError(f"`snapshots` must be a dict, not {show(snapshots)}.")
    kept: dict[int, Mapping[str, Tensor]] = {}
    for epoch, weights in snapshots.items():
        if not str(epoch).isdecimal() or int(epoch) > len(history):
            raise ValueError(
                f"`snapshots` must be of epochs from 0 to {len(history)}, not of {show(epoch)}."
            )
        tensors = weight_tensors(weights)
        if shapes(tensors) != shapes(model.state_dict()):
            raise ValueError(
                f"`snapshots` must have weights of the shapes of the net's own, and those of epoch "
                f"{epoch} have not."
            )
        kept[int(epoch)] = tensors
    return kept


def shapes(weights: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(weight.shape) for name, weight in weights.items()}
