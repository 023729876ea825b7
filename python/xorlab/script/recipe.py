"""What goes into a script: all that made a fit."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal, get_args
from unicodedata import bidirectional

import torch

from ..checks.words import show
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..data.xor import XORDataset, is_xor
from ..files import check_path
from ..fit.fit import Fit, check_fit
from ..model.classifier import net_name
from ..settings import Settings

Language = Literal["python", "r"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Recipe:
    """The settings with the epochs done so far, the widths of all layers, and the data.

    `own` is the file of a fit whose data cannot be made from a seed; None for XOR.
    """

    settings: Settings
    widths: tuple[int, ...]
    data: PointDataset
    own: str | None
    preparation: Preparation | None

    @property
    def several(self) -> bool:
        """Whether there are more than two classes, with an output for each."""
        return len(self.data.levels) > 2

    @property
    def data_seed(self) -> int | None:
        """The seed of the data, where it is not that of the training."""
        seed = self.data.origin.seed if self.data.origin else None
        return None if seed == self.settings.seed else seed

    def words(self) -> dict[str, Any]:
        """What the templates of both languages have in common, by the names of its places."""
        settings, several = self.settings, self.several
        return {
            "net": net_name(self.widths, settings.activation),
            "layers_of": self.layers_in_words(),
            "seed": settings.seed,
            "size": len(self.data),
            "std": self.data.origin.std if self.data.origin else None,
            "path": quoted(self.own),
            "loss": "CrossEntropyLoss" if several else "BCEWithLogitsLoss",
            "device": quoted(settings.device),
            "epochs": settings.epochs,
            "batch_size": settings.batch_size,
            "agreement": self.agreement,
        }

    def layers_in_words(self) -> str:
        logits = "a logit for each class" if self.several else "a logit"
        if not self.settings.hidden:
            return f"one linear layer, as in logistic regression, which gives {logits}."
        between = f"linear layers with {self.settings.activation} between them."
        return f"{between} The last gives {logits}."

    @property
    def agreement(self) -> str:
        """A comment on the weights of a fit whose engine adds in another order than the script."""
        if self.settings.engine == "autograd":
            return ""
        return (
            f"# The engine {self.settings.engine!r} took the same steps by closed-form gradients:\n"
            "# its weights agree with these to rounding, about 1e-6.\n"
        )


def make_recipe(fit: Fit, language: Language, path: str) -> Recipe:
    check_fit(fit)
    if fit.settings is None or fit.data is None:
        raise ValueError(
            "`fit` must hold its settings and data, but this one was read from bare weights."
        )
    if not len(fit.history):
        raise ValueError("`fit` must have at least one epoch to be shown, but it has none.")
    path = PurePath(check_path(path)).as_posix()
    if language == "r" and path != path.encode("utf-8", "replace").decode():  # lone surrogates
        raise ValueError(f"`path` must be text that R can read, not {show(path)}.")
    own = None if is_drawn(fit.data) else path
    settings = replace(fit.settings, epochs=len(fit.history))
    return Recipe(settings, fit.model.widths, fit.data, own, fit.preparation)


def is_drawn(data: PointDataset) -> bool:
    """Whether the points are those that their seed gives, and not some of them or others."""
    if data.origin is None or data.origin.seed is None or not is_xor(data):
        return False
    again = XORDataset(len(data), data.origin.std, data.origin.seed)
    return torch.equal(again.data, data.data) and torch.equal(again.label, data.label)


def quoted(text: str | None) -> str:
    """A string in double quotes, as both languages read it.

    What does not show, or turns the direction of the text around it, is written by its number.
    """
    return "".join(map(escaped, json.dumps(text, ensure_ascii=False)))


def escaped(char: str) -> str:
    if char.isprintable() and bidirectional(char) not in ("R", "AL", "AN"):
        return char
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"
