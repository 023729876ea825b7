# An xor_fit is plain data. Python's Fit is made from it anew for each call, so that it can be
# saved, sent and read back anywhere.

new_xor_fit <- function(content) {
  fit <- structure(
    list(
      activation = content$activation,
      weights = lapply(content$weights, as_weight),
      snapshots = lapply(content$snapshots, lapply, as_weight),
      settings = settings_list(content$settings),
      history = as_history(content$history),
      data = if (!is.null(content$data)) new_xor_data(content$data),
      validation = if (!is.null(content$validation)) new_xor_data(content$validation),
      preparation = as_preparation(content$preparation),
      optimizer_state = as_state(content$optimizer_state),
      best_epoch = content$best_epoch,
      best = as_best(content$best)
    ),
    class = "xor_fit"
  )
  # Why the weights are not those of the seed: an entry of few fits.
  fit$parted <- content$parted
  fit
}

as_weight <- function(x) {
  if (length(dim(x)) == 2) x else as.vector(x)
}

# What an optimizer remembers: weights by its own names; NULL where it is not known.
as_state <- function(state) {
  if (!is.null(state)) lapply(state, lapply, as_weight)
}

as_best <- function(best) {
  if (is.null(best)) return(NULL)
  list(
    weights = lapply(best$weights, as_weight),
    optimizer_state = as_state(best$optimizer_state)
  )
}

settings_list <- function(settings) {
  if (is.null(settings)) return(NULL)
  several <- c("hidden", "snapshots")
  settings[several] <- lapply(settings[several], function(x) as.integer(unlist(x)))
  settings
}

# With the columns of the validation where there was one.
as_history <- function(content) {
  names <- c("loss", "accuracy", "seconds", "val_loss", "val_accuracy")
  columns <- lapply(content[intersect(names, names(content))], function(x) as.numeric(unlist(x)))
  data.frame(epoch = seq_along(columns$loss), columns)
}

fit_to_python <- function(fit) {
  check_fit_parts(fit)
  settings <- fit$settings
  several <- c("hidden", "snapshots")
  if (!is.null(settings)) settings[several] <- lapply(settings[several], as.list)
  arrays <- function(weights) lapply(weights, as_py_array, type = "float32")
  dataset <- function(data) if (!is.null(data)) data_to_python(data)$to_dict()
  xorlab_py()$Fit$from_dict(as_py(c(
    list(
      activation = fit$activation, weights = arrays(fit$weights), settings = settings,
      snapshots = lapply(fit$snapshots, arrays),
      history = lapply(as.list(fit$history[-1]), as.list),
      data = dataset(fit$data), validation = dataset(fit$validation),
      preparation = preparation_to_python(fit$preparation), best_epoch = fit$best_epoch
    ),
    # Fits of earlier versions have no entry, which is not the same as one that is not known.
    if ("optimizer_state" %in% names(fit)) list(optimizer_state = state_to_python(fit)),
    if (!is.null(fit$parted)) list(parted = fit$parted),
    if (!is.null(fit$best)) {
      list(best = list(
        weights = arrays(fit$best$weights), optimizer_state = state_to_python(fit$best)
      ))
    }
  )))
}

state_to_python <- function(fit) {
  state <- fit$optimizer_state
  if (is.null(state)) return(NULL)
  if (!length(state)) names(state) <- character() # a dict, not a list
  lapply(state, lapply, as_py_array, type = "float32")
}

# With its classes as R writes them, for what Python writes of them: TRUE, not True.
with_class_names <- function(fit) {
  own <- !is.null(fit$data) && is.null(toy_kind(fit$data))
  if (own) fit$data$levels <- as.character(fit$data$levels)
  fit
}

# What prediction needs: the net, and of the data the range of each column, to tell new data that
# are far from them.
net_to_python <- function(fit) {
  parts <- c("settings", "snapshots", "validation", "optimizer_state", "best_epoch", "best")
  fit[parts] <- list(NULL)
  if (!is.null(fit$data)) {
    fit$data$x <- apply(fit$data$x, 2, range)
    fit$data$label <- 0:1
  }
  fit$history <- fit$history[0, ]
  fit_to_python(fit)
}

# The epoch after which the weights were what they are: the best one, where a training with patience
# has ended, or else the last.
fit_epoch <- function(fit) if (has_ended(fit)) fit$best_epoch else nrow(fit$history)

# Whether a training with patience has ended, so that the weights are those of its best epoch.
has_ended <- function(fit) !is.null(fit$best_epoch) && is.null(fit[["best"]])

# The fit as it was after an epoch that it kept; NULL for the one whose weights it has.
fit_at <- function(fit, epoch, call = rlang::caller_env()) {
  check_fit_parts(fit, call)
  snapshots <- fit$snapshots
  fit["snapshots"] <- list(NULL)
  if (is.null(epoch)) return(fit)
  epoch <- check_count(epoch, min = 0, call = call)
  if (!is.null(fit$best)) snapshots[[as.character(fit$best_epoch)]] <- fit$best$weights
  snapshots[[as.character(fit_epoch(fit))]] <- fit$weights
  weights <- snapshots[[as.character(epoch)]]
  if (is.null(weights)) {
    kept <- shown_epochs(names(snapshots))
    abort_input(c(
      "{.arg epoch} must be one whose weights were kept ({kept}), not {epoch}.",
      "i" = "{.code train_xor(snapshots = )} keeps others."
    ), call = call)
  }
  fit$weights <- weights
  fit$history <- fit$history[seq_len(epoch), ]
  fit[c("optimizer_state", "best_epoch", "best")] <- list(NULL)
  fit
}

# Epochs in order, the middle ones left out where they are many.
shown_epochs <- function(epochs) {
  shown <- as.character(sort(as.integer(epochs)))
  if (length(shown) > 8) shown <- c(shown[1:4], "...", utils::tail(shown, 2))
  paste(shown, collapse = ", ")
}

# Columns of the points, from which the net's inputs are made.
num_inputs <- function(fit) {
  if (is.null(fit$preparation)) ncol(fit$weights$linear1.weight) else ncol(fit$data$x)
}

fit_levels <- function(fit) {
  if (is.null(fit$data)) seq_len(max(2, utils::tail(widths(fit), 1))) - 1L else fit$data$levels
}

widths <- function(fit) {
  shapes <- lapply(fit$weights[grepl("weight$", names(fit$weights))], dim)
  c(ncol(fit$weights$linear1.weight), vapply(shapes, `[`, 1L, 1L, USE.NAMES = FALSE))
}

# A net in a few words, as Python says it.
net_name <- function(fit) {
  widths <- widths(fit)
  shape <- paste(widths, collapse = "-")
  if (length(widths) > 2) return(paste(shape, fit$activation, "net"))
  kind <- if (widths[2] == 1) "logistic" else "multinomial logistic"
  sprintf("%s net (%s regression)", shape, kind)
}

#' @export
format.xor_fit <- function(x, ...) {
  check_fit_parts(x, rlang::current_env())
  s <- x$settings
  c(
    sprintf("<xor_fit> %s, %s", net_name(x), counted(sum(lengths(x$weights)), "weight")),
    if (!is.null(s)) {
      sprintf("trained with %s, seed %d, on %s", terms_shown(x), s$seed, s$device)
    },
    if (!is.null(x$data)) format(x$data),
    preparation_notes(x), class_notes(x$data), history_notes(x),
    if (!is.null(x$parted)) paste("no longer the net of its seed:", x$parted),
    if (length(x$snapshots)) {
      paste("weights kept of epochs", shown_epochs(names(x$snapshots)))
    }
  )
}

#' @export
print.xor_fit <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}

#' Summarize a fit
#'
#' @param object An `xor_fit`.
#' @param ... Must be empty.
#' @return A list of class `summary.xor_fit`: `fit`; `parameters`, a data frame of the name, shape,
#'   count, mean and largest size of each; and `columns`, a data frame of what is subtracted from
#'   each input of the net, and what it is divided by, `NULL` where nothing is.
#' @seealso [coef()][coef.xor_fit] for the weights, [eval_xor()], [diagnose_xor()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' summary(train_xor(epochs = 5, seed = 1))
summary.xor_fit <- function(object, ...) {
  check_dots(...)
  check_fit_parts(object, rlang::current_env())
  shape <- vapply(object$weights, function(w) paste(dim(w) %||% length(w), collapse = " x "), "")
  parameters <- data.frame(
    name = names(object$weights), shape = shape, count = lengths(object$weights),
    mean = vapply(object$weights, mean, 0), largest = vapply(object$weights, \(w) max(abs(w)), 0),
    row.names = NULL
  )
  structure(
    list(fit = object, parameters = parameters, columns = scaled_columns(object$preparation)),
    class = "summary.xor_fit"
  )
}

scaled_columns <- function(preparation) {
  if (is.null(preparation$scale)) return(NULL)
  data.frame(
    input = preparation$columns, center = preparation$center, scale = preparation$scale
  )
}

#' @export
print.summary.xor_fit <- function(x, ...) {
  print(x$fit)
  cat("\n")
  print(x$parameters, row.names = FALSE, digits = 3)
  if (!is.null(x$columns)) {
    cat("\nThe net gets (x - center) / scale of:\n")
    print(x$columns, row.names = FALSE, digits = 5)
  }
  invisible(x)
}

#' History of a fit
#'
#' @param x An `xor_fit`.
#' @param ... Not used.
#' @return A data frame with a row for each epoch: `epoch`, `loss`, `accuracy` (0 to 1), `seconds`;
#'   where there were validation data, also `val_loss` and `val_accuracy`, on these data after the
#'   epoch, while `loss` and `accuracy` are those met on the way through it.
#' @seealso [plot()][plot.xor_fit] with `what = "history"`, [summary()][summary.xor_fit].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' as.data.frame(train_xor(epochs = 5, seed = 1))
as.data.frame.xor_fit <- function(x, ...) x$history
