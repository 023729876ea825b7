#' Train a small classifier
#'
#' Stochastic gradient descent on the logistic loss, in Python by torch.
#'
#' @param data What to learn: the result of [xor_data()] or [as_xor_data()]; `NULL` makes 2,500
#'   points of continuous XOR.
#' @param hidden Hidden units: one number, or one for each hidden layer.
#' @param activation `"tanh"`, `"relu"`, `"sigmoid"` or `"identity"`.
#' @param epochs How many times to go through the data.
#' @param lr Learning rate, above 0.
#' @param batch_size Points in one step of the descent; the last batch may be smaller.
#' @param device `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
#' @param seed Fixes data, first weights and batch order; `NULL` draws one from R's own generator.
#' @param verbose `TRUE` or `FALSE` for a progress bar; `"auto"` shows one in an interactive
#'   session.
#' @param engine `"autograd"` is the visible training loop of the lesson. `"fused"` takes the same
#'   steps by closed-form gradients, many times faster; the two differ by rounding. `"auto"` is
#'   `"fused"`.
#' @return An `xor_fit`: `settings`, `weights` (matrices and vectors), `history` (a data frame) and
#'   `data`, all plain values, so that [saveRDS()] keeps it. See its methods:
#'   [predict][predict.xor_fit], [plot][plot.xor_fit], `print`, `summary`, `coef`, `as.data.frame`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 20, seed = 1)
#' fit
#' eval_xor(fit)
train_xor <- function(data = NULL, hidden = 4, activation = "tanh", epochs = 100, lr = 0.1,
                      batch_size = 128, device = "auto", seed = NULL, verbose = "auto",
                      engine = "auto") {
  if (!is.null(data)) check_class(data, "xor_data")
  hidden <- check_counts(hidden)
  activation <- check_choice(activation, c("tanh", "relu", "sigmoid", "identity"))
  epochs <- check_count(epochs)
  lr <- check_number(lr, above = 0)
  batch_size <- check_count(batch_size)
  device <- check_string(device)
  engine <- check_choice(engine, c("auto", "autograd", "fused"))
  verbose <- resolve_verbose(verbose)
  seed <- resolve_seed(seed) # last, so that a refused call draws nothing
  call_python(xorlab_py()$train_xor(
    data, hidden, activation, epochs, lr, batch_size, device, seed, verbose,
    engine = engine
  ))
}
