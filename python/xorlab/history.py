"""The record of a training: loss, accuracy and time of each epoch."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from .checks import counted


@dataclass(repr=False)
class History:
    """One entry for each completed epoch.

    Attributes
    ----------
    loss
        Mean loss over the samples, as met on the way through the epoch.
    accuracy
        Share of samples classified rightly on the way, 0 to 1.
    seconds
        Time that the epoch took.
    """

    loss: list[float] = field(default_factory=list)
    accuracy: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, loss: float, accuracy: float, seconds: float) -> None:
        """Put down one more epoch."""
        self.loss.append(loss)
        self.accuracy.append(accuracy)
        self.seconds.append(seconds)

    def copy(self, epochs: int | None = None) -> History:
        """A history of its own, of the first so many epochs; None: of all."""
        return History(self.loss[:epochs], self.accuracy[:epochs], self.seconds[:epochs])

    def to_dict(self) -> dict[str, list[float]]:
        """Plain lists by name."""
        return asdict(self)

    def __len__(self) -> int:
        return len(self.loss)

    def __repr__(self) -> str:
        if not self.loss:
            return "History: no epoch completed"
        return (
            f"History: {counted(len(self), 'epoch')}, "
            f"loss {self.loss[0]:.4f} to {self.loss[-1]:.4f}, "
            f"accuracy {self.accuracy[-1]:.2%}, {sum(self.seconds):.2f} s"
        )
