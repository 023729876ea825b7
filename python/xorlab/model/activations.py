"""The activations of hidden units, with all that is known of each of them in one table."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from torch import nn

from ..checks.values import check_choice

ActivationName = Literal["tanh", "relu", "sigmoid", "identity", "elu", "leaky_relu", "softplus"]

# Array arithmetic in place: the library (numpy, or torch with the same names), one array to read
# and one to write, of the same shape. Numbers among the operands are constants.
Pass = Callable[[Any, Any, Any], None]


@dataclass(frozen=True)
class Activation:
    """What the rest of the package needs to know of an activation.

    Parameters
    ----------
    module
        The torch module, which is made without arguments.
    expression
        Its value at x, as a formula for help pages.
    value
        `value(xp, x, out)` puts the values at `x` into `out`, and may overwrite `x`.
    slope
        `slope(xp, a, out)` puts the derivative into `out`, in terms of the values `a`.
    low, high
        The ends of its range, infinite where it has none.
    at_zero
        Its value at 0.
    steepest
        The largest derivative.
    linear
        Whether a net of such units is a linear one, whatever its width.
    in_r
        Its values at a vector x in R, where they are not the expression; without overflow.
    """

    module: type[nn.Module]
    expression: str
    value: Pass
    slope: Pass
    low: float = -math.inf
    high: float = math.inf
    at_zero: float = 0.0
    steepest: float = 1.0
    linear: bool = False
    in_r: str | None = None

    @property
    def saturates(self) -> bool:
        """Whether the range is bounded on both sides, so that a unit is flat far from its line."""
        return math.isfinite(self.low) and math.isfinite(self.high)


def tanh(xp: Any, x: Any, out: Any) -> None:
    xp.tanh(x, out=out)


def tanh_slope(xp: Any, a: Any, out: Any) -> None:  # 1 - a^2
    xp.multiply(a, a, out=out)
    xp.subtract(1, out, out=out)


def relu(xp: Any, x: Any, out: Any) -> None:
    xp.maximum(x, 0, out=out)


def relu_slope(xp: Any, a: Any, out: Any) -> None:  # a is never negative
    xp.sign(a, out=out)


def sigmoid(xp: Any, x: Any, out: Any) -> None:  # (1 + tanh(x / 2)) / 2, which cannot overflow
    xp.multiply(x, 0.5, out=x)
    xp.tanh(x, out=out)
    xp.multiply(out, 0.5, out=out)
    xp.add(out, 0.5, out=out)


def sigmoid_slope(xp: Any, a: Any, out: Any) -> None:  # a - a^2
    xp.multiply(a, a, out=out)
    xp.subtract(a, out, out=out)


def identity(xp: Any, x: Any, out: Any) -> None:
    xp.multiply(x, 1, out=out)


def identity_slope(xp: Any, a: Any, out: Any) -> None:
    xp.multiply(a, 0, out=out)
    xp.add(out, 1, out=out)


def elu(xp: Any, x: Any, out: Any) -> None:  # exp(x) - 1 is never below x
    xp.minimum(x, 0, out=out)
    xp.expm1(out, out=out)
    xp.maximum(x, out, out=out)


def elu_slope(xp: Any, a: Any, out: Any) -> None:  # exp(x) = 1 + a below 0
    xp.minimum(a, 0, out=out)
    xp.add(out, 1, out=out)


LEAK = 0.01  # nn.LeakyReLU's own


def leaky_relu(xp: Any, x: Any, out: Any) -> None:
    xp.multiply(x, LEAK, out=out)
    xp.maximum(x, out, out=out)


def leaky_relu_slope(xp: Any, a: Any, out: Any) -> None:
    xp.sign(a, out=out)
    xp.maximum(out, LEAK, out=out)


def softplus(xp: Any, x: Any, out: Any) -> None:  # log(exp(x) + exp(0)), which cannot overflow
    xp.logaddexp(x, 0, out=out)


def softplus_slope(xp: Any, a: Any, out: Any) -> None:  # 1 - exp(-a)
    xp.negative(a, out=out)
    xp.expm1(out, out=out)
    xp.negative(out, out=out)


ACTIVATIONS: dict[ActivationName, Activation] = {
    "tanh": Activation(nn.Tanh, "tanh(x)", tanh, tanh_slope, low=-1, high=1),
    "relu": Activation(*(nn.ReLU, "max(x, 0)", relu, relu_slope), low=0, in_r="pmax(x, 0)"),
    "sigmoid": Activation(
        *(nn.Sigmoid, "1 / (1 + exp(-x))", sigmoid, sigmoid_slope),
        low=0,
        high=1,
        at_zero=0.5,
        steepest=0.25,
    ),
    "identity": Activation(nn.Identity, "x", identity, identity_slope, linear=True),
    "elu": Activation(
        *(nn.ELU, "x if x > 0 else exp(x) - 1", elu, elu_slope),
        low=-1,
        in_r="pmax(x, expm1(pmin(x, 0)))",
    ),
    "leaky_relu": Activation(
        *(nn.LeakyReLU, "max(x, 0.01 * x)", leaky_relu, leaky_relu_slope),
        in_r="pmax(x, 0.01 * x)",
    ),
    "softplus": Activation(
        *(nn.Softplus, "log(1 + exp(x))", softplus, softplus_slope),
        low=0,
        at_zero=math.log(2),
        in_r="pmax(x, 0) + log1p(exp(-abs(x)))",
    ),
}


def check_activation(value: Any, name: str = "activation") -> ActivationName:
    """The name of an activation in the table."""
    return check_choice(name, value, tuple(ACTIVATIONS))
