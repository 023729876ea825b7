"""What R alone calls: pictures as plain values, for base R to draw, and what Ctrl-C interrupted."""

from __future__ import annotations

from typing import Any

from .data.content import dataset_from_dict
from .data.convert import Encoded
from .data.dataset import PointDataset
from .data.preparation import check_encoding
from .fit.fit import Fit
from .fit.interrupted import interrupted_training
from .plots.animation import frame
from .plots.boundary import fit_surface
from .plots.gallery import gallery_content
from .plots.hidden import hidden_surface
from .plots.hidden_panels import hidden_panels
from .plots.network import network_layout
from .plots.study import study_content
from .study.study import interrupted

__all__ = [
    "boundary_content",
    "dataset_from_dict",
    "encoded",
    "frame",
    "gallery_content",
    "hidden_content",
    "network_content",
    "study_content",
    "study_progress",
    "training_progress",
]


def encoded(dataset: PointDataset, encoding: Any) -> Encoded:
    """Data whose columns R made by a formula, which is kept for new data."""
    return Encoded(dataset, check_encoding(encoding, dataset.features))


def boundary_content(fit: Fit) -> dict[str, Any]:
    return fit_surface(fit)._asdict()


def hidden_content(fit: Fit, x1: Any = None, x2: Any = None) -> dict[str, Any]:
    surface = hidden_surface(fit, x1, x2)
    panels = hidden_panels(fit, surface.x1, surface.x2, surface.line, surface.weight)
    return {"surface": surface._asdict(), "panels": panels._asdict()}


def network_content(fit: Fit) -> dict[str, Any]:
    return network_layout(fit)._asdict()


def training_progress() -> list[int]:
    """Epochs done and planned of a training that was interrupted since this was last asked."""
    return interrupted_training.news()


def study_progress() -> list[int]:
    """Nets done and planned of a study that was interrupted since this was last asked."""
    return interrupted.news()
