"""The hidden units of a net on given points: which are at work, and which are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..checks.words import counted
from ..device import module_device
from ..evaluation.predict import evaluating
from ..model.activations import ACTIVATIONS, Activation
from ..model.classifier import SimpleClassifier

# A unit is dead when its output varies (in standard deviations) by no more than this over the
# points: as a share of the largest output where the activation is bounded, as of tanh and sigmoid,
# and else of what its steepest slope would make of what goes into it. It is a constant then, and
# the next layer's bias could replace it. Where the activation is not bounded, a unit that is flat
# at every point is dead too: it was meant to be at work on one side of its line, and is not.
DEAD_SPREAD = 0.01

# A unit is flat at a point where its slope is below FLAT_SLOPE of the steepest. One of a bounded
# activation is saturated when it is flat at a share of SATURATED_SHARE of the points or more:
# hardly any gradient passes, and it hardly learns.
# (Half-way up this is as it should be: a unit of a net that has learned is flat off its line.)
FLAT_SLOPE = 0.05
SATURATED_SHARE = 0.9

# A unit duplicates an earlier one of its layer when the correlation of their outputs over the
# points is at least this, in absolute value. One is then nearly a + b times the other, and can be
# folded into it: add b times its outgoing weights to the other's, a times them to the next bias.
DUPLICATE_CORRELATION = 0.99

# Points beyond these add nothing to shares and correlations.
_MOST_POINTS = 10_000


class Unit(NamedTuple):
    """What one hidden unit does on the points; layers and units are counted from 1.

    `spread` is the standard deviation of its output, `flat` the share of points at which its slope
    is small, `twin` the earlier unit that it duplicates (None: none), with their `correlation`.
    """

    layer: int
    unit: int
    dead: bool
    saturated: bool
    twin: int | None
    correlation: float | None
    spread: float
    flat: float


def examine_units(model: SimpleClassifier, x: Tensor) -> list[Unit]:
    """Every hidden unit of a net on points, shape [n, p], layer by layer."""
    return [
        unit
        for layer, (before, after) in enumerate(hidden_outputs(model, x[:_MOST_POINTS]), start=1)
        for unit in examine_layer(layer, ACTIVATIONS[model.activation], before, after)
    ]


def hidden_outputs(model: SimpleClassifier, x: Tensor) -> list[tuple[Tensor, Tensor]]:
    """For each hidden layer, what goes into its units and what comes out, float64 [n, units]."""
    x = x.to(module_device(model))
    layers = []
    with evaluating(model):
        for linear in model.linears()[:-1]:
            before = linear(x)
            x = model.act_fn(before)
            layers.append((before.double().cpu(), x.double().cpu()))
    return layers


def examine_layer(layer: int, activation: Activation, before: Tensor, after: Tensor) -> list[Unit]:
    bounded = activation.saturates
    spread = after.std(dim=0, correction=0)
    flat = (slopes(activation, after) < FLAT_SLOPE).double().mean(dim=0)
    if bounded:
        dead = spread <= DEAD_SPREAD * max(abs(activation.low), abs(activation.high))
    else:
        reach = activation.steepest * before.std(dim=0, correction=0)
        dead = (spread <= DEAD_SPREAD * reach) | (flat == 1)
    flats, spreads = flat.tolist(), spread.tolist()
    centered = after - after.mean(dim=0)
    directions = centered / centered.norm(dim=0)
    correlations = (directions.T @ directions).masked_fill(dead, 0)
    units = []
    for i, constant in enumerate(dead.tolist()):
        saturated = bounded and not constant and flats[i] >= SATURATED_SHARE
        twin, correlation = (None, None) if constant else find_twin(correlations[i, :i])
        units.append(
            Unit(layer, i + 1, constant, saturated, twin, correlation, spreads[i], flats[i])
        )
    return units


def slopes(activation: Activation, after: Tensor) -> Tensor:
    """The slope of each unit at each point, from its output, as a share of the steepest."""
    slope = torch.empty_like(after)
    activation.slope(np, after.numpy(), slope.numpy())
    return slope / activation.steepest


def find_twin(correlations: Tensor) -> tuple[int, float] | tuple[None, None]:
    """The first earlier unit, counted from 1, that a unit duplicates, with their correlation."""
    hits = (correlations.abs() >= DUPLICATE_CORRELATION).nonzero().flatten().tolist()
    return (hits[0] + 1, correlations[hits[0]].item()) if hits else (None, None)


def groups_of_duplicates(units: Sequence[Unit]) -> list[list[Unit]]:
    """Units of the same layer that duplicate each other, each group led by its first."""
    groups: dict[tuple[int, int], list[Unit]] = {}
    leaders: dict[tuple[int, int], tuple[int, int]] = {}
    for unit in units:
        place = unit.layer, unit.unit
        twin = (unit.layer, unit.twin) if unit.twin else place
        leaders[place] = leaders.get(twin, place)
        groups.setdefault(leaders[place], []).append(unit)
    return [group for group in groups.values() if len(group) > 1]


# Names and groups shown of each kind.
_SHOWN = 4
_NAMED = 16  # of more units, duplicates are only counted


def unit_note(units: Sequence[Unit]) -> str:
    """One line on all the hidden units, however many there are."""
    several = len({unit.layer for unit in units}) > 1
    parts = []
    for kind in ("dead", "saturated"):
        if found := [unit for unit in units if getattr(unit, kind)]:
            verb = "is" if len(found) == 1 else "are"
            parts.append(f"{len(found)} {verb} {kind} ({shown(named(found, several), ', ')})")
    if groups := groups_of_duplicates(units):
        spare = sum(len(group) - 1 for group in groups)
        names = [shown(named(group, several), " = ") for group in groups]
        which = f" ({shown(names, '; ')})" if len(units) <= _NAMED else ""
        parts.append(f"{spare:,} {'duplicates' if spare == 1 else 'duplicate'} another{which}")
    if not parts:
        return f"Hidden units: {'all ' if len(units) > 1 else ''}{len(units)} at work."
    by_layer = " Unit 2.1 is the first of layer 2." if several else ""
    return f"Of {counted(len(units), 'hidden unit')}, {', '.join(parts)}.{by_layer}"


def named(units: Sequence[Unit], several: bool) -> list[str]:
    return [f"{unit.layer}.{unit.unit}" if several else f"{unit.unit}" for unit in units]


def shown(names: Sequence[str], between: str) -> str:
    return between.join([*names[:_SHOWN], *(["..."] if len(names) > _SHOWN else [])])
