"""What became of a training, and why: in plain words, and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor

from .checks import counted
from .corners import CORNERS, SOLVED_WITHIN, expected_accuracy, is_solved, lost_corners
from .data import DEFAULT_STD, TwoClassDataset, XORDataset
from .evaluation import evaluate_logits, predict_logits
from .fit import Fit, check_fit
from .own_data import as_dataset
from .rate import Rate, guessing_loss, judge_rate
from .units import Unit, examine_units, unit_notes

# What is assumed where a net with two inputs comes without its data.
_ASSUMED_STD = DEFAULT_STD
_ASSUMED_SIZE = 2500

# A net is no better than guessing when it is right no more often than the larger class alone
# would be, give or take this.
_MARGIN = 0.005


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """What `diagnose_xor()` found. Its printed form says it in plain words.

    Attributes
    ----------
    solved
        Whether the net has solved XOR; None for data of your own, where nobody knows what could
        be reached.
    lost
        The corners that the net calls wrongly, of (0, 0), (0, 1), (1, 0), (1, 1).
    accuracy
        On fresh points of XOR, without chance; on data of your own, on those data.
    best
        The best possible accuracy, for XOR.
    guessing
        The accuracy of always answering the larger class.
    units
        A `Unit` for each hidden unit: `layer`, `unit`, `dead`, `saturated`, `twin`, `correlation`,
        `spread` and `flat`.
    rate
        "too high", "too low", "no sign of trouble", or "unknown" without a history.
    headline
        The result in one line.
    notes
        The rest of it in plain words, a line each.
    """

    solved: bool | None
    lost: tuple[tuple[int, int], ...]
    accuracy: float
    best: float | None
    guessing: float
    units: tuple[Unit, ...]
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


def diagnose_xor(fit: Fit, data: Any = None) -> Diagnosis:
    """Say whether a net has solved XOR, and if not, why not.

    Parameters
    ----------
    fit
        A `Fit`. The learning rate is judged by its history, where it has one.
    data
        Where to look at the net: as for `train_xor()`. None takes the data it was trained on, and
        for two inputs without data, continuous XOR with noise 0.1.

    Returns
    -------
    A `Diagnosis`. `solved` is True only where all four corners have their own class and the
    accuracy on fresh points is within 0.005 of the best possible. A hidden unit is dead where it
    gives the same for every point, saturated where it is flat at nine points in ten, a duplicate
    where its output has a correlation of 0.99 or more, in absolute value, with an earlier one's.
    The thresholds have names in `xorlab.corners`, `xorlab.units` and `xorlab.rate`.

    Raises
    ------
    TypeError, ValueError
        If `fit` is none, `data` do not belong to it, or are needed and not there.

    Examples
    --------
    >>> import xorlab
    >>> diagnose_xor(xorlab.train_xor(seed=1)).solved
    True
    >>> diagnose_xor(xorlab.train_xor(seed=1, epochs=5)).rate
    'too low'
    """
    dataset = diagnosed_data(check_fit(fit), data)
    if isinstance(dataset, XORDataset):
        verdict = judge_on_xor(fit, dataset)
    else:
        verdict = judge_on_own(fit, dataset)
    points = fit.inputs_of(dataset)
    units = tuple(examine_units(fit.model, points)) if is_finite(fit) else ()
    share = dataset.label.double().mean().item()
    # A net that has solved its problem, or has too little to solve it with, is no fault of a rate.
    learning = not verdict.solved and can_learn(fit, units, dataset)
    dead = bool(units) and min(units_alive(fit, units)) == 0
    rate, reason = judge_rate(fit.history.loss, guessing_loss(share), learning, dead)
    notes = [verdict.note, *unit_notes(units), *scale_notes(fit.features, points)]
    if fit.model.activation == "identity" and isinstance(dataset, XORDataset):
        notes.append("Identity units make a linear net, whatever its width: no line parts XOR.")
    if len(fit.history):
        name = f"Learning rate {fit.settings.lr:g}" if fit.settings else "Learning rate"
        notes.append(f"{name}: {rate} ({reason}).")
    if data is None and fit.data is None:
        notes.append(f"It came without data; XOR with noise {_ASSUMED_STD:g} was taken for them.")
    return Diagnosis(
        **{name: value for name, value in verdict._asdict().items() if name != "note"},
        guessing=max(share, 1 - share),
        units=units,
        rate=rate,
        notes=tuple(notes),
    )


def diagnosed_data(fit: Fit, data: Any) -> TwoClassDataset:
    """The points to look at the net on."""
    if data is None and fit.data is None and fit.num_inputs == len(CORNERS[0]):
        return XORDataset(_ASSUMED_SIZE, _ASSUMED_STD, seed=0)
    given = fit.data if data is None else as_dataset(data)
    if given is None:
        raise ValueError(
            f"`data` must be given: the net has {counted(fit.num_inputs, 'input')} and came "
            "without data."
        )
    fit.inputs_of(given)
    return given


def is_finite(fit: Fit) -> bool:
    return all(bool(torch.isfinite(weights).all()) for weights in fit.model.parameters())


class Verdict(NamedTuple):
    """How well the net does: the first five attributes of a `Diagnosis`, and a note."""

    solved: bool | None
    lost: tuple[tuple[int, int], ...]
    accuracy: float
    best: float | None
    headline: str
    note: str


def judge_on_xor(fit: Fit, dataset: XORDataset) -> Verdict:
    best, accuracy = dataset.best_accuracy, expected_accuracy(fit.model, dataset.std)
    flags = lost_corners(fit.model)
    lost = tuple(corner for corner, flag in zip(CORNERS, flags[0].tolist(), strict=True) if flag)
    solved = bool(is_solved(fit.model, accuracy, best))
    note = f"Accuracy {accuracy:.2%} on fresh points, of {best:.2%} that are possible."
    if not is_finite(fit):
        headline = "not solved, the weights are not finite"
    elif solved:
        headline = "solved, every corner has its own class"
    elif lost:
        names = " and ".join(map(str, lost))
        headline = f"not solved, {plural('corner', lost)} {names} {plural('is', lost)} lost"
    elif best < 0.5 + SOLVED_WITHIN:
        headline = "not solved, nobody could: with so much noise the best is no more than guessing"
    else:
        headline = "not solved, the corners are right but the line between them is off"
    return Verdict(solved, lost, accuracy, best, headline, note)


def judge_on_own(fit: Fit, dataset: TwoClassDataset) -> Verdict:
    result = evaluate_logits(predict_logits(fit.model, fit.inputs_of(dataset)), dataset.label)
    share = dataset.label.double().mean().item()
    larger = max(share, 1 - share)
    if not is_finite(fit):
        headline = "no use, the weights are not finite"
    elif result.accuracy > larger + _MARGIN:
        headline = "better than guessing on these data"
    else:
        headline = "no better than guessing on these data"
    note = (
        f"Accuracy {result.accuracy:.2%}; always the larger class would have {larger:.2%}. "
        "Only data that it was not trained on can tell what it has learned."
    )
    return Verdict(None, (), result.accuracy, None, headline, note)


# Columns whose mean or spread (standard deviation) is beyond this are far from where units are at
# home; XOR's bits are within 1.
_FAR = 10


def scale_notes(names: Sequence[str], points: Tensor) -> list[str]:
    """A line where columns are far from 0 and 1, which makes units flat and steps too long."""
    sizes = torch.maximum(points.mean(dim=0).abs(), points.std(dim=0, correction=0))
    far = [name for name, size in zip(names, sizes, strict=True) if size > _FAR]
    if not far:
        return []
    shown = ", ".join(far[:5]) + (", ..." if len(far) > 5 else "")
    return [
        f"Large numbers in {plural('column', far)} {shown}: scale them to about -1 to 1, and the "
        "units have something to tell apart."
    ]


def can_learn(fit: Fit, units: Sequence[Unit], dataset: TwoClassDataset) -> bool:
    """Whether every layer has units enough alive: one, and for XOR two that bend."""
    xor = isinstance(dataset, XORDataset)
    if xor and fit.model.activation == "identity":
        return False
    alive = units_alive(fit, units)
    return alive[0] >= (2 if xor else 1) and min(alive) >= 1


def units_alive(fit: Fit, units: Sequence[Unit]) -> list[int]:
    """How many units of each hidden layer are not dead."""
    layers = range(1, len(fit.model.hidden) + 1)
    return [sum(unit.layer == layer and not unit.dead for unit in units) for layer in layers]


def plural(word: str, things: Sequence[Any]) -> str:
    """ "corner" or "corners", "is" or "are"."""
    if len(things) == 1:
        return word
    return "are" if word == "is" else f"{word}s"
