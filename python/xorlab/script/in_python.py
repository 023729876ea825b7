"""The script of `show_code()` in Python."""

from __future__ import annotations

from string import Template

from ..model.activations import ACTIVATIONS
from .columns import columns_in_python
from .first_weights import model_in_python
from .optimizer import PENALIZED_IN_PYTHON, PENALTY_IN_PYTHON, optimizer_in_python
from .recipe import Recipe, quoted
from .validation import validation_in_python

_HEAD = '''\
"""What xorlab.train_xor() did, in plain PyTorch: a $net."""

${imports}import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)  # operations this small are slower on more

${streams}seed = $seed


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
data = content["x"].contiguous()
label = content["label"].long()
"""

_NET = """\


# The net: $layers_of
class Net(nn.Module):
    def __init__(self):
        super().__init__()
$layers

    def forward(self, x):
$steps


torch.manual_seed(stream_seed(1))
$model
data, label = data.float().to($device), label.to($device)
"""

_TRAINING = """\

# Training: ${at_most}$epochs times through the data, in batches of $batch_size.
${agreement}${optimizer}
loss_module = nn.$loss()
generator = torch.Generator().manual_seed(stream_seed(2))  # the third stream: batches
"""

_LOOP = """\

model.train()
for epoch in range($range):
    order = torch.randperm(len(data), generator=generator).to(data.device)
    for batch in torch.split(order, $batch_size):
        logits = model(data[batch])$squeeze
        loss = loss_module(logits, label[batch]$as_target)
"""

_STEP = """\
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

_CALLED = "(model.eval()(data).squeeze(dim=1) >= 0).long()"
_CALLED_OF_SEVERAL = "model.eval()(data).argmax(dim=1)"


def python_script(recipe: Recipe) -> str:
    settings, last = recipe.settings, len(recipe.widths) - 1
    kind = ACTIVATIONS[settings.activation].module.__name__
    layers = [
        f"self.linear{i + 1} = nn.Linear({recipe.widths[i]}, {recipe.widths[i + 1]})"
        for i in range(last)
    ]
    if settings.hidden:
        layers.insert(1, f"self.act_fn = nn.{kind}()")
    steps = [f"x = self.act_fn(self.linear{i + 1}(x))" for i in range(last - 1)]
    steps.append(f"return self.linear{last}(x)")
    validation = validation_in_python(recipe)
    penalized, penalty = (PENALIZED_IN_PYTHON, PENALTY_IN_PYTHON) if settings.l1 else ("", "")
    data = [_OWN_DATA if recipe.own else _XOR_DATA, validation.rows, "$columns"]
    training = [_TRAINING, penalized, validation.before]
    loop = [_LOOP, penalty, _STEP, validation.each_epoch, validation.after]
    text = "".join([_HEAD, *data, _NET, validation.to_device, *training, *loop, _TAIL])
    several = recipe.several
    return Template(text).substitute(
        recipe.words(),
        data_seed="" if recipe.data_seed is None else f", seed={recipe.data_seed}",
        imports="import copy\n\n" if recipe.patient else "",
        columns=columns_in_python(recipe.preparation, recipe.held is not None),
        optimizer=optimizer_in_python(settings),
        range=f"1, {settings.epochs + 1}" if recipe.patient else settings.epochs,
        squeeze="" if several else ".squeeze(dim=1)",
        as_target="" if several else ".float()",
        called=_CALLED_OF_SEVERAL if several else _CALLED,
        layers="\n".join(f"        {line}" for line in layers),
        steps="\n".join(f"        {line}" for line in steps),
        model=model_in_python(settings.init, quoted(settings.device)),
    )
