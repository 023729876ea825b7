"""A trained net together with what made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from os import PathLike
from typing import Any

from torch import Tensor

from ..checks.public import public
from ..checks.values import check_count, check_entries
from ..checks.words import counted, shortened, show
from ..data.content import dataset_from_dict
from ..data.dataset import PointDataset
from ..data.preparation import Preparation
from ..device import Device
from ..model.activations import check_activation
from ..model.classifier import (
    SimpleClassifier,
    classifier_from_weights,
    weight_arrays,
    weight_tensors,
)
from ..progress import Verbose
from ..settings import Settings
from ..training.history import History
from .boundary import BoundaryPredictor
from .checkpoint import write_checkpoint
from .content import check_kept, check_known, check_together
from .in_place import check_writing, train_in_place
from .interrupted import TrainingInterrupted, interrupted_training
from .notes import batch_note, data_notes
from .snapshots import copied


class Fit(BoundaryPredictor):
    """A trained classifier, with its settings, history and data.

    Attributes
    ----------
    model
        The `SimpleClassifier`, on the device where it was trained; on the CPU where it was read
        from a file, or is that of an earlier epoch.
    settings
        `Settings`, or None for a bare state dict that was loaded.
    history
        `History` of the training; without entries for a bare state dict.
    data
        The `PointDataset` it was trained on, or None for a bare state dict.
    snapshots
        State dicts of the epochs that `train_xor(snapshots=...)` was to keep; see `at()`.
    preparation
        What was learned from the data about their columns, such as the scaling: `model` takes what
        it makes of them. None where the net takes the columns as they are.

    Raises
    ------
    TypeError, ValueError
        If the model is another module, or has two outputs.
    """

    @public
    def __init__(
        self,
        model: SimpleClassifier,
        settings: Settings | None = None,
        history: History | None = None,
        data: PointDataset | None = None,
        snapshots: Mapping[int, Mapping[str, Tensor]] | None = None,
        preparation: Preparation | None = None,
    ) -> None:
        super().__init__(model, data, preparation)
        self.settings = settings
        self.history = History() if history is None else history
        self.snapshots = dict(snapshots or {})

    def __repr__(self) -> str:
        count = sum(p.numel() for p in self.model.parameters())
        lines = [
            f"Fit: {'-'.join(map(str, self.model.widths))} {self.model.activation} net, "
            f"{counted(count, 'weight')}"
        ]
        if self.settings:
            s = self.settings
            lines.append(
                f"  trained with lr {s.lr:g}, {batch_note(s, self.data)}, seed {s.seed}, "
                f"on {s.device}"
            )
        if self.data:
            lines.append(f"  {self.data}")
        lines += [f"  {line}" for line in data_notes(self.data, self.preparation)]
        if len(self.history):
            left = self.settings.epochs - len(self.history) if self.settings else 0
            lines.append(f"  {self.history}" + (f"; {left} more to go" if left > 0 else ""))
        if self.snapshots:
            lines.append(f"  weights kept of epochs {shortened(self.snapshots)}")
        return "\n".join(lines)

    @public
    def at(self, epoch: int) -> Fit:
        """The fit as it was after one of its epochs.

        Parameters
        ----------
        epoch
            One that `train_xor(snapshots=...)` kept, with 0 for the first weights, or the last.

        Raises
        ------
        TypeError, ValueError
            If the weights of that epoch were not kept.

        Examples
        --------
        >>> import xorlab
        >>> fit = xorlab.train_xor(epochs=20, seed=1, snapshots=[0, 10])
        >>> len(fit.at(10).history)
        10
        """
        kept = {**self.snapshots, len(self.history): self.model.state_dict()}
        epoch = check_count("epoch", epoch, minimum=0)
        if epoch not in kept:
            raise ValueError(
                f"`epoch` must be one whose weights were kept ({shortened(kept)}), not {epoch}. "
                "`train_xor(snapshots=...)` keeps others."
            )
        return Fit(
            classifier_from_weights(kept[epoch], self.model.activation),
            self.settings,
            self.history.copy(epoch),
            self.data,
            {one: weights for one, weights in self.snapshots.items() if one <= epoch},
            self.preparation,
        )

    @public
    def resume(
        self,
        epochs: int | None = None,
        device: Device | None = None,
        verbose: Verbose = "auto",
        *,
        snapshots: int | Iterable[int] = (),
        checkpoint: str | PathLike[str] | None = None,
        every: int = 10,
    ) -> Fit:
        """Go on with the training, on a copy; see `resume_xor()`, whose arguments these are.

        Returns
        -------
        A `Fit`; the errors are those of `resume_xor()`.

        Examples
        --------
        >>> import xorlab
        >>> len(xorlab.train_xor(epochs=50, seed=1).resume(epochs=100).history)
        100
        """
        check_writing(verbose, checkpoint, every)
        if self.settings is None:
            raise ValueError("`fit` must be one that train_xor() made, not bare weights.")
        settings = self.settings.continued(
            len(self.history), self.snapshots, epochs, device, snapshots
        )
        model = deepcopy(self.model).to(settings.device)
        kept = {epoch: copied(weights) for epoch, weights in self.snapshots.items()}
        fit = Fit(model, settings, self.history.copy(), self.data, kept, self.preparation)
        fit.train(verbose, checkpoint, every)
        interrupted_training.forget(self)
        return fit

    @public
    def train(
        self,
        verbose: Verbose = False,
        checkpoint: str | PathLike[str] | None = None,
        every: int = 10,
    ) -> Fit:
        """Train in place to the last epoch of the settings: what `train_xor()` does with a new fit.

        Raises
        ------
        TypeError, ValueError
            If the fit has no settings or no data.
        NonFiniteLossError, TrainingInterrupted, OSError
            As for `train_xor()`.
        """
        if self.settings is None or self.data is None:
            raise ValueError("`fit` must hold its settings and data to be trained.")

        def write() -> None:
            if checkpoint is not None:
                self.save(checkpoint)

        inputs = self.prepared(self.data.points), self.data.label
        parts = self.model, self.settings, inputs, self.history, self.snapshots
        try:
            train_in_place(*parts, verbose, write, every)
        except (KeyboardInterrupt, OSError) as error:
            done, planned = len(self.history), self.settings.epochs
            interrupted_training.keep(self, done, planned)
            if isinstance(error, OSError):
                raise
            if done < planned:
                raise TrainingInterrupted(self, planned) from None
        return self

    @public
    def save(self, path: str | PathLike[str]) -> None:
        """Write the fit to a file, which replaces one of that name only when it is whole.

        Raises
        ------
        OSError
            If the file cannot be written; an older one is unharmed.
        """
        write_checkpoint(path, self.to_dict())

    @public
    def to_dict(self) -> dict[str, Any]:
        """Plain values and numpy arrays alone: what goes into a file, or to R."""
        return {
            "activation": self.model.activation,
            "weights": weight_arrays(self.model.state_dict()),
            "settings": self.settings.to_dict() if self.settings else None,
            "history": self.history.to_dict(),
            "data": self.data.to_dict() if self.data else None,
            "snapshots": {str(epoch): weight_arrays(w) for epoch, w in self.snapshots.items()},
            "preparation": self.preparation.to_dict() if self.preparation else None,
        }

    @classmethod
    @public
    def from_dict(cls, content: Mapping[str, Any]) -> Fit:
        """The fit that `to_dict()` was made of.

        Raises
        ------
        TypeError, ValueError
            If a part is unknown, or not what a fit has, or two do not belong together.
        """
        content = check_entries("content", content, ["weights"], _PARTS)
        activation = check_activation(content.get("activation", "tanh"))
        settings, history, data = (content.get(key) for key in ("settings", "history", "data"))
        fit = cls(
            classifier_from_weights(weight_tensors(content["weights"]), activation),
            None if settings is None else Settings.from_dict(settings),
            None if history is None else History.from_dict(history),
            None if data is None else dataset_from_dict(data),
        )
        if settings is not None and history is None:
            raise ValueError("'history' is missing, which a fit with `settings` has.")
        preparation = content.get("preparation")
        if preparation is not None:
            fit.preparation = Preparation.from_dict(preparation, check_known(fit.data).features)
        check_together(fit.model, fit.settings, len(fit.history), fit.data, fit.preparation)
        fit.snapshots = check_kept(content.get("snapshots") or {}, fit.model, fit.history)
        return fit


# What `to_dict()` has beside the weights; a file has the other entries, too.
_PARTS = (
    *("activation", "settings", "history", "data", "snapshots", "preparation"),
    *("kind", "format", "version"),
)


def check_fit(fit: Any) -> Fit:
    """A `Fit`, as `train_xor()` returns."""
    if not isinstance(fit, Fit):
        raise TypeError(f"`fit` must be what train_xor() returned, not {show(fit)}.")
    return fit
