"""The engines of `train_xor()`, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import torch
from torch import Tensor, nn

from ..data.batches import Batches
from ..device import one_thread
from ..evaluation.accuracy import logit_loss
from ..model.classifier import SimpleClassifier
from ..progress import Verbose
from ..settings import Settings
from .callbacks import AfterEpoch
from .fused import FusedTrainer
from .history import History
from .loop import train_model
from .state import State, read_state, write_state
from .validation import Validator, VisibleValidator


class Trainer(Protocol):
    """Trains a model in place, from where its history stands to the last epoch of its settings."""

    def state(self) -> State | None:
        """A copy of what the optimizer remembers now; None where it cannot be kept."""

    def run(self, verbose: Verbose, callbacks: Sequence[AfterEpoch] = ()) -> None:
        """Train, with callbacks after each epoch, one of which may end it."""


def make_trainer(
    model: SimpleClassifier,
    settings: Settings,
    batches: Batches,
    history: History,
    state: State,
    optimizer: torch.optim.Optimizer | None = None,
) -> Trainer:
    """The engine of the settings; for an optimizer of the user's own, the visible one."""
    if settings.engine == "fused":
        return FusedTrainer(model, batches, settings, history, state)
    return VisibleTrainer(model, settings, batches, history, state, optimizer)


def make_validator(
    model: SimpleClassifier, settings: Settings, data: Tensor, label: Tensor
) -> AfterEpoch:
    """What puts loss and accuracy on these points into the history, in the engine's arithmetic."""
    kind = Validator if settings.engine == "fused" else VisibleValidator
    return kind(model, data, label)


class VisibleTrainer:
    """The visible loop, with one of torch's optimizers."""

    def __init__(
        self,
        model: SimpleClassifier,
        settings: Settings,
        batches: Iterable[Sequence[Tensor]],
        history: History,
        state: State,
        optimizer: torch.optim.Optimizer | None = None,
    ) -> None:
        self.model, self.settings, self.batches, self.history = model, settings, batches, history
        self.optimizer = optimizer or make_optimizer(model, settings)
        write_state(self.optimizer, model, state)

    def state(self) -> State | None:
        return read_state(self.optimizer, self.model)

    def run(self, verbose: Verbose, callbacks: Sequence[AfterEpoch] = ()) -> None:
        loss_module = logit_loss(self.model.widths[-1])
        l1 = add_l1(self.optimizer, self.model, self.settings.l1)
        try:
            with one_thread():
                train_model(
                    *(self.model, self.optimizer, self.batches, loss_module, self.settings.epochs),
                    verbose=verbose,
                    history=self.history,
                    after_epoch=callbacks,
                )
        finally:
            l1.remove()


def make_optimizer(model: nn.Module, settings: Settings) -> torch.optim.Optimizer:
    """torch's optimizer of the settings, which is not the user's own."""
    terms = settings.optimizer_terms()
    optimizer: torch.optim.Optimizer = settings.known_optimizer.module(model.parameters(), **terms)
    return optimizer


def add_l1(
    optimizer: torch.optim.Optimizer, model: SimpleClassifier, strength: float
) -> torch.utils.hooks.RemovableHandle:
    """Have the optimizer add to the gradient of each weight, before each step, that of
    `strength * abs(weight)`, which at 0 counts as 0; biases are left alone."""
    penalized = [layer.weight for layer in model.linears()] if strength else []

    def add_penalty(*_: object) -> None:
        for weight in penalized:
            if weight.grad is not None:
                weight.grad.add_(weight.detach().sign(), alpha=strength)

    return optimizer.register_step_pre_hook(add_penalty)
