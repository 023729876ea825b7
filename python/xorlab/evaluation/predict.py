"""Outputs, logits, probabilities and classes of a net."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn

from ..checks.words import warn
from ..device import module_device, one_thread_on
from .accuracy import check_loss, ends_in_sigmoid, on_unit_scale
from .prepared import Prepared

# Rows that go through a net at once when it is asked for many.
CHUNK = 65_536


@contextmanager
def evaluating(model: nn.Module, inference: bool = True) -> Iterator[None]:
    """Within it the module is in eval mode and gradients are off: two switches, independent of
    each other; and on the CPU it computes on one thread, since the last bits of several depend on
    how many they are. Afterwards every part of the module is in the mode it was found in.

    `inference=False` leaves gradients on, for what looks at how a net computes.
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with one_thread_on(module_device(model)), torch.inference_mode(inference):
            yield
    finally:
        for module, training in modes:
            module.training = training


def predict_outputs(model: nn.Module, x: Tensor) -> Tensor:
    """Outputs of a net in eval mode, on the CPU, for points [n, p]."""
    device = module_device(model)
    if not isinstance(model, Prepared):  # which rounds and moves them itself
        x = x.float()
    where = "cpu" if isinstance(model, Prepared) else device
    with evaluating(model):
        return torch.cat([model(rows.to(where)).cpu() for rows in torch.split(x, CHUNK)])


def predict_logits(model: nn.Module, x: Tensor) -> Tensor:
    """Logits in eval mode at points [n, p], on the CPU: of class 1 of two, [n], or of each of more
    classes, [n, K]."""
    return class_logits(predict_outputs(model, x))


def class_logits(outputs: Tensor) -> Tensor:
    """Shape [n, 1] or [n, 2] to [n], as `class_one_logits()`; of more outputs, they themselves."""
    several = outputs.ndim == 2 and outputs.shape[1] > 2
    return outputs if several else class_one_logits(outputs)


def probabilities(logits: Tensor) -> Tensor:
    """Of each class, float64 [n, K], for logits [n] of class 1 of two, or [n, K]."""
    logits = logits.double()
    if logits.ndim == 1:
        return torch.stack([(-logits).sigmoid(), logits.sigmoid()], dim=1)
    return logits.softmax(dim=1)


def surface_probabilities(logits: Tensor) -> Tensor:
    """Probability of the second of two classes, float64 [n], or of each of more, [n, K]."""
    return logits.double().sigmoid() if logits.ndim == 1 else probabilities(logits)


def predicted_classes(logits: Tensor) -> tuple[Tensor, Tensor]:
    """Predicted class of each point, for logits [n] or [n, K], and whether it has one: it has none
    where a logit is NaN."""
    if logits.ndim == 1:
        return (logits >= 0).long(), ~logits.isnan()
    return logits.argmax(dim=1), ~logits.isnan().any(dim=1)


def plane_outputs(model: nn.Module, x: Tensor) -> Tensor:
    """`predict_outputs()` of points [n, 2] for a net that may be anyone's, with a clear error where
    it takes others."""
    try:
        return predict_outputs(model, x)
    except RuntimeError as error:
        raise ValueError(f"`model` must take points of shape [n, 2]: {error}.") from error


def plane_logits(model: nn.Module, x: Tensor) -> Tensor:
    """Logits of class 1 at points [n, 2], shape [n]."""
    return class_one_logits(plane_outputs(model, x))


def plane_probabilities(model: nn.Module, x: Tensor, loss_module: Any) -> Tensor:
    """Probabilities of class 1 at points [n, 2], float64 [n], read as the loss says; of more than
    two classes, [n, K]."""
    outputs = plane_outputs(model, x)
    if outputs.ndim == 2 and outputs.shape[1] > 2:
        return probabilities(outputs)
    values = class_one_logits(outputs).double()
    one_value = outputs.shape != (len(x), 2) and on_unit_scale(loss_module)
    return values.clamp(0, 1) if one_value else values.sigmoid()


def class_one_logits(outputs: Tensor) -> Tensor:
    """Shape [n, 1] to [n]; of two outputs, [n, 2], how far the second is above the first, for
    softmax over two scores is the sigmoid of their difference."""
    if outputs.ndim == 2 and outputs.shape[1] == 2:
        return outputs[:, 1] - outputs[:, 0]
    if outputs.ndim == 1:  # the model squeezes by itself
        return outputs
    if outputs.ndim != 2 or outputs.shape[1] != 1:
        raise ValueError(
            f"`model` must give outputs of shape [n, 1] or [n, 2], not {[*outputs.shape]}."
        )
    return outputs.squeeze(dim=1)


def check_reading(model: nn.Module, loss_module: Any) -> None:
    """Something that says how outputs are read; without it they are logits, which those of a
    sigmoid are not."""
    if loss_module is not None:
        check_loss(loss_module)
    elif ends_in_sigmoid(model):
        warn(
            "`model` ends in a Sigmoid, so its outputs are probabilities, but without "
            "`loss_module` they are read as logits. Pass `loss_module=nn.BCELoss()`."
        )
