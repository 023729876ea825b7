"""A fit as a script in plain PyTorch, for those who want to see what was behind the call.

The script spells out what `train_xor()` does, with the same operations in the same order, so that
it comes to the same weights, bit for bit, on the same machine with the same version of torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from string import Template

import torch

from .checks import check_choice, show
from .data import TwoClassDataset, XORDataset
from .files import check_path
from .fit import Fit, check_fit
from .model import ACTIVATIONS
from .public import public
from .script_fused import PYTHON_LOOP, PYTHON_PARTS
from .script_r import R_LOOPS, quoted, r_script
from .settings import Settings


class Code(str):
    """A script. Where it is shown, it is shown as it reads, not as a quoted string."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


@dataclass(frozen=True)
class Recipe:
    """What goes into a script: all that made the fit.

    `own` is the file of a fit whose data cannot be made from a seed; None for XOR.
    """

    settings: Settings
    widths: tuple[int, ...]
    activation: str
    data: TwoClassDataset
    own: str | None


# How the weights are moved, for each engine of `train_xor()`. A new engine needs an entry here,
# with the same operations in the same order as its own, and one in `script_r.R_LOOPS`.
_LOOPS = {
    "autograd": """\
optimizer = torch.optim.SGD(model.parameters(), lr=$lr)
loss_module = nn.BCEWithLogitsLoss()
generator = torch.Generator().manual_seed(stream_seed(2))  # the third stream: batches

model.train()
for epoch in range($epochs):
    order = torch.randperm(len(data), generator=generator).to(data.device)
    for batch in torch.split(order, $batch_size):
        logits = model(data[batch]).squeeze(dim=1)
        loss = loss_module(logits, label[batch].float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
""",
    "fused": PYTHON_LOOP,
}

_HEAD = '''\
"""What xorlab.train_xor() did, in plain PyTorch: a $shape $activation net."""

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)  # operations this small are slower on more

# One seed, three streams of random numbers: 0 for the data, 1 for the first weights, 2 for the
# order of the batches. numpy derives the start of each stream from the seed.
seed = $seed


def stream_seed(stream, seed=seed):
    return int(np.random.SeedSequence([seed, stream]).generate_state(1)[0])

'''

_XOR_DATA = """\

# Data: two random bits, class 1 where exactly one of them is 1, and noise on the bits.
generator = torch.Generator().manual_seed(stream_seed(0$data_seed))
data = torch.randint(2, ($size, 2), generator=generator, dtype=torch.float32)
label = (data[:, 0] != data[:, 1]).long()
data.add_(torch.randn(data.shape, generator=generator), alpha=$std)
"""

_OWN_DATA = """\

# Data: those of the fit. Write them first, by fit.save($path) in Python or
# save_xor(fit, $path) in R.
content = torch.load($path, weights_only=True)["data"]
data = content["x"].float().contiguous()
label = content["label"].long()
"""

_NET = """\


# The net: linear layers with $activation between them. The last gives a logit.
class Net(nn.Module):
    def __init__(self):
        super().__init__()
$layers

    def forward(self, x):
$steps
        return self.linear$last(x)


torch.manual_seed(stream_seed(1))
model = Net().to($device)
data, label = data.to($device), label.to($device)

# Training: $epochs times through the data, in batches of $batch_size.
"""

_TAIL = """\

with torch.no_grad():
    called = (model.eval()(data).squeeze(dim=1) >= 0).long()
print(f"Accuracy on these data: {(called == label).float().mean().item():.2%}")
for name, weights in model.state_dict().items():
    print(name, weights, sep="\\n")
"""


@public
def show_code(fit: Fit, language: str = "python", path: str = "fit.pt") -> Code:
    """A script in plain PyTorch, without xorlab, that gives the weights of a fit to the last bit.

    It takes the steps of the fit's engine: the five visible ones of "autograd", forward, loss,
    zero_grad, backward, step; or of "fused", which is "auto"'s choice, the gradients worked out by
    hand.

    Parameters
    ----------
    fit
        A `Fit` that `train_xor()` made.
    language
        "python", or "r" for the same through reticulate.
    path
        Where the script looks for data of your own, which it cannot make from a seed: save the fit
        there first. XOR from `XORDataset` needs no file.

    Returns
    -------
    A string that shows itself as the script. It needs torch and numpy (for "r", reticulate too).

    Raises
    ------
    TypeError, ValueError
        If `fit` has no settings (it was read from a bare state dict), `language` is unknown, or
        `path` is not the name of a file.

    Notes
    -----
    The last bits depend on the machine, on the version of torch, and on which matrix library it
    computes by: in a process of R's that may be R's, unless xorlab was loaded before torch. Those
    of wide nets also depend on the threads of numpy's BLAS, which are one in xorlab, and in the
    script as many as the environment says (`OPENBLAS_NUM_THREADS=1`).

    Examples
    --------
    >>> import xorlab
    >>> code = show_code(xorlab.train_xor(epochs=1, device="cpu", seed=1))
    >>> print(code.splitlines()[0])
    \"\"\"What xorlab.train_xor() did, in plain PyTorch: a 2-4-1 tanh net.\"\"\"
    """
    language = check_choice("language", language, ("python", "r"))
    recipe = make_recipe(fit, language, path)
    engine = check_engine(recipe.settings, R_LOOPS if language == "r" else _LOOPS)
    write = r_script if language == "r" else python_script
    return Code(write(recipe, engine))


def make_recipe(fit: Fit, language: str, path: str) -> Recipe:
    check_fit(fit)
    if fit.settings is None or fit.data is None:
        raise ValueError(
            "`fit` must hold its settings and data, but this one was read from bare weights."
        )
    linears = fit.model.linears()
    widths = (fit.num_inputs, *(linear.out_features for linear in linears))
    path = PurePath(check_path(path)).as_posix()
    if language == "r" and path != path.encode("utf-8", "replace").decode():  # lone surrogates
        raise ValueError(f"`path` must be text that R can read, not {show(path)}.")
    own = None if is_drawn(fit.data) else path
    settings = replace(fit.settings, epochs=len(fit.history))  # done so far
    return Recipe(settings, widths, fit.model.activation, fit.data, own)


def is_drawn(data: TwoClassDataset) -> bool:
    """Whether the points are those that their seed gives, and not some of them or others."""
    if not isinstance(data, XORDataset) or data.seed is None:
        return False
    again = XORDataset(data.size, data.std, data.seed)
    return torch.equal(again.data, data.data) and torch.equal(again.label, data.label)


def check_engine(settings: Settings, loops: dict[str, str]) -> str:
    """The loop of the engine that made the fit."""
    if settings.engine not in loops:
        raise ValueError(
            f"`fit` must be trained by one process to be shown, not by {settings.engine}."
        )
    if settings.engine == "fused" and settings.device != "cpu":
        raise ValueError(
            "`fit` must be trained on the CPU, or by the engine 'autograd', to be shown, "
            f"not by {settings.engine!r} on {settings.device!r}."
        )
    return loops[settings.engine]


def python_script(recipe: Recipe, loop: str) -> str:
    settings, last = recipe.settings, len(recipe.widths) - 1
    kind = ACTIVATIONS[recipe.activation].__name__
    layers = [
        f"self.linear{i + 1} = nn.Linear({recipe.widths[i]}, {recipe.widths[i + 1]})"
        for i in range(last)
    ]
    layers.insert(1, f"self.act_fn = nn.{kind}()")
    steps = [f"x = self.act_fn(self.linear{i + 1}(x))" for i in range(last - 1)]
    data_seed = getattr(recipe.data, "seed", None)
    text = _HEAD + (_XOR_DATA if recipe.own is None else _OWN_DATA) + _NET + loop + _TAIL
    return Template(text).substitute(
        shape="-".join(map(str, recipe.widths)),
        activation=recipe.activation,
        seed=settings.seed,
        data_seed="" if data_seed == settings.seed else f", seed={data_seed}",
        size=len(recipe.data),
        std=getattr(recipe.data, "std", None),
        path=quoted(recipe.own),
        layers="\n".join(f"        {line}" for line in layers),
        steps="\n".join(f"        {line}" for line in steps),
        last=last,
        device=quoted(settings.device),
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        lr=repr(settings.lr),
        activation_value=PYTHON_PARTS[recipe.activation][0],
        activation_slope=PYTHON_PARTS[recipe.activation][1],
    )
