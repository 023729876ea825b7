"""A callback that shows a training in TensorBoard: losses, the net's graph, and the boundary."""

from __future__ import annotations

import warnings
import weakref
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import Dataset

from ..checks.public import public
from ..checks.words import show
from ..data.convert import Labelled, gathered
from ..device import module_device
from ..evaluation.accuracy import Loss
from ..evaluation.boundary import NothingToDrawError
from ..evaluation.predict import check_reading, evaluating
from ..training.history import History

# Epochs between two pictures.
EVERY = 10


class TensorBoard:
    """Writes a training to TensorBoard: `train_model(..., after_epoch=TensorBoard(...))`.

    Loss and accuracy of each epoch, the net's graph once, and every ten epochs the boundary of a
    net of two float32 inputs that tells two classes by one output or two.

    Parameters
    ----------
    folder
        Where to write; or a `torch.utils.tensorboard.SummaryWriter`, which stays open.
    model
        What is trained.
    dataset
        What it is trained on: any dataset of torch's whose items are pairs of inputs and label. It
        is drawn on the boundary.
    loss_module
        The loss it is trained with, by which its outputs are read: see `boundary()`.

    Raises
    ------
    TypeError, ValueError
        If `folder` is neither, `model` is no module, or `dataset` has no such items.
    ModuleNotFoundError
        If the package tensorboard is missing.

    Examples
    --------
    >>> import tempfile
    >>> import xorlab
    >>> from torch.utils.data import DataLoader
    >>> data, model = xorlab.XORDataset(100, seed=1), xorlab.SimpleClassifier(2, 4, 1)
    >>> board = TensorBoard(tempfile.mkdtemp(), model, data)
    >>> optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    >>> loader = DataLoader(data, batch_size=32, shuffle=True)
    >>> loss_module = nn.BCEWithLogitsLoss()
    >>> history = xorlab.train_model(model, optimizer, loader, loss_module, 2, after_epoch=board)
    """

    @public
    def __init__(
        self,
        folder: Any,
        model: nn.Module,
        dataset: Dataset[Any] | Labelled,
        loss_module: Loss | None = None,
    ) -> None:
        module_device(model)  # or it is no module
        self.inputs, self.labels = inputs_and_labels(dataset)
        self.folder, self.model, self.loss_module = folder, model, loss_module
        check_reading(model, loss_module)
        check_inputs(model, self.inputs)
        self.has_graph = False
        # A folder is opened at the first epoch: a training that is refused leaves none behind.
        own = isinstance(folder, str | PathLike)
        self.open = writer_class(folder) if own else None
        self.writer: Any = None if own else check_writer(folder)

    def __call__(self, epoch: int, history: History) -> None:
        """Write an epoch that is done."""
        if self.open and self.writer is None:
            self.writer = self.open(str(self.folder))
            weakref.finalize(self, self.writer.close)  # ends its thread with the callback
        if not self.has_graph:
            self._write_graph()
        self.writer.add_scalar("loss", history.loss[-1], epoch)
        self.writer.add_scalar("accuracy", history.accuracy[-1], epoch)
        if history.val_loss:
            self.writer.add_scalar("val_loss", history.val_loss[-1], epoch)
            self.writer.add_scalar("val_accuracy", history.val_accuracy[-1], epoch)
        if epoch % EVERY == 0 and self._has_boundary():
            self._write_boundary(epoch)
        self.writer.flush()  # to be looked at meanwhile, and to be there whatever comes

    def _write_graph(self) -> None:
        self.has_graph = True
        with evaluating(self.model, inference=False), warnings.catch_warnings():
            # torch's own writer traces by what torch will give up; there is no other way yet.
            warnings.filterwarnings("ignore", ".*torch.jit.*", DeprecationWarning)
            self.writer.add_graph(self.model, self.inputs[:1].to(module_device(self.model)))

    def _has_boundary(self) -> bool:
        """Whether the net takes two float32 inputs and tells two classes by one output or two."""
        inputs, labels = self.inputs, self.labels
        if inputs.ndim != 2 or inputs.shape[1] != 2 or inputs.dtype != torch.float32:
            return False
        if labels.numel() != len(inputs) or not bool(((labels == 0) | (labels == 1)).all()):
            return False
        with evaluating(self.model):
            outputs = self.model(inputs[:1].to(module_device(self.model)))
        return outputs.shape in ((1, 1), (1, 2))

    def _write_boundary(self, epoch: int) -> None:
        from matplotlib.figure import Figure

        from .boundary import visualize_classification

        figure = Figure(figsize=(5.1, 4.8), layout="constrained")
        ax = figure.subplots()
        with suppress(NothingToDrawError):  # the training goes on, or says itself what is wrong
            visualize_classification(
                self.model, self.inputs, self.labels.reshape(-1), ax, self.loss_module
            )
            self.writer.add_figure("boundary", figure, epoch, close=False)


def inputs_and_labels(dataset: Any) -> tuple[Tensor, Tensor]:
    """All items of a dataset of torch's."""
    try:
        if hasattr(dataset, "data") and hasattr(dataset, "label"):
            return torch.as_tensor(dataset.data), torch.as_tensor(dataset.label)
        points, labels = gathered(dataset)
        return torch.as_tensor(np.stack(points)), torch.as_tensor(labels)
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise TypeError(
            "`dataset` must be a dataset of pairs of inputs and label, as TensorDataset(x, y) is, "
            f"not {show(dataset)}."
        ) from error


def check_inputs(model: nn.Module, inputs: Tensor) -> None:
    """The model takes the inputs of the dataset."""
    try:
        with evaluating(model):
            model(inputs[:1].to(module_device(model)))
    except (RuntimeError, TypeError, ValueError) as error:
        raise ValueError(f"`dataset` must have inputs that `model` takes: {error}") from error


def writer_class(folder: Any) -> Any:
    if not str(folder) or Path(folder).is_file():
        raise ValueError(f"`folder` must be a folder or a SummaryWriter, not {show(folder)}.")
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ModuleNotFoundError(
            "TensorBoard() needs the package tensorboard, which is not installed: "
            "pip install tensorboard (or 'xorlab[tensorboard]')."
        ) from error
    return SummaryWriter


def check_writer(writer: Any) -> Any:
    needed = ("add_scalar", "add_graph", "add_figure", "flush")
    if not all(callable(getattr(writer, name, None)) for name in needed):
        raise TypeError(f"`folder` must be a folder or a SummaryWriter, not {show(writer)}.")
    return writer
