# The terms of a formula as plain data, which files and both languages can keep.

# What new data need: variables from the training rows, and the constants among the names.
raw_training <- function(frame, data, call) {
  object <- stats::delete.response(attr(frame, "terms"))
  env <- environment(object)
  names <- all.vars(attr(object, "variables"))
  values <- stats::setNames(lapply(names, variable_value, data, env), names)
  rows <- frame[[ncol(frame)]]
  size <- attr(frame, "size")
  raw <- vapply(names, function(one) one %in% names(data) || NROW(values[[one]]) == size, TRUE)
  for (name in names[raw]) check_raw(values[[name]], name, call)
  for (name in names[!raw]) check_constant(values[[name]], name, call)
  columns <- lapply(values[raw], `[`, rows)
  list(
    columns = Map(raw_variable, columns, names(columns) %in% discrete_names(object)),
    constants = values[!raw]
  )
}

check_raw <- function(value, name, call) {
  if (length(dim(value)) > 1) {
    abort_input(
      "A variable of a formula must be one column, but {.code {name}} is {nrow(value)} by
       {ncol(value)}.",
      i = "Make each of its columns one of the data frame.", call = call
    )
  }
  if (!(is_number_like(value) || is.logical(value) || is.character(value) || is.factor(value))) {
    shown <- show_value(value)
    abort_input(
      "A variable of a formula must be numbers, text, logical or a factor, but {.code {name}} is
       {shown}.",
      call = call
    )
  }
}

most_constants <- 1000 # values by one name

# Names such as k in I(x / k) are put into the terms by value.
check_constant <- function(value, name, call) {
  if (!is.atomic(value) || is.object(value) || length(dim(value)) ||
        length(value) > most_constants) {
    shown <- show_value(value)
    abort_input(
      "A variable of a formula must be as long as the response, or plain values, but {.code {name}}
       is {shown}.",
      i = "Make it a column of the data frame first.", call = call
    )
  }
}

# Functions of which a variable's values are classes, though it may be numeric.
discrete_functions <- c("factor", "as.factor", "ordered", "as.ordered", "interaction",
                        "as.character", "relevel")

discrete_names <- function(expr) {
  unlist(lapply(parts_within(expr), function(part) {
    discrete <- is.call(part) && is.name(part[[1]]) &&
      as.character(part[[1]]) %in% discrete_functions
    if (discrete) all.vars(part)
  }))
}

# A variable's values in the training rows, its class, and its levels where it is no measurement.
raw_variable <- function(values, discrete) {
  class <- if (is.ordered(values)) {
    "ordered"
  } else if (is.factor(values)) {
    "factor"
  } else if (is_number_like(values)) {
    "numeric"
  } else {
    class(values)[1]
  }
  levels <- if (is.factor(values)) {
    levels(values)
  } else if (class != "numeric" || discrete) {
    sort(unique(as.vector(values)), method = "radix")
  }
  list(values = values, class = class, levels = levels)
}

# The mean, or the most frequent of the levels.
typical_value <- function(one) {
  if (is.null(one$levels)) return(mean(as.numeric(one$values), na.rm = TRUE))
  one$levels[which.max(tabulate(match(one$values, one$levels), length(one$levels)))]
}

# What a value is worked out from must be in its own row: not so in x - mean(x).
check_rows_alone <- function(object, frame, raw, call) {
  names <- variable_names(object)
  env <- known_environment()
  some <- unique(round(seq(1, nrow(frame), length.out = min(nrow(frame), 5))))
  twice <- lapply(some, rep, 2) # poly(a, b) fails on one row alone
  here <- lapply(twice, function(rows) lapply(raw, function(one) one$values[rows]))
  alone <- function(name, variable) {
    all(mapply(function(rows, here) {
      value <- tryCatch(suppressWarnings(eval(variable, here, env)), error = function(cnd) NULL)
      same_value(value, rows_of(frame[[name]], rows))
    }, twice, here))
  }
  good <- mapply(alone, names, as.list(attr(object, "predvars"))[-1])
  if (!all(good)) {
    bad <- names[!good]
    abort_input(
      "A predictor must be worked out from its own row, as that of new data will be, but
       {.code {bad}} {?is/are} not.",
      i = "Make this a column of the data frame first.", call = call
    )
  }
}

rows_of <- function(x, rows) if (is.matrix(x)) x[rows, , drop = FALSE] else x[rows]

same_value <- function(value, expected) {
  if (!is.numeric(expected)) return(identical(as.character(value), as.character(expected)))
  isTRUE(all.equal(as.numeric(value), as.numeric(expected)))
}

plain_terms <- function(object, frame, contrasts, raw, response) {
  whole <- stats::formula(attr(frame, "terms"))
  whole[[2]] <- response
  names <- variable_names(object)
  measured <- Filter(function(one) one$class == "numeric", raw)
  list(
    formula = exact_text(whole),
    predvars = plain_text(attr(object, "predvars"), "digits17"),
    classes = lapply(frame[names], stats::.MFclass),
    levels = as.list(stats::.getXlevels(object, frame)),
    contrasts = plain_contrasts(contrasts, frame),
    variables = lapply(raw, function(one) one[c("class", "levels")]),
    typical = lapply(raw, typical_value),
    range = lapply(measured, function(one) finite_range(as.numeric(one$values)))
  )
}

finite_range <- function(x) if (any(is.finite(x))) range(x, finite = TRUE) else c(0, 0)

plain_text <- function(expr, digits = NULL) {
  control <- c("keepNA", "keepInteger", "niceNames", digits)
  paste(deparse(expr, width.cutoff = 500, backtick = TRUE, control = control), collapse = " ")
}

# As the user wrote it, unless a number would lose digits by that.
exact_text <- function(formula) {
  attributes(formula) <- NULL
  text <- plain_text(formula)
  if (identical(str2lang(text), formula)) text else plain_text(formula, "digits17")
}

with_constants <- function(expr, constants) do.call(substitute, list(expr, constants))

# The names of R's own contrasts, and the matrices of others.
plain_contrasts <- function(contrasts, frame) {
  Map(function(one, name) {
    if (rlang::is_string(one, known_contrasts)) return(one)
    if (is.character(one)) one <- stats::contrasts(frame[[name]])
    unname(as.matrix(one))
  }, as.list(contrasts), names(contrasts))
}
