"""A net that takes points in the user's own columns and units."""

from __future__ import annotations

from torch import Tensor, nn

from ..data.preparation import Preparation
from ..device import module_device


class Prepared(nn.Module):
    """A net behind the preparation of its training data.

    Parameters
    ----------
    preparation
        From the user's columns to the net's inputs.
    model
        From those to logits.
    """

    def __init__(self, preparation: Preparation, model: nn.Module) -> None:
        super().__init__()
        self.preparation, self.model = preparation, model

    def forward(self, points: Tensor) -> Tensor:
        """Outputs [n, 1] or [n, K] for points [n, p] in the user's units."""
        outputs: Tensor = self.model(self.inputs(points))
        return outputs

    def inputs(self, points: Tensor) -> Tensor:
        """What the net takes, float32, on its device."""
        return self.preparation(points).to(module_device(self.model))
