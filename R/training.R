#' Train a small classifier
#'
#' Stochastic gradient descent, in Python by torch. Two classes are told apart by one logit and the
#' logistic loss, more by one logit for each and softmax with cross-entropy.
#'
#' @param x What to learn: a formula such as `am ~ wt + factor(cyl)`, with its data frame in `data`
#'   or in second place; a matrix or a data frame, with the labels as `y`; or points with labels,
#'   from [xor_data()], [toy_data()] or [as_xor_data()]. `NULL` makes 2,500 points of continuous
#'   XOR.
#' @param y The labels of a matrix or a data frame, or the name of the data frame's column that
#'   holds them. Labels, as the response of a formula, are a factor, text, logical, or whole numbers
#'   from 0 on; of two classes the second is the one whose probability the net gives.
#' @param ... Must be empty: all other arguments go by name.
#' @param data A formula's data frame; or the same as `x`, which is left out then.
#' @param subset,na.action For a formula, as in [lm()]: which rows to take, and what to do with rows
#'   that have missing values, which is `getOption("na.action")`, mostly to leave them out. Text,
#'   logical and factor predictors become indicator columns as in [model.matrix()].
#' @param hidden Hidden units: one number, or one for each of up to 100 hidden layers.
#' @param activation What a hidden unit makes of its input x: `r activation_help()`.
#' @param epochs How many times to go through the data.
#' @param lr Learning rate, above 0. There is a warning where the last loss is more than ten times
#'   that of the initial weights and that of guessing.
#' @param batch_size Points in one step of the descent; the last batch may be smaller, and where
#'   there are fewer points than this, all of them are one batch: 100 epochs are then 100 steps.
#' @param device `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
#' @param seed Fixes data, first weights and batch order; `NULL` draws one from R's own generator.
#' @param verbose `TRUE` or `FALSE` for a progress bar; `"auto"` shows one in an interactive
#'   session or a terminal.
#' @param scale Whether columns are standardised: each less its mean, divided by its standard
#'   deviation (by n, not n - 1), of the training rows; constant columns are left out, with a
#'   warning. `"auto"` does so with data of your own, and leaves XOR and the other toy problems as
#'   they are. The fit remembers it: all that it is asked, and all that it shows, are in your units.
#' @param inputs For two columns: what the net gets, computed from the first, x1, and the second,
#'   x2: some of `r toString(sprintf('`"%s"`', input_names))`. `NULL`: the columns.
#' @param engine `"autograd"` is the visible training loop of the lesson. `"fused"` takes the same
#'   steps by closed-form gradients, many times faster; the two differ by rounding. `"auto"` is
#'   `"fused"`.
#' @param snapshots Epochs whose weights the fit keeps, such as `0:100`, at most 100,000; 0 is
#'   before the first. `predict()`, `coef()`, `plot()` and [xor_boundary()] look at them.
#' @param checkpoint,every A file that the fit so far is written to, whole or not at all, every so
#'   many epochs, after the last, and where Ctrl-C ends the training; [load_xor()] reads it.
#' @return An `xor_fit`: `settings`, `weights` (matrices and vectors), `history` (a data frame),
#'   `data`, `snapshots`, the weights of the epochs that were kept, and `preparation`, what was
#'   learned about the columns (center, scale, the formula's terms), all plain values, so that
#'   [saveRDS()] keeps it. See its methods: [predict][predict.xor_fit], [plot][plot.xor_fit],
#'   `print`, `summary`, `coef`, `as.data.frame`.
#'
#'   Ctrl-C ends the call and says how many epochs had been done; [resume_xor()] goes on from there.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 20, seed = 1)
#' fit
#' eval_xor(fit)
#'
#' cars <- train_xor(am ~ wt + hp, data = mtcars, seed = 1)
#' cars
#' predict(cars, data.frame(wt = c(2, 4), hp = 100), type = "prob")
train_xor <- function(x = NULL, y = NULL, ..., data = NULL, subset = NULL, na.action = NULL,
                      hidden = 4, activation = "tanh", epochs = 100, lr = 0.1, batch_size = 128,
                      device = "auto", seed = NULL, verbose = "auto", scale = "auto",
                      inputs = NULL, engine = "auto", snapshots = NULL, checkpoint = NULL,
                      every = 10) {
  check_dots(...)
  call <- rlang::current_env()
  y <- quoted_name(y, substitute(y), x, call)
  given <- training_data(x, y, data, substitute(subset), na.action, call)
  settings <- list(
    hidden = check_counts(hidden), activation = check_choice(activation, names(activations)),
    epochs = check_count(epochs), lr = check_number(lr, above = 0, max = max_float32),
    batch_size = check_count(batch_size), device = check_string(device),
    scale = check_scale(scale), inputs = check_inputs(inputs),
    engine = check_choice(engine, c("auto", "autograd", "fused"))
  )
  keeping <- check_keeping(snapshots, epochs, checkpoint, every)
  verbose <- resolve_verbose(verbose)
  seed <- check_seed(seed)
  verbose <- start_bar("Epochs", verbose)
  withCallingHandlers(
    undo_draw_on_error(call_python(do.call(xorlab_py()$train_xor, c(
      list(x = training_data_to_python(given), seed = seed %||% draw_seed(), verbose = verbose),
      settings, keeping
    )))),
    interrupt = function(cnd) say_how_far()
  )
}

#' Go on with a training
#'
#' The weights are those of a training in one go, bit for bit. What else made the fit, data, seed
#' and hyperparameters, stays what it was.
#'
#' @param fit An `xor_fit`, or the file of one; `NULL` takes the training that was interrupted last,
#'   by Ctrl-C or by a checkpoint that could not be written.
#' @param epochs How many epochs there are to be in all, more than there are; `NULL` takes as many
#'   as were planned.
#' @param device Where to go on; `NULL` stays where it was trained.
#' @param snapshots Epochs whose weights are kept, too, from here on.
#' @inheritParams train_xor
#' @return A new `xor_fit`; the one given stays as it is.
#' @seealso [resume_study()] finishes an interrupted study.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' half <- train_xor(epochs = 20, seed = 1)
#' resume_xor(half, epochs = 100)
resume_xor <- function(fit = NULL, epochs = NULL, device = NULL, verbose = "auto",
                       snapshots = NULL, checkpoint = NULL, every = 10, ...) {
  check_dots(...)
  fit <- check_resumed(fit)
  if (!is.null(epochs)) epochs <- check_count(epochs)
  if (!is.null(device)) device <- check_string(device)
  planned <- epochs %||% (if (inherits(fit, "xor_fit")) fit$settings$epochs) %||% Inf
  keeping <- check_keeping(snapshots, planned, checkpoint, every)
  verbose <- start_bar("Epochs", resolve_verbose(verbose))
  withCallingHandlers(
    call_python(do.call(xorlab_py()$resume_xor, c(
      list(fit = own_to_python(fit), epochs = epochs, device = device, verbose = verbose), keeping
    ))),
    interrupt = function(cnd) say_how_far()
  )
}

check_keeping <- function(snapshots, epochs, checkpoint, every, call = rlang::caller_env()) {
  list(
    snapshots = check_snapshots(snapshots, epochs, call),
    checkpoint = if (!is.null(checkpoint)) check_path(checkpoint, "checkpoint", call),
    every = check_count(every, name = "every", call = call)
  )
}

check_resumed <- function(fit, call = rlang::caller_env()) {
  if (is.null(fit) || inherits(fit, "xor_fit")) return(fit)
  if (rlang::is_string(fit)) return(check_path(fit, "fit", call))
  value <- show_value(fit)
  abort_input("{.arg fit} must be an {.cls xor_fit}, the file of one, or `NULL`, not {value}.",
              call = call)
}

# The interrupt goes on its way; this is said before.
say_how_far <- function() {
  epochs <- unlist(call_python(xorlab_r()$training_progress()))
  if (is.null(epochs)) return()
  cli::cli_inform(c(
    "!" = "Interrupted after {epochs[1]} of {epochs[2]} epochs.",
    "i" = "{.run xorlab::resume_xor()} goes on from there."
  ))
}

# What the help says of the activations: names and formulas.
activation_help <- function() {
  toString(sprintf("`\"%s\"` (`%s`)", names(activations), activations))
}
