"""The script of `show_code()` in R, which calls torch through reticulate."""

from __future__ import annotations

from string import Template

from ..model.activations import ACTIVATIONS
from .recipe import Recipe, column_words, input_code, quoted

_LOOP = """\
optimizer <- torch$$optim$$SGD(model$$parameters(), $sgd)
loss_module <- torch$$nn$$$loss()
generator <- torch$$Generator()$$manual_seed(stream_seed(2L)) # the third stream: batches

invisible(model$$train())
for (epoch in seq_len($epochs)) {
  order <- torch$$randperm(${size}L, generator = generator)$$to(data$$device)
  for (batch in iterate(torch$$split(order, $batch_size))) {
    logits <- model(data$$index_select(0L, batch))$squeeze
    loss <- loss_module(logits, label$$index_select(0L, batch)$number)
    optimizer$$zero_grad()
    loss$$backward()
    optimizer$$step()
  }
}
"""

_HEAD = """\
# What xorlab's train_xor() did, in PyTorch through reticulate: a $shape $activation net.

library(reticulate)
# On Linux, have torch compute by its own matrix library, and not by R's.
os <- import("os")
if (py_has_attr(os, "RTLD_DEEPBIND")) {
  sys <- import("sys")
  sys$$setdlopenflags(bitwOr(sys$$getdlopenflags(), os$$RTLD_DEEPBIND))
}
torch <- import("torch", convert = FALSE)
np <- import("numpy", convert = FALSE)

invisible(torch$$set_num_threads(1L)) # operations this small are slower on more

# One seed, three streams of random numbers: 0 for the data, 1 for the first weights, 2 for the
# order of the batches. numpy derives the start of each stream from the seed.
seed <- ${seed}L

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
data <- content[["x"]]$cast
label <- content[["label"]]$$long()
"""

_COLUMNS = """\

# Columns: $what.
$lines
"""

_NET = """\

# The net: linear layers with $activation between them. The last gives a logit$each.
invisible(torch$$manual_seed(stream_seed(1L)))
model <- torch$$nn$$Sequential(
$layers
)$$to($device)
data <- data$$to($device)
label <- label$$to($device)

# Training: $epochs times through the data, in batches of $size_of_batch.
${agreement}"""

_TAIL = """\

to_r <- function(tensor) py_to_r(tensor$$detach()$$cpu()$$numpy())
called <- to_r(model$$eval()(data)$called
cat(sprintf("Accuracy on these data: %.2f%%\\n", 100 * mean(called == to_r(label))))
weights <- lapply(iterate(model$$parameters()), to_r)
print(weights)
"""

_ONE = {
    "each": "",
    "loss": "BCEWithLogitsLoss",
    "squeeze": "$squeeze(dim = 1L)",
    "number": "$float()",
    "called": "$squeeze(dim = 1L)) >= 0",
}
_SEVERAL = {
    "each": " for each class",
    "loss": "CrossEntropyLoss",
    "squeeze": "",
    "number": "",
    "called": "$argmax(dim = 1L))",
}


def r_script(recipe: Recipe) -> str:
    settings, last = recipe.settings, len(recipe.widths) - 1
    layers = []
    for i in range(last):
        layers.append(f"torch$nn$Linear({recipe.widths[i]}L, {recipe.widths[i + 1]}L)")
        layers.append(f"torch$nn${ACTIVATIONS[settings.activation].module.__name__}()")
    text = _HEAD + (_XOR_DATA if recipe.own is None else _OWN_DATA)
    text += column_code(recipe) + _NET + _LOOP + _TAIL
    return Template(text).substitute(
        **(_SEVERAL if recipe.several else _ONE),
        cast="$double()" if recipe.prepared else "$float()$contiguous()",
        shape="-".join(map(str, recipe.widths)),
        activation=settings.activation,
        seed=settings.seed,
        data_seed="" if recipe.data_seed is None else f", from = {recipe.data_seed}L",
        size=len(recipe.data),
        std=repr(recipe.data.origin.std if recipe.data.origin else 0.0),
        path=quoted(recipe.own),
        layers=",\n".join(f"  {line}" for line in layers[:-1]),
        device=quoted(settings.device),
        epochs=settings.epochs,
        batch_size=f"{settings.batch_size}L",
        size_of_batch=settings.batch_size,
        sgd=", ".join(f"{name} = {value!r}" for name, value in settings.sgd().items()),
        agreement=recipe.agreement,
    )


def column_code(recipe: Recipe) -> str:
    """What makes the inputs of the net of the columns, in float64; nothing where they are those."""
    if not recipe.prepared or recipe.preparation is None:
        return ""
    lines, inputs = ["values <- data$double()"], recipe.preparation.inputs
    if inputs:
        made = (input_code(name, "torch$mul({}, {})", "torch$sin({})") for name in inputs)
        lines += [
            "x1 <- values$select(1L, 0L)",
            "x2 <- values$select(1L, 1L)",
            f"values <- torch$stack(list({', '.join(made)}), dim = 1L)",
        ]
    if recipe.preparation.scale is not None:
        lines += [
            "center <- values$mean(dim = 0L)",
            "spread <- torch$sub(values, center)$square()$mean(dim = 0L)$sqrt()",
            "values <- torch$div(torch$sub(values, center), spread)",
        ]
    if recipe.kept:
        places = ", ".join(f"{place}L" for place in recipe.kept)
        lines.append(
            f"values <- values$index_select(1L, torch$tensor(list({places}))) # those that vary"
        )
    lines.append("data <- values$float()$contiguous()")
    code = "\n".join(lines).replace("$", "$$")
    return Template(_COLUMNS).safe_substitute(what=column_words(recipe), lines=code)
