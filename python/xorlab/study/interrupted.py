"""Studies that Ctrl-C interrupted."""

from __future__ import annotations

from typing import Any

from ..fit.interrupted import Interrupted
from .study import Study


class StudyInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a study.

    Attributes
    ----------
    study
        The `Study` of the nets that were finished, which `resume_study()` goes on with.
    """

    def __init__(self, study: Study) -> None:
        super().__init__(
            f"Interrupted: {len(study)} of {study.planned} nets were finished. "
            "`interrupted_study()` returns their study, `resume_study()` trains the others."
        )
        self.study = study

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.study,)


interrupted: Interrupted[Study] = Interrupted()


def interrupted_study() -> Study:
    """The study that Ctrl-C ended last, of the nets that were finished.

    It is also the `study` of the `StudyInterrupted` that was raised. `resume_study()` trains the
    other nets.

    Raises
    ------
    LookupError
        If no study was interrupted since Python was started.

    Examples
    --------
    >>> import xorlab
    >>> try:
    ...     study = xorlab.seed_study(runs=3, epochs=1, seed=1)
    ... except KeyboardInterrupt:
    ...     study = xorlab.interrupted_study()
    >>> len(study)
    3
    """
    if interrupted.kept is None:
        raise LookupError("No study was interrupted here.")
    return interrupted.kept
