"""A net as it learns: boundary, hidden units and loss, as a page with a slider or a GIF."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from ..checks.public import public
from ..checks.words import shortened, show
from ..data.dataset import PointDataset
from ..data.xor import is_xor
from ..evaluation.boundary import Boundary, check_surface
from ..files import check_target, replacing
from ..fit.fit import Fit, check_fit
from ..fit.section import Section
from ..training.history import History
from .animation_gif import Scenes, draw_gif
from .animation_page import frame, page_of, shades_shown, shown_losses, space_shown, two_bytes
from .boundary import LINES as LEVELS
from .labels import cut
from .palette import SERIES_COLORS, VALIDATION_COLOR, class_color
from .samples import class_name
from .space_frames import SpaceFrames, space_frames
from .space_map import MOST_SAMPLES

# Lines of the grid in each direction: a page holds them for every epoch.
LINES = 64


@dataclass(frozen=True, repr=False, eq=False)
class Animation:
    """A net at the epochs whose weights were kept.

    Attributes
    ----------
    epochs
        Their numbers, in order; 0 is before the first.
    x1, x2
        Grid lines, shapes [a] and [b].
    prob
        Shape [epochs, a, b]: entry (k, i, j) is the probability of the second class at the point
        (x1[i], x2[j]) after epoch `epochs[k]`; for K classes, more than two, shape [epochs, a, b,
        K].
    history
        Loss and accuracy of every epoch.
    data
        The `PointDataset` it was trained on, whose first points are drawn.
    section
        Which two of their columns are shown, and what the others are.
    space
        The plane as the last hidden layer has it, epoch by epoch; None where the net has no two
        hidden units.
    """

    epochs: tuple[int, ...]
    x1: NDArray[np.float64]
    x2: NDArray[np.float64]
    prob: NDArray[np.float64]
    history: History
    data: PointDataset
    section: Section
    space: SpaceFrames | None

    def __repr__(self) -> str:
        return f"Animation of {len(self.epochs)} epochs: {shortened(self.epochs)}"

    @property
    def caption(self) -> str:
        """What the two columns and the plane of the hidden units leave out, in words."""
        parts = [self.section.caption, self.space.caption if self.space else ""]
        return ". ".join(one for one in parts if one)

    @public
    def samples(self) -> tuple[Tensor, Tensor]:
        """The points that are drawn, in the two columns, and their labels."""
        return self.section.samples(self.data, MOST_SAMPLES)

    @public
    def to_html(self) -> str:
        """A page that needs nothing else: no server, no other file, no script from elsewhere."""
        return page_of(self.to_dict())

    @public
    def to_dict(self) -> dict[str, Any]:
        """The content of the page: plain values, and the probabilities as numbers of two bytes, the
        lower one first, from 0 to 65,535. `shades` are the colours from 0 to 1, of two classes, and
        `lines` the probabilities with a line of some width; of more classes `shades` has a list for
        each, from 1 / K to 1."""
        points, label = self.samples()
        return {
            "epochs": list(self.epochs),
            "x1": [self.x1[0], self.x1[-1], len(self.x1)],
            "x2": [self.x2[0], self.x2[-1], len(self.x2)],
            "prob": two_bytes(self.prob),
            "space": space_shown(self.space),
            "loss": shown_losses(self.history.loss),
            "accuracy": [float(f"{share:.5g}") for share in self.history.accuracy],
            "val_loss": shown_losses(self.history.val_loss),
            "points": [[float(f"{value:.5g}") for value in point] for point in points.tolist()],
            "label": label.tolist(),
            "levels": [cut(str(level)) for level in self.data.levels],
            "names": [class_name(level, self.data.levels) for level in self.data.levels],
            "features": [cut(name) for name in self.section.names],
            "caption": self.caption,
            "colors": [class_color(k) for k in range(len(self.data.levels))],
            "shades": shades_shown(len(self.data.levels)),
            "lines": [[level, width] for level, width in LEVELS.items()],
            "loss_color": SERIES_COLORS[0],
            "val_loss_color": VALIDATION_COLOR,
            "square": is_xor(self.data),
        }

    @public
    def save(self, path: str | PathLike[str]) -> None:
        """Write a page (.html) or a moving picture (.gif), whole or not at all."""
        write = _WRITERS[check_kind(path)]
        with replacing(path) as file:
            file.write(write(self))

    def _repr_html_(self) -> str:
        return frame(self.to_html())


def page_bytes(animation: Animation) -> bytes:
    return animation.to_html().encode()


def gif_bytes(animation: Animation) -> bytes:
    surfaces = [Boundary(animation.x1, animation.x2, prob) for prob in animation.prob]
    samples = animation.data.take(range(min(MOST_SAMPLES, len(animation.data))))
    return draw_gif(
        Scenes(
            *(animation.epochs, surfaces, animation.history, samples, animation.section),
            *(animation.space, animation.caption),
        )
    )


_WRITERS = {".html": page_bytes, ".gif": gif_bytes}


@public
def animate_xor(fit: Fit, path: str | PathLike[str] | None = None) -> Animation:
    """Show a net as it learns: its boundary, its hidden units and the loss, epoch by epoch.

    The hidden units are shown as by `plot_space()`, where the last hidden layer has two or more.
    Of more than two the plane is that of their main directions at the last epoch, through the mean
    of their outputs at the epoch shown.

    Parameters
    ----------
    fit
        A `Fit` that was trained with `train_xor(snapshots=...)`. Of data of more than two columns,
        the two are shown that predictions depend on most, as by `plot_fit()`.
    path
        A file to write: .html for a page with a slider, .gif for a moving picture; None for none.

    Returns
    -------
    An `Animation`, which shows itself in a notebook.

    Raises
    ------
    TypeError, ValueError
        If `fit` is no such fit, or fewer than two epochs were kept, or the weights or outputs of
        one are not finite, or the file is of another kind.
    OSError
        If the file cannot be written; an older one is unharmed.

    Examples
    --------
    >>> import xorlab
    >>> fit = xorlab.train_xor(epochs=20, seed=1, snapshots=range(0, 21, 5))
    >>> animate_xor(fit).epochs
    (0, 5, 10, 15, 20)
    """
    return animate_in(check_fit(fit), path)


def animate_in(fit: Fit, path: Any, section: Section | None = None, grid: Any = None) -> Animation:
    """An animation in a section, or in the one that shows most."""
    if path is not None:
        check_kind(path)
        check_target(path)
    animation = make_animation(fit, section, grid)
    if path is not None:
        animation.save(path)
    return animation


def make_animation(fit: Fit, section: Section | None, grid: Any) -> Animation:
    epochs = tuple(sorted({*fit.snapshots, fit.epoch}))
    if len(epochs) < 2 or fit.data is None:
        raise ValueError(
            "`fit` must have kept the weights of two epochs or more to be animated: "
            "train it with, say, `snapshots` of 0, 10, 20, ..."
        )
    section = fit.section() if section is None else section
    if len(section.names) != 2:
        raise ValueError("An animation needs two columns of numbers, and there is only one.")
    x1, x2 = fit.grid_around(section, LINES) if grid is None else grid
    fits = [fit.at(epoch) for epoch in epochs]
    surfaces = [check_surface(one.model, one.boundary_in(section, x1, x2)) for one in fits]
    prob = np.stack([surface.prob for surface in surfaces])
    space = space_frames(fits, section, x1, x2)
    return Animation(epochs, x1, x2, prob, fit.history, fit.data, section, space)


def check_kind(path: Any) -> str:
    kind = Path(path).suffix.lower() if isinstance(path, str | PathLike) else None
    if kind not in _WRITERS:
        raise ValueError(f"`path` must be a file that ends in .html or .gif, not {show(path)}.")
    return kind
