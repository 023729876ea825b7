"""The weights of many nets of one shape in one array, and their gradients in another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor

from ..model.classifier import SimpleClassifier
from .arrays import Call, Library


class FlatWeights:
    """Copies of the models' weights: `all` and `gradient` are [nets, all weights], `layers` and
    `gradients` views of them for each layer, [nets, out, in + 1], whose last column is the bias."""

    def __init__(self, lib: Library, models: Sequence[SimpleClassifier]) -> None:
        self.lib, self.widths = lib, models[0].widths
        self.names = [name for name, _ in models[0].named_parameters()]
        self.nets = len(models)
        self.count = sum((before + 1) * after for before, after in pairwise(self.widths))
        self.all, self.gradient = self.zeros(), self.zeros()
        self.layers, self.gradients = self.by_layer(self.all), self.by_layer(self.gradient)
        self.parameters: list[tuple[Tensor, Any]] = []
        for net, model in enumerate(models):
            views = self.views(self.all, net).values()
            own = [parameter.detach() for parameter in model.parameters()]
            self.parameters += zip(own, views, strict=True)
        self.copies: list[Call] = [lib.copy_call(*pair) for pair in self.parameters]
        self.read()

    def zeros(self) -> Any:
        """An array with a number for each weight of each net, [nets, all weights]."""
        return self.lib.array(torch.zeros(self.nets, self.count))

    def by_layer(self, flat: Any) -> list[Any]:
        views, start = [], 0
        for before, after in pairwise(self.widths):
            end = start + after * (before + 1)
            views.append(flat[:, start:end].reshape(len(flat), after, before + 1))
            start = end
        return views

    def views(self, flat: Any, net: int) -> dict[str, Any]:
        """The parts of such an array that belong to one net, by the names of its parameters."""
        layers = [layer[net] for layer in self.by_layer(flat)]
        parts = [part for layer in layers for part in (layer[:, :-1], layer[:, -1])]
        return dict(zip(self.names, parts, strict=True))

    def read(self) -> None:
        """Take the weights from the models."""
        for parameter, view in self.parameters:
            view[:] = self.lib.array(parameter)

    def write_back(self) -> None:
        """Put the weights into the models."""
        for call in self.copies:
            call()

    def fill(self, flat: Any, named: Mapping[str, Tensor]) -> None:
        """Put the numbers of a single net, by name, into such an array."""
        for name, view in self.views(flat, 0).items():
            view[:] = self.lib.array(named[name])

    def named(self, flat: Any, net: int) -> dict[str, Tensor]:
        """A copy of the numbers of one net in such an array, by name, on the CPU."""
        return {
            name: torch.as_tensor(view).clone().cpu()
            for name, view in self.views(flat, net).items()
        }
