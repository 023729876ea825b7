"""Accuracy on small data sets, beside R's and scikit-learn's classifiers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np

from .data_sets import FOLDS, TOY_SIZE, DataSet, data_sets
from .peers.classifiers import HELD_OUT, HIDDEN, METHODS, Method
from .process import r_samples
from .timing import Row

TITLE = "Data of one's own"
ABOUT = (
    f"Accuracy in per cent by {FOLDS}-fold cross-validation: the mean over several divisions into "
    "folds, and the lowest and the highest of them. All methods have the same folds, inputs "
    f"standardised by the training rows and, where they are nets, {HIDDEN} hidden units. mtcars: "
    "`am` from six measurements, 32 rows, so that one row is 3.1 points. penguins-like: three "
    "classes of correlated Gaussian measurements, 340 rows. moons, spirals and circles: "
    f"`toy_data()`, {TOY_SIZE} points. Epochs chosen: one training on {1 - HELD_OUT:.0%} of the "
    "training rows, the number of epochs with the lowest loss on the others, then a new training "
    "on all training rows with that number. The budget is in each library's words."
)
BASELINE = None
FILE = "own-data"  # accuracies do not depend on the processor


def measure(rounds: int) -> Iterator[Row]:
    divisions = range(1, 2 * rounds + 1)
    sets = list(data_sets())
    by_r = r_accuracies(sets, divisions)
    for method in METHODS:
        for data in sets:
            yield row(
                method,
                data,
                by_r.get(f"{method.name}|{data.name}")
                or [accuracy(method, data, seed) for seed in divisions],
            )


def row(method: Method, data: DataSet, shares: list[float]) -> Row:
    """The mean, not the median, which on 32 rows would move in steps of a row."""
    spread = min(shares), max(shares)
    return Row(
        "own_data",
        method.name,
        data.name,
        mean(shares),
        *spread,
        "%",
        len(shares),
        note=method.budget,
    )


def accuracy(method: Method, data: DataSet, seed: int) -> float:
    """Per cent of the rows that are classified rightly by what was trained on the other folds."""
    assert method.classify is not None, method.name
    fold = data.folds(seed)
    right = 0
    for held_out in (fold == number for number in range(1, FOLDS + 1)):
        called = method.classify(data.x[~held_out], data.y[~held_out], data.x[held_out], seed)
        right += int(np.sum(called == data.y[held_out]))
    return 100 * right / len(data.y)


def r_accuracies(sets: list[DataSet], divisions: range) -> dict[str, list[float]]:
    """By method|data set, one for each division."""
    with TemporaryDirectory() as folder:
        for data in sets:
            write_csv(Path(folder, f"{data.name}.csv"), data, divisions)
        samples = r_samples("own_data.R", len(divisions), str(HIDDEN), folder)
    return {name: [sample.value for sample in found] for name, found in samples.items()}


def write_csv(path: Path, data: DataSet, divisions: range) -> None:
    names = [*(f"x{i + 1}" for i in range(data.x.shape[1])), "class"]
    names += [f"fold{seed}" for seed in divisions]
    columns = np.column_stack([data.x, data.y, *(data.folds(seed) for seed in divisions)])
    np.savetxt(path, columns, "%.17g", delimiter=",", header=",".join(names), comments="")


def table(rows: list[Row]) -> list[str]:
    """Methods in rows, data sets in columns."""
    sets = list(dict.fromkeys(row.setting for row in rows))
    lines = [["", *sets, "budget"], ["---"] * (len(sets) + 2)]
    for name in dict.fromkeys(row.name for row in rows):
        own = {row.setting: row for row in rows if row.name == name}
        cells = [f"{own[s].value:.1f} ({own[s].low:.1f}, {own[s].high:.1f})" for s in sets]
        lines.append([name, *cells, own[sets[0]].note])
    return [f"| {' | '.join(line)} |" for line in lines]
