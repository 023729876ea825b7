#' Data frame methods for xor_data
#'
#' A subset of a sample of a toy problem keeps its `kind` and noise; its `seed` is `NULL`.
#'
#' @param x,object An `xor_data` object.
#' @param i Rows: their numbers, negative ones to leave out, or `TRUE` and `FALSE`.
#' @param j Columns, by number or name; the label stays. `x[i, j]` needs both places, as in
#'   `x[1:10, ]`.
#' @param drop Not used: the result is always an `xor_data`.
#' @param ... For `rbind()`, data in the same classes with columns of the same names, in any order;
#'   the result is of a toy problem where all are of the same kind and noise. For `head()` and
#'   `tail()`, passed on. Else not used.
#' @param deparse.level Not used.
#' @return `dim()`, and so `nrow()` and `ncol()`: numbers of points and columns; `colnames()`: the
#'   columns' names. `head()` and
#'   `tail()`: the first and last rows of [as.data.frame()][as.data.frame.xor_data]. `summary()`:
#'   the summary of that data frame, which counts the points of each class. `as.matrix()`: the
#'   points. `x[i, j]` and `rbind()`: an `xor_data`.
#' @name xor_data_rows
#' @seealso [xor_data()], [as_xor_data()], [as.data.frame()][as.data.frame.xor_data].
#' @examples
#' flowers <- as_xor_data(iris[1:100, 1:4], droplevels(iris$Species[1:100]))
#' dim(flowers)
#' head(flowers, 3)
#' summary(flowers)
#'
#' # Every tenth row to test on, the rest to train on
#' test <- seq(1, nrow(flowers), by = 10)
#' flowers[-test, ]
#' rbind(flowers[test, ], flowers[-test, ])
NULL

#' @rdname xor_data_rows
#' @export
dim.xor_data <- function(x) dim(x$x)

#' @rdname xor_data_rows
#' @export
dimnames.xor_data <- function(x) list(NULL, colnames(x$x))

#' @rdname xor_data_rows
#' @export
as.matrix.xor_data <- function(x, ...) x$x

#' @rdname xor_data_rows
#' @export
head.xor_data <- function(x, ...) utils::head(as.data.frame(x), ...)

#' @rdname xor_data_rows
#' @export
tail.xor_data <- function(x, ...) utils::tail(as.data.frame(x), ...)

#' @rdname xor_data_rows
#' @export
summary.xor_data <- function(object, ...) {
  frame <- as.data.frame(object)
  frame[[ncol(frame)]] <- as.factor(frame[[ncol(frame)]])
  summary(frame, ...)
}

#' @rdname xor_data_rows
#' @export
`[.xor_data` <- function(x, i, j, drop = FALSE) {
  call <- rlang::current_env()
  if (nargs() - (!missing(drop)) < 3) {
    abort_input(
      "Data have rows and columns: use {.code x[rows, ]} or {.code x[, columns]}.", call = call
    )
  }
  rows <- if (missing(i)) seq_len(nrow(x)) else picked(i, seq_len(nrow(x)), "i", "rows", call)
  names <- colnames(x$x)
  columns <- if (missing(j)) names else picked(j, stats::setNames(nm = names), "j", "columns", call)
  same <- identical(unname(columns), names)
  some_xor_data(x$x[rows, columns, drop = FALSE], x$label[rows], x, if (same) toy_problem(x))
}

# Some of the rows or columns: at least one, all of which are there.
picked <- function(index, all, name, things, call) {
  plain <- is.atomic(index) && is.null(dim(index)) && !is.object(index)
  some <- if (plain) tryCatch(unname(all[index]), error = function(cnd) NULL)
  if (!length(some) || anyNA(some) || name == "j" && anyDuplicated(some)) {
    value <- show_value(index)
    once <- if (name == "j") ", each once"
    abort_input(
      "{.arg {name}} must pick one or more of the {length(all)} {things}{once}, not {value}.",
      call = call
    )
  }
  some
}

# Points in the classes of `data`, of this toy problem if any; no seed gives them.
some_xor_data <- function(x, label, data, toy) {
  data$x <- x
  data$label <- label
  data["kind"] <- list(toy$kind)
  data["std"] <- list(toy$std)
  data["seed"] <- list(NULL)
  data
}

toy_problem <- function(data) list(kind = toy_kind(data), std = data$std)

check_same <- function(came, wanted, things, same, call) {
  if (!same(came, wanted)) {
    abort_input(
      "All arguments must have the {things} {.val {wanted}} of the first, not {.val {came}}.",
      call = call
    )
  }
}

#' @rdname xor_data_rows
#' @export
rbind.xor_data <- function(..., deparse.level = 1) {
  call <- rlang::current_env()
  all <- list(...)
  first <- all[[1]]
  names <- colnames(first$x)
  for (one in all) {
    check_class(one, "xor_data", name = "...", call = call)
    check_same(one$levels, first$levels, "classes", identical, call)
    check_same(colnames(one$x), names, "columns", setequal, call)
  }
  toy <- unique(lapply(all, toy_problem))
  some_xor_data(
    do.call(rbind, lapply(all, function(one) one$x[, names, drop = FALSE])),
    unlist(lapply(all, function(one) one$label)), first, if (length(toy) == 1) toy[[1]]
  )
}
