"""The lines of a script that are about validation: its rows, and what is done after each epoch."""

from __future__ import annotations

from typing import NamedTuple

from .recipe import Recipe


class Validation(NamedTuple):
    """The places of a script where validation has lines of its own, as templates; empty without."""

    rows: str = ""
    to_device: str = ""
    before: str = ""
    each_epoch: str = ""
    after: str = ""


def validation_in_python(recipe: Recipe) -> Validation:
    if recipe.held is None:
        return Validation()
    rows = _SPLIT_IN_PYTHON if recipe.held == "by the seed" else _file(recipe, _FILE_IN_PYTHON)
    patient = recipe.patient
    return Validation(
        rows,
        "val_data, val_label = val_data.float().to($device), val_label.to($device)\n",
        "" if patient else "val_losses = []\n",
        _LOSS_IN_PYTHON + (_BEST_IN_PYTHON if patient else "    val_losses.append(val_loss)\n"),
        _BEST_AFTER_IN_PYTHON if patient else _LAST_IN_PYTHON,
    )


def validation_in_r(recipe: Recipe) -> Validation:
    if recipe.held is None:
        return Validation()
    rows = _SPLIT_IN_R if recipe.held == "by the seed" else _file(recipe, _FILE_IN_R)
    patient = recipe.patient
    return Validation(
        rows,
        "val_data <- val_data$$float()$$to($device)\nval_label <- val_label$$to($device)\n",
        "" if patient else "val_losses <- c()\n",
        _LOSS_IN_R + (_BEST_IN_R if patient else "  val_losses <- c(val_losses, val_loss)\n"),
        _BEST_AFTER_IN_R if patient else _LAST_IN_R,
    )


def _file(recipe: Recipe, lines: str) -> str:
    """Rows of the file, which the comment on the data says how to write where they are there."""
    return _FILE + ("" if recipe.own else _WRITE) + lines


_FILE = """\

# Validation: the rows of the fit that it was not trained on.
"""
_WRITE = """\
# Write them first, by fit.save($path) in Python or
# save_xor(fit, $path) in R.
"""

_SPLIT_IN_PYTHON = """\

# Validation: $share of each class is held out of the training, one point at least and never all.
generator = torch.Generator().manual_seed(stream_seed(5))
held_out = torch.zeros(len(data), dtype=torch.bool)
for number in range(2):
    rows = (label == number).nonzero()[:, 0]
    order = torch.randperm(len(rows), generator=generator)
    count = min(max(int($share * len(rows) + 0.5), 1), len(rows) - 1)
    held_out[rows[order[:count]]] = True
val_data, val_label = data[held_out], label[held_out]
data, label = data[~held_out], label[~held_out]
"""

_FILE_IN_PYTHON = """\
content = torch.load($path, weights_only=True)["validation"]
val_data = content["x"].contiguous()
val_label = content["label"].long()
"""

_LOSS_IN_PYTHON = """\
    # After the epoch: the loss on the validation rows, by which no step is taken.
    model.eval()
    with torch.no_grad():
        val_loss = loss_module(model(val_data)$squeeze, val_label$as_target).item()
    model.train()
"""

_BEST_IN_PYTHON = """\
    # Keep the weights of the best epoch; stop after $patience without a better one.
    if epoch == 1 or val_loss < best_loss:
        best_loss, best_epoch = val_loss, epoch
        best_weights = copy.deepcopy(model.state_dict())
    elif epoch - best_epoch >= $patience:
        break
"""

_BEST_AFTER_IN_PYTHON = """\

model.load_state_dict(best_weights)
print(f"Best epoch: {best_epoch}, validation loss {best_loss:.4f}")
"""

_LAST_IN_PYTHON = """\

print(f"Validation loss: {val_losses[0]:.4f} to {val_losses[-1]:.4f}")
"""

_SPLIT_IN_R = """\

# Validation: $share of each class is held out of the training, one point at least and never all.
generator <- torch$$Generator()$$manual_seed(stream_seed(5L))
held_out <- torch$$zeros(${size}L, dtype = torch$$bool)
for (number in 0:1) {
  rows <- torch$$eq(label, number)$$nonzero()$$select(1L, 0L)
  size <- py_to_r(rows$$numel())
  order <- torch$$randperm(size, generator = generator)
  count <- as.integer(min(max(floor($share * size + 0.5), 1), size - 1))
  invisible(held_out$$index_fill_(0L, rows$$index_select(0L, order$$narrow(0L, 0L, count)), TRUE))
}
places <- held_out$$nonzero()$$select(1L, 0L)
val_data <- data$$index_select(0L, places)
val_label <- label$$index_select(0L, places)
places <- held_out$$logical_not()$$nonzero()$$select(1L, 0L)
data <- data$$index_select(0L, places)
label <- label$$index_select(0L, places)
"""

_FILE_IN_R = """\
content <- torch$$load($path, weights_only = TRUE)[["validation"]]
val_data <- content[["x"]]$$contiguous()
val_label <- content[["label"]]$$long()
"""

_LOSS_IN_R = """\
  # After the epoch: the loss on the validation rows, by which no step is taken.
  invisible(model$$eval())
  with(torch$$no_grad(), {
    val_loss <- py_to_r(loss_module(model(val_data)$squeeze, val_label$as_target)$$item())
  })
  invisible(model$$train())
"""

_BEST_IN_R = """\
  # Keep the weights of the best epoch; stop after $patience without a better one.
  if (epoch == 1 || val_loss < best_loss) {
    best_loss <- val_loss
    best_epoch <- epoch
    best_weights <- copy$$deepcopy(model$$state_dict())
  } else if (epoch - best_epoch >= $patience) {
    break
  }
"""

_BEST_AFTER_IN_R = """\
invisible(model$$load_state_dict(best_weights))
cat(sprintf("Best epoch: %d, validation loss %.4f\\n", best_epoch, best_loss))
"""

_LAST_IN_R = """\
cat(sprintf("Validation loss: %.4f to %.4f\\n", val_losses[1], val_loss))
"""
