#' Probabilities and residuals of the training rows
#'
#' @param object An `xor_fit`.
#' @param type `"response"`: 1 for a row of the second class and 0 for one of the first, less the
#'   probability of the second class; of more than two classes a matrix with a column for each, 1
#'   for the rows of that class and 0 for the others, less its probability. `"deviance"`: the square
#'   root of twice the loss of each row, so that the squares add up to the deviance as in [glm()];
#'   where there are two classes, it is negative for the rows of the first.
#' @param ... Must be empty.
#' @return `nobs()`: the number of rows, without those that `na.action` or `subset` left out.
#'   `fitted()`: what [predict()][predict.xor_fit] gives of them by `type = "prob"`, a vector for
#'   two classes, a matrix for more. `residuals()`: a vector or a matrix like that.
#' @name fitted.xor_fit
#' @seealso [predict()][predict.xor_fit] for new rows, [eval_xor()], [augment()][tidy.xor_fit].
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
  if (type == "deviance") {
    loss <- as.vector(call_python(xorlab_r()$training_losses(fit_to_python(fit_at(object, NULL)))))
    first <- length(object$data$levels) == 2 & label == 0
    return(ifelse(first, -1, 1) * sqrt(2 * loss))
  }
  response_residuals(predict(object, type = "prob"), label)
}

response_residuals <- function(prob, label) {
  if (!is.matrix(prob)) return(label - prob)
  outer(label, seq_len(ncol(prob)) - 1L, "==") - prob
}

check_training_rows <- function(fit, call = rlang::caller_env()) {
  check_fit_parts(fit, call)
  if (is.null(fit$data)) {
    abort_input("The fit must hold its training data, but it was read from bare weights.",
                call = call)
  }
}
