"""What was interrupted last, to be gone on with."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

T = TypeVar("T")


class TrainingInterrupted(KeyboardInterrupt):
    """Ctrl-C ended a training.

    Attributes
    ----------
    fit
        The `Fit` after its latest whole epoch, which `resume_xor()` goes on with.
    epochs
        How many there were to be.
    """

    def __init__(self, fit: Any, epochs: int) -> None:
        super().__init__(
            f"Interrupted after {len(fit.history)} of {epochs} epochs. "
            "`resume_xor()` goes on from there."
        )
        self.fit = fit
        self.epochs = epochs

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.fit, self.epochs)


class Interrupted(Generic[T]):
    """The training, or the study, that was interrupted last, until it has been finished."""

    def __init__(self) -> None:
        self.kept: T | None = None
        self.progress: list[int] = []

    def keep(self, kept: T, done: int, planned: int) -> None:
        """Keep what was interrupted, and how far it had come."""
        self.kept, self.progress = kept, [done, planned]

    def forget(self, finished: T) -> None:
        """Keep it no longer, where it is this one that was finished."""
        if self.kept is finished:
            self.kept, self.progress = None, []

    def news(self) -> list[int]:
        """How many were done, and of how many, where something was interrupted since this was last
        asked; or nothing."""
        progress, self.progress = self.progress, []
        return progress


interrupted_training: Interrupted[Any] = Interrupted()
