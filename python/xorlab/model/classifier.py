"""The classifier: linear layers with an activation between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ..checks.public import public
from ..checks.values import check_count, check_counts
from ..checks.words import show
from ..seed import seeded
from .activations import ACTIVATIONS, ActivationName, check_activation
from .initial_weights import InitName, initialize

# Hidden layers and weights of a net: far beyond a small classifier, and well within memory.
MAX_LAYERS, MAX_WEIGHTS = 100, 10**8


def check_hidden(
    name: str, value: Any, num_inputs: int = 1, num_outputs: int = 1
) -> tuple[int, ...]:
    """Hidden units, one number or one for each hidden layer, as a tuple, which is empty for none;
    not too many of them."""
    hidden = check_counts(name, value, most=MAX_LAYERS)
    weights = sum(
        (before + 1) * after for before, after in pairwise([num_inputs, *hidden, num_outputs])
    )
    if weights > MAX_WEIGHTS:
        raise ValueError(
            f"`{name}` must make a net of at most {MAX_WEIGHTS:,} weights, not {weights:,}."
        )
    return hidden


class SimpleClassifier(nn.Module):
    """Linear, activation, ..., linear: a net whose output is a logit.

    Parameters
    ----------
    num_inputs
        Number of input columns.
    num_hidden
        Hidden units: one number, or one for each of up to 100 hidden layers; 0 or an empty sequence
        for none, which makes the logit linear in the inputs.
    num_outputs
        Number of outputs; 1 for two classes, else one for each class.
    activation
        "tanh", "relu", "sigmoid", "identity", "elu", "leaky_relu" or "softplus".

    Its parameters are `linear1.weight` of shape [hidden, inputs], `linear1.bias` of shape
    [hidden], then `linear2` and so on up to the output.

    Raises
    ------
    TypeError, ValueError
        If a number is not a whole one of at least 1, there are more than 100 hidden layers or
        100,000,000 weights, or the activation is unknown.

    Examples
    --------
    >>> model = SimpleClassifier(2, 4, 1)
    >>> sum(p.numel() for p in model.parameters())
    17
    >>> SimpleClassifier(2, [8, 8], 1, activation="relu").hidden
    (8, 8)
    """

    @public
    def __init__(
        self,
        num_inputs: int,
        num_hidden: int | Sequence[int],
        num_outputs: int,
        activation: ActivationName = "tanh",
    ) -> None:
        super().__init__()
        ends = check_count("num_inputs", num_inputs), check_count("num_outputs", num_outputs)
        self.hidden = check_hidden("num_hidden", num_hidden, *ends)
        self.activation = check_activation(activation)
        widths = [ends[0], *self.hidden, ends[1]]
        self.linear1 = nn.Linear(widths[0], widths[1])
        if self.hidden:
            self.act_fn = ACTIVATIONS[self.activation].module()
        for i in range(1, len(widths) - 1):
            self.add_module(f"linear{i + 1}", nn.Linear(widths[i], widths[i + 1]))

    def forward(self, x: Tensor) -> Tensor:
        """Logits, shape [n, num_outputs], of inputs of shape [n, num_inputs]."""
        *hidden, output = self.linears()
        for linear in hidden:
            x = self.act_fn(linear(x))
        logits: Tensor = output(x)
        return logits

    def linears(self) -> list[nn.Linear]:
        """The linear layers, first to last."""
        return [layer for layer in self.children() if isinstance(layer, nn.Linear)]

    @property
    def widths(self) -> tuple[int, ...]:
        """Number of inputs, of units in each hidden layer, and of outputs."""
        first, *others = self.linears()
        return (first.in_features, first.out_features, *(one.out_features for one in others))


def new_classifier(
    num_inputs: int,
    hidden: Sequence[int],
    activation: ActivationName,
    seed: int,
    classes: int = 2,
    init: InitName = "default",
) -> SimpleClassifier:
    """A classifier for so many classes whose first weights depend on the seed alone."""
    with seeded(seed, "weights"), in_float32():
        model = SimpleClassifier(num_inputs, hidden, outputs_for(classes), activation)
        initialize(model.linears(), init)
        return model


def net_name(widths: Sequence[int], activation: ActivationName) -> str:
    """A net in a few words, by the numbers of its inputs, hidden units and outputs."""
    shape = "-".join(map(str, widths))
    if len(widths) > 2:
        return f"{shape} {activation} net"
    return f"{shape} net ({'' if widths[-1] == 1 else 'multinomial '}logistic regression)"


def outputs_for(classes: int) -> int:
    """One logit tells two classes apart; more classes have one each."""
    return 1 if classes == 2 else classes


@contextmanager
def in_float32() -> Iterator[None]:
    """Within it, torch's default type is float32, whatever the user's default."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


# What torch.compile() and DataParallel put before the names in a state dict.
_WRAPPERS = ("_orig_mod.", "module.")


def without_wrappers(weights: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """The state dict of the module itself, where that of a wrapper around it came."""
    for wrapper in _WRAPPERS:
        if weights and all(name.startswith(wrapper) for name in weights):
            bare = {name.removeprefix(wrapper): weight for name, weight in weights.items()}
            return without_wrappers(bare)
    return weights


def classifier_from_weights(
    weights: Mapping[str, Tensor], activation: ActivationName = "tanh"
) -> SimpleClassifier:
    """The classifier that a state dict belongs to; its sizes are read from the shapes.

    Names may have `_orig_mod.` or `module.` in front, as of a compiled or a parallel module.

    Raises
    ------
    ValueError
        If the names or shapes are not those of a `SimpleClassifier`.
    """
    try:
        weights = without_wrappers(weights)
        shapes = [tuple(weights[f"linear{i + 1}.weight"].shape) for i in range(len(weights) // 2)]
        # Seeded only so that the user's generator is not drawn from; every weight is replaced.
        with seeded(0, "weights"), in_float32():
            model = SimpleClassifier(
                shapes[0][1], [shape[0] for shape in shapes[:-1]], shapes[-1][0], activation
            )
        model.load_state_dict(dict(weights))
    except (KeyError, IndexError, AttributeError, TypeError, ValueError, RuntimeError) as error:
        raise ValueError(
            "The weights are not those of a SimpleClassifier, which are `linear1.weight` [hidden, "
            f"inputs], `linear1.bias` [hidden], ...: got {', '.join(map(str, weights)) or 'none'}."
        ) from error
    return model


def weight_arrays(weights: Mapping[str, Tensor]) -> dict[str, NDArray[np.float32]]:
    """A state dict as numpy arrays that share nothing with it."""
    return {name: weight.cpu().numpy().copy() for name, weight in weights.items()}


def shapes(weights: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    return {name: tuple(weight.shape) for name, weight in weights.items()}


def weight_tensors(weights: Any, called: str = "weights") -> dict[str, Tensor]:
    """A state dict of numpy arrays as tensors of their own, float32."""
    if not isinstance(weights, Mapping):
        raise TypeError(f"`{called}` must be a dict of arrays, not {show(weights)}.")
    tensors = {}
    for name, values in weights.items():
        if not isinstance(name, str) or np.asarray(values).dtype.kind not in "fiu":
            raise TypeError(f"`{called}` must be numbers by name, not {show({name: values})}.")
        with np.errstate(over="ignore"):  # float64 beyond float32
            tensors[name] = torch.from_numpy(np.array(values, dtype=np.float32, order="C"))
    return tensors
