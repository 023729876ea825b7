"""What goes into a script: all that made a fit."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal, cast, get_args
from unicodedata import bidirectional

from ..checks.words import show
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..files import check_path
from ..fit.fit import Fit, check_fit
from ..model.classifier import net_name
from ..settings import Settings
from .drawn import is_drawn, is_split

Language = Literal["python", "r"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


_THREE_STREAMS = """\
# One seed, three streams of random numbers: 0 for the data, 1 for the first weights, 2 for the
# order of the batches. numpy derives the start of each stream from the seed.
"""
_FOUR_STREAMS = """\
# One seed, four streams of random numbers: 0 for the data, 1 for the first weights, 2 for the
# order of the batches, 5 for the points held out. numpy derives the start of each from the seed.
"""

# Where validation rows come from: held out of the points that the seed gives, or the fit's file.
Held = Literal["by the seed", "in the file"]


@dataclass(frozen=True)
class Recipe:
    """All that made a fit.

    Attributes
    ----------
    settings
        Those that come to its weights, however the training ended.
    widths
        Of all layers.
    data
        The points that it was trained on.
    own
        Whether they are read from the file of the fit, since no seed gives them.
    path
        That file.
    preparation
        What was learned from the columns.
    held
        Where the validation rows come from; None without.
    size
        Number of the points that the seed gives, of which some may be held out.
    best
        With patience, the best epoch of the fit.
    """

    settings: Settings
    widths: tuple[int, ...]
    data: PointDataset
    own: bool
    path: str
    preparation: Preparation | None
    held: Held | None
    size: int
    best: int | None

    @property
    def several(self) -> bool:
        """Whether there are more than two classes, with an output for each."""
        return len(self.data.levels) > 2

    @property
    def data_seed(self) -> int | None:
        """The seed of the data, where it is not that of the training."""
        seed = self.data.origin.seed if self.data.origin else None
        return None if seed == self.settings.seed else seed

    @property
    def patient(self) -> bool:
        """Whether the weights are those of the best epoch."""
        return self.settings.patience is not None

    def words(self) -> dict[str, Any]:
        """What the templates of both languages have in common, by the names of its places."""
        settings, several = self.settings, self.several
        return {
            "net": net_name(self.widths, settings.activation),
            "layers_of": self.layers_in_words(),
            "seed": settings.seed,
            "size": self.size,
            "trained": len(self.data),
            "std": self.data.origin.std if self.data.origin else None,
            "path": quoted(self.path),
            "loss": "CrossEntropyLoss" if several else "BCEWithLogitsLoss",
            "device": quoted(settings.device),
            "at_most": "at most " if self.patient else "",
            "epochs": settings.epochs,
            "batch_size": settings.batch_size,
            "agreement": self.agreement,
            "streams": _FOUR_STREAMS if self.held == "by the seed" else _THREE_STREAMS,
            "l1": settings.l1,
            "share": settings.validation,
            "patience": settings.patience,
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
        lines = (
            f"# The engine {self.settings.engine!r} took the same steps by closed-form gradients:\n"
            "# its weights agree with these to rounding, about 1e-6.\n"
        )
        if self.patient:
            lines += f"# Its best epoch was {self.best}; rounding may decide between two epochs.\n"
        return lines


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
    settings, drawn, split = shown_settings(fit), is_drawn(fit.data), is_split(fit)
    validation = fit.validation
    held: Held | None = None
    if validation is not None:
        held = "by the seed" if split else "in the file"
    return Recipe(
        *(settings, fit.model.widths, fit.data, not (drawn or split), path, fit.preparation, held),
        len(fit.data) + (len(validation) if validation is not None and split else 0),
        fit.best_epoch,
    )


def shown_settings(fit: Fit) -> Settings:
    """Settings by which the script comes to the weights of a fit: where its training was ended
    before the last epoch, but not by its patience, with so many epochs; with patience only where
    the weights are those of the best epoch."""
    settings, done = cast(Settings, fit.settings), len(fit.history)
    if not fit.kept.restored or settings.patience is None:
        return replace(settings, epochs=done, patience=None, snapshots=())
    if fit.validation is None:
        raise ValueError("`fit` must hold its validation data, by which its best epoch was found.")
    late = done - fit.epoch >= settings.patience
    return replace(settings, epochs=settings.epochs if late else done, snapshots=())


def quoted(text: str | None) -> str:
    """A string in double quotes, as both languages read it.

    What does not show, or turns the direction of the text around it, is written by its number.
    """
    return "".join(map(escaped, json.dumps(text, ensure_ascii=False)))


def escaped(char: str) -> str:
    if char.isprintable() and bidirectional(char) not in ("R", "AL", "AN"):
        return char
    return f"\\U{ord(char):08x}" if ord(char) > 0xFFFF else f"\\u{ord(char):04x}"
