"""What the nets of one configuration of a study have in common, and the result of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from ..checks.values import check_choice, check_count
from ..checks.words import show
from ..data.origin import Toy
from ..data.xor import XORDataset
from ..evaluation.corners import CORNERS
from ..settings import HYPERPARAMETERS, Settings


@dataclass(frozen=True)
class Config:
    """The settings of all nets of a configuration, whose seeds differ, and the data of each net:
    so many points of continuous XOR with this noise."""

    settings: Settings
    size: int
    std: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", replace(self.settings, seed=0, device="cpu"))
        object.__setattr__(self, "size", check_count("size", self.size, minimum=2))
        object.__setattr__(self, "std", Toy("xor", self.std).noise)

    def sample(self, seed: int) -> XORDataset:
        """The points of the net of this seed."""
        return XORDataset(self.size, self.std, seed)

    def columns(self) -> dict[str, Any]:
        """As in the table of a study: the hidden layers as text, such as "8-8"."""
        values = {name: getattr(self.settings, name) for name in HYPERPARAMETERS}
        values["hidden"] = "-".join(map(str, self.settings.hidden))
        values |= {"size": self.size, "std": self.std}
        return {name: values[name] for name in CONFIG_COLUMNS}


_FIRST = ("hidden", "activation", "lr", "std", "size", "epochs", "batch_size")
CONFIG_COLUMNS = (*_FIRST, *(name for name in HYPERPARAMETERS if name not in _FIRST))


def varying(
    configs: Iterable[Mapping[str, Any]], names: Sequence[str] = CONFIG_COLUMNS
) -> list[str]:
    """Names of the columns that are not the same in all configurations."""
    values = [[config[name] for name in names] for config in configs]
    columns = zip(*values, strict=True)
    return [name for name, column in zip(names, columns, strict=False) if len(set(column)) > 1]


@dataclass(frozen=True)
class Run:
    """The result of training one net."""

    seed: int
    loss: float
    accuracy: float
    solved: bool
    corner: str


class Net(NamedTuple):
    """One net of a study, trained or not yet."""

    config: Config
    seed: int


COLUMNS = (*CONFIG_COLUMNS, *(one.name for one in fields(Run)))


def make_config(record: Mapping[str, Any]) -> Config:
    """The configuration of these values, or of their text in a file."""
    hidden = [whole("hidden", width) for width in str(record["hidden"]).split("-")]
    others = {
        name: record[name]
        if isinstance(one.default, str)
        else number(name, record[name])
        if isinstance(one.default, float)
        else whole(name, record[name])
        for name, one in HYPERPARAMETERS.items()
        if name != "hidden"
    }
    settings = Settings(hidden=hidden, **others)  # type: ignore[arg-type]
    return Config(settings, whole("size", record["size"]), number("std", record["std"]))


def make_run(record: Mapping[str, Any], seed: int) -> Run:
    """The result in these columns, or in their text in a file."""
    solved = check_choice("solved", str(record["solved"]).lower(), ("true", "false")) == "true"
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
    return Run(seed, loss, accuracy, solved, corner)


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
