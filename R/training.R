#' Train a small classifier
#'
#' Stochastic gradient descent on the logistic loss, in Python by torch.
#'
#' @param data What to learn: the result of [xor_data()] or [as_xor_data()]; `NULL` makes 2,500
#'   points of continuous XOR.
#' @param hidden Hidden units: one number, or one for each of up to 100 hidden layers.
#' @param activation What a hidden unit makes of its input x: `r activation_help()`.
#' @param epochs How many times to go through the data.
#' @param lr Learning rate, above 0. There is a warning where the last loss is more than ten times
#'   that of the initial weights and that of guessing.
#' @param batch_size Points in one step of the descent; the last batch may be smaller.
#' @param device `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
#' @param seed Fixes data, first weights and batch order; `NULL` draws one from R's own generator.
#' @param verbose `TRUE` or `FALSE` for a progress bar; `"auto"` shows one in an interactive
#'   session or a terminal.
#' @param engine `"autograd"` is the visible training loop of the lesson. `"fused"` takes the same
#'   steps by closed-form gradients, many times faster; the two differ by rounding. `"auto"` is
#'   `"fused"`.
#' @param snapshots Epochs whose weights the fit keeps, such as `0:100`, at most 100,000; 0 is
#'   before the first. `predict()`, `coef()`, `plot()` and [xor_boundary()] look at them.
#' @param checkpoint,every A file that the fit so far is written to, whole or not at all, every so
#'   many epochs, after the last, and where Ctrl-C ends the training; [load_xor()] reads it.
#' @param resume What to go on with, up to `epochs` in all or, where that is not given, as many as
#'   were planned: an `xor_fit`, the file of one, or `TRUE` for the training that was stopped last,
#'   by Ctrl-C or by a checkpoint that could not be written. The weights are those of a training in
#'   one go, bit for bit, on the device that it was on, where `device` says no other. What would
#'   make another training of it must be left out, or be what it was.
#' @param ... Must be empty.
#' @return An `xor_fit`: `settings`, `weights` (matrices and vectors), `history` (a data frame),
#'   `data`, and `snapshots`, the weights of the epochs that were kept, all plain values, so that
#'   [saveRDS()] keeps it. See its methods: [predict][predict.xor_fit], [plot][plot.xor_fit],
#'   `print`, `summary`, `coef`, `as.data.frame`.
#'
#'   Ctrl-C ends the call and says how many epochs had been done.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 20, seed = 1)
#' fit
#' eval_xor(fit)
#'
#' # Eighty more
#' train_xor(resume = fit, epochs = 100)
train_xor <- function(data = NULL, hidden = 4, activation = "tanh", epochs = 100, lr = 0.1,
                      batch_size = 128, device = "auto", seed = NULL, verbose = "auto",
                      engine = "auto", snapshots = NULL, checkpoint = NULL, every = 10,
                      resume = NULL, ...) {
  check_dots(...)
  if (!is.null(data)) check_class(data, "xor_data")
  settings <- list(
    hidden = check_counts(hidden), activation = check_choice(activation, names(activations)),
    epochs = check_count(epochs), lr = check_number(lr, above = 0, max = max_float32),
    batch_size = check_count(batch_size), device = check_string(device),
    engine = check_choice(engine, c("auto", "autograd", "fused"))
  )
  keeping <- list(
    checkpoint = if (!is.null(checkpoint)) check_path(checkpoint), every = check_count(every),
    snapshots = check_snapshots(snapshots, planned_epochs(resume, epochs, missing(epochs)))
  )
  verbose <- resolve_verbose(verbose)
  settings <- c(list(data = data), settings, list(seed = check_seed(seed)))
  if (!is.null(resume)) {
    # Only what was said; the rest is as it was.
    said <- intersect(names(settings), names(match.call()))
    settings <- c(list(resume = check_resume(resume)), settings[said])
  }
  arguments <- c(settings, keeping, verbose = start_bar("Epochs", verbose))
  withCallingHandlers(
    undo_draw_on_error({
      if (is.null(resume) && is.null(seed)) arguments$seed <- draw_seed()
      call_python(do.call(xorlab_py()$train_xor, lapply(arguments, own_to_python)))
    }),
    interrupt = function(cnd) say_how_far()
  )
}

# The interrupt goes on its way; this is said before.
say_how_far <- function() {
  epochs <- unlist(call_python(xorlab_r()$training_progress()))
  if (is.null(epochs)) return()
  cli::cli_inform(c(
    "!" = "Interrupted after {epochs[1]} of {epochs[2]} epochs.",
    "i" = "{.run xorlab::train_xor(resume = TRUE)} goes on from there."
  ))
}

# How many epochs there are to be in all, where R can know it.
planned_epochs <- function(resume, epochs, unsaid) {
  if (is.null(resume) || !unsaid) return(epochs)
  if (inherits(resume, "xor_fit")) resume$settings$epochs %||% Inf else Inf
}

check_resume <- function(resume, call = rlang::caller_env()) {
  if (inherits(resume, "xor_fit") || isTRUE(resume)) return(resume)
  if (rlang::is_string(resume)) return(check_path(resume, call = call))
  value <- show_value(resume)
  abort_input("{.arg resume} must be an {.cls xor_fit}, the file of one, or `TRUE`, not {value}.",
              call = call)
}

# What the help says of the activations: names and formulas.
activation_help <- function() {
  toString(sprintf("`\"%s\"` (`%s`)", names(activations), activations))
}
