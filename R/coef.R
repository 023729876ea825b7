#' Weights of a fit
#'
#' @param object An `xor_fit`.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param ... Must be empty.
#' @return A named list: weights as matrices \[out, in\], biases as vectors, with the names of
#'   torch's state dict. They are the net's own: the columns of `linear1.weight` are its inputs,
#'   which are standardised where the fit scales them (see [summary()][summary.xor_fit]). Of a net
#'   without a hidden layer, which is logistic regression, `linear1.weight` holds the coefficients:
#'   divided by `fit$preparation$scale`, they are in the units of the data, as those of [glm()].
#' @seealso [plot()][plot.xor_fit] with `what = "network"`, [summary()][summary.xor_fit],
#'   [as.function()][as.function.xor_fit].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 5, seed = 1, snapshots = 0)
#' coef(fit)$linear1.weight
#' coef(fit, epoch = 0)$linear1.weight
coef.xor_fit <- function(object, epoch = NULL, ...) {
  check_dots(...)
  fit <- fit_at(object, epoch)
  named_weights(fit$weights, fit$preparation$columns %||% colnames(fit$data$x), fit_levels(fit))
}

# Weights whose rows and columns are called by the inputs, the hidden units and the classes.
named_weights <- function(weights, inputs, levels) {
  layers <- length(weights) %/% 2
  names_in <- inputs
  for (i in seq_len(layers)) {
    parts <- paste0("linear", i, c(".weight", ".bias"))
    weight <- weights[[parts[1]]]
    bias <- weights[[parts[2]]]
    names_out <- if (i == layers) output_names(levels) else paste0("unit", seq_along(bias))
    if (is.matrix(weight)) {
      dimnames(weights[[parts[1]]]) <- list(
        names_of(nrow(weight), names_out), names_of(ncol(weight), names_in)
      )
    }
    names(weights[[parts[2]]]) <- names_of(length(bias), names_out)
    names_in <- names_out
  }
  weights
}

# The names where there are as many: parts may have been changed by hand.
names_of <- function(count, names) if (length(names) == count) names

output_names <- function(levels) as.character(if (length(levels) == 2) levels[2] else levels)
