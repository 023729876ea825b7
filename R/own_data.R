#' Bring your own two-class data
#'
#' @param x Numeric matrix or data frame, a row for each point, any number of columns, nothing
#'   missing.
#' @param label Two classes, one for each row: a factor, logical, character, or 0 and 1; or a data
#'   frame of one such column. The second level is the class whose probability a net gives: of a
#'   factor as you ordered it, of text as in `sort(method = "radix")`, capitals first, in every
#'   locale and in Python. Levels of a factor that no row has are dropped with a warning.
#' @param levels The two classes in the order that they are to have, such as `c("yes", "no")`, where
#'   the second is to be `"no"`; `NULL` takes the order above.
#' @param ... Must be empty.
#' @return An `xor_data` object, as from [xor_data()], that [train_xor()] takes. Where a factor has
#'   more levels than the two, `categories` holds all of them: [predict()][predict.xor_fit] gives a
#'   factor with the same levels, which can be compared with yours by `==`.
#' @export
#' @examples
#' flowers <- iris[iris$Species != "setosa", ]
#' as_xor_data(scale(flowers[1:4]), droplevels(flowers$Species))
#' as_xor_data(scale(flowers[1:4]), flowers$Species, levels = c("virginica", "versicolor"))
as_xor_data <- function(x, label, levels = NULL, ...) {
  check_dots(...)
  call <- rlang::current_env()
  x <- check_matrix(x)
  rlang::check_required(label)
  if (is.data.frame(label) && ncol(label) == 1) label <- label[[1]]
  plain <- is.null(attr(label, "class"))
  known <- is.factor(label) ||
    (plain && (is.logical(label) || is.character(label) || is.numeric(label)))
  if (!known) {
    value <- show_value(label)
    abort_input("{.arg label} must be a factor, logical, character, or 0 and 1, not {value}.",
                call = call)
  }
  if (length(label) != nrow(x)) {
    abort_input(
      paste(
        "{.arg label} must have one entry for each of the {nrow(x)} row{?s} of {.arg x},",
        "not {length(label)}."
      ),
      call = call
    )
  }
  bad <- sum(rowSums(!(is.finite(x) & abs(x) <= max_float32)) > 0)
  if (bad) {
    abort_input(
      paste(
        "{.arg x} must be complete and finite (and within float32), but {bad} of {nrow(x)} row{?s}",
        "{cli::qty(bad)}{?is/are} not."
      ),
      call = call
    )
  }
  classes <- label_classes(label, levels, call)
  colnames(x) <- check_names(colnames(x) %||% paste0("x", seq_len(ncol(x))), call)
  rownames(x) <- NULL
  structure(
    list(
      x = x, label = as.integer(label == classes$levels[2]), levels = classes$levels,
      categories = classes$categories, kind = NULL, std = NULL,
      seed = NULL
    ),
    class = "xor_data"
  )
}

check_names <- function(names, call) {
  if (anyDuplicated(names) || !all(nzchar(names)) || anyNA(names)) {
    abort_input("The columns of {.arg x} must each have a name of its own, not {.val {names}}.",
                call = call)
  }
  names
}

# The two classes among the labels, in order: strings for factors and text, else the values. Text is
# in the same order in every locale, which is Python's too.
two_levels <- function(label, call) {
  missing <- sum(is.na(if (is.factor(label)) as.character(label) else label)) # NA may be a level
  if (missing) {
    abort_input("{.arg label} must be complete, but {missing} {?is/are} missing.", call = call)
  }
  found <- unique(label)
  found <- if (is.factor(found)) levels(droplevels(found)) else sort(found, method = "radix")
  if (length(found) != 2) {
    shown <- utils::head(found, 5)
    abort_input(
      "{.arg label} must hold exactly two classes, not {length(found)}: {.val {shown}}.",
      call = call
    )
  }
  if (is.numeric(label)) {
    if (!identical(as.double(found), c(0, 1))) {
      abort_input(
        "A numeric {.arg label} must be 0 and 1, not {found[1]} and {found[2]}.",
        call = call
      )
    }
    found <- as.integer(found)
  }
  found
}

# The two classes in order, and all levels of a factor that has more than them.
label_classes <- function(label, levels, call) {
  found <- two_levels(label, call)
  all <- if (is.factor(label)) as.vector(stats::na.omit(levels(label)))
  unused <- setdiff(all, found)
  if (!is.null(levels)) {
    found <- check_levels(levels, found, call)
    all <- c(found, unused)
  } else if (length(unused)) {
    warn_input("{.arg label} has unused levels, which are dropped: {.val {unused}}.", call = call)
  }
  list(levels = found, categories = if (length(unused)) all)
}

# The classes that were found, in the order asked for.
check_levels <- function(levels, found, call) {
  order <- if (is.atomic(levels)) match(levels, found)
  if (length(order) != 2 || !setequal(order, 1:2)) {
    value <- show_value(levels)
    abort_input(
      "{.arg levels} must be the two classes of {.arg label}, {.val {found}}, in the order wanted,
       not {value}.",
      call = call
    )
  }
  found[order]
}
