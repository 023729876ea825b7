"""What the page of `animate_xor()` is made of."""

from __future__ import annotations

import base64
import html
import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .palette import class_shades, signed_colors, winning
from .space_frames import SpaceFrames

# Height in pixels of the page's frame in a document, until the page knows how wide it is.
FRAME_HEIGHT = 700


def page_of(content: Mapping[str, Any]) -> str:
    page = part("animation.html").replace("/*SCRIPT*/", one_script("draw.js", "animation.js"))
    # A "<" within a script may end it, whatever the quotes around it.
    return page.replace("null/*DATA*/", json.dumps(content).replace("<", "\\u003c"))


def part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def one_script(*modules: str) -> str:
    """Modules as one, each after those that it imports from: a page in one file can import none."""
    text = "".join(part(name) for name in modules)
    text = re.sub(r'^import [^;]* from "[^"]*";\n', "", text, flags=re.MULTILINE)
    return re.sub(r"^export ", "", text, flags=re.MULTILINE)


def shown_losses(losses: Sequence[float]) -> list[float | None]:
    """Losses for the page, None for one that is not finite."""
    return [float(f"{loss:.5g}") if math.isfinite(loss) else None for loss in losses]


def two_bytes(shares: NDArray[np.float64]) -> str:
    """Numbers from 0 to 1 for the page, the lower byte first, from 0 to 65,535."""
    return base64.b64encode(np.rint(65_535 * shares).astype("<u2").tobytes()).decode("ascii")


def space_shown(space: SpaceFrames | None) -> dict[str, Any] | None:
    """The plane of the hidden units for the page: of each epoch the grid lines, line by line, and
    then the samples, as shares of the way from the lowest to the highest grid lines."""
    if space is None:
        return None
    epochs, lines, steps, _ = space.lines.shape
    places = np.concatenate([space.lines.reshape(epochs, -1, 2), space.samples], axis=1)
    low, high = (np.array([space.x1[end], space.x2[end]]) for end in (0, -1))
    return {
        "names": space.names,
        "x1": [space.x1[0], space.x1[-1], len(space.x1)],
        "x2": [space.x2[0], space.x2[-1], len(space.x2)],
        "lines": lines,
        "steps": steps,
        "inputs": [
            [float(f"{value:.5g}") for value in line.ravel()] for line in space.inputs[:, [0, -1]]
        ],
        "places": two_bytes((places - low) / (high - low)),
        "logits": [
            [[float(f"{value:.7g}") for value in one] for one in row] for row in space.logits
        ],
        "note": space.note,
        "notes": space.notes,
    }


def shades_shown(classes: int) -> list[Any]:
    """The colours of the page, as it takes them."""
    from matplotlib.colors import to_hex

    if classes == 2:
        return [to_hex(color) for color in signed_colors()(np.arange(255))]
    sure = np.linspace(1 / classes, 1, 255)
    return [
        [to_hex(color) for color in class_shades(winning(k, classes, sure))] for k in range(classes)
    ]


def frame(page: str) -> str:
    """A page within a page, where its scripts and styles and those around it are kept apart."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" title="A net as it learns" '
        f'style="width: 100%; height: {FRAME_HEIGHT}px; border: 0" '
        "onload=\"this.style.height = this.contentDocument.documentElement.scrollHeight + 'px'\">"
        "</iframe>"
    )
