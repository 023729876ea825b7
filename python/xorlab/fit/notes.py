"""Notes on the data of a fit, for its printed form."""

from __future__ import annotations

from ..checks.words import counted, shortened_names
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..settings import GIVEN, HYPERPARAMETERS, Settings
from ..training.history import History

# Where the largest class holds this share of the points, or more, always answering it looks good.
UNEVEN = 0.8


def training_note(settings: Settings, data: PointDataset | None) -> str:
    """What the net was trained with: the optimizer, but for plain SGD, and what is no default."""
    terms = []
    for name, one in HYPERPARAMETERS.items():
        value = getattr(settings, name)
        if name not in _SAID_ELSEWHERE and value != one.default:
            terms.append(name if value is True else f"{name} {show_term(value)}")
    plain = settings.optimizer == "sgd" and not terms
    parts = [] if plain else [settings.optimizer]
    parts += [f"lr {settings.lr:g}", *terms, batch_note(settings, data)]
    return f"trained with {', '.join(parts)}, seed {settings.seed}, on {settings.device}"


# Hyperparameters that are always said, or in another line; the others where they are no defaults.
_SAID_ELSEWHERE = (
    *("hidden", "activation", "epochs", "optimizer", "lr", "batch_size"),
    *("validation", "patience"),
)


def show_term(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def history_notes(
    history: History,
    settings: Settings | None,
    validation: PointDataset | None,
    epoch: int,
    ended: bool,
) -> list[str]:
    """Lines on what the epochs came to, where there are any: the losses, those on the validation
    data after the epoch whose weights the fit has, which epoch that is, where patience chose it,
    and where the losses of training and validation part."""
    done = len(history)
    if not done:
        return []
    left = settings.epochs - done if settings and not ended else 0
    lines = [f"{history}" + (f"; {left} more to go" if left > 0 else "")]
    if validation and history.val_loss:
        other = "held out" if settings and settings.validation != GIVEN else "of other data"
        loss, accuracy = history.val_loss[epoch - 1], history.val_accuracy[epoch - 1]
        points = counted(len(validation), "point")
        lines.append(f"validation on {points} {other}: loss {loss:.4f}, accuracy {accuracy:.2%}")
    patience = settings.patience if settings else None
    if ended and patience:
        stopped = f"; training stopped, as patience is {patience}" * (done - epoch >= patience)
        lines.append(f"weights of epoch {epoch}, the best of {done}{stopped}")
    if parted := history.parted():
        lines.append(
            f"after epoch {parted} the net learned its rows by heart: the validation loss rose "
            "while the training loss fell"
        )
    return lines


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
