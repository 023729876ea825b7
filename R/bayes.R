#' The best possible classifier of continuous XOR
#'
#' The exact probability of class 1 for noise of a given standard deviation, and the best possible
#' accuracy, to hold a net against.
#'
#' With \eqn{u = x - 1/2} the probability is
#' \eqn{(1 - \tanh(u_1 / (2 \sigma^2)) \tanh(u_2 / (2 \sigma^2))) / 2}. Calling the more probable
#' class is the Bayes classifier, and no other errs less often. It is right when the noise leaves
#' both bits on their side of 1/2, or carries both across, so its accuracy is
#' \eqn{p^2 + (1 - p)^2} with \eqn{p = \Phi(1 / (2 \sigma))}. The help of the Python module
#' `xorlab.bayes` holds the derivation.
#'
#' @param std Standard deviation of the noise, 0 or more. Without noise the surface is the limit
#'   for ever smaller noise: 0, 1, or 1/2 on the lines between the corners.
#' @param x1,x2 Grid lines of the first and second input; by default around the corners.
#' @return A list of class `xor_bayes`: `std`; `accuracy`, the best possible one, 0 to 1; `loss`,
#'   the best possible mean cross-entropy, in nats; and the surface as from [xor_boundary()]: `x1`,
#'   `x2` and `prob`, where `prob[i, j]` belongs to (`x1[i]`, `x2[j]`). `predict()` takes points,
#'   `plot()` draws the surface.
#' @references T. Hastie, R. Tibshirani, J. Friedman, *The Elements of Statistical Learning*, 2nd
#'   ed., Springer 2009, section 2.4.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' best <- bayes_xor(std = 0.3)
#' best
#' predict(best, rbind(c(0, 0), c(0, 0.6)))
#' plot(best)
bayes_xor <- function(std = 0.1, x1 = NULL, x2 = NULL, ...) {
  check_dots(...)
  std <- check_number(std, min = 0, max = max_std)
  x1 <- check_grid(x1)
  x2 <- check_grid(x2)
  best <- call_python(
    xorlab_py()$bayes_xor(std)$to_dict(as_py_array(x1, "float64"), as_py_array(x2, "float64"))
  )
  best[c("x1", "x2")] <- lapply(best[c("x1", "x2")], as.vector)
  structure(best, class = "xor_bayes")
}

#' @export
format.xor_bayes <- function(x, ...) {
  c(
    sprintf("<xor_bayes> XOR with noise %g", x$std),
    sprintf("best possible accuracy: %.4f%%", 100 * x$accuracy)
  )
}

#' @export
print.xor_bayes <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}

#' @rdname bayes_xor
#' @param object,x An `xor_bayes`.
#' @param newdata Numeric matrix or data frame with two columns.
#' @param type `"class"`, `"prob"` (of class 1) or `"logit"`.
#' @param ... Must be empty.
#' @export
predict.xor_bayes <- function(object, newdata, type = "prob", ...) {
  check_dots(...)
  type <- check_choice(type, c("class", "prob", "logit"))
  points <- check_matrix(newdata)
  if (ncol(points) != 2) {
    abort_input("{.arg newdata} must have 2 columns, not {ncol(points)}.",
                call = rlang::current_env())
  }
  logit <- as.vector(call_python(xorlab_py()$bayes_xor(object$std)$predict_logits(points)))
  logit[is.nan(logit)] <- NA
  switch(type, class = as.integer(logit >= 0), prob = stats::plogis(logit), logit = logit)
}

#' @rdname bayes_xor
#' @export
plot.xor_bayes <- function(x, ...) {
  check_dots(...)
  old <- start_panel(rlang::current_env(), square = TRUE)
  on.exit(par(old))
  draw_surface(x, c("x1", "x2"), "True probability")
  draw_key(1)
  if (room_above()) {
    draw_subtitle(sprintf("best possible accuracy %.2f%%", 100 * x$accuracy))
  }
  invisible(x)
}
