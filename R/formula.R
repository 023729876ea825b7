# From a formula and a data frame to numbers, as lm() does, and the terms that do the same to new
# data: see R/formula_terms.R.

# A list of `x`, the model matrix without the intercept's column; `label`, the response; `terms`, as
# plain data; `dropped`, how many rows na.action left out. `subset` is an expression, as
# substitute() gives it, or its value.
formula_data <- function(formula, data = NULL, subset = NULL, na_action = NULL,
                         call = rlang::caller_env()) {
  data <- check_formula_frame(data, call)
  model <- model_terms(check_formula(formula, data, call), data, call)
  check_variables(model, data, call)
  frame <- model_frame(model, data, subset, na_action %||% getOption("na.action"), call)
  label <- response_of(frame, call)
  frame <- check_predictors(frame, call)
  raw <- raw_training(frame, data, call)
  object <- stats::delete.response(attr(frame, "terms"))
  attr(object, "predvars") <- with_constants(attr(object, "predvars"), raw$constants)
  check_rows_alone(object, frame, raw$columns, call)
  x <- stats::model.matrix(attr(frame, "terms"), frame)
  response <- kept_response(frame, label, data)
  terms <- plain_terms(object, frame, attr(x, "contrasts"), raw$columns, response)
  list(
    x = without_intercept(x, call), label = label, terms = terms,
    dropped = length(attr(frame, "na.action"))
  )
}

# Columns that are matrices of one column, such as scale() gives, become vectors.
check_formula_frame <- function(data, call) {
  if (is.null(data)) return(NULL)
  if (!is.data.frame(data)) {
    value <- show_value(data)
    abort_input("{.arg data} must be a data frame where {.arg x} is a formula, not {value}.",
                call = call)
  }
  data <- as.data.frame(data)
  data[] <- lapply(data, as_one_column)
  data
}

as_one_column <- function(column) {
  if (is.matrix(column) && ncol(column) == 1) as.vector(column) else column
}

# The formula with the functions of packages by their bare names, in an environment where known
# functions are themselves, as they will be for new data.
check_formula <- function(formula, data, call) {
  if (length(formula) != 3) {
    abort_input("The formula must have a response, such as {.code y ~ x}.", call = call)
  }
  if (is.null(data) && "." %in% all.vars(formula)) {
    abort_input("A formula with {.code .} must come with {.arg data}, whose columns it means.",
                call = call)
  }
  formula[[3]] <- in_formula_words(bare_calls(formula[[3]]), call)
  unknown <- in_formula_words(unknown_calls(formula[[3]]), call)
  if ("offset()" %in% unknown) {
    abort_input("The formula must be without {.code offset()}, which no net takes.", call = call)
  }
  if (length(unknown)) {
    abort_input(
      paste(
        "The predictors of a formula must be made by functions that are known to be safe in a",
        "file, but {.code {unknown}} {?is/are} not among them."
      ),
      i = "Make this a column of the data frame first.", call = call
    )
  }
  env <- environment(formula) %||% globalenv()
  environment(formula) <- known_environment(env, except = all.vars(formula))
  formula
}

# stats::poly and splines::ns as poly and ns.
bare_calls <- function(expr) {
  if (!is.call(expr) || !"::" %in% all.names(expr)) return(expr)
  head <- expr[[1]]
  packaged <- is.call(head) && identical(head[[1]], quote(`::`)) &&
    as.character(head[[2]]) %in% c("base", "stats", "splines")
  if (packaged && as.character(head[[3]]) %in% known_functions) expr[[1]] <- head[[3]]
  expr[] <- lapply(as.list(expr), bare_calls)
  expr
}

check_variables <- function(object, data, call) {
  wanted <- all.vars(attr(object, "variables"))
  env <- environment(object)
  missing <- Filter(function(one) is.null(variable_value(one, data, env)), wanted)
  if (length(missing)) {
    shown <- with_nearest(missing, setdiff(names(data), wanted))
    where <- if (is.null(data)) "where the formula was written" else "among the columns of `data`"
    abort_input("The formula's variables must be {where}, but {shown} {?is/are} not.", call = call)
  }
}

# A variable's value, from the data or else from where the formula was written.
variable_value <- function(name, data, env) {
  if (name %in% names(data)) return(data[[name]])
  value <- get0(name, env)
  if (!is.function(value)) value
}

# The model frame, with the numbers of its rows among all in the last column.
model_frame <- function(object, data, subset, na_action, call) {
  response <- attr(object, "variables")[[2]]
  frame <- in_formula_words({
    rows <- seq_len(NROW(eval(response, data, environment(object))))
    do.call(stats::model.frame, c(
      list(object), if (!is.null(data)) list(data = data),
      list(subset = subset, na.action = na_action, row = rows)
    ))
  }, call)
  if (nrow(frame) == 0) abort_no_rows(object, data, length(rows), call)
  structure(frame, size = length(rows))
}

abort_no_rows <- function(object, data, rows, call) {
  names <- all.vars(attr(object, "variables"))
  values <- lapply(names, variable_value, data, environment(object))
  empty <- names[vapply(values, function(one) length(one) > 0 && all(is.na(one)), TRUE)]
  abort_input(
    "At least one row must be left by {.arg subset} and {.arg na.action}, but of {rows} none is.",
    i = if (length(empty)) "{.val {empty}} {?is/are} missing in every row.", call = call
  )
}

# What R says of a formula, as an error of ours.
in_formula_words <- function(expr, call) {
  tryCatch(expr, error = function(cnd) {
    if (inherits(cnd, "xorlab_error")) rlang::cnd_signal(cnd)
    msg <- conditionMessage(cnd)
    abort_input("The formula must be one that R can work out: {msg}.", call = call)
  })
}

# The frame without levels that no row has; those of the response are left to what reads labels.
check_predictors <- function(frame, call) {
  for (name in names(frame)[-c(1, ncol(frame))]) {
    if (is.factor(frame[[name]])) frame[[name]] <- used_levels(frame[[name]], name, call)
    levels <- unique(frame[[name]])
    if (!is.numeric(levels) && !is.logical(levels) && length(levels) < 2) {
      abort_input(
        "A predictor of classes must have at least two of them, but {.code {name}} has
         {.val {as.character(levels)}} alone.",
        call = call
      )
    }
  }
  frame
}

used_levels <- function(column, name, call) {
  if (anyNA(levels(column))) {
    abort_input("Levels must not be missing ones, but {.code {name}} has {.code NA} as a level.",
                call = call)
  }
  if (all(levels(column) %in% column)) return(column)
  if (!is.null(attr(column, "contrasts"))) {
    warn_input("{.code {name}} has unused levels, and its contrasts are dropped with them.",
               call = call)
  }
  column[, drop = TRUE]
}

without_intercept <- function(x, call) {
  x <- x[, attr(x, "assign") > 0, drop = FALSE]
  matrix(as.double(x), nrow(x), ncol(x), dimnames = list(NULL, colnames(x)))
}
