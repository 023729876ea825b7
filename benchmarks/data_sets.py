"""Small data sets for classifiers, and their division into folds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import numpy as np
import xorlab
from numpy.typing import NDArray
from sklearn.datasets import load_iris
from sklearn.model_selection import StratifiedKFold

from .process import run_r

FOLDS = 5
TOYS = ("moons", "spirals", "circles")
TOY_SIZE = 300
TOY_SEED = 1
MEASUREMENTS = ("mpg", "disp", "hp", "drat", "wt", "qsec")


@dataclass(frozen=True)
class DataSet:
    """Points [n, p] in their own units, and classes 0, 1, ... [n]."""

    name: str
    x: NDArray[np.float64]
    y: NDArray[np.int64]

    def folds(self, seed: int) -> NDArray[np.int64]:
        """The fold 1, ..., 5 of each row; each fold has its share of every class."""
        fold = np.zeros(len(self.y), dtype=np.int64)
        division = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
        for number, (_, rows) in enumerate(division.split(self.x, self.y), start=1):
            fold[rows] = number
        return fold


def iris() -> DataSet:
    x, y = load_iris(return_X_y=True)
    return DataSet("iris", x, y)


def mtcars() -> DataSet:
    """Manual or automatic transmission, from six measurements: R's own data."""
    columns = ", ".join(f"'{name}'" for name in (*MEASUREMENTS, "am"))
    text = run_r("-e", f"write.csv(mtcars[c({columns})], row.names = FALSE)")
    table = np.loadtxt(StringIO(text), delimiter=",", skiprows=1)
    return DataSet("mtcars", table[:, :-1], table[:, -1].astype(np.int64))


def penguins_like(seed: int = 1) -> DataSet:
    """Three kinds of an invented bird by two lengths and a depth in mm and a mass in g.

    The first two kinds differ in one length alone, and all four measurements grow with the bird.
    """
    rng = np.random.default_rng(seed)
    y = np.repeat([0, 1, 2], [150, 70, 120])
    mean = np.array([[39, 18, 190, 3700], [48, 18, 195, 3750], [47, 15, 216, 5100]])
    spread = np.array([3, 1.1, 6.5, 450])
    size = rng.normal(size=(len(y), 1))
    x = mean[y] + spread * (0.7 * size + np.sqrt(1 - 0.7**2) * rng.normal(size=(len(y), 4)))
    return DataSet("penguins-like", x, y)


def toy(kind: str) -> DataSet:
    data: Any = xorlab.toy_data(kind, TOY_SIZE, seed=TOY_SEED)
    return DataSet(kind, data.points.double().numpy(), data.label.numpy())


def data_sets() -> Iterator[DataSet]:
    yield from (iris(), mtcars(), penguins_like())
    yield from (toy(kind) for kind in TOYS)
