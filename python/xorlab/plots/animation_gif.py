"""The moving picture of `animate_xor()`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ..evaluation.boundary import Boundary
from ..training.history import History
from .boundary import draw_boundary, draw_key
from .labels import set_title
from .palette import SERIES_COLORS
from .samples import draw_samples, of_one_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .animation import Animation

# How long a picture stands, in milliseconds; the last one stands longer.
STEP = 120
REST = 2000


def draw_gif(animation: Animation) -> bytes:
    """The pictures of all epochs, one after the other, for ever."""
    from PIL import Image

    drawn = (draw_picture(animation, k) for k in range(len(animation.epochs)))
    pictures = [Image.open(io.BytesIO(one)).convert("RGB").quantize(255) for one in drawn]
    file = io.BytesIO()
    durations = [STEP] * (len(pictures) - 1) + [REST]
    pictures[0].save(
        file, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0
    )
    return file.getvalue()


def draw_picture(animation: Animation, k: int) -> bytes:
    """The boundary and the loss at the k-th of the epochs."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    figure = Figure(figsize=(8.4, 4.4), layout=ConstrainedLayoutEngine(w_pad=0.1))
    left, right = figure.subplots(1, 2)
    data, section, epoch = animation.data, animation.section, animation.epochs[k]
    draw_boundary(left, Boundary(animation.x1, animation.x2, animation.prob[k]))
    points, label = animation.samples()
    square = of_one_unit(data)
    draw_samples(left, points.reshape(-1, 2), label.numpy(), square, data.levels, section.names)
    draw_key(left, data.levels)
    if section.caption:
        set_title(left, "", section.caption)
    left.locator_params(nbins=5)
    draw_loss(right, animation.history, epoch)
    figure.suptitle(f"Epoch {epoch} of {animation.epochs[-1]}")
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=80)
    return file.getvalue()


def draw_loss(ax: Axes, history: History, epoch: int) -> None:
    """The loss of all epochs, those to come in grey, and a dot at the present one."""
    epochs = range(1, len(history) + 1)
    ax.plot(epochs, history.loss, color="#CCCCCC", lw=2)
    ax.plot(epochs[:epoch], history.loss[:epoch], color=SERIES_COLORS[0], lw=2)
    if epoch:
        ax.plot(epoch, history.loss[epoch - 1], "o", color=SERIES_COLORS[0], clip_on=False)
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None), xlim=(0, len(history)))
