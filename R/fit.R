# An xor_fit is plain data. Python's Fit is made from it anew for each call, so that it can be
# saved, sent and read back anywhere.

new_xor_fit <- function(content) {
  structure(
    list(
      activation = content$activation,
      weights = lapply(content$weights, as_weight),
      snapshots = lapply(content$snapshots, lapply, as_weight),
      settings = settings_list(content$settings),
      history = as_history(content$history),
      data = if (!is.null(content$data)) new_xor_data(content$data),
      preparation = as_preparation(content$preparation)
    ),
    class = "xor_fit"
  )
}

as_weight <- function(x) {
  if (length(dim(x)) == 2) x else as.vector(x)
}

settings_list <- function(settings) {
  if (is.null(settings)) return(NULL)
  several <- c("hidden", "snapshots")
  settings[several] <- lapply(settings[several], function(x) as.integer(unlist(x)))
  settings
}

as_history <- function(content) {
  columns <- lapply(content[c("loss", "accuracy", "seconds")], function(x) as.numeric(unlist(x)))
  data.frame(epoch = seq_along(columns$loss), columns)
}

fit_to_python <- function(fit) {
  check_fit_parts(fit)
  settings <- fit$settings
  several <- c("hidden", "snapshots")
  if (!is.null(settings)) settings[several] <- lapply(settings[several], as.list)
  arrays <- function(weights) lapply(weights, as_py_array, type = "float32")
  xorlab_py()$Fit$from_dict(as_py(list(
    activation = fit$activation, weights = arrays(fit$weights), settings = settings,
    snapshots = lapply(fit$snapshots, arrays),
    history = lapply(as.list(fit$history[-1]), as.list),
    data = if (!is.null(fit$data)) data_to_python(fit$data)$to_dict(),
    preparation = preparation_to_python(fit$preparation)
  )))
}

# With its classes as R writes them, for what Python writes of them: TRUE, not True.
with_class_names <- function(fit) {
  if (!is.null(fit$data)) fit$data$levels <- as.character(fit$data$levels)
  fit
}

# What prediction needs: the net, and of the data the range of each column, to tell new data that
# are far from them.
net_to_python <- function(fit) {
  fit[c("settings", "snapshots")] <- list(NULL)
  if (!is.null(fit$data)) {
    fit$data$x <- apply(fit$data$x, 2, range)
    fit$data$label <- 0:1
  }
  fit$history <- fit$history[0, ]
  fit_to_python(fit)
}

# The fit as it was after an epoch that it kept; NULL for the last, which is always there.
fit_at <- function(fit, epoch, call = rlang::caller_env()) {
  check_fit_parts(fit, call)
  snapshots <- fit$snapshots
  fit["snapshots"] <- list(NULL)
  if (is.null(epoch)) return(fit)
  epoch <- check_count(epoch, min = 0, call = call)
  snapshots[[as.character(nrow(fit$history))]] <- fit$weights
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

#' @export
format.xor_fit <- function(x, ...) {
  check_fit_parts(x, rlang::current_env())
  s <- x$settings
  last <- x$history[nrow(x$history), ]
  c(
    sprintf("<xor_fit> %s %s net, %s", paste(widths(x), collapse = "-"), x$activation,
            counted(sum(lengths(x$weights)), "weight")),
    if (!is.null(s)) {
      sprintf("trained with lr %g, %s, seed %d, on %s", s$lr, batches_shown(x), s$seed, s$device)
    },
    if (!is.null(x$data)) format(x$data),
    preparation_notes(x), class_notes(x$data),
    if (nrow(last)) {
      sprintf("%s%s: loss %.4f to %.4f, accuracy %.2f%%, %.2f s", counted(nrow(x$history), "epoch"),
              if (nrow(x$history) < s$epochs %||% 0) paste(" of", s$epochs) else "",
              x$history$loss[1], last$loss, 100 * last$accuracy, sum(x$history$seconds))
    },
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
#' @return A data frame with a row for each epoch: `epoch`, `loss`, `accuracy` (0 to 1), `seconds`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' as.data.frame(train_xor(epochs = 5, seed = 1))
as.data.frame.xor_fit <- function(x, ...) x$history
