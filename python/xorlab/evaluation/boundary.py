"""The probability surface of a net over a grid of two columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor, nn

from ..checks.optional import data_frame
from ..checks.public import public
from ..checks.words import counted, show
from .accuracy import Loss
from .predict import check_reading, plane_probabilities

if TYPE_CHECKING:
    from pandas import DataFrame

# The lesson's square: from -0.5 to 1.5 in steps of 0.01.
SQUARE = (-0.5, 1.5)
GRID_LINES = 200

# Lines of a grid, for one column or for each of several.
Grid = tuple[NDArray[np.float64], ...]


class Boundary(NamedTuple):
    """Probabilities on a grid: `prob[i, j]` belongs to the point (x1[i], x2[j]), and is that of the
    second of two classes; of more, it has an entry for each class."""

    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    prob: NDArray[np.float64]

    def to_frame(self, levels: Sequence[Any] | None = None) -> DataFrame:
        """A data frame of pandas, a row for each point of the grid, x2 running faster: `x1`, `x2`,
        and `prob`; of more than two classes, in place of that, `prob_` with the name of each class,
        one of `levels`, such as `fit.levels`. None counts them from 0.

        Raises
        ------
        ValueError
            If there are not as many `levels` as classes.
        ImportError
            If pandas is not installed.
        """
        return data_frame(self.to_columns(levels))

    def to_columns(self, levels: Sequence[Any] | None = None) -> dict[str, NDArray[np.float64]]:
        """The columns of `to_frame()`, by name."""
        x1, x2 = np.meshgrid(self.x1, self.x2, indexing="ij")
        points = {"x1": x1.ravel(), "x2": x2.ravel()}
        classes = 2 if self.prob.ndim == 2 else self.prob.shape[2]
        names = range(classes) if levels is None else levels
        if len(names) != classes:
            raise ValueError(f"`levels` must name {classes} classes, not {show(levels)}.")
        if self.prob.ndim == 2:
            return {**points, "prob": self.prob.ravel()}
        prob = self.prob.reshape(-1, classes).T
        return points | {f"prob_{k}": p for k, p in zip(names, prob, strict=True)}


@public
def boundary(
    model: nn.Module, x1: ArrayLike, x2: ArrayLike, loss_module: Loss | None = None
) -> Boundary:
    """Probability of class 1 on a grid, or of each of more than two classes.

    Parameters
    ----------
    model
        Maps float32 [n, 2] to outputs [n, 1], or [n, K] for K classes.
    x1, x2
        Grid lines of the first and second input, shapes [a] and [b].
    loss_module
        The loss that the net was trained with, by which one output is read. With `nn.BCELoss()`,
        `nn.MSELoss()` and others on the scale of the labels it is the probability itself, cut off
        at 0 and 1; with any other, and with None, a logit. Of more outputs, the softmax is taken.

    A net that ends in an `nn.Sigmoid` needs `loss_module`: without it there is a warning.

    Returns
    -------
    A `Boundary`: the two grids and the probabilities, shape [a, b], or [a, b, K] for more than two
    classes; entry (i, j) belongs to the point (x1[i], x2[j]).

    Raises
    ------
    TypeError, ValueError
        If either grid is empty or not finite, or the net does not have two inputs.

    Examples
    --------
    >>> surface = boundary(nn.Linear(2, 1), [0, 0.5, 1], [0, 1])
    >>> surface.prob.shape
    (3, 2)
    """
    first, second = check_grid("x1", x1), check_grid("x2", x2)
    points = torch.cartesian_prod(torch.from_numpy(first), torch.from_numpy(second)).float()
    check_reading(model, loss_module)
    return surface_of(plane_probabilities(model, points, loss_module), first, second)


def surface_of(prob: Tensor, x1: NDArray[np.float64], x2: NDArray[np.float64]) -> Boundary:
    """Probabilities of the points of a grid, [n] or [n, K], as a surface."""
    shape = len(x1), len(x2), *prob.shape[1:]
    return Boundary(x1, x2, prob.reshape(shape).numpy())


class NothingToDrawError(ValueError):
    """A net without a surface: some of its weights or outputs are not finite."""


def check_weights(model: nn.Module) -> None:
    """The net can be drawn: its weights are finite."""
    weights = torch.cat([torch.empty(0), *(w.detach().cpu().ravel() for w in model.parameters())])
    bad = int((~torch.isfinite(weights)).sum())
    if bad:
        raise NothingToDrawError(
            "There is nothing to draw: the weights of the net are not finite "
            f"({bad:,} of {len(weights):,})."
        )


def check_outputs(model: nn.Module, outputs: NDArray[np.float64]) -> None:
    """The net can be drawn: its outputs, shape [..., a, b] over a grid, are finite."""
    at = ~np.isfinite(outputs).reshape(-1, *outputs.shape[-2:]).all(axis=0)
    if at.any():
        largest = max((float(w.detach().abs().max()) for w in model.parameters()), default=0.0)
        raise NothingToDrawError(
            "There is nothing to draw: the output of the net is not finite at "
            f"{at.sum():,} of {counted(at.size, 'point')} (its largest weight is {largest:.2g})."
        )


def check_surface(model: nn.Module, surface: Boundary) -> Boundary:
    """The boundary of a net, which is there to be drawn."""
    check_weights(model)
    prob = surface.prob
    check_outputs(model, prob if prob.ndim == 2 else np.moveaxis(prob, 2, 0))
    return surface


def check_grid(name: str, value: ArrayLike) -> NDArray[np.float64]:
    lines = np.atleast_1d(np.asarray(value))
    if lines.dtype.kind not in "fiu":
        raise TypeError(f"`{name}` must hold numbers, not values of type {lines.dtype}.")
    with np.errstate(over="ignore"):
        finite = np.isfinite(lines.astype(np.float32)).all()  # what a net is asked with
    if lines.ndim != 1 or not len(lines) or not finite:
        raise ValueError(f"`{name}` must be one row of finite numbers, not {show(value)}.")
    return np.array(lines, dtype=np.float64)  # a copy: R's memory is read-only


def chosen_lines(usual: Grid, *given: ArrayLike | None) -> Grid:
    """The grid lines that are given, and the usual ones in place of None."""
    return tuple(
        usual[k] if lines is None else check_grid(f"x{k + 1}", lines)
        for k, lines in enumerate(given)
    )


def default_grid(data: Tensor, xor: bool, lines: int = GRID_LINES) -> Grid:
    """Grid lines around points, for each of their columns: for XOR the lesson's square, or what it
    takes to show them all; for other data their range and a tenth more on each side."""
    lower, upper = data.double().amin(dim=0), data.double().amax(dim=0)
    if xor:
        lower, upper = lower.clamp(max=SQUARE[0]), upper.clamp(min=SQUARE[1])
    else:
        margin = 0.1 * (upper - lower)
        margin[margin == 0] = 1.0
        lower, upper = lower - margin, upper + margin
    ends = zip(lower.tolist(), upper.tolist(), strict=True)
    return tuple(np.linspace(a, b, lines, endpoint=False) for a, b in ends)
