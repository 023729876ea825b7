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
#'   `NULL` here (see [as_xor_data()]); `kind`, which is `"xor"`; `std` and `seed`.
#' @seealso [toy_data()] for other toy problems.
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

#' Sample a toy problem
#'
#' Points in the plane, within about -1.5 to 1.5. All classes are equally likely.
#'
#' "Noise" is Gaussian, of standard deviation `noise` in each column. The kinds, and their noise
#' where none is given:
#' * `"xor"` (0.1): two random bits, of class 1 where exactly one is 1, plus noise; the same points
#'   as from [xor_data()].
#' * `"circles"` (0.1): a circle of radius 1, and within it one of radius 0.5, class 1; plus noise.
#' * `"moons"` (0.1): two half circles of radius 1 that reach into each other, plus noise; class 0
#'   is the upper one.
#' * `"spirals"` (0.05): two arms of one and a half turns, plus noise. Class 1 is class 0 turned by
#'   half a turn.
#' * `"blobs"` (0.3): for each class noise around a center of its own; the centers are evenly spaced
#'   on the circle of radius 1, and class 0 is at (1, 0).
#' * `"checkerboard"` (0.05): the square from -1 to 1 in 4 by 4 cells, of class 0 and 1 in turn,
#'   plus noise, which carries points across the edges.
#' * `"linear"` (0.3): evenly spread over the square from -1 to 1; class 1 has the probability
#'   `plogis((x1 + x2) / noise)`.
#'
#' The same seed gives the same points in Python.
#' @param kind The name of a toy problem, see below.
#' @param size Number of points, at least 1.
#' @param noise 0 or more; `NULL` takes that of the kind.
#' @param seed Whole number, or `NULL` to draw one from R's own generator.
#' @param classes Number of classes, 2 to 100, for `"blobs"` alone, where `NULL` gives 3; the other
#'   kinds have 2.
#' @param ... Must be empty.
#' @return An `xor_data` object, as from [xor_data()], whose `kind` is that given, `std` the noise,
#'   and `levels` 0, 1, ...
#' @seealso [bayes_xor()], which knows the best possible classifier for `"xor"`, `"blobs"` and
#'   `"linear"`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' moons <- toy_data("moons", 200, seed = 1)
#' moons
#' table(toy_data("blobs", 90, seed = 1, classes = 5)$label)
#' eval_xor(train_xor(moons, hidden = 8, seed = 1))
toy_data <- function(kind = "xor", size = 2500, noise = NULL, seed = NULL, classes = NULL, ...) {
  check_dots(...)
  kind <- check_choice(kind, toy_kinds)
  size <- check_count(size)
  if (!is.null(noise)) noise <- check_number(noise, min = 0, max = max_std)
  seed <- check_seed(seed)
  if (!is.null(classes)) classes <- check_count(classes, min = 2)
  undo_draw_on_error(call_python(
    xorlab_py()$toy_data(kind, size, noise, seed %||% draw_seed(), classes = classes)
  ))
}

# The kind of toy problem that data are a sample of, "xor" where there are none; NULL for the user's
# own. Objects of earlier versions have no `kind`, and are XOR where they have noise.
toy_kind <- function(data) {
  if (is.null(data)) return("xor")
  if (!is.null(data$std)) data$kind %||% "xor"
}

new_xor_data <- function(content) {
  x <- content$x
  dimnames(x) <- list(NULL, unlist(content$features))
  labelled_points(x, as.integer(content$label), unlist(content$levels), unlist(content$categories),
                  content$kind, content$std, content$seed)
}

# An `xor_data` of these parts; the last three are those of a toy problem.
labelled_points <- function(x, label, levels, categories = NULL, kind = NULL, std = NULL,
                            seed = NULL) {
  structure(
    list(
      x = x, label = label, levels = levels, categories = categories, kind = kind, std = std,
      seed = seed
    ),
    class = "xor_data"
  )
}

data_to_python <- function(x) {
  check_parts(x)
  xorlab_r()$dataset_from_dict(as_py(list(
    x = x$x, label = as_py_array(x$label, "int64"), levels = as.list(x$levels),
    categories = as.list(x$categories), features = as.list(colnames(x$x)),
    kind = toy_kind(x), std = x$std, seed = x$seed
  )))
}

# The parts of data, which the user may have changed by hand, still belong together. The call of the
# error is the one that call_python() was given.
check_parts <- function(x, call = rlang::caller_env(2)) {
  n <- NROW(x$x)
  wrong <- if (!is.matrix(x$x) || !is.numeric(x$x) || is.null(colnames(x$x))) {
    "{.code x$x} is not a numeric matrix whose columns have names"
  } else if (!is.atomic(x$levels) || length(x$levels) < 2 || anyNA(x$levels)) {
    "{.code x$levels} is not two or more classes"
  } else if (!is.numeric(x$label) || !all(x$label %in% (seq_along(x$levels) - 1))) {
    "{.code x$label} is not a vector of {if (length(x$levels) == 2) '0 and 1' else 'class numbers'}"
  } else if (length(x$label) != n) {
    "{.code x$x} has {n} row{?s} and {.code x$label} {length(x$label)} entr{?y/ies}"
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
  counts <- tabulate(x$label + 1L, length(x$levels))
  names <- colnames(x$x)
  if (length(names) > 6) names <- c(names[1:5], "...")
  c(
    sprintf("<xor_data> %s, %s (%s)", counted(nrow(x$x), "point"), counted(ncol(x$x), "column"),
            paste(names, collapse = ", ")),
    toString(sprintf("class %s: %d", x$levels, counts))
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
#' @seealso [as_xor_data()] for the other way, and [the other methods of data][xor_data_rows].
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
  levels <- if (is.null(data)) seq_len(max_classes) - 1L else data$levels
  if (!is.character(levels)) return(levels[class + 1L])
  factor(levels[class + 1L], levels = data$categories %||% levels)
}

# A number of things in words, such as "1 point" or "2,500 points".
counted <- function(n, thing) {
  paste0(trimws(format(n, big.mark = ",")), " ", thing, ifelse(n == 1, "", "s"))
}
