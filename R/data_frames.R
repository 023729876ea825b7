#' Results as data frames
#'
#' What was computed for a picture or a table, a row for each thing that is drawn, so that ggplot2
#' or any other package can draw it. (Fits, data and studies have theirs, too: see
#' [as.data.frame.xor_fit()] and [as.data.frame.xor_data()]; a study is a data frame itself.)
#'
#' @param x What [xor_boundary()], [bayes_xor()], [eval_xor()] or a fit's [`plot()`][plot.xor_fit]
#'   returned.
#' @param row.names,optional,... Not used.
#' @return A data frame.
#' * Of a boundary, learned or the best possible: a row for each point of the grid, `x1`, `x2` and
#'   `prob`; of more than two classes, in place of that, `prob_` with the name of each class.
#' * Of an evaluation: a row for each class: `class`; `n`, how many points it has; `called`, how
#'   many were predicted so; `correct`, how many both; `recall`, `correct / n`, and `precision`,
#'   `correct / called`. What is one number for all classes stays in the evaluation.
#' * Of `plot(fit, "network")`: a row for each weight, the edge that is drawn; `nodes` of the value
#'   is a data frame already.
#' * Of `plot(fit, "hidden")`: a row for each hidden unit and point of the grid: `unit`, `x1`, `x2`
#'   and `output`.
#' @name as.data.frame.xor_boundary
#' @seealso [as.data.frame()][as.data.frame.xor_fit] of a fit, [tidy()][tidy.xor_fit], and
#'   [plot()][plot.xor_fit] for pictures by base R.
#' @examplesIf xorlab::xorlab_available() && requireNamespace("ggplot2", quietly = TRUE)
#' library(ggplot2)
#' fit <- train_xor(seed = 1)
#'
#' boundary <- as.data.frame(xor_boundary(fit))
#' ggplot(boundary, aes(x1, x2, fill = prob)) + geom_raster()
#'
#' history <- as.data.frame(fit)
#' ggplot(history, aes(epoch, loss)) + geom_line()
#'
#' classes <- as.data.frame(eval_xor(fit))
#' ggplot(classes, aes(class, recall)) + geom_col()
#'
#' units <- as.data.frame(plot(fit, "hidden"))
#' ggplot(units, aes(x1, x2, fill = output)) + geom_raster() + facet_wrap(~unit)
#'
#' edges <- as.data.frame(plot(fit, "network"))
#' ggplot(edges, aes(x0, y0, xend = x1, yend = y1, colour = weight)) + geom_segment()
#'
#' study <- seed_study(runs = 20, epochs = 20, seed = 1)
#' ggplot(study, aes(loss)) + geom_histogram(bins = 10)
NULL

#' @rdname as.data.frame.xor_boundary
#' @export
as.data.frame.xor_boundary <- function(x, row.names = NULL, optional = FALSE, ...) {
  # x2 runs faster, as in Python; over one column there is none.
  grid <- rev(expand.grid(x[intersect(c("x2", "x1"), names(x))], KEEP.OUT.ATTRS = FALSE))
  several <- length(dim(x$prob)) > length(grid)
  if (!several) return(data.frame(grid, prob = as.vector(t(x$prob))))
  classes <- utils::tail(dim(x$prob), 1)
  levels <- utils::tail(dimnames(x$prob), 1)[[1]] %||% (seq_len(classes) - 1L)
  prob <- matrix(aperm(x$prob, c(rev(seq_along(grid)), length(grid) + 1)), ncol = classes)
  grid[paste0("prob_", levels)] <- as.data.frame(prob)
  grid
}

#' @rdname as.data.frame.xor_boundary
#' @export
as.data.frame.xor_bayes <- as.data.frame.xor_boundary

#' @rdname as.data.frame.xor_boundary
#' @export
as.data.frame.xor_eval <- function(x, row.names = NULL, optional = FALSE, ...) {
  confusion <- unname(x$confusion)
  data.frame(
    class = factor(rownames(x$confusion), levels = rownames(x$confusion)), n = rowSums(confusion),
    called = colSums(confusion), correct = diag(confusion), recall = unname(x$recall),
    precision = unname(x$precision)
  )
}

#' @rdname as.data.frame.xor_boundary
#' @export
as.data.frame.xor_network <- function(x, row.names = NULL, optional = FALSE, ...) x$edges

#' @rdname as.data.frame.xor_boundary
#' @export
as.data.frame.xor_hidden <- function(x, row.names = NULL, optional = FALSE, ...) {
  grid <- expand.grid(x2 = x$x2, x1 = x$x1, unit = seq_len(dim(x$output)[1]),
                      KEEP.OUT.ATTRS = FALSE)[3:1]
  grid$output <- as.vector(aperm(x$output, c(3, 2, 1)))
  grid
}

#' @export
format.xor_boundary <- function(x, ...) {
  lines <- x[intersect(c("x1", "x2"), names(x))]
  ranges <- vapply(lines, function(one) {
    paste(format(range(one), digits = 4, trim = TRUE), collapse = " to ")
  }, "")
  classes <- if (length(dim(x$prob)) > length(lines)) utils::tail(dim(x$prob), 1) else 2
  c(
    sprintf("<xor_boundary> probabilities of %d classes at %s points", classes,
            paste(lengths(lines), collapse = " by ")),
    toString(paste(x$vars %||% names(lines), "from", ranges)), x$caption
  )
}

#' @export
print.xor_boundary <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}
