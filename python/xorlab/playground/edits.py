"""What is done to a net by hand: its weights, its hidden units and its points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ..checks.values import check_choice, check_count, check_number
from ..checks.words import show
from ..data.dataset import PointDataset
from ..fit.train import check_classes
from .bounds import MAX_SIZE, OWN
from .experiment import Experiment
from .live import LiveNet
from .source import Source, source_of

# A weight that is typed in; far beyond, nothing is left to be seen.
MAX_WEIGHT = 1000.0
FAR = 1e9  # of a point, which is near the others or it is a slip
MOST_BEFORE = 100  # edits of points that can be taken back
BIAS = -1  # in place of a unit that a weight leads from

EDITED = "A weight was edited by hand."
SWITCHED = "A hidden unit was switched off on the way."
MOVED = "Points were edited by hand on the way."


class Before(NamedTuple):
    """Points as they were before an edit."""

    experiment: Experiment
    source: Source | None
    data: PointDataset


class Editor:
    """Edits a net, by what the page asks for, and takes edits of points back.

    An edit is made between two epochs: one that has begun is finished first.
    """

    def __init__(self, net: LiveNet) -> None:
        self.net = net
        self.before: list[Before] = []

    def edit(self, wanted: Any) -> None:
        """Make an edit: a mapping with its `kind` and what else it takes.

        Raises
        ------
        TypeError, ValueError
            If it is no such edit; nothing has been changed then.
        """
        if not isinstance(wanted, Mapping):
            raise TypeError(f"`edit` must be a mapping, not {show(wanted)}.")
        kinds: dict[str, Callable[..., None]] = {
            "weight": self.set_weight,
            "switch": self.switch,
            "add": self.add_point,
            "move": self.move_point,
            "remove": self.remove_point,
        }
        kind = check_choice("kind", wanted.get("kind"), tuple(kinds))
        others = {str(name): value for name, value in wanted.items() if name != "kind"}
        try:
            call = signature(kinds[kind]).bind(**others)
        except TypeError:
            raise TypeError(f"`edit` has wrong entries for {kind!r}: {show(others)}.") from None
        self.net.finish_epoch()
        kinds[kind](*call.args, **call.kwargs)

    # --- weights and units ------------------------------------------------------------------------

    def set_weight(self, layer: Any, unit: Any, source: Any, value: Any) -> None:
        """Set the weight to a unit of a layer from one of the layer before, or the unit's bias."""
        linears = self.net.fit.model.linears()
        layer = check_place("layer", layer, len(linears))
        linear = linears[layer]
        unit = check_place("unit", unit, linear.out_features)
        if source != BIAS:
            source = check_place("source", source, linear.in_features)
            if (layer - 1, source) in self.net.off:
                raise ValueError("That unit is switched off: switch it on to edit its weights.")
        value = check_number("value", value, minimum=-MAX_WEIGHT, maximum=MAX_WEIGHT)
        with torch.no_grad():
            if source == BIAS:
                linear.bias[unit] = value
            else:
                linear.weight[unit, source] = value
        self.weights_changed(EDITED)

    def switch(self, layer: Any, unit: Any) -> None:
        """Switch a hidden unit off, so that nothing follows from it, or on again."""
        linears, off = self.net.fit.model.linears(), self.net.off
        layer = check_place("layer", layer, len(linears) - 1)
        unit = check_place("unit", unit, linears[layer].out_features)
        onward = linears[layer + 1].weight
        with torch.no_grad():
            if (layer, unit) in off:
                onward[:, unit] = off.pop((layer, unit))
            else:
                off[layer, unit] = onward[:, unit].clone()
                onward[:, unit] = 0
        self.weights_changed(SWITCHED)

    def weights_changed(self, why: str) -> None:
        net = self.net
        net.parted = net.parted or why
        net.trainer.nets.weights.read()
        net.keep()

    # --- points -----------------------------------------------------------------------------------

    def add_point(self, x1: Any, x2: Any, label: Any) -> None:
        """Add a training point of a class, at a place of the picture."""
        data = self.net.data
        if len(data) >= MAX_SIZE:
            raise ValueError(f"There is room for {MAX_SIZE:,} points.")
        label = check_place("label", label, len(data.levels))
        point = self.net.fit.section().points(*check_at(x1, x2))
        # The first points are those that are drawn.
        points = torch.cat([point, data.points.double()])
        self.set_points(points, torch.cat([torch.tensor([label]), data.label]))

    def move_point(self, point: Any, x1: Any, x2: Any) -> None:
        """Move a training point in the picture's plane."""
        data, section = self.net.data, self.net.fit.section()
        points = data.points.double().clone()
        point = check_place("point", point, len(data))
        at = section.points(*check_at(x1, x2))
        columns = list(section.places)
        points[point, columns] = at[0, columns]
        self.set_points(points, data.label)

    def remove_point(self, point: Any) -> None:
        """Remove a training point, unless it is the last of its class."""
        data = self.net.data
        left = torch.ones(len(data), dtype=torch.bool)
        left[check_place("point", point, len(data))] = False
        self.set_points(data.points[left], data.label[left])

    def set_points(self, points: Tensor, label: Tensor) -> None:
        """Train on other points from now on; a net that has begun keeps its weights."""
        net = self.net
        data = check_classes(PointDataset(points, label, net.data.levels, net.data.features))
        former = source_of(net.fit)
        source = former._replace(data=former.data._replace(dataset=data))
        self.before.append(Before(net.experiment, net.source, net.data))
        del self.before[:-MOST_BEFORE]
        try:
            self.take(Before(net.experiment.changed(problem=OWN), source, data))
        except BaseException:
            self.before.pop()
            raise

    def undo(self) -> None:
        """Take the latest edit of points back, if there is one."""
        if self.before:
            self.net.finish_epoch()
            self.take(self.before.pop())

    def take(self, points: Before) -> None:
        net = self.net
        net.source = points.source
        if net.epoch == 0 and not net.parted:
            net.reset(points.experiment)
            return
        net.parted = net.parted or MOVED
        net.experiment, net.fit.data = points.experiment, points.data
        net.get_ready(net.trainer.state(), net.order.generator.get_state())


def check_place(name: str, value: Any, count: int) -> int:
    """A number from 0 on, below `count`."""
    return check_count(name, value, minimum=0, maximum=count - 1)


def check_at(x1: Any, x2: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A place of the picture, as two lines of a grid."""
    first, second = (
        np.array([check_number(name, value, minimum=-FAR, maximum=FAR)])
        for name, value in (("x1", x1), ("x2", x2))
    )
    return first, second
