"""What the matter is with a net, in one sentence that is quick to find: nothing is tried out."""

from __future__ import annotations

from ..data.xor import is_xor
from ..evaluation.corners import CORNERS, lost_corners
from ..evaluation.evaluate import guessing_loss
from ..fit.divergence import starting_loss
from ..fit.fit import Fit
from .causes import has_product, linear_line
from .rate import why_too_high
from .units import Unit, examine_units, groups_of_duplicates, named
from .verdict import is_finite, plural

# Epochs that tell whether the learning rate is too high now, whatever it was at first.
RECENT = 50


def glance(fit: Fit) -> str:
    """The most important thing to be said of a net in training, such as "Corner (0, 1) is lost;
    unit 3 is dead."

    Parameters
    ----------
    fit
        A `Fit` with its data, within its training or after it.
    """
    assert fit.data is not None
    if not is_finite(fit):
        return "The weights are not finite: the learning rate is too high."
    if not len(fit.history):
        return "Not trained yet."
    parts = [trouble_with_rate(fit), trouble_with_shape(fit) or state_of_xor(fit)]
    points = fit.prepared(fit.data.points)
    parts.append(trouble_with_units(examine_units(fit.model, points), len(fit.model.hidden) > 1))
    text = "; ".join(part for part in parts if part) or best_of(fit)
    return f"{text[0].upper()}{text[1:]}."


def trouble_with_rate(fit: Fit) -> str:
    assert fit.data is not None
    start = starting_loss(fit, fit.data)
    guessing = guessing_loss(fit.data.class_shares())
    recent = fit.history.loss[-RECENT:]
    found = None if start is None else why_too_high(recent, start, guessing)
    return f"the learning rate is too high: {found}" if found else ""


def trouble_with_shape(fit: Fit) -> str:
    """What no training can mend."""
    if not is_xor(fit.data):
        return ""
    if line := linear_line(fit):
        return line[0].lower() + line[1:].rstrip(".")
    if fit.model.hidden == (1,) and not has_product(fit):
        return "one hidden unit draws one line, and XOR takes two"
    return ""


def state_of_xor(fit: Fit) -> str:
    if not is_xor(fit.data):
        return ""
    flags = lost_corners(fit.predictor())[0].tolist()
    lost = [str(corner) for corner, flag in zip(CORNERS, flags, strict=True) if flag]
    if not lost:
        return "every corner has its own class"
    *first, last = lost
    names = f"{', '.join(first)} and {last}" if first else last
    return f"{plural('corner', lost)} {names} {plural('is', lost)} lost"


def trouble_with_units(units: list[Unit], several: bool) -> str:
    """The units that do nothing, of the first kind of which there are some."""
    for kind in ("dead", "saturated"):
        found = [unit for unit in units if getattr(unit, kind)]
        if found:
            names = ", ".join(named(found, several)[:4])
            return f"{plural('unit', found)} {names} {plural('is', found)} {kind}"
    groups = groups_of_duplicates(units)
    if groups:
        first, second = named(groups[0], several)[:2]
        return f"unit {second} duplicates unit {first}"
    return ""


def best_of(fit: Fit) -> str:
    history = fit.history
    held_out = history.val_accuracy[-1] if history.val_accuracy else None
    share = history.accuracy[-1] if held_out is None else held_out
    return f"{share:.1%} {'of the held-out points ' if held_out is not None else ''}correct"
