#' Use your own data
#'
#' @param x Numeric matrix or data frame, a row for each point, any number of columns, nothing
#'   missing.
#' @param label From 2 to 100 classes, one for each row: a factor, logical, character, or whole
#'   numbers from 0 on; or a data frame of one such column. Their order is that of a factor's
#'   levels, of text as in `sort(method = "radix")`, capitals first, in every locale and in Python;
#'   of two classes the second is the one whose probability a net gives. Levels of a factor that no
#'   row has are dropped with a warning.
#' @param levels The classes in the order that they are to have, such as `c("yes", "no")`, where the
#'   second is to be `"no"`; `NULL` takes the order above.
#' @param ... Must be empty.
#' @return An `xor_data` object, as from [xor_data()], that [train_xor()] takes. Where a factor has
#'   more levels than those, `categories` holds all of them: [predict()][predict.xor_fit] gives a
#'   factor with the same levels, which can be compared with yours by `==`. It is no ordered one:
#'   compare it with an ordered factor by `as.character()`.
#' @seealso [train_xor()], which takes a formula and a data frame by itself, [toy_data()],
#'   `vignette("own-data", "xorlab")`.
#' @export
#' @examples
#' flowers <- iris[iris$Species != "setosa", ]
#' as_xor_data(flowers[1:4], droplevels(flowers$Species), levels = c("virginica", "versicolor"))
#' as_xor_data(iris[1:4], iris$Species)
as_xor_data <- function(x, label, levels = NULL, ...) {
  check_dots(...)
  rlang::check_required(x)
  rlang::check_required(label)
  as_data(check_matrix(x), label, levels, "label", rlang::current_env())
}

# Points and labels that belong together, as data.
as_data <- function(x, label, levels, label_name, call) {
  label <- check_label(label, label_name, call)
  if (length(label) != nrow(x)) {
    abort_input(
      paste(
        "{.arg {label_name}} must have one entry for each of the {nrow(x)} row{?s} of {.arg x},",
        "not {length(label)}."
      ),
      call = call
    )
  }
  points_in_classes(check_points(x, call), label, levels, label_name, call)
}

check_label <- function(label, name, call) {
  if (is.data.frame(label) && ncol(label) == 1) label <- label[[1]]
  plain <- is.null(attr(label, "class"))
  known <- is.factor(label) ||
    (plain && (is.logical(label) || is.character(label) || is.numeric(label)))
  if (known) return(label)
  value <- show_value(label)
  abort_input(
    "{.arg {name}} must be a factor, logical, character, or whole numbers from 0 on, not {value}.",
    call = call
  )
}

# A matrix of finite numbers whose columns have names.
check_points <- function(x, call, name = "x", hint = NULL) {
  wrong <- !(is.finite(x) & abs(x) <= max_float32)
  bad <- sum(rowSums(wrong) > 0)
  if (bad) {
    columns <- colnames(x)[colSums(wrong) > 0]
    abort_input(
      paste(
        "{.arg {name}} must be complete and finite (and within float32), but {bad} of {nrow(x)}",
        "row{?s} {cli::qty(bad)}{?is/are} not."
      ),
      i = hint %||% if (length(columns)) "Look at {.val {columns}}.", call = call
    )
  }
  colnames(x) <- check_names(colnames(x) %||% paste0("x", seq_len(ncol(x))), call)
  rownames(x) <- NULL
  x
}

points_in_classes <- function(x, label, levels, name, call) {
  classes <- label_classes(label, levels, name, call)
  number <- match(as.character(label), as.character(classes$levels)) - 1L
  labelled_points(x, number, classes$levels, classes$categories)
}

check_names <- function(names, call) {
  if (anyDuplicated(names) || !all(nzchar(names)) || anyNA(names)) {
    abort_input("The columns of {.arg x} must each have a name of its own, not {.val {names}}.",
                call = call)
  }
  names
}

# The classes among the labels, in order: strings for factors and text, else the values. Text is in
# the same order in every locale, which is Python's too.
found_levels <- function(label, name, call) {
  missing <- sum(is.na(if (is.factor(label)) as.character(label) else label)) # NA may be a level
  if (missing) {
    abort_input("{.arg {name}} must be complete, but {missing} {?is/are} missing.", call = call)
  }
  found <- unique(label)
  found <- if (is.factor(found)) levels(droplevels(found)) else sort(found, method = "radix")
  if (is.numeric(label)) found <- check_class_numbers(found, name, call)
  if (length(found) < 2 || length(found) > max_classes) {
    shown <- utils::head(found, 5)
    such <- if (length(found) > 5) ", such as" else ":"
    abort_input(
      paste("{.arg {name}} must hold from 2 to {max_classes} classes,",
            "not {length(found)}{such} {.val {shown}}."),
      call = call
    )
  }
  found
}

# Numbers that stand for classes: 0, 1, ... without a gap.
check_class_numbers <- function(found, name, call) {
  if (length(found) == 1) return(found)
  if (identical(as.double(found), seq_along(found) - 1)) return(as.integer(found))
  shown <- utils::head(found, 3)
  if (any(found != trunc(found), na.rm = TRUE)) {
    abort_input(
      "{.arg {name}} must be classes, and numbers such as {shown} are measurements, which a
       classifier does not predict.",
      i = "To tell ranges of them apart, make classes of them first, as by {.fn cut}.", call = call
    )
  }
  abort_input(
    "A numeric {.arg {name}} counts as classes only where it is 0, 1, 2, ... without a gap, not
     {shown}.",
    i = "Where they are names of classes, say so by {.fn factor}.", call = call
  )
}

# The classes in order, and all levels of a factor that has more than them.
label_classes <- function(label, levels, name, call) {
  label <- check_label(label, name, call)
  found <- found_levels(label, name, call)
  all <- if (is.factor(label)) as.vector(stats::na.omit(levels(label)))
  unused <- setdiff(all, found)
  if (!is.null(levels)) {
    found <- check_levels(levels, found, name, call)
    all <- c(found, unused)
  } else if (length(unused)) {
    warn_input("{.arg {name}} has unused levels, which are dropped: {.val {unused}}.", call = call)
  }
  list(levels = found, categories = if (length(unused)) all)
}

# The classes that were found, in the order asked for.
check_levels <- function(levels, found, name, call) {
  order <- if (is.atomic(levels)) match(levels, found)
  if (length(order) != length(found) || !setequal(order, seq_along(found))) {
    value <- show_value(levels)
    abort_input(
      "{.arg levels} must be the {length(found)} classes of {.arg {name}}, {.val {found}}, in the
       order wanted, not {value}.",
      call = call
    )
  }
  found[order]
}
