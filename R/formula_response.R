# The left side of a formula: the classes of the training rows, and those of new data.

response_of <- function(frame, call) {
  label <- frame[[1]]
  if (length(dim(label)) == 2 && ncol(label) == 1) label <- label[, 1]
  if (length(dim(label)) > 1) {
    abort_input("The response must be one column of classes, not {ncol(label)} columns.",
                call = call)
  }
  class(label) <- setdiff(oldClass(label), "AsIs")
  names(label) <- NULL
  label
}

# The response as it is worked out from new data: by the formula's left side, with the constants and
# the levels of the training. Where other functions make it, or all rows together do, as in
# cut(x, 3), it is a name: it is never worked out again.
kept_response <- function(frame, label, data) {
  object <- attr(frame, "terms")
  expr <- stats::formula(object)[[2]]
  name <- as.name(plain_text(expr))
  if (is.name(expr)) return(expr)
  env <- environment(object)
  names <- all.vars(expr)
  values <- stats::setNames(lapply(names, variable_value, data, env), names)
  raw <- vapply(values, NROW, 1L) == attr(frame, "size")
  if (!all(lengths(values[!raw]) <= most_constants)) return(name)
  expr <- with_constants(expr, values[!raw])
  if (length(unknown_calls(expr))) return(name)
  expr <- with_factor_levels(expr, values[raw])
  rows <- which(!duplicated(label))
  here <- lapply(values[raw], `[`, frame[[ncol(frame)]][rows])
  if (own_row_response(expr, here, as.character(label[rows]))) expr else name
}

# factor() takes its levels from the rows that there are, which matters to its labels, and to what
# calls it, such as as.integer(factor(x)).
with_factor_levels <- function(expr, values, within = FALSE) {
  if (!is.call(expr)) return(expr)
  inner <- lapply(as.list(expr)[-1], with_factor_levels, values, within = TRUE)
  expr <- as.call(c(expr[[1]], inner))
  if (within && identical(expr[[1]], quote(as.factor))) expr[[1]] <- quote(factor)
  if (!identical(expr[[1]], quote(factor))) return(expr)
  full <- match.call(factor, expr)
  if (!is.null(full$levels) || is.null(full$labels) && !within) return(expr)
  x <- eval(full$x, values, known_environment())
  levels <- if (is.factor(x)) levels(x) else sort(unique(x))
  if (is.object(levels)) return(expr)
  full$levels <- levels
  full
}

# Whether each of these rows alone, of as many classes, has the class that it has among all.
own_row_response <- function(expr, values, classes) {
  env <- known_environment()
  alone <- function(row) {
    label <- tryCatch(
      suppressWarnings(eval(expr, lapply(values, `[`, row), env)), error = function(cnd) NULL
    )
    identical(as.character(label), classes[row])
  }
  all(vapply(seq_along(classes), alone, TRUE))
}

# The response of new data.
formula_response <- function(terms, data, call = rlang::caller_env(), name = "data") {
  check_terms(terms, call)
  response <- str2lang(terms$formula)[[2]]
  missing <- setdiff(all.vars(response), names(data))
  if (length(missing)) {
    abort_input(
      "{.arg {name}} must have the response of the formula, but {.val {missing}} {?is/are} not among
       its columns.",
      i = if (any(make.names(missing) != missing)) {
        "Make it a column of the data frame before training: its classes may depend on all rows."
      },
      call = call
    )
  }
  label <- in_formula_words(eval(response, as.list(data), known_environment()), call)
  response_of(list(label), call)
}
