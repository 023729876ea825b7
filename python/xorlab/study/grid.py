"""The configurations of a study: every combination of the values of its arguments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from numbers import Real
from typing import Any

from ..checks.values import MAX_COUNT, check_choice, check_count
from ..checks.words import show
from ..data.dataset import PointDataset
from ..data.frames import is_frame
from ..data.origin import NOISES
from ..data.training_data import training_data
from ..model.classifier import check_hidden
from ..optimizers import OPTIMIZER_NAMES, CombinationError
from ..seed import resolve_seed
from ..settings import HYPERPARAMETERS, Settings
from .config import OWN, Config
from .samples import check_own, check_validation
from .summary import plain
from .table import MAX_NETS

# What the nets of a configuration are trained on: a toy problem by its kind, or the user's points.
Data = str | PointDataset


def several(name: str, value: Any) -> list[Any]:
    """The values of an argument, of which there may be one."""
    if not isinstance(value, Iterable) or isinstance(value, str):
        return [value]
    values = list(itertools.islice(value, MAX_NETS + 1))
    if not 1 <= len(values) <= MAX_NETS:
        came = "more" if values else "none"
        raise ValueError(f"`{name}` must hold from 1 to {MAX_NETS:,} values, not {came}.")
    return values


def several_data(data: Any) -> list[Data]:
    """Kinds of toy problems, among which the user's own points may be; or one of them."""
    if not isinstance(data, list | tuple) or is_pair(data):
        return [one_data(data)]
    chosen = [one_data(one) for one in several("data", data)]
    if sum(not isinstance(one, str) for one in chosen) > 1:
        raise ValueError("`data` must hold at most one set of your own points, not several.")
    return chosen


def is_pair(data: Sequence[Any]) -> bool:
    """Whether these are points and their labels, and no list with the kind of a toy problem."""
    if len(data) != 2 or isinstance(data[0], Data):
        return False
    return is_frame(data[0]) or not isinstance(data[1], Data)


def one_data(data: Any) -> Data:
    return check_choice("data", data, [*NOISES]) if isinstance(data, str) else own_points(data)


def own_points(data: Any) -> PointDataset:
    """The user's points, as `train_xor()` takes them, on which nets can be trained."""
    if isinstance(data, str) or is_frame(data):
        raise TypeError(
            "`data` must be points with labels, such as `as_xor_data(x, label)` or, for a data "
            f'frame, `(frame, "y")`, not {show(data)}.'
        )
    given = training_data(None, None, data)
    if given is None:
        raise TypeError(f"`data` must be the name of a toy problem or your own data, not {data}.")
    return check_own(given.dataset)


def make_config(
    data: Data, settings: Settings, size: Any, std: Any, scale: Any = "auto", inputs: Any = None
) -> Config:
    if isinstance(data, str):
        return Config(settings, size, std, data, None, scale, inputs)
    if std is not None:
        raise ValueError(f"`std` must be left out for data of your own, not {show(std)}.")
    check_validation(data, settings)
    return Config(settings, len(data), None, OWN, data, scale, inputs)


def several_inputs(inputs: Any) -> list[Any]:
    """Sets of named inputs, None among them; or one of them."""
    values = several("inputs", inputs)
    return [values] if all(isinstance(one, str) for one in values) else values


def study_settings(given: Mapping[str, Any]) -> Settings:
    """The hyperparameters of nets, each of which holds out validation data of its own."""
    check_choice("optimizer", given["optimizer"], OPTIMIZER_NAMES)
    share = given["validation"]
    if share is not None and not isinstance(share, Real):
        raise TypeError(
            "`validation` must be a share of the rows in a study, above 0 and below 1, not "
            f"{show(share)}: each net holds out rows of its own, and data are not taken."
        )
    return Settings(**given)


def make_configs(grid: Mapping[str, Sequence[Any]]) -> list[Config]:
    """Every combination of the values of a grid, of which the last argument's change first.

    Those of hyperparameters that do not go together, such as Adam and momentum, are left out, and
    those that come to the same as one before, as where a learning rate is given that is "auto",
    too; but no value may be left out of all.
    """
    check_values(grid)
    configs: dict[Config, None] = {}
    used: set[tuple[str, int]] = set()
    refused: dict[tuple[str, int], ValueError] = {}
    for places in itertools.product(*(range(len(values)) for values in grid.values())):
        keys = [*zip(grid, places, strict=True)]
        try:
            config = grid_config({name: grid[name][place] for name, place in keys})
        except CombinationError as error:
            for key in keys:
                refused.setdefault(key, error)
            continue
        if config not in configs:
            configs[config] = None
            used.update(keys)
        else:
            for name, place in keys:
                refused.setdefault((name, place), twice(grid, name, config))
    unused = {key: reason for key, reason in refused.items() if key not in used}
    for (name, place), reason in unused.items():
        if isinstance(reason, CombinationError) and len(grid[name]) > 1:
            value = show(grid[name][place])
            raise CombinationError(f"{reason} So no net of the sweep has `{name}` {value}.")
    for reason in unused.values():
        raise reason
    return list(configs)


def grid_config(values: Mapping[str, Any]) -> Config:
    settings = study_settings({name: values[name] for name in HYPERPARAMETERS})
    others = {name: value for name, value in values.items() if name not in HYPERPARAMETERS}
    return make_config(settings=settings, **others)


def check_values(grid: Mapping[str, Sequence[Any]]) -> None:
    if None in grid["std"] and len(grid["std"]) > 1:
        raise ValueError("`std` must be None alone, or numbers.")
    if len(grid["size"]) > 1 and not any(isinstance(one, str) for one in grid["data"]):
        raise ValueError("`size` must be left out for data of your own, which have theirs.")


def twice(grid: Mapping[str, Sequence[Any]], name: str, config: Config) -> ValueError:
    """What is said of an argument that holds a value twice."""
    hint, value = "", config.columns()[name]
    if name == "hidden" and not any(isinstance(one, Iterable) for one in grid[name]):
        layers = ", ".join(str(*check_hidden(name, one) or (0,)) for one in grid[name])
        hint = f" In a sweep, a net of several hidden layers is a tuple: [({layers})]."
    if name == "lr" and "auto" in grid[name]:
        hint = f" It is what 'auto' is for {config.settings.optimizer!r}."
    shown = show(value) if value is None or isinstance(value, bool) else plain(value)
    return ValueError(
        f"`{name}` must hold each value once, but {shown} is there more than once.{hint}"
    )


def check_runs(runs: Any, configs: int = 1) -> int:
    """Nets of each of so many configurations."""
    count = check_count("runs", runs)
    if count * configs > MAX_NETS:
        nets = f"{count:,}" if configs == 1 else f"{count:,} of each of {configs:,} configurations"
        raise ValueError(f"`runs` must make at most {MAX_NETS:,} nets in all, not {nets}.")
    return count


def check_seeds(runs: Any, seed: Any) -> range:
    runs = check_runs(runs)
    first = min(resolve_seed(seed), MAX_COUNT - runs) if seed is None else resolve_seed(seed)
    if first + runs - 1 > MAX_COUNT:
        raise ValueError(
            f"`seed` must be at most {MAX_COUNT + 1 - runs} for {runs} runs, not {seed}."
        )
    return range(first, first + runs)
