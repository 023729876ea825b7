"""The lines of a script that give a net its first weights, and take it to its device."""

from __future__ import annotations

from ..model.initial_weights import INITS, InitName


def model_in_python(init: InitName, device: str) -> str:
    """Lines that make `model` of the class `Net`; a layer's own first weights are the default."""
    draw = INITS[init]
    if draw is None:
        return f"model = Net().to({device})"
    return f"""\
model = Net()
for weights in model.parameters():  # first weights: {init}, with biases of 0
    draw = nn.init.{draw.__name__} if weights.ndim == 2 else nn.init.zeros_
    draw(weights)
model.to({device})"""


def to_device_in_r(init: InitName, device: str) -> str:
    """The same in R, after the layers of `model`."""
    draw = INITS[init]
    if draw is None:
        return f"$to({device})"
    return f"""
for (weights in iterate(model$parameters())) {{ # first weights: {init}, with biases of 0
  is_bias <- py_to_r(weights$dim()) == 1
  draw <- if (is_bias) torch$nn$init$zeros_ else torch$nn$init${draw.__name__}
  draw(weights)
}}
invisible(model$to({device}))"""
