"""Whether the parts of a fit, which a file or a caller may have changed, belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from ..checks.values import check_count, check_entries
from ..checks.words import counted, show
from ..data.content import dataset_from_dict
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..model.classifier import SimpleClassifier, outputs_for, weight_arrays, weight_tensors
from ..settings import Settings
from ..training.history import History
from ..training.state import State
from .snapshots import Epoch, Kept


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


def check_validation(content: Any, data: PointDataset | None) -> PointDataset | None:
    """The validation data, in the columns and classes of the training data."""
    if content is None:
        return None
    validation, known = dataset_from_dict(content), check_known(data)
    if (validation.features, validation.levels) != (known.features, known.levels):
        raise ValueError("`validation` must have the columns and the classes of `data`.")
    return validation


def kept_content(kept: Kept) -> dict[str, Any]:
    """What a fit keeps as plain values, for a file; the best epoch's weights only where the model
    has others."""
    best = kept.best
    aside = None if best is None or kept.restored else best
    return {
        "snapshots": {str(epoch): weight_arrays(one) for epoch, one in kept.snapshots.items()},
        "optimizer_state": state_arrays(kept.state),
        "best_epoch": best.epoch if best else None,
        "best": aside
        and {"weights": weight_arrays(aside.weights), "optimizer_state": state_arrays(aside.state)},
    }


def state_arrays(state: State | None) -> dict[str, Any] | None:
    return None if state is None else {key: weight_arrays(one) for key, one in state.items()}


def read_kept(
    content: Mapping[str, Any],
    model: SimpleClassifier,
    settings: Settings | None,
    history: History,
) -> Kept:
    """What `kept_content()` was made of."""
    kept = Kept(check_kept(content.get("snapshots") or {}, model, history))
    kept.state = read_state(content.get("optimizer_state", {}), model, settings, len(history))
    number, best = content.get("best_epoch"), content.get("best")
    if number is None:
        return kept
    number = check_count("best_epoch", number)
    if number > len(history) or len(history.val_loss) < number:
        raise ValueError(
            f"`best_epoch` must be one of {counted(len(history), 'epoch')} with validation data, "
            f"not {number}."
        )
    kept.restored = best is None
    if best is None:
        kept.best = Epoch(number, model.state_dict(), kept.state)
        return kept
    entries = check_entries("best", best, ["weights", "optimizer_state"])
    weights = check_kept({str(number): entries["weights"]}, model, history)[number]
    state = read_state(entries["optimizer_state"], model, settings, number)
    kept.best = Epoch(number, weights, state)
    return kept


def read_state(
    content: Any, model: SimpleClassifier, settings: Settings | None, done: int
) -> State | None:
    """What an optimizer remembers, as the one of the settings does after so many epochs."""
    if content is None:
        return None
    if not isinstance(content, Mapping):
        raise TypeError(f"`optimizer_state` must be a dict, not {show(content)}.")
    state = {str(key): weight_tensors(entries) for key, entries in content.items()}
    known = () if settings is None or not done else settings.state_names()
    if known is not None and {*known} != {*state}:
        raise ValueError(
            f"`optimizer_state` must be that of the optimizer {settings and settings.optimizer!r}, "
            f"which has {', '.join(known) or 'none'}, not {', '.join(state) or 'none'}."
        )
    own = shapes(model.state_dict())
    for key, entries in state.items():
        entries |= {name: one.reshape(()) for name, one in entries.items() if key == "step"}
        if entries.keys() != own.keys() or (key != "step" and known and shapes(entries) != own):
            raise ValueError(
                f"`optimizer_state` must have in {key!r} an array for each of the net's weights, "
                "of its shape."
            )
    return state


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
