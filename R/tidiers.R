#' Tidy a fit
#'
#' Methods for `tidy()`, `glance()` and `augment()` of the package generics, which broom and
#' tidymodels share.
#'
#' @param x An `xor_fit`.
#' @param newdata As in [predict()][predict.xor_fit], for any number of rows; an `xor_data` object
#'   brings its classes with it. `NULL` takes the training data as the fit holds them: the columns
#'   that a formula gave, and the class.
#' @param ... Must be empty.
#' @return Data frames. `tidy()`: a row for each weight: `layer`, counted from 1; `unit`, of that
#'   layer, in the last one the class; `input`, which the weight belongs to, `"(bias)"` for the
#'   bias; and `estimate`. They are the net's own, as [coef()][coef.xor_fit].
#'
#'   `glance()`: one row: `accuracy` and `loss` in the epoch whose weights the fit has, the last or
#'   with `patience` the best one; `nobs` training rows, `classes`, `weights`, how many epochs are
#'   done (`epochs`), and hyperparameters, `hidden` as text such as `"8-8"`, or `"0"` for none;
#'   `val_accuracy` and `val_loss` on the validation data after that epoch, and `best_epoch`. `NA`
#'   stands for what is not known, as where there were no validation data, or a fit was read from
#'   bare weights.
#'
#'   `augment()`: `newdata`, and beside it `.fitted`, the class; `.prob`, the probability of the
#'   second of two classes, or of more a `.prob_` with the name of each; and where the data hold
#'   the classes, `.resid`, or of more than two classes a `.resid_` for each, as
#'   [residuals()][residuals.xor_fit].
#' @name tidy.xor_fit
#' @aliases glance.xor_fit augment.xor_fit
#' @seealso [summary()][summary.xor_fit], [fitted()][fitted.xor_fit],
#'   [as.data.frame()][as.data.frame.xor_boundary].
#' @examplesIf xorlab::xorlab_available() && requireNamespace("generics", quietly = TRUE)
#' fit <- train_xor(am ~ wt + hp, data = mtcars, seed = 1)
#' head(generics::tidy(fit))
#' generics::glance(fit)
#' head(generics::augment(fit, mtcars))
NULL

#' @rawNamespace S3method(generics::tidy, xor_fit)
tidy.xor_fit <- function(x, ...) {
  check_dots(...)
  weights <- coef.xor_fit(x)
  layers <- lapply(seq_len(length(weights) / 2), function(i) {
    parts <- paste0("linear", i, c(".weight", ".bias"))
    tidy_layer(i, weights[[parts[1]]], weights[[parts[2]]])
  })
  do.call(rbind, layers)
}

# The bias of a unit comes before its weights.
tidy_layer <- function(layer, weight, bias) {
  units <- rownames(weight) %||% paste0("unit", seq_along(bias))
  inputs <- colnames(weight) %||% paste0("x", seq_len(ncol(weight)))
  data.frame(
    layer = layer, unit = rep(units, each = ncol(weight) + 1),
    input = rep(c("(bias)", inputs), length(units)),
    estimate = as.vector(t(unname(cbind(bias, weight))))
  )
}

#' @rawNamespace S3method(generics::glance, xor_fit)
glance.xor_fit <- function(x, ...) {
  check_dots(...)
  check_fit_parts(x, rlang::current_env())
  last <- x$history[fit_epoch(x), ]
  settings <- x$settings
  widths <- widths(x)
  data.frame(
    accuracy = one_or_na(last$accuracy), loss = one_or_na(last$loss),
    nobs = if (is.null(x$data)) NA_integer_ else nrow(x$data$x),
    classes = length(fit_levels(x)), weights = sum(lengths(x$weights)), epochs = nrow(x$history),
    hidden = hidden_shown(widths), activation = x$activation,
    lr = one_or_na(settings$lr), batch_size = one_or_na(settings$batch_size),
    seed = one_or_na(settings$seed), val_accuracy = as.double(one_or_na(last$val_accuracy)),
    val_loss = as.double(one_or_na(last$val_loss)), best_epoch = as.integer(one_or_na(x$best_epoch))
  )
}

# As in the table of a study.
hidden_shown <- function(widths) {
  hidden <- widths[-c(1, length(widths))]
  if (length(hidden)) paste(hidden, collapse = "-") else "0"
}

one_or_na <- function(x) if (length(x)) x else NA

#' @rawNamespace S3method(generics::augment, xor_fit)
augment.xor_fit <- function(x, newdata = NULL, ...) {
  check_dots(...)
  call <- rlang::current_env()
  check_fit_parts(x, call)
  if (is.null(newdata)) check_training_rows(x, call)
  newdata <- newdata %||% x$data
  prob <- predict(x, newdata, type = "prob")
  frame <- as.data.frame(newdata)
  # What predict() warns of has been said.
  frame$.fitted <- suppressWarnings(predict(x, newdata), classes = "xorlab_warning")
  frame <- with_columns(frame, ".prob", prob)
  label <- known_labels(newdata, x, call)
  if (is.null(label)) frame else with_columns(frame, ".resid", response_residuals(prob, label))
}

# With a column of this name, or of a matrix one for each class.
with_columns <- function(frame, name, values) {
  if (is.matrix(values)) name <- paste0(name, "_", colnames(values))
  frame[name] <- as.data.frame(values)
  frame
}

# Numbers of the classes that data hold; NULL where they hold none.
known_labels <- function(data, fit, call) {
  if (inherits(data, "xor_data")) return(check_same_classes(data, fit, call, "newdata")$label)
  encoding <- fit$preparation$encoding
  if (!is.data.frame(data) || is.null(encoding)) return(NULL)
  wanted <- encoding$target
  if (!is.null(encoding$formula)) wanted <- all.vars(str2lang(encoding$formula$formula)[[2]])
  if (is.null(wanted) || !all(wanted %in% names(data))) return(NULL)
  label_numbers(encoded_labels(data, fit, call), fit, call, "newdata")
}
