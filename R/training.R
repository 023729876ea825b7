#' Train a small classifier
#'
#' Stochastic gradient descent, in Python by torch. Two classes are told apart by one logit and the
#' logistic loss, more by one logit for each and softmax with cross-entropy.
#'
#' @section Scaling:
#' A net starts from weights that suit inputs of about -1 to 1; with columns far from that its units
#' are flat from the first step, and it learns nothing. `scale` sees to it for data of your own.
#' Switch it off only where the columns are of that size already. A column with a long tail, such as
#' an income or a count, is better given as `log(income)` in the formula. Center and scale are those
#' of the training rows alone: put rows aside before the training, and give them to [eval_xor()] in
#' their own units.
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
#' @param hidden Hidden units: one number, or one for each of up to 100 hidden layers; 0 for none,
#'   which is logistic regression.
#' @param activation What a hidden unit makes of its input x: `r activation_help()`.
#' @param epochs How many times to go through the data.
#' @param lr Learning rate, above 0. `"auto"` is `r rates_help()`; `print()` and `summary()` of the
#'   fit say which it was. There is a warning where the last loss is more than ten times
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
#' @param optimizer `"sgd"`, `"adam"` or `"rmsprop"`, which are torch's, with its defaults for all
#'   other terms. (Python also takes a function that makes another one of torch's.)
#' @param momentum,nesterov Of `"sgd"`: how much of the last step each step keeps, from 0 to below
#'   1, and whether in Nesterov's form.
#' @param weight_decay Added to the gradient, times the weights and biases: a penalty on their
#'   squares.
#' @param l1 Penalty on the size of the weights, not of the biases: this much, with the sign of the
#'   weight, is added to its gradient. The losses of the history are without penalties.
#' @param init First weights: `"default"` are torch's for a linear layer; `"xavier"` and `"kaiming"`
#'   (uniform), `"normal"` (standard) and `"zeros"` are those of torch's `nn.init`, with biases of
#'   0.
#' @param validation A share of the rows, above 0 and below 1, which is held out, by class, before
#'   columns are scaled, and not trained on; or other data, in any form that [eval_xor()] takes:
#'   for a formula a data frame, whose columns become what those of the training rows became. The
#'   history has `val_loss` and `val_accuracy` then, as they are after each epoch.
#' @param patience Stop where the validation loss has not fallen below its lowest for so many
#'   epochs. The fit has the weights of the best epoch then, `fit$best_epoch`, and the history of
#'   all.
#' @param after_epoch A function, or a list of several, called after each epoch with its number and
#'   the history so far, a data frame as [as.data.frame()][as.data.frame.xor_fit] gives it. One that
#'   returns `TRUE` ends the training. An error in it ends the call; [resume_xor()] goes on from
#'   there.
#' @return An `xor_fit`: `settings`, `weights` (matrices and vectors), `history` (a data frame),
#'   `data`, the rows that were trained on, and `validation`, those that were not; `snapshots`, the
#'   weights of the epochs that were kept; `preparation`, what was learned about the columns
#'   (center, scale, the formula's terms); and what it takes to go on: `optimizer_state`,
#'   `best_epoch` and `best`. All are plain values, so that [saveRDS()] keeps them. See its methods:
#'   [predict][predict.xor_fit], [plot][plot.xor_fit], `print`, `summary`, `coef`, `as.data.frame`.
#'
#'   Ctrl-C ends the call and says how many epochs had been done; [resume_xor()] goes on from there.
#' @seealso [predict()][predict.xor_fit], [plot()][plot.xor_fit], [eval_xor()] and
#'   [diagnose_xor()] for what it learned; [update()][update.xor_fit] and [resume_xor()] to go on;
#'   [lr_find()] for a learning rate; [seed_study()] for many nets;
#'   `vignette("own-data", "xorlab")` for data frames.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 20, seed = 1)
#' fit
#' eval_xor(fit)
#'
#' cars <- train_xor(am ~ wt + hp, data = mtcars, seed = 1)
#' cars
#' predict(cars, data.frame(wt = c(2, 4), hp = 100), type = "prob")
#'
#' # Rows put aside before the training say how good it is
#' test <- seq(1, nrow(iris), by = 3)
#' flowers <- train_xor(Species ~ ., data = iris[-test, ], batch_size = 16, seed = 1)
#' eval_xor(flowers, iris[test, ])
#'
#' # Stop where the loss on held-out rows falls no more
#' flowers <- train_xor(
#'   Species ~ ., data = iris, optimizer = "adam", validation = 0.3, patience = 20, seed = 1
#' )
#' flowers$best_epoch
#'
#' # A function that is called after each epoch, and ends the training
#' enough <- function(epoch, history) history$accuracy[epoch] > 0.95
#' nrow(as.data.frame(train_xor(after_epoch = enough, seed = 1)))
train_xor <- function(x = NULL, y = NULL, ..., data = NULL, subset = NULL, na.action = NULL,
                      hidden = 4, activation = "tanh", epochs = 100, lr = "auto", batch_size = 128,
                      device = "auto", seed = NULL, verbose = "auto", scale = "auto",
                      inputs = NULL, engine = "auto", snapshots = NULL, checkpoint = NULL,
                      every = 10, optimizer = "sgd", momentum = 0, nesterov = FALSE,
                      weight_decay = 0, l1 = 0, init = "default", validation = NULL,
                      patience = NULL, after_epoch = NULL) {
  check_dots(...)
  call <- rlang::current_env()
  y <- quoted_name(y, substitute(y), x, call)
  given <- training_data(x, y, data, substitute(subset), na.action, call)
  hyper <- check_hyperparameters(mget(setdiff(names(hyperparameter_checks), "validation")))
  others <- list(
    device = check_string(device), scale = check_scale(scale), inputs = check_inputs(inputs),
    engine = check_choice(engine, c("auto", "autograd", "fused"))
  )
  validation <- check_validation(validation, given)
  keeping <- check_keeping(snapshots, epochs, checkpoint, every)
  watched <- watch_epochs(after_epoch)
  verbose <- resolve_verbose(verbose)
  seed <- check_seed(seed)
  verbose <- start_bar("Epochs", verbose)
  undo_draw_on_error(with_watch(watched, call_python(do.call(xorlab_py()$train_xor, c(
    list(
      x = training_data_to_python(given), seed = seed %||% draw_seed(), verbose = verbose,
      validation = own_to_python(validation), after_epoch = watch_to_python(watched)
    ),
    hyper, others, keeping
  )))))
}

#' Resume a training
#'
#' The weights are those of an uninterrupted training, bit for bit. What else made the fit, data,
#' seed and hyperparameters, stays what it was.
#'
#' @param fit An `xor_fit`, or the file of one; `NULL` takes the training that was interrupted last,
#'   by Ctrl-C, by a checkpoint that could not be written or by an error in `after_epoch`.
#' @param epochs How many epochs there are to be in all, more than there are; `NULL` takes as many
#'   as were planned.
#' @param device Where to go on; `NULL` stays where it was trained.
#' @param snapshots Epochs whose weights are kept, too, from here on.
#' @param optimizer Must be left out, or be the one by which the fit was trained.
#' @inheritParams train_xor
#' @return A new `xor_fit`; the one given stays as it is.
#' @seealso [train_xor()], [update()][update.xor_fit] to start anew; [resume_study()] finishes an
#'   interrupted study.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' half <- train_xor(epochs = 20, seed = 1)
#' resume_xor(half, epochs = 100)
resume_xor <- function(fit = NULL, epochs = NULL, device = NULL, verbose = "auto",
                       snapshots = NULL, checkpoint = NULL, every = 10, after_epoch = NULL,
                       optimizer = NULL, ...) {
  check_dots(...)
  fit <- check_resumed(fit)
  if (!is.null(epochs)) epochs <- check_count(epochs)
  if (!is.null(device)) device <- check_string(device)
  planned <- epochs %||% (if (inherits(fit, "xor_fit")) fit$settings$epochs) %||% Inf
  keeping <- check_keeping(snapshots, planned, checkpoint, every)
  watched <- watch_epochs(after_epoch)
  if (!is.null(optimizer)) check_optimizer(optimizer, "optimizer", rlang::current_env())
  verbose <- start_bar("Epochs", resolve_verbose(verbose))
  with_watch(watched, call_python(do.call(xorlab_py()$resume_xor, c(
    list(
      fit = own_to_python(fit), epochs = epochs, device = device, verbose = verbose,
      optimizer = optimizer, after_epoch = watch_to_python(watched)
    ),
    keeping
  ))))
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

# What the help says of the activations: names and formulas.
activation_help <- function() {
  toString(sprintf("`\"%s\"` (`%s`)", names(activations), activations))
}

# And of the learning rates that "auto" takes.
rates_help <- function() {
  toString(sprintf("%g for `\"%s\"`", usual_rates, optimizer_names))
}
