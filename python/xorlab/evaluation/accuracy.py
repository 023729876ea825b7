"""Which samples a net classifies correctly, and how its outputs are read for that.

What an output means depends on the loss that the net was trained with. Training, evaluation and
plots all look it up in the one table below.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..checks.words import show

# Takes outputs and labels as the loss gets them; gives the samples that are classified correctly,
# a bool tensor [n].
Accuracy = Callable[[Tensor, Tensor], Tensor]

# Takes them, too, and gives one number for all, a tensor (whose `backward()` torch has no type
# for): a module, or a function.
Loss = Callable[[Tensor, Tensor], Any]


def hits_of_logits(outputs: Tensor, labels: Tensor) -> Tensor:
    """Class 1 where the logit is at least 0."""
    return hits_at(0.0, outputs, labels)


def hits_of_values(outputs: Tensor, labels: Tensor) -> Tensor:
    """Class 1 where the output, which is on the scale of the labels, is at least 0.5."""
    return hits_at(0.5, outputs, labels)


def hits_at(threshold: float, outputs: Tensor, labels: Tensor) -> Tensor:
    if outputs.ndim > labels.ndim:  # several outputs for one class number
        return hits_of_scores(outputs, labels)
    right = (outputs >= threshold) == (labels >= 0.5)
    return right.flatten(1).all(dim=1) if right.ndim > 1 else right


def hits_of_scores(outputs: Tensor, labels: Tensor) -> Tensor:
    """The class of the largest output; labels are class numbers [n], or one column per class. Of
    two equal outputs for two classes it is class 1, as for a logit of 0."""
    two = outputs.ndim == 2 and outputs.shape[1] == 2
    called = (outputs[:, 1] >= outputs[:, 0]).long() if two else outputs.argmax(dim=1)
    return called == (labels.argmax(dim=1) if labels.ndim > 1 else labels)


# By loss, a class of modules or a function. For a loss that is not here, outputs are logits.
_RULES: tuple[tuple[Any, Accuracy], ...] = (
    (nn.BCELoss, hits_of_values),
    (nn.MSELoss, hits_of_values),
    (nn.L1Loss, hits_of_values),
    (nn.SmoothL1Loss, hits_of_values),
    (nn.HuberLoss, hits_of_values),
    (functional.binary_cross_entropy, hits_of_values),
    (functional.mse_loss, hits_of_values),
    (functional.l1_loss, hits_of_values),
    (functional.smooth_l1_loss, hits_of_values),
    (functional.huber_loss, hits_of_values),
    (nn.CrossEntropyLoss, hits_of_scores),
    (nn.NLLLoss, hits_of_scores),
    (functional.cross_entropy, hits_of_scores),
    (functional.nll_loss, hits_of_scores),
)


def rule_of(loss_module: Any) -> Accuracy:
    """How the outputs of a net are read that was trained with this loss; None: as logits."""
    while isinstance(loss_module, partial):
        loss_module = loss_module.func
    for loss, rule in _RULES:
        if loss_module is loss or (isinstance(loss, type) and isinstance(loss_module, loss)):
            return rule
    return hits_of_logits


def logit_loss(outputs: int) -> nn.Module:
    """What nets with so many logits are trained by."""
    return nn.BCEWithLogitsLoss() if outputs == 1 else nn.CrossEntropyLoss()


def on_unit_scale(loss_module: Any) -> bool:
    """Whether an output is compared with the labels 0 and 1 themselves."""
    return rule_of(loss_module) is hits_of_values


def paired(outputs: Tensor, labels: Tensor, loss_module: Any = None) -> tuple[Tensor, Tensor]:
    """Outputs and labels in the shapes and types that losses want."""
    one_column = outputs.ndim == 2 and outputs.shape[1] == 1 and labels.ndim == 1
    if one_column and rule_of(loss_module) is not hits_of_scores:
        return outputs.squeeze(dim=1), labels.to(outputs.dtype)
    if outputs.ndim == labels.ndim == 1:  # the model squeezes by itself
        return outputs, labels.to(outputs.dtype)
    return outputs, labels


def find_hits(
    outputs: Tensor, labels: Tensor, loss_module: Any, accuracy: Accuracy | None = None
) -> Tensor:
    """Which samples are classified correctly, bool [n], by the rule of the loss or the user's own.

    Outputs and labels are as `paired()` gives them; with several columns, all of them must be
    right.
    """
    hits = (accuracy or rule_of(loss_module))(outputs, labels)
    if not isinstance(hits, Tensor) or hits.dtype != torch.bool or hits.shape != labels.shape[:1]:
        came = f"{hits.dtype} {[*hits.shape]}" if isinstance(hits, Tensor) else show(hits)
        raise TypeError(
            "`accuracy` must return a bool tensor of shape [n], True for each sample that is "
            f"classified correctly (here [{len(labels)}]), not {came}."
        )
    return hits


def batch_weight(loss_module: Any, labels: Tensor) -> int:
    """How many samples the batch's loss stands for: losses are means, or else sums."""
    return 1 if getattr(loss_module, "reduction", "mean") == "sum" else len(labels)


def check_loss(loss_module: Any) -> None:
    if not callable(loss_module) or isinstance(loss_module, type):
        raise TypeError(
            "`loss_module` must be called with outputs and labels, as nn.BCEWithLogitsLoss() is, "
            f"not {show(loss_module)}."
        )
    if getattr(loss_module, "reduction", "mean") == "none":
        raise ValueError(
            "`loss_module` must give one number for a batch, with reduction 'mean' or 'sum', "
            "not 'none'."
        )


def check_accuracy(accuracy: Any) -> None:
    if accuracy is not None and not callable(accuracy):
        raise TypeError(
            f"`accuracy` must be a function of outputs and labels, or None, not {show(accuracy)}."
        )


def ends_in_sigmoid(model: nn.Module) -> bool:
    """Whether the outputs are those of a sigmoid, as far as that is certain."""
    while isinstance(model, nn.Sequential) and len(model):
        model = model[-1]
    return isinstance(model, nn.Sigmoid)
