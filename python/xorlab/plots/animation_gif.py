"""The moving picture of `animate_xor()`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..data.dataset import PointDataset
from ..evaluation.boundary import Boundary
from ..fit.section import Section
from ..training.history import History
from .boundary import draw_boundary, draw_key
from .labels import as_text, balanced, legend_above, name_axes
from .palette import SERIES_COLORS, VALIDATION_COLOR
from .samples import draw_points, of_one_unit
from .space import draw_panel
from .space_frames import SpaceFrames

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# How long a picture stands, in milliseconds; the last one stands longer.
STEP = 120
REST = 2000
# Inches, few enough that the text can be read where a page shows the picture 480 pixels wide.
_WIDTH = 6.4
_HEIGHT, _LOW = 5.2, 3.5  # with the hidden units, and without
_DPI = 110
_SIZE = 10  # of points
_LETTERS = 80  # of a line of the caption


class Scenes(NamedTuple):
    """The boundary after each of some epochs, the loss of all, and the first points of the data;
    `space` is None where the net has no two hidden units."""

    epochs: Sequence[int]
    surfaces: Sequence[Boundary]
    history: History
    data: PointDataset
    section: Section
    space: SpaceFrames | None
    caption: str


def draw_gif(scenes: Scenes) -> bytes:
    """All pictures, one after the other, for ever."""
    from PIL import Image

    drawn = (draw_picture(scenes, k) for k in range(len(scenes.epochs)))
    pictures = [Image.open(io.BytesIO(one)).convert("RGB").quantize(255) for one in drawn]
    file = io.BytesIO()
    durations = [STEP] * (len(pictures) - 1) + [REST]
    pictures[0].save(
        file, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0
    )
    return file.getvalue()


def draw_picture(scenes: Scenes, k: int) -> bytes:
    """The picture of the k-th epoch."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(w_pad=0.1)
    figure = Figure(figsize=(_WIDTH, _HEIGHT if scenes.space else _LOW), layout=layout)
    samples, label = scenes.section.samples(scenes.data)
    places = samples.reshape(-1, 2).numpy()
    if scenes.space:
        axes = figure.subplot_mosaic([["inputs", "hidden"], ["loss", "loss"]], height_ratios=[3, 1])
        panels = scenes.space.panels(k, scenes.surfaces[k], scenes.section, places)
        for name, panel in zip(("inputs", "hidden"), panels, strict=True):
            draw_panel(axes[name], panel, label.numpy(), scenes.data.levels, _SIZE)
    else:
        axes = figure.subplot_mosaic([["inputs", "loss"]])
        draw_boundary(axes["inputs"], scenes.surfaces[k])
        draw_points(axes["inputs"], places, label.numpy(), scenes.data.levels, s=_SIZE)
        name_axes(axes["inputs"], scenes.section.names)
        legend_above(axes["inputs"])
    if of_one_unit(scenes.data):
        axes["inputs"].set_aspect("equal")
    draw_key(axes["inputs"], scenes.data.levels)
    epoch = scenes.epochs[k]
    draw_loss(axes["loss"], scenes.history, epoch)
    for ax in axes.values():
        ax.locator_params(nbins=5)
    if scenes.space:
        axes["loss"].locator_params(axis="y", nbins=3)
    figure.suptitle(f"Epoch {epoch} of {scenes.epochs[-1]}")
    if scenes.caption:
        caption = "\n".join(balanced(scenes.caption, _LETTERS))
        as_text(figure.supxlabel(caption, fontsize="small", color="#555555"))
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DPI)
    return file.getvalue()


def draw_loss(ax: Axes, history: History, epoch: int) -> None:
    """The loss of all epochs, those to come in grey, and a dot at the present one."""
    epochs = range(1, len(history) + 1)
    curves = {"Training": (history.loss, SERIES_COLORS[0], "-")}
    if history.val_loss:
        curves["Validation"] = (history.val_loss, VALIDATION_COLOR, ":")
    for name, (loss, color, style) in curves.items():
        ax.plot(epochs, loss, color="#CCCCCC", lw=2, ls=style)
        ax.plot(epochs[:epoch], loss[:epoch], color=color, lw=2, ls=style, label=name)
        if epoch:
            ax.plot(epoch, loss[epoch - 1], "o", color=color, clip_on=False)
    if history.val_loss:
        legend_above(ax)
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None), xlim=(0, len(history)))
