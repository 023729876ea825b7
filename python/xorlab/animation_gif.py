"""The moving picture of `animate_xor()`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .data import is_xor
from .history import History
from .plotting import CLASS_COLORS, draw_boundary, draw_samples
from .surface import Boundary

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .animation import Animation

# How long a picture stands, in milliseconds; the last one stands longer.
STEP = 120
REST = 2000


def draw_gif(animation: Animation) -> bytes:
    """All pictures, one after the other, for ever."""
    from PIL import Image

    pictures = [
        Image.open(io.BytesIO(draw_picture(animation, k))).convert("RGB").quantize(128)
        for k in range(len(animation.epochs))
    ]
    file = io.BytesIO()
    durations = [STEP] * (len(pictures) - 1) + [REST]
    pictures[0].save(
        file, "GIF", save_all=True, append_images=pictures[1:], duration=durations, loop=0
    )
    return file.getvalue()


def draw_picture(animation: Animation, k: int) -> bytes:
    from matplotlib.figure import Figure

    points, label = animation.samples()
    epoch = animation.epochs[k]
    figure = Figure(figsize=(8.4, 4.4), layout="constrained")
    left, right = figure.subplots(1, 2)
    draw_boundary(left, Boundary(animation.x1, animation.x2, animation.prob[k]))
    draw_samples(left, points, label.numpy(), is_xor(animation.data), animation.data)
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
    ax.plot(epochs[:epoch], history.loss[:epoch], color=CLASS_COLORS[0], lw=2)
    if epoch:
        ax.plot(epoch, history.loss[epoch - 1], "o", color=CLASS_COLORS[0], clip_on=False)
    ax.set(xlabel="Epoch", ylabel="Loss", ylim=(0, None), xlim=(0, len(history)))
