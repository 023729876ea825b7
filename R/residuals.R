#' Probabilities and residuals of the training rows
#'
#' @param object An `xor_fit`.
#' @param type `"response"`: 1 for a row of the second class and 0 for one of the first, less the
#'   probability of the second class; of more than two classes a matrix with a column for each, 1 for
#'   the rows of that class and 0 for the others, less its probability. `"deviance"`: the square root
#'   of twice the loss of each row, so that the squares add up to the deviance as in [glm()]; where
#'   there are two classes, it is negative for the rows of the first.
#' @param ... Must be empty.
#' @return `nobs()`: the number of rows, without those that `na.action` or `subset` left out.
#'   `fitted()`: what [predict()][predict.xor_fit] gives of them by `type = "prob"`, a vector for two
#'   classes, a matrix for more. `residuals()`: a vector or a matrix like that.
#' @name fitted.xor_fit
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(am ~ wt + hp, data = mtcars, seed = 1)
#' nobs(fit)
#' fitted(fit)[1:3]
#' residuals(fit)[1:3]
#' sum(residuals(fit, "deviance")^2)
NULL

#' @rdname fitted.xor_fit
#' @export
nobs.xor_fit <- function(object, ...) {
  check_dots(...)
  check_training_rows(object)
  nrow(object$data$x)
}

#' @rdname fitted.xor_fit
#' @export
fitted.xor_fit <- function(object, ...) {
  check_dots(...)
  check_training_rows(object)
  predict(object, type = "prob")
}

#' @rdname fitted.xor_fit
#' @export
residuals.xor_fit <- function(object, type = "response", ...) {
  check_dots(...)
  type <- check_choice(type, c("response", "deviance"))
  check_training_rows(object)
  label <- object$data$label
  if (type == "deviance") return(deviance_residuals(predict(object, type = "logit"), label))
  response_residuals(predict(object, type = "prob"), label)
}

response_residuals <- function(prob, label) {
  if (!is.matrix(prob)) return(label - prob)
  outer(label, seq_len(ncol(prob)) - 1L, "==") - prob
}

# From logits, whose losses stay exact where a probability rounds to 0 or 1.
deviance_residuals <- function(logits, label) {
  if (!is.matrix(logits)) {
    margin <- ifelse(label == 1, logits, -logits)
    loss <- pmax(-margin, 0) + log1p(exp(-abs(margin)))
    return(ifelse(label == 1, 1, -1) * sqrt(2 * loss))
  }
  largest <- apply(logits, 1, max)
  of_class <- logits[cbind(seq_along(label), label + 1L)]
  # Rounding must not make a loss negative.
  sqrt(2 * pmax(log(rowSums(exp(logits - largest))) + largest - of_class, 0))
}

check_training_rows <- function(fit, call = rlang::caller_env()) {
  check_fit_parts(fit, call)
  if (is.null(fit$data)) {
    abort_input("The fit must hold its training data, but it was read from bare weights.",
                call = call)
  }
}
