#' The best possible classifier of a toy problem
#'
#' The exact probabilities of the classes for noise of a given size, and the best possible accuracy,
#' to compare a net with.
#'
#' For XOR, with \eqn{u = x - 1/2}, the probability of class 1 is
#' \eqn{(1 - \tanh(u_1 / (2 \sigma^2)) \tanh(u_2 / (2 \sigma^2))) / 2}. Calling the more probable
#' class is the Bayes classifier, and no other errs less often. It is right when the noise leaves
#' both bits on their side of 1/2, or carries both across, so its accuracy is
#' \eqn{p^2 + (1 - p)^2} with \eqn{p = \Phi(1 / (2 \sigma))}.
#'
#' For blobs, class \eqn{k} has a probability proportional to
#' \eqn{\exp(-|x - c_k|^2 / (2 \sigma^2))}, where \eqn{c_k} are the centers; for the linear problem
#' that of class 1 is \eqn{1 / (1 + \exp(-(x_1 + x_2) / \sigma))}. The source of the Python package
#' holds the derivations.
#'
#' @param std The noise, 0 or more: a standard deviation for XOR and blobs. Without noise the
#'   surface is the limit for ever smaller noise: 0, 1, or equal shares where classes meet.
#' @param x1,x2 Grid lines of the first and second input; by default around the points.
#' @param kind `"xor"`, `"blobs"` or `"linear"`, as for [toy_data()]. (Of its other kinds the
#'   probabilities cannot be written down.)
#' @param classes Number of classes, for blobs alone, where `NULL` gives 3.
#' @return A list of class `xor_bayes`: `std`, `kind` and `classes`; `accuracy`, the best possible
#'   one, 0 to 1; `loss`, the best possible mean cross-entropy, in nats; and the surface as from
#'   [xor_boundary()]: `x1`, `x2` and `prob`, where `prob[i, j]` belongs to (`x1[i]`, `x2[j]`); for
#'   more than two classes `prob[i, j, k]` is that of the k-th. `predict()` takes points: for more
#'   than two classes probabilities and logits are a matrix with a column for each. `plot()` draws
#'   the surface, and [`plot(fit, "difference")`][plot.xor_fit] how far a net is from it.
#' @seealso [eval_xor()] for the accuracy of a net, [xor_boundary()] for its surface,
#'   [toy_data()].
#' @references T. Hastie, R. Tibshirani, J. Friedman, *The Elements of Statistical Learning*, 2nd
#'   ed., Springer 2009, section 2.4.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' best <- bayes_xor(std = 0.3)
#' best
#' predict(best, rbind(c(0, 0), c(0, 0.6)))
#' plot(best)
#' bayes_xor(0.5, kind = "blobs", classes = 4)
bayes_xor <- function(std = 0.1, x1 = NULL, x2 = NULL, kind = "xor", classes = NULL, ...) {
  check_dots(...)
  if (rlang::is_string(std, toy_kinds)) {
    abort_input("{.arg std} must be the noise: the kind goes by name, {.code kind = \"{std}\"}.",
                call = rlang::current_env())
  }
  std <- check_number(std, min = 0, max = max_std)
  x1 <- check_grid(x1)
  x2 <- check_grid(x2)
  if (!is.null(classes)) classes <- check_count(classes, min = 2)
  best <- call_python(
    xorlab_py()$bayes_xor(std, kind, classes)$to_dict(
      as_py_array(x1, "float64"), as_py_array(x2, "float64")
    )
  )
  best[c("x1", "x2")] <- lapply(best[c("x1", "x2")], as.vector)
  structure(best, class = "xor_bayes")
}

#' @export
format.xor_bayes <- function(x, ...) {
  c(
    sprintf("<xor_bayes> %s with noise %g", problem_name(x), x$std),
    sprintf("best possible accuracy: %.4f%%", 100 * x$accuracy)
  )
}

problem_name <- function(bayes) {
  switch(bayes$kind %||% "xor", # 0.1.0 knew XOR alone
    xor = "XOR", linear = "the linear problem", blobs = sprintf("%d blobs", bayes$classes)
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
#' @param type `"class"`, `"prob"` (of class 1, or of all of more than two) or `"logit"`.
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
  levels <- seq_len(object$classes %||% 2) - 1L
  method <- prediction_method(type, levels)
  values <- call_python(
    xorlab_py()$bayes_xor(object$std, object$kind %||% "xor", object$classes)[[method]](points)
  )
  as_prediction(values, type, levels)
}

#' @rdname bayes_xor
#' @export
plot.xor_bayes <- function(x, ...) {
  check_dots(...)
  old <- start_panel(rlang::current_env(), square = TRUE)
  on.exit(par(old))
  draw_surface(x, c("x1", "x2"))
  draw_title("True probability")
  draw_key(seq_len(x$classes %||% 2) - 1L)
  if (room_above()) {
    draw_subtitle(sprintf("best possible accuracy %.2f%%", 100 * x$accuracy))
  }
  invisible(x)
}
