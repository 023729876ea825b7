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
from ..model.classifier import SimpleClassifier, outputs_for, shapes, weight_arrays, weight_tensors
from ..settings import Settings
from ..training.history import History
from .optimizer_state import read_state, state_arrays
from .resumable import best_so_far
from .snapshots import Epoch, Kept

MOST_LETTERS = 200  # of why a net is not that of its settings


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


def check_known(data: PointDataset | None, by: str = "preparation") -> PointDataset:
    """The data that belong to a part of the fit."""
    if data is None:
        raise ValueError(f"'data' is missing, which a fit with `{by}` has.")
    return data


def check_validation(
    content: Any, data: PointDataset | None, settings: Settings | None, history: History
) -> PointDataset | None:
    """The validation data, in the columns and classes of the training data; they, the settings and
    the history tell of validation, or none of them does."""
    used = content is not None
    if settings and used != (settings.validation is not None):
        raise ValueError(
            f"`validation` must be {'left out' if used else 'there'}, as `settings` have "
            f"{show(settings.validation)}."
        )
    if len(history.val_loss) != (len(history) if used else 0):
        raise ValueError(
            f"`history` must have 'val_loss' {'of all epochs' if used else 'only'} where there is "
            f"`validation`, not of {counted(len(history.val_loss), 'epoch')}."
        )
    if content is None:
        return None
    try:
        validation = dataset_from_dict(content)
    except (TypeError, ValueError) as error:
        raise type(error)(f"In `validation`, {error}") from None
    known = check_known(data, "validation")
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
        # Earlier versions read files without this entry.
        **({"parted": kept.parted} if kept.parted else {}),
    }


def read_kept(
    content: Mapping[str, Any],
    model: SimpleClassifier,
    settings: Settings | None,
    history: History,
) -> Kept:
    """What `kept_content()` was made of."""
    kept = Kept(check_kept(content.get("snapshots") or {}, model, history))
    kept.parted = check_parted(content.get("parted"))
    kept.state = read_state(content.get("optimizer_state", {}), model, settings, len(history))
    number, best = content.get("best_epoch"), content.get("best")
    if number is None and best is None:
        return kept
    number, lowest = check_count("best_epoch", number), best_so_far(settings, history)
    if number != lowest:
        raise ValueError(
            "`best_epoch` must be that of the lowest validation loss, with `patience` "
            f"{lowest or 'only'}, not {show(number)}."
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


def check_parted(text: Any) -> str:
    """A sentence on one line."""
    if text is None:
        return ""
    if not isinstance(text, str) or not text.isprintable() or len(text) > MOST_LETTERS:
        raise ValueError(
            f"`parted` must be text of one line, of at most {MOST_LETTERS} letters, not "
            f"{show(text)}."
        )
    return text


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
