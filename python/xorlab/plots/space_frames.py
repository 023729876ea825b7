"""The points after a net's hidden layers, epoch by epoch, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..evaluation.boundary import Boundary
from ..fit.fit import Fit
from ..fit.section import Section
from .space_map import (
    MOST_SAMPLES,
    Numbers,
    Panel,
    Plane,
    hidden_plane,
    input_share,
    last_outputs,
    plane_logits,
    plane_share,
    spanned,
    surface_on,
)

# A page holds the grid lines for every epoch: each way, and points of each.
_LINES, _STEPS = 8, 22


class SpaceFrames(NamedTuple):
    """What becomes of the inputs' plane, in one plane for all epochs: the two hidden units, or
    their main directions at the last epoch.

    `inputs` are grid lines [lines, steps, 2] in the plane of the inputs, `lines` the same ones
    [epochs, lines, steps, 2] after the hidden layers, `samples` the points [epochs, n, 2]. `x1` and
    `x2` are grid lines over that plane. `logits` [epochs, outputs, 3] are the output layer there:
    the weights of its two directions, and the bias. `note` says what a line can do among the
    inputs, `notes` what the net's own does at each epoch.
    """

    names: list[str]
    caption: str
    inputs: Numbers
    lines: Numbers
    samples: Numbers
    x1: Numbers
    x2: Numbers
    logits: Numbers
    note: str
    notes: list[str]

    def surface(self, k: int) -> Boundary:
        weight, bias = np.split(self.logits[k], [2], axis=1)
        grid = np.stack(np.meshgrid(self.x1, self.x2, indexing="ij"), axis=-1).reshape(-1, 2)
        logits = torch.from_numpy(grid @ weight.T + bias[:, 0])
        return surface_on(self.x1, self.x2, logits[:, 0] if logits.shape[1] == 1 else logits)

    def panels(
        self, k: int, surface: Boundary, section: Section, samples: Numbers
    ) -> tuple[Panel, Panel]:
        """Those before and after the hidden layers at the k-th of the epochs, whose boundary among
        the inputs is given."""
        return (
            Panel("Inputs", self.note, list(section.names), self.inputs, samples, surface),
            Panel(
                *("Hidden units", self.notes[k], self.names),
                *(self.lines[k], self.samples[k], self.surface(k)),
            ),
        )


class Frame(NamedTuple):
    lines: Numbers
    samples: Numbers
    logits: Numbers
    note: str


def space_frames(
    fits: Sequence[Fit], section: Section, x1: Numbers, x2: Numbers
) -> SpaceFrames | None:
    """Frames for a fit at several of its epochs, or None where its net has no two hidden units.

    Parameters
    ----------
    fits
        The fit at each epoch, the last of which chooses the plane.
    section, x1, x2
        The plane of the inputs, and grid lines over it.
    """
    last = fits[-1]
    if last.data is None or not last.model.hidden or last.model.hidden[-1] < 2:
        return None
    chosen = hidden_plane(last)
    on_grid = section.points(x1, x2).reshape(len(x1), len(x2), -1).numpy()
    points = torch.from_numpy(on_lines(on_grid))
    count = len(section.samples(last.data, MOST_SAMPLES)[1])
    frames = [frame_of(fit, chosen, points, last.data.points, count) for fit in fits]
    lines, samples = (np.stack([frame[part] for frame in frames]) for part in (0, 1))
    shown = np.concatenate([lines.reshape(-1, 2), samples.reshape(-1, 2)])
    first, second = spanned(shown, len(x1))
    return SpaceFrames(
        names=chosen.names,
        caption=chosen.caption and f"{chosen.caption} at the last epoch",
        inputs=on_lines(np.stack(np.meshgrid(x1, x2, indexing="ij"), axis=-1)),
        lines=lines,
        samples=samples,
        x1=first,
        x2=second,
        logits=np.stack([frame.logits for frame in frames]),
        note=input_share(last, section),
        notes=[frame.note for frame in frames],
    )


def frame_of(fit: Fit, chosen: Plane, points: Tensor, data: Tensor, count: int) -> Frame:
    """One epoch: the grid lines' points [lines, steps, p] and the first of the data, in the plane
    through its own mean."""
    outputs = last_outputs(fit, data)
    plane = through_mean(chosen, outputs)
    lines = plane.project(last_outputs(fit, points.flatten(0, 1)))
    return Frame(
        lines.reshape(*points.shape[:2], 2),
        plane.project(outputs[:count]),
        logits_in(fit, plane),
        plane_share(fit, plane, outputs),
    )


def on_lines(grid: Numbers) -> Numbers:
    """Some lines of a grid [a, b, columns], along its second direction and then along its first:
    shape [2 * lines, steps, columns]. They are of the grid's own points, since of columns that R
    computes there are no others."""
    (along1, along2), (at1, at2) = (
        [np.linspace(0, size - 1, count).round().astype(int) for size in grid.shape[:2]]
        for count in (_STEPS, _LINES)
    )
    upright = grid[np.ix_(at1, along2)]
    level = grid[np.ix_(along1, at2)].swapaxes(0, 1)
    return np.concatenate([upright, level])


def through_mean(plane: Plane, outputs: Numbers) -> Plane:
    """The parallel plane through the mean of outputs [n, units], with the same coordinates."""
    mean = outputs.mean(axis=0)
    return plane._replace(center=mean - plane.project(mean) @ plane.directions)


def logits_in(fit: Fit, plane: Plane) -> Numbers:
    """The output layer in a plane, where it is linear: shape [outputs, 3]."""
    places = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    right, up, middle = plane_logits(fit, plane, places).reshape(3, -1).numpy()
    return np.stack([right - middle, up - middle, middle], axis=1)
