"""The script of `show_code()` in R, which calls torch through reticulate."""

from __future__ import annotations

import textwrap
from string import Template
from typing import Any

from ..model.activations import ACTIVATIONS
from .columns import columns_in_r
from .first_weights import to_device_in_r
from .optimizer import PENALIZED_IN_R, PENALTY_IN_R, optimizer_in_r
from .recipe import Recipe, quoted
from .validation import validation_in_r

_TRAINING = """\

# Training: ${at_most}$epochs times through the data, in batches of $batch_size.
${agreement}${optimizer}
loss_module <- torch$$nn$$$loss()
generator <- torch$$Generator()$$manual_seed(stream_seed(2L)) # the third stream: batches
"""

_LOOP = """\

invisible(model$$train())
for (epoch in seq_len($epochs)) {
  order <- torch$$randperm(${trained}L, generator = generator)$$to(data$$device)
  for (batch in iterate(torch$$split(order, ${batch_size}L))) {
    logits <- model(data$$index_select(0L, batch))$squeeze
    loss <- loss_module(logits, label$$index_select(0L, batch)$as_target)
"""

_STEP = """\
    optimizer$$zero_grad()
    loss$$backward()
    optimizer$$step()
  }
"""

_END = """\
}
"""

_TITLE = "# What xorlab's train_xor() did, in PyTorch through reticulate: a {}."
_WRAPPED: Any = {"width": 100, "subsequent_indent": "# ", "break_on_hyphens": False}
_HEAD = """\
$head

library(reticulate)
# On Linux, have torch compute by its own matrix library, and not by R's.
os <- import("os")
if (py_has_attr(os, "RTLD_DEEPBIND")) {
  sys <- import("sys")
  sys$$setdlopenflags(bitwOr(sys$$getdlopenflags(), os$$RTLD_DEEPBIND))
}
torch <- import("torch", convert = FALSE)
np <- import("numpy", convert = FALSE)
${imports}
invisible(torch$$set_num_threads(1L)) # operations this small are slower on more

${streams}seed <- ${seed}L

stream_seed <- function(stream, from = seed) {
  np$$random$$SeedSequence(list(from, stream))$$generate_state(1L)$$item()
}

"""

_XOR_DATA = """\
# Data: two random bits, class 1 where exactly one of them is 1, and noise on the bits.
generator <- torch$$Generator()$$manual_seed(stream_seed(0L$data_seed))
shape <- tuple(${size}L, 2L)
data <- torch$$randint(2L, shape, generator = generator, dtype = torch$$float32)
label <- torch$$ne(data$$select(1L, 0L), data$$select(1L, 1L))$$long()
invisible(data$$add_(torch$$randn(shape, generator = generator), alpha = $std))
"""

_OWN_DATA = """\
# Data: those of the fit. Write them first, by xorlab::save_xor(fit, $path).
content <- torch$$load($path, weights_only = TRUE)[["data"]]
data <- content[["x"]]$$contiguous()
label <- content[["label"]]$$long()
"""

_NET = """\

# The net: $layers_of
invisible(torch$$manual_seed(stream_seed(1L)))
model <- torch$$nn$$Sequential(
$layers
)$to_device
data <- data$$float()$$to($device)
label <- label$$to($device)
"""

_TAIL = """\

to_r <- function(tensor) py_to_r(tensor$$detach()$$cpu()$$numpy())
logits <- model$$eval()(data)
called <- $called
cat(sprintf("Accuracy on these data: %.2f%%\\n", 100 * mean(called == to_r(label))))
weights <- lapply(iterate(model$$parameters()), to_r)
print(weights)
"""

_CALLED = "1L * (to_r(logits$squeeze(dim = 1L)) >= 0)"
_CALLED_OF_SEVERAL = "to_r(logits$argmax(dim = 1L))"


def r_script(recipe: Recipe) -> str:
    settings, last = recipe.settings, len(recipe.widths) - 1
    layers = []
    for i in range(last):
        layers.append(f"torch$nn$Linear({recipe.widths[i]}L, {recipe.widths[i + 1]}L)")
        layers.append(f"torch$nn${ACTIVATIONS[settings.activation].module.__name__}()")
    validation = validation_in_r(recipe)
    penalized, penalty = (PENALIZED_IN_R, PENALTY_IN_R) if settings.l1 else ("", "")
    data = [_OWN_DATA if recipe.own else _XOR_DATA, validation.rows, "$columns"]
    training = [_TRAINING, penalized, validation.before]
    loop = [_LOOP, penalty, _STEP, validation.each_epoch, _END, validation.after]
    text = "".join([_HEAD, *data, _NET, validation.to_device, *training, *loop, _TAIL])
    several, words = recipe.several, recipe.words()
    return Template(text).substitute(
        words,
        head=textwrap.fill(_TITLE.format(words["net"]), **_WRAPPED),
        data_seed="" if recipe.data_seed is None else f", from = {recipe.data_seed}L",
        imports='copy <- import("copy", convert = FALSE)\n' if recipe.patient else "",
        columns=columns_in_r(recipe.preparation, recipe.held is not None),
        optimizer=optimizer_in_r(settings),
        squeeze="" if several else "$squeeze(dim = 1L)",
        as_target="" if several else "$float()",
        called=_CALLED_OF_SEVERAL if several else _CALLED,
        layers=",\n".join(f"  {line}" for line in layers[:-1]),
        to_device=to_device_in_r(settings.init, quoted(settings.device)),
    )
