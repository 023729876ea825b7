"""The points before and after a net's hidden layers, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..checks.values import check_counts
from ..diagnosis.units import hidden_outputs
from ..evaluation.boundary import Boundary, check_surface, surface_of
from ..evaluation.predict import predicted_classes, surface_probabilities
from ..fit.fit import Fit
from ..fit.section import Section
from .labels import stage

Numbers = NDArray[np.float64]

GRID_LINES = 9  # each way
_STEPS = 60  # points of a grid line
_LINES = 100  # of the surface, each way
_DIRECTIONS = 180  # of lines that are tried
MOST_SAMPLES = 400


class Plane(NamedTuple):
    """A plane in the outputs of the last hidden layer: a point of it, shape [units], two orthogonal
    directions of length 1, shape [2, units], their names, and what the plane leaves out."""

    center: Numbers
    directions: Numbers
    names: list[str]
    caption: str

    def project(self, outputs: Numbers) -> Numbers:
        """Places in the plane, shape [..., 2], of outputs [..., units]."""
        places: Numbers = (outputs - self.center) @ self.directions.T
        return places


class Panel(NamedTuple):
    """One of the two panels: grid lines [lines, steps, 2], samples [n, 2], and the probabilities of
    the classes over the panel (`surface`: x1, x2, prob), all in its own coordinates."""

    title: str
    subtitle: str
    names: list[str]
    lines: Numbers
    samples: Numbers
    surface: Boundary


class Space(NamedTuple):
    """Both panels; `label` holds the classes of the samples, from 0 on."""

    title: str
    caption: str
    inputs: Panel
    hidden: Panel
    label: NDArray[np.int64]


def make_space(fit: Fit, units: Sequence[int] | None = None) -> Space:
    """What `plot_space()` draws."""
    plane = hidden_plane(fit, units)
    section = fit.section()
    if len(section.names) != 2:
        raise ValueError("Hidden space needs two columns of numbers, and there is only one.")
    surface = check_surface(fit.model, fit.boundary_in(section))
    lines = grid_lines(surface.x1, surface.x2)
    samples, label = torch.zeros(0, 2), torch.zeros(0, dtype=torch.int64)
    places = np.zeros((0, 2))
    if fit.data:
        samples, label = section.samples(fit.data, MOST_SAMPLES)
        places = plane.project(last_outputs(fit, fit.data.points[: len(label)]))
    bent = plane.project(outputs_on(fit, section, lines))
    drawn = plane_share(fit, plane, last_outputs(fit, known_points(fit)))
    inputs = Panel(
        "Inputs",
        input_share(fit, section),
        list(section.names),
        lines,
        samples.double().numpy(),
        surface,
    )
    around = surface_in(fit, plane, np.concatenate([bent.reshape(-1, 2), places]))
    hidden = Panel("Hidden units", drawn, plane.names, bent, places, around)
    captions = [one for one in (section.caption, plane.caption) if one]
    title = f"Before and after the hidden layer{'s' * (len(fit.model.hidden) > 1)}{stage(fit)}"
    return Space(title, ". ".join(captions), inputs, hidden, label.numpy())


def hidden_plane(fit: Fit, units: Sequence[int] | None = None) -> Plane:
    """The plane of two chosen hidden units of the last layer, counted from 1, or of the only two;
    else that of the two main directions of their outputs at the training data."""
    if not fit.model.hidden:
        raise ValueError("Hidden space needs a hidden layer, and the net has none.")
    count = fit.model.hidden[-1]
    if count < 2:
        raise ValueError("Hidden space needs two hidden units or more, and the net has one.")
    outputs = last_outputs(fit, known_points(fit))
    center = outputs.mean(axis=0)
    if units is None and count > 2:
        return main_plane(fit, outputs - center, center)
    first, second = (1, 2) if units is None else check_units(units, count)
    directions = np.eye(count)[[first - 1, second - 1]]
    center = np.where(directions.any(axis=0), 0, center)
    left = "" if count == 2 else f"Of {count} hidden units, the others at their means"
    return Plane(center, directions, [f"Unit {first}", f"Unit {second}"], left)


def check_units(units: Any, count: int) -> tuple[int, int]:
    chosen = check_counts("units", units, 2)
    if len(set(chosen)) != 2 or len(chosen) != 2 or max(chosen) > count:
        raise ValueError(
            f"`units` must be two different units from 1 to {count}, not {list(chosen)}."
        )
    return chosen[0], chosen[1]


def main_plane(fit: Fit, centered: Numbers, center: Numbers) -> Plane:
    """Principal components, turned so that what speaks for the last class goes right and up."""
    _, sizes, axes = np.linalg.svd(centered, full_matrices=False)
    weight = fit.model.linears()[-1].weight.detach().double().cpu().numpy()[-1]
    directions = axes[:2] * np.where(axes[:2] @ weight < 0, -1, 1)[:, None]
    held = float((sizes[:2] ** 2).sum() / max((sizes**2).sum(), np.finfo(float).tiny))
    caption = f"{len(center)} hidden units, in the plane that holds {held:.0%} of their spread"
    return Plane(center, directions, ["Main direction", "Second direction"], caption)


def known_points(fit: Fit) -> Tensor:
    """The training data, or where they are not known, places on a grid."""
    if fit.data:
        return fit.data.points
    section = fit.section()
    return section.points(*fit.grid_around(section, GRID_LINES))


def last_outputs(fit: Fit, points: Tensor) -> Numbers:
    """Outputs of the last hidden layer, shape [n, units], at points in the user's units."""
    outputs = hidden_outputs(fit.model, fit.prepared(points))[-1][1]
    return outputs.double().cpu().numpy()


def grid_lines(x1: Numbers, x2: Numbers) -> Numbers:
    """Lines along the second input, then along the first, shape [2 * GRID_LINES, steps, 2]."""
    ends = [(x[0], x[-1]) for x in (x1, x2)]
    (at1, at2), (along1, along2) = (
        [np.linspace(*end, count) for end in ends] for count in (GRID_LINES, _STEPS)
    )
    upright = np.stack(np.meshgrid(at1, along2, indexing="ij"), axis=-1)
    level = np.stack(np.meshgrid(along1, at2, indexing="ij"), axis=-1).swapaxes(0, 1)
    return np.concatenate([upright, level])


def outputs_on(fit: Fit, section: Section, places: Numbers) -> Numbers:
    """Outputs of the last hidden layer at places in the section, shape [..., units]."""
    points = section.fixed.repeat(places[..., 0].size, 1)
    points[:, list(section.places)] = torch.from_numpy(places.reshape(-1, 2))
    return last_outputs(fit, points).reshape(*places.shape[:-1], -1)


def surface_in(fit: Fit, plane: Plane, places: Numbers) -> Boundary:
    """Probabilities over the plane, around places in it."""
    first, second = spanned(places, _LINES)
    grid = np.stack(np.meshgrid(first, second, indexing="ij"), axis=-1).reshape(-1, 2)
    return surface_on(first, second, plane_logits(fit, plane, grid))


def spanned(places: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Grid lines around places [n, 2], as many each way."""
    low, high = places.min(axis=0), places.max(axis=0)
    margin = 0.04 * np.maximum(high - low, 1e-6)
    first, second = np.linspace(low - margin, high + margin, count).T
    return first, second


def surface_on(first: Numbers, second: Numbers, logits: Tensor) -> Boundary:
    return surface_of(surface_probabilities(logits), first, second)


def plane_logits(fit: Fit, plane: Plane, places: Numbers) -> Tensor:
    """What the output layer makes of places in the plane: logits [n] or [n, K], float64."""
    output = fit.model.linears()[-1]
    outputs = torch.from_numpy(plane.center + places @ plane.directions)
    weight, bias = (one.detach().double().cpu() for one in (output.weight, output.bias))
    logits = outputs @ weight.T + bias
    return logits[:, 0] if logits.shape[1] == 1 else logits


def input_share(fit: Fit, section: Section) -> str:
    """How many of the training points of two classes the best line has on their sides among the
    inputs, in words; nothing where they are not known."""
    if not fit.data or len(fit.levels) > 2 or not section.places:
        return ""
    points, label = section.samples(fit.data)
    return f"the best line: {best_line(points.double().numpy(), label.numpy()):.0%} correct"


def plane_share(fit: Fit, plane: Plane, outputs: Numbers) -> str:
    """How many of the training points, of which the outputs are given, the net's own line has on
    their sides in the plane, in words."""
    if not fit.data:
        return ""
    classes, _ = predicted_classes(plane_logits(fit, plane, plane.project(outputs)))
    right = float((classes == fit.data.label).double().mean())
    lines = "straight lines" if len(fit.levels) > 2 else "the net's line"
    return f"{lines}: {right:.0%} correct"


def best_line(points: Numbers, label: NDArray[np.int64]) -> float:
    """The largest share of points of two classes on the right side of a straight line, over lines
    in 180 directions."""
    spread = points.std(axis=0)
    angles = np.linspace(0, np.pi, _DIRECTIONS, endpoint=False)
    along = points / np.where(spread > 0, spread, 1) @ np.stack([np.cos(angles), np.sin(angles)])
    sign = np.where(label == 1, -1, 1)
    # Points in their order along each direction: class 0 before the line and class 1 after it.
    gains = np.cumsum(sign[np.argsort(along, axis=0)], axis=0)
    ones = int((label == 1).sum())
    hits = max(ones + max(gains.max(), 0), len(label) - ones - min(gains.min(), 0))
    return float(hits / len(label))
