"""The address of the well-known browser playground as an experiment.

That is "A Neural Network Playground" of D. Smilkov and S. Carter (playground.tensorflow.org; see
Smilkov et al. 2017, "Direct-manipulation visualization of deep networks", arXiv:1708.03788). What
the parameters of its address mean, their defaults and its data are those of its public source.
"""

from __future__ import annotations

from typing import NamedTuple

from .experiment import Experiment
from .foreign_experiment import their_experiment
from .foreign_notes import is_theirs, their_notes
from .fragment import entries


class Opened(NamedTuple):
    """The experiment of an address, and in sentences what of it was not taken."""

    experiment: Experiment
    notes: tuple[str, ...] = ()


def read_address(state: str) -> Opened:
    """The experiment of an address, or of its fragment alone: ours, or that of the well-known
    browser playground.

    Raises
    ------
    TypeError
        If it is no text.
    ValueError
        If it is no such address.

    Examples
    --------
    >>> read_address("#hidden=3&lr=0.5").experiment.hidden
    (3,)
    >>> opened = read_address("https://playground.tensorflow.org/#dataset=spiral&networkShape=8,8")
    >>> opened.experiment.fragment()
    'problem=spirals&size=500&noise=0.0&hidden=8,8&lr=0.03&batch_size=10&validation=0.5'
    """
    given = entries(state)
    if not any(is_theirs(name) for name in given):
        return Opened(Experiment.from_fragment(state))
    experiment = their_experiment(given)
    return Opened(experiment, tuple(their_notes(given, experiment)))
