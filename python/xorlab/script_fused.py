"""The training loop of the engine "fused", as `show_code()` writes it: the operations of
`fused.py`, for one net, in the same order."""

from __future__ import annotations

# Of each activation: its value at t, and its derivative in terms of that value, in Python and R.
PYTHON_PARTS = {
    "tanh": ("np.tanh(t)", "1 - a * a"),
    "relu": ("np.maximum(t, 0)", "np.sign(a)"),
    "sigmoid": ("np.tanh(0.5 * t) * 0.5 + 0.5", "a - a * a"),
    "identity": ("t", "np.ones_like(a)"),
}
R_PARTS = {
    "tanh": ("np$tanh(t)", "1L - a * a"),
    "relu": ("np$maximum(t, 0L)", "np$sign(a)"),
    "sigmoid": ("np$tanh(t * 0.5) * 0.5 + 0.5", "a - a * a"),
    "identity": ("t", "np$ones_like(a)"),
}

PYTHON_LOOP = """\
# The gradients are worked out by hand, on numpy's arrays: quick for a net this small. A column is a
# point, and a row of ones below the inputs of a layer makes its bias one more column of weights.
# (For the five steps by loss.backward(), ask for the script of train_xor(engine="autograd").)
linears = [module for module in model.modules() if isinstance(module, nn.Linear)]
weights = [
    np.hstack([linear.weight.detach().numpy(), linear.bias.detach().numpy()[:, None]])
    for linear in linears
]
inputs = np.vstack([data.numpy().T, np.ones((1, len(data)), dtype=np.float32)])
signs = (2 * label.numpy()[None] - 1).astype(np.float32)  # -1 and 1
generator = torch.Generator().manual_seed(stream_seed(2))  # the third stream: batches


def activation(t):
    return $activation_value


def slope(a):  # the derivative of the activation, where its value is a
    return $activation_slope


for epoch in range($epochs):
    order = torch.randperm(len(data), generator=generator)
    for batch in torch.split(order, $batch_size):
        s = signs.take(batch.numpy(), axis=1)
        layer_inputs = [inputs.take(batch.numpy(), axis=1)]
        for w in weights[:-1]:
            hidden = activation(np.matmul(w, layer_inputs[-1]))
            layer_inputs.append(np.vstack([hidden, np.ones_like(s)]))
        logits = np.matmul(weights[-1], layer_inputs[-1])

        # The derivative of the loss by the logit is (tanh(logit / 2) - s) / 2.
        delta = np.tanh(0.5 * logits) - s
        changes = [np.matmul(delta, layer_inputs[-1].T)]
        for i in range(len(weights) - 1, 0, -1):
            delta = np.matmul(weights[i][:, :-1].T, delta) * slope(layer_inputs[i][:-1])
            changes.insert(0, np.matmul(delta, layer_inputs[i - 1].T))
        step = np.float32(0.5 * $lr / len(batch))
        weights = [w - change * step for w, change in zip(weights, changes)]

with torch.no_grad():
    for linear, w in zip(linears, weights):
        linear.weight.copy_(torch.from_numpy(w[:, :-1]))
        linear.bias.copy_(torch.from_numpy(w[:, -1]))
"""

R_LOOP = """\
# The gradients are worked out by hand, on numpy's arrays: quick for a net this small. A column is a
# point, and a row of ones below the inputs of a layer makes its bias one more column of weights.
# (For the five steps by loss$$backward(), ask for the script of train_xor(engine = "autograd").)
parameters <- iterate(model$$parameters())
weights <- lapply(seq(1, length(parameters), by = 2), function(i) {
  bias <- parameters[[i + 1]]$$detach()$$unsqueeze(1L)
  torch$$cat(list(parameters[[i]]$$detach(), bias), dim = 1L)$$numpy()
})
ones <- torch$$ones(1L, ${size}L)
inputs <- torch$$cat(list(data$$t(), ones))$$numpy()
signs <- (label$$unsqueeze(0L)$$float() * 2L - 1L)$$numpy() # -1 and 1
generator <- torch$$Generator()$$manual_seed(stream_seed(2L)) # the third stream: batches

activation <- function(t) $activation_value
slope <- function(a) $activation_slope # the derivative of the activation, where its value is a
without_last <- function(x, axis) np$$split(x, list(-1L), axis = axis)[[0L]]

for (epoch in seq_len($epochs)) {
  order <- torch$$randperm(${size}L, generator = generator)
  for (batch in iterate(torch$$split(order, $batch_size))) {
    batch <- batch$$numpy()
    s <- np$$take(signs, batch, axis = 1L)
    layer_inputs <- list(np$$take(inputs, batch, axis = 1L))
    for (w in weights[-length(weights)]) {
      hidden <- activation(np$$matmul(w, layer_inputs[[length(layer_inputs)]]))
      layer_inputs <- c(layer_inputs, list(np$$vstack(list(hidden, np$$ones_like(s)))))
    }
    logits <- np$$matmul(weights[[length(weights)]], layer_inputs[[length(layer_inputs)]])

    # The derivative of the loss by the logit is (tanh(logit / 2) - s) / 2.
    delta <- np$$tanh(logits * 0.5) - s
    changes <- list(np$$matmul(delta, layer_inputs[[length(weights)]]$$T))
    for (i in rev(seq_along(weights)[-1])) {
      back <- np$$matmul(without_last(weights[[i]], 1L)$$T, delta)
      delta <- back * slope(without_last(layer_inputs[[i]], 0L))
      changes <- c(list(np$$matmul(delta, layer_inputs[[i - 1]]$$T)), changes)
    }
    step <- np$$float32(0.5 * $lr / py_to_r(batch$$size))
    weights <- Map(function(w, change) w - change * step, weights, changes)
  }
}

for (i in seq_along(weights)) {
  w <- torch$$from_numpy(weights[[i]])
  columns <- py_to_r(w$$size(1L)) - 1L
  invisible(parameters[[2 * i - 1]]$$data$$copy_(w$$narrow(1L, 0L, columns)))
  invisible(parameters[[2 * i]]$$data$$copy_(w$$select(1L, columns)))
}
"""
