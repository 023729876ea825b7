"""A trained net together with what made it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from os import PathLike
from typing import Any

import torch
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
    net_name,
    weight_arrays,
    weight_tensors,
)
from ..progress import Verbose
from ..settings import Settings
from ..training.callbacks import AfterEpoch, check_callbacks
from ..training.history import History
from ..training.loop import NonFiniteLossError
from ..training.state import State
from .boundary import BoundaryPredictor
from .checkpoint import write_checkpoint
from .content import check_known, check_together, check_validation, kept_content, read_kept
from .in_place import check_writing, train_in_place
from .interrupted import TrainingInterrupted, interrupted_training
from .notes import data_notes, history_notes, training_note
from .optimizer import OwnOptimizer, resumed_optimizer
from .resumable import after_the_end, best_so_far, check_complete
from .snapshots import Epoch, Kept


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
    validation
        The `PointDataset` that `val_loss` and `val_accuracy` in the history are of; None where
        there was no validation.
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
        *,
        validation: PointDataset | None = None,
    ) -> None:
        super().__init__(model, data, preparation)
        self.settings = settings
        self.history = History() if history is None else history
        self.validation = validation
        self.kept = Kept(dict(snapshots or {}))

    @property
    def snapshots(self) -> dict[int, Mapping[str, Tensor]]:
        """State dicts of the epochs that `train_xor(snapshots=...)` was to keep; see `at()`."""
        return self.kept.snapshots

    @snapshots.setter
    def snapshots(self, snapshots: Mapping[int, Mapping[str, Tensor]]) -> None:
        self.kept.snapshots = dict(snapshots)

    @property
    def optimizer_state(self) -> State | None:
        """What the optimizer remembers, such as the mean of the gradients: a tensor for each
        weight, by torch's name for it and the name of the weight, as in
        `optimizer_state["exp_avg"]["linear1.weight"]`. Empty for plain SGD; None where it was not
        kept, as for most epochs of `at()`."""
        return self.kept.state

    @property
    def best_epoch(self) -> int | None:
        """With `patience`, the epoch of the lowest validation loss, whose weights the model has
        since the training ended; None without."""
        return self.kept.best.epoch if self.kept.best else None

    @property
    def parted(self) -> str:
        """Why the weights are not those that the settings give with the data, such as "A weight was
        edited by hand.", as the playground lets one do; empty where they are."""
        return self.kept.parted

    @property
    def epoch(self) -> int:
        """The epoch after which the weights were what they are: the best one, where training with
        `patience` has ended, or else the last."""
        best = self.kept.best if self.kept.restored else None
        return best.epoch if best else len(self.history)

    def __repr__(self) -> str:
        count = sum(p.numel() for p in self.model.parameters())
        name = net_name(self.model.widths, self.model.activation)
        lines = [f"Fit: {name}, {counted(count, 'weight')}"]
        if self.settings:
            lines.append(f"  {training_note(self.settings, self.data)}")
        if self.data:
            lines.append(f"  {self.data}")
        ended = self.kept.restored
        notes = [
            *data_notes(self.data, self.preparation),
            *history_notes(self.history, self.settings, self.validation, self.epoch, ended),
        ]
        lines += [f"  {note}" for note in notes]
        if self.parted:
            lines.append(f"  no longer the net of its seed: {self.parted}")
        if self.snapshots:
            lines.append(f"  weights kept of epochs {shortened(self.snapshots)}")
        return "\n".join(lines)

    @public
    def at(self, epoch: int) -> Fit:
        """The fit as it was after one of its epochs.

        Parameters
        ----------
        epoch
            One that `train_xor(snapshots=...)` kept, with 0 for the first weights, or the one
            whose weights the fit has: the last or, with `patience`, the best.

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
        epochs = self._epochs()
        epoch = check_count("epoch", epoch, minimum=0)
        if epoch not in epochs:
            raise ValueError(
                f"`epoch` must be one whose weights were kept ({shortened(epochs)}), not {epoch}. "
                "`train_xor(snapshots=...)` keeps others."
            )
        fit = Fit(
            classifier_from_weights(epochs[epoch].weights, self.model.activation),
            self.settings,
            self.history.copy(epoch),
            self.data,
            {one: weights for one, weights in self.snapshots.items() if one <= epoch},
            self.preparation,
            validation=self.validation,
        )
        best = best_so_far(self.settings, fit.history)
        fit.kept.state, fit.kept.best = epochs[epoch].state, epochs.get(best or -1)
        fit.kept.parted = self.parted
        return fit

    def _epochs(self) -> dict[int, Epoch]:
        """All that is known of epochs, by their number."""
        stateless = self.settings is not None and not self.settings.has_state
        now = Epoch(self.epoch, self.model.state_dict(), self.kept.state)
        return {**self.kept.epochs(stateless), now.epoch: now}

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
        after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
        optimizer: str | OwnOptimizer | None = None,
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
        check_writing(verbose, checkpoint, every, after_epoch)
        if self.settings is None:
            raise ValueError("`fit` must be one that train_xor() made, not bare weights.")
        done = self.epoch
        settings = self.settings.continued(done, self.snapshots, epochs, device, snapshots)
        if self.kept.restored:
            settings = after_the_end(settings, done, len(self.history), epochs)
        history = self.history.copy(done)
        check_complete(self.kept, settings, history)
        model = deepcopy(self.model).to(settings.device)
        fit = Fit(
            *(model, settings, history, self.data, None, self.preparation),
            validation=self.validation,
        )
        fit.kept = self.kept.until(done, settings.patience is not None)
        made = resumed_optimizer(optimizer, settings, model)
        fit.train(verbose, checkpoint, every, after_epoch=after_epoch, optimizer=made)
        interrupted_training.forget(self)
        return fit

    @public
    def train(
        self,
        verbose: Verbose = False,
        checkpoint: str | PathLike[str] | None = None,
        every: int = 10,
        *,
        after_epoch: AfterEpoch | Sequence[AfterEpoch] | None = None,
        optimizer: torch.optim.Optimizer | None = None,
    ) -> Fit:
        """Train in place to the last epoch of the settings: what `train_xor()` does with a new fit.

        `optimizer` is one of torch's for the model's parameters, where the settings name none of
        those that xorlab knows.

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

        if self.kept.restored:  # it has ended
            write()
            return self
        points = self._inputs_and_label(self.data)
        validation = self._inputs_and_label(self.validation) if self.validation else None
        parts = self.model, self.settings, points, validation, self.history, self.kept
        callbacks = check_callbacks(after_epoch)
        try:
            train_in_place(*parts, optimizer, verbose, callbacks, write, every)
        except NonFiniteLossError:
            raise
        except (KeyboardInterrupt, Exception) as error:
            done, planned = len(self.history), self.settings.epochs
            interrupted_training.keep(self, done, planned)
            if isinstance(error, Exception):
                raise
            if done < planned and not self.kept.restored:
                raise TrainingInterrupted(self, planned) from None
        return self

    def _inputs_and_label(self, data: PointDataset) -> tuple[Tensor, Tensor]:
        return self.prepared(data.points), data.label

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
            "validation": self.validation.to_dict() if self.validation else None,
            **kept_content(self.kept),
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
        fit.validation = check_validation(
            content.get("validation"), fit.data, fit.settings, fit.history
        )
        fit.kept = read_kept(content, fit.model, fit.settings, fit.history)
        return fit


# What `to_dict()` has beside the weights; a file has the other entries, too.
_PARTS = (
    *("activation", "settings", "history", "data", "snapshots", "preparation", "validation"),
    *("optimizer_state", "best_epoch", "best", "parted"),
    *("kind", "format", "version"),
)


def check_fit(fit: Any) -> Fit:
    """A `Fit`, as `train_xor()` returns."""
    if not isinstance(fit, Fit):
        raise TypeError(f"`fit` must be what train_xor() returned, not {show(fit)}.")
    return fit
