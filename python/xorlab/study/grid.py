"""The configurations of a study: every combination of the values of its arguments."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..checks.values import MAX_COUNT, check_choice, check_count
from ..checks.words import show
from ..data.dataset import PointDataset
from ..data.frames import is_frame
from ..data.origin import NOISES
from ..data.training_data import training_data
from ..model.classifier import check_hidden
from ..seed import resolve_seed
from ..settings import Settings
from .config import OWN, Config
from .samples import check_own
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
    return Config(settings, len(data), None, OWN, data, scale, inputs)


def check_distinct(grid: Mapping[str, Sequence[Any]], configs: Sequence[Config]) -> None:
    """No argument of a sweep holds a value twice."""
    for name, values in grid.items():
        if name == "std" and None in values:
            if len(values) > 1:
                raise ValueError("`std` must be None alone, or numbers.")
            continue
        found = Counter(config.columns()[name] for config in configs)
        if len(found) == len(values):
            continue
        hint = ""
        if name == "hidden" and not any(isinstance(one, Iterable) for one in values):
            layers = ", ".join(str(*check_hidden(name, one)) for one in values)
            hint = f" In a sweep, a net of several hidden layers is a tuple: [({layers})]."
        raise ValueError(
            f"`{name}` must hold each value once, but {plain(found.most_common(1)[0][0])} is "
            f"there more than once.{hint}"
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
