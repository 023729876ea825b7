"""What a training writes for TensorBoard: losses, the net's graph, and the boundary as it grows."""

from __future__ import annotations

import warnings
import weakref
from contextlib import suppress
from os import PathLike
from typing import Any

import torch
from torch import Tensor, nn

from .checks import show
from .data import TwoClassDataset
from .evaluation import evaluating
from .history import History
from .surface import NothingToDrawError

# Epochs between two pictures.
EVERY = 10


class Board:
    """Writes to TensorBoard after each epoch of a training.

    Parameters
    ----------
    writer
        A `torch.utils.tensorboard.SummaryWriter`, which stays open, or a folder for a new one.
    model
        What is trained.
    data_loader
        Where its data come from; those of a dataset of ours are drawn on the boundary.
    loss_module
        How its outputs are read, as in `boundary()`.
    """

    def __init__(
        self, writer: Any, model: nn.Module, data_loader: Any, loss_module: Any = None
    ) -> None:
        own = isinstance(writer, str | PathLike)
        self.writer = open_writer(writer) if own else check_writer(writer)
        # Its thread ends with the training, however that ends.
        self.closing = weakref.finalize(self, self.writer.close) if own else None
        self.model, self.dataset = model, getattr(data_loader, "dataset", None)
        self.loss_module = loss_module
        self.has_graph = False

    def write(self, epoch: int, history: History, inputs: Tensor, labels: Tensor) -> None:
        """Put down an epoch that is done; `inputs` and `labels` are of one of its batches."""
        self.writer.add_scalar("loss", history.loss[-1], epoch)
        self.writer.add_scalar("accuracy", history.accuracy[-1], epoch)
        if not self.has_graph:
            self.write_graph(inputs)
        if epoch % EVERY == 0 and self.has_boundary(inputs, labels):
            self.write_boundary(epoch, inputs, labels)
        self.writer.flush()  # to be looked at meanwhile, and to be there whatever comes

    def write_graph(self, inputs: Tensor) -> None:
        self.has_graph = True
        with evaluating(self.model, inference=False), warnings.catch_warnings():
            # torch's own writer traces by what torch will give up; there is no other way yet.
            warnings.filterwarnings("ignore", ".*torch.jit.*", DeprecationWarning)
            self.writer.add_graph(self.model, inputs)

    def has_boundary(self, inputs: Tensor, labels: Tensor) -> bool:
        """Whether the net takes two float32 inputs and tells two classes by one output or two."""
        if inputs.ndim != 2 or inputs.shape[1] != 2 or inputs.dtype != torch.float32:
            return False
        if labels.numel() != len(inputs) or not bool(((labels == 0) | (labels == 1)).all()):
            return False
        with evaluating(self.model):
            outputs = self.model(inputs)
        return outputs.shape in ((len(inputs), 1), (len(inputs), 2))

    def write_boundary(self, epoch: int, inputs: Tensor, labels: Tensor) -> None:
        from matplotlib.figure import Figure

        from .plotting import visualize_classification

        if isinstance(self.dataset, TwoClassDataset):
            inputs, labels = self.dataset.data, self.dataset.label
        figure = Figure(figsize=(4.8, 4.8), layout="constrained")
        ax = figure.subplots()
        with suppress(NothingToDrawError):  # the training goes on, or says itself what is wrong
            visualize_classification(self.model, inputs, labels.reshape(-1), ax, self.loss_module)
            self.writer.add_figure("boundary", figure, epoch, close=False)


class NoBoard:
    """Where nobody asked for one."""

    def write(self, *_: object) -> None:
        pass


def open_board(
    writer: Any, model: nn.Module, data_loader: Any, loss_module: Any
) -> Board | NoBoard:
    return NoBoard() if writer is None else Board(writer, model, data_loader, loss_module)


def open_writer(folder: Any) -> Any:
    if not str(folder):
        raise ValueError("`writer` must be a SummaryWriter or a folder, not ''.")
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise ModuleNotFoundError(
            "`writer` needs the package tensorboard, which is not here: "
            "pip install tensorboard (or 'xorlab[tensorboard]')."
        ) from error
    return SummaryWriter(str(folder))


def check_writer(writer: Any) -> Any:
    needed = ("add_scalar", "add_graph", "add_figure", "flush")
    if not all(callable(getattr(writer, name, None)) for name in needed):
        raise TypeError(f"`writer` must be a SummaryWriter or a folder, not {show(writer)}.")
    return writer
