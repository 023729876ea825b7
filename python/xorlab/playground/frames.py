"""What the page draws, as plain values: what stays as long as the data and the net's shape do, and
what every frame brings."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..data.inputs import INPUTS
from ..data.xor import is_xor
from ..device import one_thread
from ..evaluation.bayes import BayesXor
from ..evaluation.evaluate import evaluate_logits
from ..evaluation.predict import predicted_classes, surface_probabilities
from ..fit.fit import Fit
from ..fit.section import Section
from ..model.activations import ACTIVATIONS
from ..plots.animation_page import shades_shown, space_shown, two_bytes
from ..plots.boundary import LINES as LEVELS
from ..plots.difference_map import known_problem
from ..plots.labels import cut
from ..plots.palette import (
    DIFFERENCE_COLORS,
    PATH_COLOR,
    class_color,
)
from ..plots.samples import class_name
from ..plots.space_frames import space_frames
from ..plots.space_map import MOST_SAMPLES
from ..plots.unit_maps import color_limits, grid_lines
from .live import LiveNet

LINES = 64  # of the grid of the boundary, each way
MAP = 24  # of that of a unit
SHOWN, HELD_OUT_SHOWN = 450, 150  # points that are drawn
CURVE = 500  # entries of a loss curve that is sent at once

Numbers = NDArray[np.float64]
Entry = list[float | int | None]


class Scene:
    """What is drawn of a net, for as long as its data and its shape are the same.

    Raises
    ------
    ValueError
        If there are no two columns of numbers to draw.
    """

    def __init__(self, net: LiveNet) -> None:
        self.net, fit = net, net.fit
        self.section = drawn_section(fit)
        if len(self.section.names) != 2 or not self.section.places:
            raise ValueError(
                "The playground draws two columns of numbers, and there are none in these data."
            )
        self.grid = fit.grid_around(self.section, LINES)
        points, label = self.section.samples(net.data, SHOWN)
        self.training = len(label)
        if fit.validation:
            held_out, its_label = self.section.samples(fit.validation, HELD_OUT_SHOWN)
            points, label = torch.cat([points, held_out]), torch.cat([label, its_label])
        self.points, self.label = points, label
        parts = [
            self.section.points(*self.grid),
            self.section.points(*grid_lines(self.grid, MAP)),
            net.data.points[: self.training].double(),
            *([fit.validation.points[:HELD_OUT_SHOWN].double()] if fit.validation else []),
        ]
        self.sizes = len(parts[0]), len(parts[1]), len(label)
        self.asked = fit.prepared(torch.cat(parts))
        self.sent = 0  # the epoch up to which the curve has been sent
        logits = fit.logits(net.data.points)
        self.first = evaluate_logits(logits, net.data.label)

    # --- once -------------------------------------------------------------------------------------

    def setup(self) -> dict[str, Any]:
        """All but what each frame brings."""
        net, fit, data = self.net, self.net.fit, self.net.data
        self.sent = net.epoch
        return {
            "values": net.experiment.values(),
            "fragment": net.experiment.fragment(),
            "own": net.source is not None,
            "features": [cut(name) for name in self.section.names],
            "caption": self.section.caption,
            "levels": [cut(str(level)) for level in data.levels],
            "names": [class_name(level, data.levels) for level in data.levels],
            **colors(len(data.levels)),
            "x1": ends(self.grid[0]),
            "x2": ends(self.grid[1]),
            "square": is_xor(data),
            "points": rounded(self.points),
            "label": self.label.tolist(),
            "held_out": [k >= self.training for k in range(len(self.label))],
            "counts": [len(data), len(fit.validation) if fit.validation else 0],
            "widths": list(fit.model.widths),
            "columns": list(fit.preparation.columns if fit.preparation else data.features),
            "computed": list(INPUTS) if len(data.features) == 2 else [],
            "activation": fit.model.activation,
            "map": MAP,
            "input_maps": self.input_maps(),
            "ceiling": data.origin.best_accuracy if data.origin else None,
            "exact": self.exact(),
            "curve": [self.entry(epoch) for epoch in thinned(net.epoch)],
            "parted": net.parted or None,
        }

    def input_maps(self) -> str:
        """What goes into the net, over the plane."""
        a, b, _ = self.sizes
        columns = self.asked[a : a + b].double().numpy().T
        reach = np.abs(columns).max(axis=1, keepdims=True)
        return one_byte(0.5 + columns / np.where(reach > 0, 2 * reach, 1.0))

    def exact(self) -> str | None:
        """The exact probabilities of the classes, where they are known."""
        try:
            origin, _ = known_problem(self.net.fit)
        except ValueError:
            return None
        best = BayesXor(origin.noise, origin.kind, origin.classes)  # type: ignore[arg-type]
        return two_bytes(np.nan_to_num(best.boundary(*self.grid).prob, nan=0.5))

    # --- each frame -------------------------------------------------------------------------------

    def frame(self) -> dict[str, Any]:
        """The net as it is."""
        net = self.net
        with one_thread():
            layers, logits = outputs(net, self.asked)
        a, b, _ = self.sizes
        prob = surface_probabilities(logits)
        right = predicted_classes(logits[a + b :])[0] == self.label
        start, self.sent = self.sent, net.epoch
        return {
            "epoch": net.epoch,
            "batch": net.batch,
            "batches": net.batches,
            **self.figures(),
            "prob": two_bytes(np.nan_to_num(prob[:a].numpy(), nan=0.5)),
            "units": self.unit_maps([*(layer[a : a + b] for layer in layers)], prob[a : a + b]),
            "weights": [layer_weights(linear) for linear in net.fit.model.linears()],
            "off": [list(unit) for unit in net.off],
            "hits": "".join(map(str, right.int().tolist())),
            "curve": [self.entry(epoch) for epoch in range(start + 1, net.epoch + 1)],
            "parted": net.parted or None,
        }

    def figures(self) -> dict[str, float | None]:
        """Loss and accuracy of the latest epoch; before the first, those of the first weights."""
        history = self.net.fit.history
        if not len(history):
            return {
                "loss": figure(self.first.loss),
                "accuracy": self.first.accuracy,
                "val_loss": None,
                "val_accuracy": None,
            }
        held_out = bool(history.val_loss)
        return {
            "loss": figure(history.loss[-1]),
            "accuracy": history.accuracy[-1],
            "val_loss": figure(history.val_loss[-1]) if held_out else None,
            "val_accuracy": history.val_accuracy[-1] if held_out else None,
        }

    def entry(self, epoch: int) -> Entry:
        history = self.net.fit.history
        held_out = history.val_loss[epoch - 1] if history.val_loss else None
        return [epoch, figure(history.loss[epoch - 1]), figure(held_out)]

    def unit_maps(self, layers: Sequence[Tensor], prob: Tensor) -> str:
        """What all units give over the plane, within the colours of their layer."""
        activation = ACTIVATIONS[self.net.fit.model.activation]
        shares = []
        for layer in layers:
            values = np.nan_to_num(layer.double().numpy().T, posinf=1e6, neginf=-1e6)
            low, high = color_limits(activation, values)
            shares.append((values - low) / (high - low))
        shares.append(np.nan_to_num(prob.reshape(len(prob), -1).T.numpy(), nan=0.5))
        return one_byte(np.concatenate(shares))

    def space(self) -> dict[str, Any] | None:
        """Hidden space, as the page of an animation has it; None where there is none."""
        fit = self.net.fit
        lines = grid_lines(self.grid, MAP)
        found = space_frames([fit], self.section, *lines)
        shown = space_shown(found)
        if shown is None or found is None:
            return None
        caption = found.caption.removesuffix(" at the last epoch")  # it is the plane of this one
        _, label = self.section.samples(self.net.data, MOST_SAMPLES)
        return {**shown, "caption": caption, "label": label.tolist()}


def drawn_section(fit: Fit) -> Section:
    """The two columns that a picture shows: where there are others, not those of 0 and 1 that stand
    for categories."""
    section = fit.section()
    assert fit.data is not None
    wide = [
        name
        for name, column in zip(fit.features, fit.data.points.T, strict=True)
        if len(torch.unique(column)) > 2
    ]
    return section if {*section.names} <= {*wide} or len(wide) < 2 else fit.section(wide[:2])


@torch.inference_mode()
def outputs(net: LiveNet, x: Tensor) -> tuple[list[Tensor], Tensor]:
    """What all hidden layers give, each [n, units], and the logits, [n] or [n, K]."""
    model, layers = net.fit.model, []
    *hidden, last = model.linears()
    for linear in hidden:
        x = model.act_fn(linear(x))
        layers.append(x)
    logits = last(x)
    return layers, logits[:, 0] if logits.shape[1] == 1 else logits


def layer_weights(linear: torch.nn.Linear) -> list[list[float | None]]:
    """Of each unit, the weights from the layer before, and the bias."""
    rows = torch.cat([linear.weight, linear.bias[:, None]], dim=1).detach().tolist()
    return [[figure(value) for value in row] for row in rows]


def colors(classes: int) -> dict[str, Any]:
    return {
        "colors": [class_color(k) for k in range(classes)],
        "shades": shades_shown(classes),
        "lines": [[level, width] for level, width in LEVELS.items()],
        "difference_colors": list(DIFFERENCE_COLORS),
        "path_color": PATH_COLOR,
    }


def figure(value: float | None) -> float | None:
    """A number that is shown, to five digits; None for what is none."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.5g}")


def rounded(points: Tensor) -> list[list[float]]:
    return [[float(f"{value:.5g}") for value in point] for point in points.tolist()]


def ends(line: Numbers) -> list[float]:
    """A grid's first and last line, and how many there are."""
    return [float(line[0]), float(line[-1]), len(line)]


def one_byte(shares: Numbers) -> str:
    """Numbers from 0 to 1, as bytes."""
    return base64.b64encode(np.rint(255 * shares.clip(0, 1)).astype(np.uint8).tobytes()).decode()


def thinned(epochs: int) -> range:
    """Some of the epochs, evenly spaced, up to the last."""
    step = max(1, math.ceil(epochs / CURVE))
    return range(epochs - (epochs - 1) // step * step if epochs else 1, epochs + 1, step)
