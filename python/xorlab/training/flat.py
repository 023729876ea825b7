"""The weights of many nets of one shape in one array, and their gradients in another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..model.classifier import SimpleClassifier
from .arrays import Call, Library


class FlatWeights:
    """Copies of the models' weights: `all` and `gradient` are [nets, all weights], `layers` and
    `gradients` views of them for each layer, [nets, out, in + 1], whose last column is the bias."""

    def __init__(self, lib: Library, models: Sequence[SimpleClassifier]) -> None:
        self.widths = models[0].widths
        count = sum((before + 1) * after for before, after in pairwise(self.widths))
        self.all = lib.ones(len(models), count)
        self.gradient = lib.ones(len(models), count)
        self.layers, self.gradients = self.by_layer(self.all), self.by_layer(self.gradient)
        self.copies: list[Call] = []
        for i, model in enumerate(models):
            for weights, layer in zip(self.layers, model.linears(), strict=True):
                self.link(lib, layer.weight.detach(), weights[i, :, :-1])
                self.link(lib, layer.bias.detach(), weights[i, :, -1])

    def by_layer(self, flat: Any) -> list[Any]:
        views, start = [], 0
        for before, after in pairwise(self.widths):
            end = start + after * (before + 1)
            views.append(flat[:, start:end].reshape(len(flat), after, before + 1))
            start = end
        return views

    def link(self, lib: Library, parameter: Any, view: Any) -> None:
        """Read a parameter of a model, and note the call that writes it back."""
        view[:] = lib.array(parameter)
        self.copies.append(lib.copy_call(parameter, view))

    def write_back(self) -> None:
        """Put the weights into the models."""
        for call in self.copies:
            call()
