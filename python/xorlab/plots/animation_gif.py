"""The moving picture of `animate_xor()`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..data.dataset import PointDataset
from ..evaluation.boundary import Boundary
from ..fit.section import Section
from ..training.history import History
from .boundary import draw_boundary, draw_key
from .labels import legend_above, set_title
from .palette import SERIES_COLORS, VALIDATION_COLORS
from .samples import draw_samples, of_one_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# How long a picture stands, in milliseconds; the last one stands longer.
STEP = 120
REST = 2000


def draw_gif(
    epochs: Sequence[int],
    surfaces: Sequence[Boundary],
    history: History,
    data: PointDataset,
    section: Section,
) -> bytes:
    """All pictures, one after the other, for ever.

    Parameters
    ----------
    epochs, surfaces
        The numbers of the epochs, and the boundary after each of them.
    history
        Loss of every epoch.
    data
        The points to draw.
    section
        Which of their columns the boundaries are over.
    """
    from PIL import Image

    drawn = (
        draw_picture(epoch, epochs[-1], surface, history, data, section)
        for epoch, surface in zip(epochs, surfaces, strict=True)
    )
    pictures = [Image.open(io.BytesIO(one)).convert("RGB").quantize(255) for one in drawn]
    file = io.BytesIO()
    durations = [STEP] * (len(pictures) - 1) + [REST]
    pictures[0].save(
        file, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0
    )
    return file.getvalue()


def draw_picture(
    epoch: int,
    last: int,
    surface: Boundary,
    history: History,
    data: PointDataset,
    section: Section,
) -> bytes:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=(8.4, 4.4), layout=ConstrainedLayoutEngine(w_pad=0.1))
    left, right = figure.subplots(1, 2)
    draw_boundary(left, surface)
    points, label = section.samples(data)
    square = of_one_unit(data)
    draw_samples(left, points.reshape(-1, 2), label.numpy(), square, data.levels, section.names)
    draw_key(left, data.levels)
    if section.caption:
        set_title(left, "", section.caption)
    left.locator_params(nbins=5)
    draw_loss(right, history, epoch)
    figure.suptitle(f"Epoch {epoch} of {last}")
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=80)
    return file.getvalue()


def draw_loss(ax: Axes, history: History, epoch: int) -> None:
    """The loss of all epochs, those to come in grey, and a dot at the present one."""
    epochs = range(1, len(history) + 1)
    curves = {"Training": (history.loss, SERIES_COLORS[0], "-")}
    if history.val_loss:
        curves["Validation"] = (history.val_loss, VALIDATION_COLORS[0], ":")
    for name, (loss, color, style) in curves.items():
        ax.plot(epochs, loss, color="#CCCCCC", lw=2, ls=style)
        ax.plot(epochs[:epoch], loss[:epoch], color=color, lw=2, ls=style, label=name)
        if epoch:
            ax.plot(epoch, loss[epoch - 1], "o", color=color, clip_on=False)
    if history.val_loss:
        legend_above(ax)
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None), xlim=(0, len(history)))
