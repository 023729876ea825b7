"""Notes on the data of a fit, for its printed form."""

from __future__ import annotations

from ..checks.words import counted, shortened_names
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..settings import Settings

# Where the largest class holds this share of the points, or more, always answering it looks good.
UNEVEN = 0.8


def training_note(settings: Settings, data: PointDataset | None) -> str:
    """What the net was trained with: the optimizer, but for plain SGD, and what is no default."""
    terms = []
    for name in _TERMS:
        value, usual = getattr(settings, name), getattr(Settings, name)
        if value != usual:
            terms.append(name if value is True else f"{name} {show_term(value)}")
    plain = settings.optimizer == "sgd" and not terms
    parts = [] if plain else [settings.optimizer]
    parts += [f"lr {settings.lr:g}", *terms, batch_note(settings, data)]
    return f"trained with {', '.join(parts)}, seed {settings.seed}, on {settings.device}"


# Said where they are not the defaults.
_TERMS = ("momentum", "nesterov", "weight_decay", "l1", "init")


def show_term(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def batch_note(settings: Settings, data: PointDataset | None) -> str:
    """The size of the batches; of one that all points fit in, their number."""
    size = settings.batch_size
    if data is None or size <= len(data):
        return f"batches of {size}"
    return f"all {counted(len(data), 'point')} in one batch (batch_size {size})"


def data_notes(data: PointDataset | None, preparation: Preparation | None) -> list[str]:
    """Lines on the columns and the classes, where there is something to say."""
    return [*preparation_notes(preparation), *class_notes(data)]


def preparation_notes(preparation: Preparation | None) -> list[str]:
    """How columns become the inputs of the net."""
    if preparation is None:
        return []
    lines = []
    if preparation.inputs:
        lines.append(f"inputs {', '.join(preparation.inputs)}")
    if preparation.scale is not None:
        lines.append(
            f"{counted(len(preparation.columns), 'column')} standardised by the training rows"
        )
    if preparation.left_out:
        lines.append(f"constant, left out: {shortened_names(preparation.left_out)}")
    return lines


def class_notes(data: PointDataset | None) -> list[str]:
    """The accuracy of always answering the largest class, where it is high."""
    if data is None:
        return []
    sizes = data.class_sizes()
    share = max(sizes) / len(data)
    if share < UNEVEN:
        return []
    largest = data.levels[sizes.index(max(sizes))]
    return [f"always answering {largest} is right for {share:.1%} of these points"]
