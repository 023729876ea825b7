#' Find a learning rate
#'
#' The learning rate range test: the loss against a rising learning rate. From the first weights,
#' the rate grows by the same factor with each step of the training, and the loss of each step's
#' batch is recorded, until it explodes. Where rates are far too low the loss stays what it was,
#' then it falls, and where they are too high it rises.
#'
#' The rate suggested is a third of the first one at which nine tenths of the fall of the smoothed
#' loss were done. Where the loss did not fall clearly, none is: that needs a loss below that of
#' guessing by a tenth of it, and by four standard deviations of what chance does.
#'
#' @inheritParams train_xor
#' @param seed Fixes data, first weights and batch order, which are those of the training with this
#'   seed; `NULL` draws one from R's own generator.
#' @param lowest,highest The rates of the first and the last step, above 0.
#' @param steps How many, at least 100. Nets that learn slowly need more of them.
#' @return A list of class `lr_find`, which prints in plain words: `lr`, the learning rate of each
#'   step, up to where the loss exploded; `loss`, the smoothed loss, an exponential mean of `raw`,
#'   the loss of each step's batch; `suggestion`, the learning rate suggested, of two digits, or
#'   `NULL`, and the `reason`, in words; `exploded`, the learning rate at which the loss exploded,
#'   or `NULL` where it did not; `start`, the loss of the first weights, and `guessing`, that of
#'   answering every point with the shares of the classes; `optimizer`, `seed`, and what is printed
#'   first and last, `headline` and `note`. [`plot()`][plot.lr_find] draws it, and `as.data.frame()`
#'   gives the steps.
#' @seealso [plot()][plot.lr_find] of the result, [train_xor()], [diagnose_xor()], which tries
#'   rates on a fit.
#' @references L. N. Smith, "Cyclical learning rates for training neural networks", *IEEE Winter
#'   Conference on Applications of Computer Vision*, 2017, section 3.3.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' rates <- lr_find(seed = 1)
#' rates
#' plot(rates)
#' train_xor(lr = rates$suggestion, seed = 1)
#'
#' lr_find(Species ~ ., data = iris, optimizer = "adam", seed = 1)
lr_find <- function(x = NULL, y = NULL, ..., data = NULL, subset = NULL, na.action = NULL,
                    hidden = 4, activation = "tanh", batch_size = 128, device = "auto",
                    seed = NULL, scale = "auto", inputs = NULL, optimizer = "sgd", momentum = 0,
                    nesterov = FALSE, weight_decay = 0, l1 = 0, init = "default", lowest = 1e-4,
                    highest = 100, steps = 1000) {
  check_dots(...)
  call <- rlang::current_env()
  y <- quoted_name(y, substitute(y), x, call)
  given <- training_data(x, y, data, substitute(subset), na.action, call)
  others <- c("epochs", "lr", "validation", "patience")
  hyper <- check_hyperparameters(mget(setdiff(names(hyperparameter_checks), others)))
  others <- list(
    device = check_string(device), scale = check_scale(scale), inputs = check_inputs(inputs),
    lowest = check_number(lowest, above = 0, max = max_float32),
    highest = check_number(highest, above = 0, max = max_float32),
    steps = check_count(steps, min = fewest_steps)
  )
  if (lowest >= highest) {
    abort_input("{.arg highest} must be above {.arg lowest}, {lowest}, not {highest}.", call = call)
  }
  seed <- check_seed(seed)
  undo_draw_on_error(call_python(do.call(xorlab_py()$lr_find, c(
    list(x = training_data_to_python(given), seed = seed %||% draw_seed()), hyper, others
  ))))
}

new_lr_find <- function(content) {
  columns <- c("lr", "loss", "raw")
  content[columns] <- lapply(content[columns], as.double) # which may be of one step
  structure(content, class = "lr_find")
}

# Within a call into Python.
lr_find_to_python <- function(x) {
  columns <- c("lr", "loss", "raw")
  content <- unclass(x)
  content[columns] <- lapply(content[columns], as.list)
  xorlab_py()$LearningRates$from_dict(as_py(content))
}

#' @export
format.lr_find <- function(x, ...) {
  lines <- strwrap(c(x$reason, x$note), width = 0.9 * getOption("width"), indent = 2, exdent = 4)
  c(x$headline, lines)
}

#' @export
print.lr_find <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}

#' Plot a learning rate range test
#'
#' The loss of each batch, and the smoothed loss, against the learning rate, with a line at the rate
#' suggested. What is far above the loss of guessing and that of the first weights is cut off.
#'
#' @param x An `lr_find` object.
#' @param ... Must be empty.
#' @return `as.data.frame()` gives a data frame with a row for each step: `step`, `lr`, `loss` (the
#'   smoothed one) and `raw`. `plot()` returns it invisibly.
#' @seealso [lr_find()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' rates <- lr_find(seed = 1)
#' plot(rates)
#' tail(as.data.frame(rates))
plot.lr_find <- function(x, ...) {
  check_dots(...)
  content <- call_python(xorlab_r()$lr_find_content(lr_find_to_python(x)))
  old <- start_panel(rlang::current_env())
  old <- c(old, par(mar = c(3.6, 5, 3.1, 0.8)))
  on.exit(par(old))
  start_study_panel(content$panel)
  points(content$lr, content$raw, pch = 16, cex = 0.4, col = grDevices::adjustcolor(grey, 0.35))
  lines(content$lr, content$loss, col = series_color(1), lwd = 2)
  draw_guessing(content$guessing)
  told <- !is.null(content$suggestion)
  if (told) graphics::abline(v = content$suggestion, col = ink, lty = 2, lwd = 2)
  entry <- c(TRUE, TRUE, TRUE, told)
  legend(
    "bottomleft", inset = 0.02, cex = 0.85, bg = "#FFFFFFDD", box.col = "grey70",
    legend = c("each batch", "smoothed", "guessing", content$label)[entry],
    pch = c(16, NA, NA, NA)[entry], pt.cex = 0.4, lty = c(NA, 1, 3, 2)[entry],
    lwd = c(NA, 2, 1.5, 2)[entry], col = c(grey, series_color(1), grey, ink)[entry]
  )
  invisible(as.data.frame(x))
}

#' @rdname plot.lr_find
#' @param row.names,optional Not used.
#' @export
as.data.frame.lr_find <- function(x, row.names = NULL, optional = FALSE, ...) {
  data.frame(step = seq_along(x$lr), x[c("lr", "loss", "raw")])
}
