#' Sample the continuous XOR problem
#'
#' Two bits are drawn at random, the class is 1 where exactly one of them is 1, and Gaussian noise
#' is added to the bits.
#'
#' @param size Number of points, at least 1.
#' @param std Standard deviation of the noise, 0 or more.
#' @param seed Whole number, or `NULL` to draw one from R's own generator.
#' @param ... Must be empty.
#' @return An `xor_data` object: `x`, a double matrix of `size` rows and columns `x1` and `x2`;
#'   `label`, an integer vector of 0 and 1; `levels`, what 0 and 1 stand for; `categories`, which is
#'   `NULL` here (see [as_xor_data()]); `std` and `seed`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' points <- xor_data(200, seed = 1)
#' points
#' plot(points)
xor_data <- function(size = 2500, std = 0.1, seed = NULL, ...) {
  check_dots(...)
  size <- check_count(size)
  std <- check_number(std, min = 0, max = max_std)
  seed <- check_seed(seed)
  undo_draw_on_error(
    call_python(xorlab_py()$XORDataset(size, std, seed = seed %||% draw_seed()))
  )
}

new_xor_data <- function(content) {
  x <- content$x
  dimnames(x) <- list(NULL, unlist(content$features))
  structure(
    list(
      x = x, label = as.integer(content$label), levels = unlist(content$levels),
      categories = unlist(content$categories), std = content$std, seed = content$seed
    ),
    class = "xor_data"
  )
}

data_to_python <- function(x) {
  check_parts(x)
  xorlab_r()$dataset_from_dict(as_py(list(
    x = x$x, label = as_py_array(x$label, "int64"), levels = as.list(x$levels),
    categories = as.list(x$categories), features = as.list(colnames(x$x)), std = x$std,
    seed = x$seed
  )))
}

# The parts of data, which the user may have changed by hand, still belong together. The call of the
# error is the one that call_python() was given.
check_parts <- function(x, call = rlang::caller_env(2)) {
  n <- NROW(x$x)
  wrong <- if (!is.matrix(x$x) || !is.numeric(x$x) || is.null(colnames(x$x))) {
    "{.code x$x} is not a numeric matrix whose columns have names"
  } else if (!is.numeric(x$label) || !all(x$label %in% 0:1)) {
    "{.code x$label} is not a vector of 0 and 1"
  } else if (length(x$label) != n) {
    "{.code x$x} has {n} row{?s} and {.code x$label} {length(x$label)} entr{?y/ies}"
  } else if (!is.atomic(x$levels) || length(x$levels) != 2 || anyNA(x$levels)) {
    "{.code x$levels} is not two classes"
  }
  if (is.null(wrong)) return()
  abort_input(
    paste0("The parts of the data {.code x} no longer belong together: ", wrong, "."),
    i = "Take some of the rows by {.code x[rows, ]}, and make other data by {.fn as_xor_data}.",
    call = call
  )
}

#' @export
format.xor_data <- function(x, ...) {
  counts <- tabulate(x$label + 1L, 2)
  names <- colnames(x$x)
  if (length(names) > 6) names <- c(names[1:5], "...")
  c(
    sprintf("<xor_data> %s, %s (%s)", counted(nrow(x$x), "point"), counted(ncol(x$x), "column"),
            paste(names, collapse = ", ")),
    sprintf("class %s: %d, class %s: %d", x$levels[1], counts[1], x$levels[2], counts[2])
  )
}

#' @export
print.xor_data <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}

#' Data as a data frame
#'
#' @param x An `xor_data` object.
#' @param ... Not used.
#' @return A data frame with the columns of the points and their class as `label`, in the classes'
#'   own words where they are text (under another name where a column is called that).
#' @export
#' @examplesIf xorlab::xorlab_available()
#' head(as.data.frame(xor_data(200, seed = 1)))
as.data.frame.xor_data <- function(x, ...) {
  frame <- data.frame(x$x, check.names = FALSE)
  name <- utils::tail(make.unique(c(names(frame), "label")), 1)
  frame[[name]] <- as_classes(x$label, x)
  frame
}

# Classes 0 and 1 as those of the data, 0 and 1 themselves where there are none: text as a factor,
# with all levels that the user's own factor had.
as_classes <- function(class, data) {
  levels <- if (is.null(data)) 0:1 else data$levels
  if (!is.character(levels)) return(levels[class + 1L])
  factor(levels[class + 1L], levels = data$categories %||% levels)
}

# A number of things in words, such as "1 point" or "2,500 points".
counted <- function(n, thing) {
  paste0(trimws(format(n, big.mark = ",")), " ", thing, ifelse(n == 1, "", "s"))
}
