"""What R alone calls: pictures as plain values, for base R to draw, what Ctrl-C interrupted, and
what goes over the border in parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from .checks.optional import missing_shiny
from .data.content import dataset_from_dict
from .data.dataset import PointDataset
from .data.preparation import check_encoding
from .data.training_data import Encoded
from .evaluation.boundary import check_surface
from .evaluation.evaluate import losses
from .fit.content import check_known
from .fit.fit import Fit
from .fit.interrupted import interrupted_training
from .fit.section import Section, section_caption
from .fit.section_columns import user_columns
from .playground.opened import OpenPage
from .playground.opening import has_browser
from .playground.start import make_start
from .plots.animation import Animation, animate_in
from .plots.animation_page import frame
from .plots.curve import fit_curve
from .plots.difference_map import difference_content
from .plots.fit_points import misclassified
from .plots.gallery_panels import gallery_content
from .plots.hidden_panels import hidden_panels
from .plots.hidden_surface import hidden_surface
from .plots.history_panels import history_content
from .plots.landscape_map import Directions, make_landscape
from .plots.lr_find import lr_find_content
from .plots.network_layout import network_layout
from .plots.space_map import make_space
from .plots.study import study_content
from .study.interrupted import interrupted
from .training.callbacks import AfterEpoch
from .training.history import History

__all__ = [
    "after_epoch",
    "animation",
    "boundary_content",
    "dataset_from_dict",
    "difference_content",
    "encoded",
    "formula_section",
    "frame",
    "gallery_content",
    "has_browser",
    "hidden_content",
    "history_content",
    "landscape_content",
    "lr_find_content",
    "misclassified",
    "missing_shiny",
    "network_content",
    "open_playground",
    "space_content",
    "study_content",
    "study_progress",
    "training_losses",
    "training_progress",
]


def encoded(dataset: PointDataset, encoding: Any, held_out: PointDataset | None = None) -> Encoded:
    """Data whose columns R made by a formula, which is kept for new data, and rows that an earlier
    training held out for validation."""
    return Encoded(dataset, check_encoding(encoding, dataset.features), held_out)


def after_epoch(function: Callable[[int, dict[str, list[float]]], Any]) -> AfterEpoch:
    """A callback that is a function of R's, which raises nothing itself, but answers what is to be
    raised here: R's way out of a function would leave the frames of Python's behind."""

    def call(epoch: int, history: History) -> Any:
        answer = function(epoch, history.to_dict())
        if answer == "interrupted":
            raise KeyboardInterrupt
        if answer == "failed":
            raise RuntimeError("`after_epoch` failed.")
        return answer

    return call


def boundary_content(
    fit: Fit, section: Section, x1: Any = None, x2: Any = None, drawn: bool = True
) -> dict[str, Any]:
    """A fit's boundary, and in words what its other columns are; of one column the probabilities
    along it, where they are to be drawn."""
    words = {"names": list(section.names), "caption": section.caption}
    if drawn and len(section.names) == 1:
        x, prob = fit_curve(fit, section, x1)
        return {**words, "x1": x, "prob": prob}
    surface = fit.boundary_in(section, x1, x2)
    if drawn:
        check_surface(fit.model, surface)
    return {**words, **surface._asdict()}


def formula_section(
    fit: Fit,
    names: Sequence[str],
    points: Any,
    variables: Mapping[str, Sequence[Any]],
    at: Mapping[str, Any] | None,
    typical: Mapping[str, Any],
    chosen: bool,
) -> Section:
    """A section of a formula's variables, whose columns for the points of a grid R has computed.

    `variables` has the levels of each, none for numbers; `at` values of some that do not vary,
    `typical` those that the others have, and `chosen` says whether those that do vary are the most
    influential ones.
    """
    columns = user_columns([], variables)
    free = [one for one in columns if one.name in names]
    caption = section_caption(columns, free, at or {}, typical, chosen)
    plain = all(name in fit.features for name in names)
    places = tuple(fit.features.index(name) for name in names) if plain else ()
    given = torch.tensor(points, dtype=torch.float64)
    return Section(tuple(names), places, given[0], caption, given)


def animation(fit: Fit, path: Any, section: Section, x1: Any, x2: Any) -> Animation:
    """`animate_xor()` in a section and on a grid of R's."""
    return animate_in(fit, path, section, (np.asarray(x1), np.asarray(x2)))


def hidden_content(fit: Fit, x1: Any = None, x2: Any = None) -> dict[str, Any]:
    surface = hidden_surface(fit, x1, x2)
    panels = hidden_panels(fit, surface.x1, surface.x2, surface.line, surface.weight)
    return {"surface": surface._asdict(), "panels": panels._asdict()}


def network_content(fit: Fit) -> dict[str, Any]:
    layout = network_layout(fit)
    return {**layout._asdict(), "maps": layout.maps and layout.maps._asdict()}


def landscape_content(fit: Fit, directions: Directions, seed: int) -> dict[str, Any]:
    return make_landscape(fit, directions, seed)._asdict()


def space_content(fit: Fit, units: Sequence[int] | None = None) -> dict[str, Any]:
    space = make_space(fit, units)
    panels = {
        name: {**panel._asdict(), "surface": panel.surface._asdict()}
        for name, panel in (("inputs", space.inputs), ("hidden", space.hidden))
    }
    return {**space._asdict(), **panels}


def open_playground(
    fit: Fit | None,
    data: Any,
    state: str | None,
    hide: Sequence[str],
    settings: Mapping[str, Any],
    host: str | None,
    port: int | None,
) -> OpenPage:
    """A page that R is to show and then to run, on its own thread."""
    return OpenPage(make_start(fit, data, state, hide, dict(settings)), host, port, True)


def training_losses(fit: Fit) -> NDArray[np.float64]:
    """The loss of each point that a fit was trained on."""
    data = check_known(fit.data)
    return losses(fit.logits(data.points), data.label).numpy()


def training_progress() -> list[int]:
    """Epochs done and planned of a training that was interrupted since this was last asked."""
    return interrupted_training.news()


def study_progress() -> list[int]:
    """Nets done and planned of a study that was interrupted since this was last asked."""
    return interrupted.news()
