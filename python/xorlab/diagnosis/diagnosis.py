"""What went wrong in a training, and why: in plain words, and as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..checks.public import public
from ..checks.words import counted
from ..data.columns import warn_if_far
from ..data.convert import Data
from ..data.dataset import PointDataset
from ..data.origin import DEFAULT_STD
from ..data.xor import XORDataset, is_xor
from ..evaluation.corners import CORNERS
from ..fit.fit import Fit, check_fit
from .causes import Cause, find_cause
from .rate import Rate
from .units import Unit, examine_units, unit_note
from .verdict import is_finite, judge_on_own, judge_on_xor, margin

# What is assumed where a net with two inputs comes without its data.
_ASSUMED_STD = DEFAULT_STD
_ASSUMED_SIZE = 2500


# Their line is the first: it says what the matter is.
_CAUSES_OF_THE_RATE = ("learning rate too high", "learning rate too low")


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """What `diagnose_xor()` found. Its printed form says it in plain words.

    Attributes
    ----------
    solved
        Whether the net has solved XOR; None for data of your own, where nobody knows what could
        be reached.
    lost
        The corners that the net misclassifies, of (0, 0), (0, 1), (1, 0), (1, 1).
    accuracy
        On fresh points of XOR, without chance; on data of your own, on those data, or those of the
        validation.
    best
        The best possible accuracy, for XOR.
    guessing
        The accuracy of always answering the largest class.
    units
        A `Unit` for each hidden unit: `layer`, `unit`, `dead`, `saturated`, `twin`, `correlation`,
        `spread` and `flat`.
    cause
        Why it is not better, the first that holds of: "weights not finite", "solved", "columns not
        standardised", "linear net", "learning rate too high", "noise" (nobody could do better),
        "overfitting" (its rows were learned by heart), "too few units", "duplicate units", "not
        done yet" (more epochs help), "saturated units", "learning rate too low", "dead units",
        "stuck"; "none" where no problem was found with data of your own, "unknown" where bare
        weights do not tell.
    rate
        Verdict on the learning rate: "too high", "too low", "not done yet" (it will do with more
        epochs), "no sign of trouble", or "unknown", as without a history.
    headline
        The result in one line.
    notes
        The rest of it in plain words, five lines at most: the cause and what to do, first.
    """

    solved: bool | None
    lost: tuple[tuple[int, int], ...]
    accuracy: float
    best: float | None
    guessing: float
    units: tuple[Unit, ...]
    cause: Cause
    rate: Rate
    headline: str
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return "\n".join([f"Diagnosis: {self.headline}", *(f"  {note}" for note in self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """Plain values alone, the units by column."""
        columns = {name: [getattr(unit, name) for unit in self.units] for name in Unit._fields}
        return {
            **asdict(self),
            "lost": [list(corner) for corner in self.lost],
            "units": columns,
            "notes": list(self.notes),
        }


@public
def diagnose_xor(fit: Fit, data: Data | None = None) -> Diagnosis:
    """Say whether a net has solved XOR, and if not, why not.

    Whether more epochs, or a larger learning rate, would help is not guessed but tried: a copy of
    the fit trains on for three times its epochs (from 300 to 1,000; fewer for wide nets and small
    batches, and on at most 10,000 points). The fit itself stays as it is.

    Where there are validation data, a net has learned its rows by heart where `History.parted()`
    says so. On other data than XOR, the copy's loss counts on the validation data, too, and an
    accuracy is better than guessing where it is higher by two standard errors or more.

    Parameters
    ----------
    fit
        A `Fit`. The learning rate is judged by its history and by such a trial, where it has a
        history.
    data
        Where to look at the net: as for `Fit.evaluate()`, with the same errors and warnings of
        columns. None takes the data it was trained on, but for its accuracy on other data than XOR
        those of the validation, where there are any; and for two inputs without data, continuous
        XOR with noise 0.1.

    Returns
    -------
    A `Diagnosis`. `solved` is True only where all four corners have their own class and the
    accuracy on fresh points is within 0.005 of the best possible. The learning rate is too high
    where the loss rose above its own start, or jumps up in one epoch of five; too low where more
    epochs do not help and a larger rate does. A hidden unit is dead where it gives the same for
    every point, saturated where it is flat at nine points in ten, a duplicate where its output has
    a correlation of 0.99 or more, in absolute value, with an earlier one's. The thresholds have
    names in `xorlab.corners`, `xorlab.units`, `xorlab.rate`, `xorlab.causes` and `xorlab.trial`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is none, `data` do not belong to it, or are needed and not there.

    Examples
    --------
    >>> import xorlab
    >>> diagnose_xor(xorlab.train_xor(seed=1)).solved
    True
    >>> diagnose_xor(xorlab.train_xor(seed=1, epochs=5)).cause
    'not done yet'
    >>> diagnose_xor(xorlab.train_xor(seed=1, lr=1e-4)).rate
    'too low'
    """
    dataset = diagnosed_data(check_fit(fit), data)
    held_out = fit.validation if data is None and not is_xor(dataset) else None
    judged, fresh = held_out or dataset, held_out is not None
    if dataset.origin and is_xor(dataset):
        verdict = judge_on_xor(fit, dataset.origin)
    else:
        verdict = judge_on_own(fit, judged, data is None and not fresh, fresh)
    points = fit.prepared(fit.inputs_of(dataset))
    found = tuple(examine_units(fit.model, points)) if is_finite(fit) else None
    guessing = max(judged.class_shares())
    better = verdict.accuracy - guessing > margin(judged, fresh)
    finding = find_cause(fit, dataset, found, verdict.solved, verdict.accuracy, better)
    notes = [verdict.note, *([unit_note(found)] if found else [])]
    if len(fit.history):
        lr = f" {fit.settings.lr:g}" if fit.settings else ""
        if finding.cause == "not done yet":
            notes.insert(0, f"Not done yet: {finding.reason} at the learning rate{lr}.")
        else:
            at = 0 if finding.cause in _CAUSES_OF_THE_RATE else len(notes)
            notes.insert(at, f"Learning rate{lr}: {finding.rate} ({finding.reason}).")
    if finding.line:
        notes.insert(0, finding.line)
    if data is None and fit.data is None:
        notes.append(f"It came without data; XOR with noise {_ASSUMED_STD:g} was taken for them.")
    return Diagnosis(
        **{name: value for name, value in verdict._asdict().items() if name != "note"},
        guessing=guessing,
        units=found or (),
        cause=finding.cause,
        rate=finding.rate,
        notes=tuple(notes),
    )


def diagnosed_data(fit: Fit, data: Any) -> PointDataset:
    """The points to look at the net on."""
    if data is None and fit.data is None and fit.num_inputs == len(CORNERS[0]):
        return XORDataset(_ASSUMED_SIZE, _ASSUMED_STD, seed=0)
    given = fit.data if data is None else fit.dataset_of(data, None)
    if given is None:
        raise ValueError(
            f"`data` must be given: the net has {counted(fit.num_inputs, 'input')} and came "
            "without data."
        )
    points = fit.inputs_of(given)
    if data is not None:
        warn_if_far(points, fit.data)
    return given
