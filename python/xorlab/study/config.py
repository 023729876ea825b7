"""Configurations of a study, and the result of each net."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from ..checks.values import check_choice, check_count
from ..checks.words import show
from ..data.dataset import PointDataset
from ..data.inputs import InputName, check_inputs
from ..data.origin import NOISES, Toy, check_class_count, check_kind
from ..data.preparation import Scale, check_scale
from ..evaluation.corners import CORNERS
from ..model.classifier import outputs_for
from ..settings import HYPERPARAMETERS, Settings

# What `data` is of a configuration whose nets are trained on the user's own points.
OWN = "own data"


@dataclass(frozen=True)
class Config:
    """The settings of all nets of a configuration, whose seeds differ, and the data of each net:
    so many points of a toy problem, or the training share of the user's own.

    Attributes
    ----------
    settings
        The hyperparameters.
    size
        Number of points of each net; of the user's own data all of them.
    std
        The noise of the toy problem, where None takes that of its kind; None for own data.
    data
        The kind of toy problem, or "own data".
    own
        The user's own points; None for a toy problem, and where a file has told of the study,
        which holds no points. Two sets are the same only if they are one object.
    scale, inputs
        How columns become the inputs of each net, as in `train_xor()`.
    """

    settings: Settings
    size: int
    std: float | None = None
    data: str = "xor"
    own: PointDataset | None = None
    scale: Scale = "auto"
    inputs: tuple[InputName, ...] | None = None

    def __post_init__(self) -> None:
        kind = check_choice("data", self.data, (*NOISES, OWN))
        if self.own is not None and (kind != OWN or len(self.own) != self.size):
            raise ValueError(
                f"`own` must be {self.size} points of {OWN!r}, not {len(self.own)} of {kind!r}."
            )
        noise = self.std
        if kind != OWN:
            toy = check_kind(kind)
            noise = Toy(toy, NOISES[toy] if noise is None else noise).noise
        elif noise is not None:
            raise ValueError(f"`std` must be None for data of your own, not {show(noise)}.")
        object.__setattr__(self, "settings", replace(self.settings, seed=0, device="cpu"))
        object.__setattr__(self, "size", check_count("size", self.size, minimum=2))
        object.__setattr__(self, "std", noise)
        check_scale(self.scale)
        columns = len(self.own.features) if self.own else 2
        object.__setattr__(self, "inputs", check_inputs(self.inputs, columns))

    @property
    def is_xor(self) -> bool:
        """Whether nets are judged by the corners of XOR."""
        return self.data == "xor"

    @property
    def classes(self) -> int:
        if self.data == OWN:
            return len(self.own.levels) if self.own else 2
        return check_class_count(self.data)

    @property
    def widths(self) -> tuple[int, ...]:
        """Inputs, hidden units and outputs of the nets."""
        inputs = len(self.inputs or (self.own.features if self.own else (1, 2)))
        return (inputs, *self.settings.hidden, outputs_for(self.classes))

    def given(self, own: PointDataset) -> Config:
        """The same with the points, where they are the user's own.

        Raises
        ------
        ValueError
            If there were more or fewer points.
        """
        if self.data != OWN:
            return self
        if len(own) != self.size:
            raise ValueError(
                f"`data` must be the {self.size:,} points of the study, not {len(own):,}."
            )
        return replace(self, own=own)

    def columns(self) -> dict[str, Any]:
        """As in the table of a study: the hidden layers as text, such as "8-8", or "0" for none."""
        values = {name: getattr(self.settings, name) for name in HYPERPARAMETERS}
        values["hidden"] = "-".join(map(str, self.settings.hidden or (0,)))
        values |= {"size": self.size, "std": self.std, "data": self.data}
        values |= {"scale": _SCALES[self.scale], "inputs": " ".join(self.inputs or ())}
        return {name: values[name] for name in CONFIG_COLUMNS}


# Whether columns are standardised, as text in a table.
_SCALES: dict[Scale, str] = {"auto": "auto", True: "yes", False: "no"}

_FIRST = ("hidden", "activation", "lr", "std", "data", "size", "epochs", "batch_size")
_LAST = ("scale", "inputs")
CONFIG_COLUMNS = (
    *_FIRST,
    *(name for name in HYPERPARAMETERS if name not in _FIRST),
    *_LAST,
)
# The types of their values; some may be None.
_KINDS = {
    **{name: one.metadata["kind"] for name, one in HYPERPARAMETERS.items()},
    **{"std": float, "data": str, "size": int, "scale": str, "inputs": str},
}
COLUMN_KINDS: dict[str, type] = {name: _KINDS[name] for name in CONFIG_COLUMNS}


def varying(
    configs: Iterable[Mapping[str, Any]], names: Sequence[str] = CONFIG_COLUMNS
) -> list[str]:
    """Names of the columns that are not the same in all configurations."""
    values = [[config[name] for name in names] for config in configs]
    columns = zip(*values, strict=True)
    return [name for name, column in zip(names, columns, strict=False) if len(set(column)) > 1]


@dataclass(frozen=True)
class Run:
    """The result of training one net; `solved` is None for other data than XOR, `val_loss` without
    validation, and `best_epoch` without patience."""

    seed: int
    loss: float
    accuracy: float
    solved: bool | None
    corner: str
    val_loss: float | None = None
    best_epoch: int | None = None


class Net(NamedTuple):
    """One net of a study, trained or not yet."""

    config: Config
    seed: int


COLUMNS = (*CONFIG_COLUMNS, *(one.name for one in fields(Run)))

# Columns that tables of earlier versions lack, with the values that were in use then.
LATER: dict[str, Any] = {
    "data": "xor",
    **{name: one.default for name, one in HYPERPARAMETERS.items() if name not in _FIRST},
    **{"scale": "auto", "inputs": ""},
    **{one.name: None for one in fields(Run) if one.default is None},
}


def read_config(record: Mapping[str, Any]) -> Config:
    """The configuration of these values, or of their text in a file."""
    values = {name: read_hyperparameter(name, record[name]) for name in HYPERPARAMETERS}
    settings = Settings(**values)
    size, data = whole("size", record["size"]), record["data"]
    noise = None if data == OWN else number("std", record["std"])
    scale = check_choice("scale", record["scale"], tuple(_SCALES.values()))
    known = {text: value for value, text in _SCALES.items()}
    inputs = str(record["inputs"]).replace("NA", "").split()
    return Config(settings, size, noise, data, None, known[scale], tuple(inputs) or None)  # type: ignore[arg-type]


def read_hyperparameter(name: str, value: Any) -> Any:
    if name == "hidden":
        return [whole(name, width) for width in str(value).split("-")]
    one = HYPERPARAMETERS[name]
    read = _READERS[one.metadata["kind"]]
    return optional(read, name, value) if one.default is None else read(name, value)


def read_run(config: Config, record: Mapping[str, Any], seed: int) -> Run:
    """The result in these columns, or in their text in a file."""
    solved = truth("solved", record["solved"]) if config.is_xor else None
    loss, accuracy = (number(name, record[name]) for name in ("loss", "accuracy"))
    if loss < 0:  # NaN is not
        raise ValueError(f"`loss` must be 0 or more, not {loss}.")
    if not 0 <= accuracy <= 1:
        raise ValueError(f"`accuracy` must be from 0 to 1, not {accuracy}.")
    corner = str(record["corner"]).replace("NA", "")  # R's write.csv() has it for no corner
    if not set(corner.replace(") (", ")|(").split("|")) <= {"", *map(str, CORNERS)}:
        raise ValueError(
            f"`corner` must be corners such as '(0, 1)', or nothing, not {show(corner)}."
        )
    val_loss = optional(number, "val_loss", record["val_loss"])
    best_epoch = optional(whole, "best_epoch", record["best_epoch"])
    if best_epoch is not None:
        check_count("best_epoch", best_epoch)
    return Run(seed, loss, accuracy, solved, corner, val_loss, best_epoch)


def optional(read: Callable[[str, Any], Any], name: str, value: Any) -> Any:
    """None where there is no value, of which R's write.csv() makes NA."""
    return None if value is None or value in ("", "NA") else read(name, value)


def truth(name: str, value: Any) -> bool:
    return check_choice(name, str(value).lower(), ("true", "false")) == "true"


def whole(name: str, value: Any) -> Any:
    """The whole number that a text is; what is no text is left as it is."""
    try:
        return int(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"`{name}` must be a whole number, not {show(value)}.") from None


def number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"`{name}` must be a number, not {show(value)}.") from None


# How values of a type are read, from text in a file or as they are.
_READERS: dict[type, Callable[[str, Any], Any]] = {
    str: lambda _, value: value,
    int: whole,
    float: number,
    bool: truth,
}
