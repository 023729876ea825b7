"""What a page opens with: a fit, data, an address, or settings."""

from __future__ import annotations

from typing import Any

from ..data.training_data import training_data
from .bounds import OWN, check_hide
from .desk import Start
from .experiment import NAMES, Experiment
from .foreign import read_address
from .source import Source, experiment_of, source_of

SETTINGS = tuple(name for name in NAMES if name != "hide")
# What only changes how a fit is shown.
_SHOWN = ("view", "hide")


def make_start(fit: Any, data: Any, state: Any, hide: Any, settings: dict[str, Any]) -> Start:
    """What the page opens with."""
    if hide := check_hide(hide):
        settings = {**settings, "hide": hide}
    given = [
        name for name, one in (("fit", fit), ("data", data), ("state", state)) if one is not None
    ]
    if fit is not None and len(given) > 1:
        raise ValueError(f"`{given[1]}` must be left out beside `fit`, which has all that it says.")
    if fit is not None:
        goes_on = all(name in _SHOWN for name in settings)
        experiment = experiment_of(fit).changed(**settings)
        return Start(experiment, source_of(fit), fit if goes_on else None)
    opened = read_address(state) if state is not None else None
    experiment = opened.experiment if opened else Experiment()
    source = None
    if (encoded := training_data(data, None, None)) is not None:
        source, settings = Source(encoded), {"problem": OWN, **settings}
    return Start(experiment.changed(**settings), source, None, opened.notes if opened else ())
