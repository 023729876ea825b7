"""The script of `show_code()` in Python."""

from __future__ import annotations

from string import Template

from ..model.activations import ACTIVATIONS
from .recipe import Recipe, column_words, input_code, quoted

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
data = content["x"]$cast
label = content["label"].long()
"""

_COLUMNS = """\

# Columns: $what.
$lines
"""

_NET = """\


# The net: linear layers with $activation between them. The last gives a logit$each.
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
${agreement}"""

_LOOP = """\
optimizer = torch.optim.SGD(model.parameters(), $sgd)
loss_module = nn.$loss()
generator = torch.Generator().manual_seed(stream_seed(2))  # the third stream: batches

model.train()
for epoch in range($epochs):
    order = torch.randperm(len(data), generator=generator).to(data.device)
    for batch in torch.split(order, $batch_size):
        logits = model(data[batch])$squeeze
        loss = loss_module(logits, label[batch]$number)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
"""

_TAIL = """\

with torch.no_grad():
    called = $called
print(f"Accuracy on these data: {(called == label).float().mean().item():.2%}")
for name, weights in model.state_dict().items():
    print(name, weights, sep="\\n")
"""


def python_script(recipe: Recipe) -> str:
    settings, last = recipe.settings, len(recipe.widths) - 1
    kind = ACTIVATIONS[settings.activation].module.__name__
    layers = [
        f"self.linear{i + 1} = nn.Linear({recipe.widths[i]}, {recipe.widths[i + 1]})"
        for i in range(last)
    ]
    layers.insert(1, f"self.act_fn = nn.{kind}()")
    steps = [f"x = self.act_fn(self.linear{i + 1}(x))" for i in range(last - 1)]
    text = _HEAD + (_XOR_DATA if recipe.own is None else _OWN_DATA)
    text += column_code(recipe) + _NET + _LOOP + _TAIL
    return Template(text).substitute(
        **loss_words(recipe.several),
        cast=".double()" if recipe.prepared else ".float().contiguous()",
        shape="-".join(map(str, recipe.widths)),
        activation=settings.activation,
        seed=settings.seed,
        data_seed="" if recipe.data_seed is None else f", seed={recipe.data_seed}",
        size=len(recipe.data),
        std=recipe.data.origin.std if recipe.data.origin else None,
        path=quoted(recipe.own),
        layers="\n".join(f"        {line}" for line in layers),
        steps="\n".join(f"        {line}" for line in steps),
        last=last,
        device=quoted(settings.device),
        epochs=settings.epochs,
        batch_size=settings.batch_size,
        sgd=", ".join(f"{name}={value!r}" for name, value in settings.sgd().items()),
        agreement=recipe.agreement,
    )


def loss_words(several: bool) -> dict[str, str]:
    """How a logit for two classes, or one for each of several, is trained and read."""
    if several:
        return {
            "each": " for each class",
            "loss": "CrossEntropyLoss",
            "squeeze": "",
            "number": "",
            "called": "model.eval()(data).argmax(dim=1)",
        }
    return {
        "each": "",
        "loss": "BCEWithLogitsLoss",
        "squeeze": ".squeeze(dim=1)",
        "number": ".float()",
        "called": "(model.eval()(data).squeeze(dim=1) >= 0).long()",
    }


def column_code(recipe: Recipe) -> str:
    """What makes the inputs of the net of the columns, in float64; nothing where they are those."""
    if not recipe.prepared or recipe.preparation is None:
        return ""
    lines, inputs = ["values = data.double()"], recipe.preparation.inputs
    if inputs:
        made = ", ".join(input_code(name, "{} * {}", "torch.sin({})") for name in inputs)
        lines += ["x1, x2 = values.unbind(dim=1)", f"values = torch.stack([{made}], dim=1)"]
    if recipe.preparation.scale is not None:
        lines += [
            "center = values.mean(dim=0)",
            "spread = (values - center).square().mean(dim=0).sqrt()",
            "values = (values - center) / spread",
        ]
    if recipe.kept:
        lines.append(f"values = values[:, {recipe.kept}]  # those that vary")
    lines.append("data = values.float().contiguous()")
    return Template(_COLUMNS).safe_substitute(what=column_words(recipe), lines="\n".join(lines))
