# Which one or two columns a picture shows, and what the others are: a section of the data. Python
# knows the columns of numbers; those of a formula are made here from its variables.

# The names of the user's columns, each with its levels, none for numbers.
section_columns <- function(fit) {
  encoding <- fit$preparation$encoding
  if (!is.null(encoding$formula)) return(lapply(encoding$formula$variables, variable_levels))
  features <- if (is.null(fit$data)) paste0("x", seq_len(num_inputs(fit))) else colnames(fit$data$x)
  encoding$frame %||% stats::setNames(rep(list(NULL), length(features)), features)
}

# Of a variable of a formula; NULL where it is one of numbers.
variable_levels <- function(one) {
  levels <- unlist(one$levels)
  if (one$class != "numeric" && is.null(levels)) c(FALSE, TRUE) else levels
}

# Two names of columns of numbers, or NULL.
check_vars <- function(vars, columns, call) {
  if (is.null(vars)) return(NULL)
  if (!is.character(vars) || anyNA(vars)) {
    value <- show_value(vars)
    abort_input("{.arg vars} must be the names of two columns, not {value}.", call = call)
  }
  for (name in vars) check_column_name(name, columns, "vars", call)
  classes <- vars[lengths(columns[vars]) > 0]
  if (length(classes)) {
    abort_input("{.arg vars} must name columns of numbers, but {.val {classes[1]}} has categories.",
                call = call)
  }
  if (length(vars) != 2 || vars[1] == vars[2]) {
    abort_input("{.arg vars} must be the names of two different columns, not {.val {vars}}.",
                call = call)
  }
  vars
}

check_column_name <- function(name, columns, arg, call) {
  if (name %in% names(columns)) return()
  near <- nearest(name, names(columns))
  there <- utils::head(names(columns), 10)
  abort_input(
    "{.arg {arg}} must name columns of the data, not {.val {name}}.",
    i = if (is.null(near)) "They are {.val {there}}." else "Did you mean {.val {near}}?",
    call = call
  )
}

# A list of values by name: finite numbers, or levels.
check_at <- function(at, columns, vars, call) {
  if (is.null(at)) return(list())
  at <- as.list(at)
  if (!length(at) || is.null(names(at)) || !all(nzchar(names(at)))) {
    value <- show_value(at)
    abort_input("{.arg at} must be a list of values by the name of a column, not {value}.",
                call = call)
  }
  Map(function(value, name) {
    check_column_name(name, columns, "at", call)
    if (name %in% vars) {
      abort_input("{.arg at} must not fix a column that varies, but {.val {name}} is there.",
                  call = call)
    }
    check_at_value(value, name, columns[[name]], call)
  }, at, names(at))
}

check_at_value <- function(value, name, levels, call) {
  shown <- show_value(value)
  if (!length(levels)) {
    if (!is_number_like(value) || length(value) != 1 || !is.finite(value)) {
      abort_input("{.arg at} must have a finite number for {.val {name}}, not {shown}.",
                  call = call)
    }
    return(as.double(value))
  }
  place <- if (length(value) == 1) match(as.character(value), as.character(levels))
  if (is.null(place) || is.na(place)) {
    few <- utils::head(levels, 10)
    abort_input("{.arg at} must have a level of {.val {name}}, one of {.val {few}}, not {shown}.",
                call = call)
  }
  levels[[place]]
}

# What section_to_python() makes a section of: `vars`, `at`, and the lines of the grid; of a
# formula, whose columns are computed here, all of them, and the `points`.
find_section <- function(fit, vars, at, x1 = NULL, x2 = NULL, lines = 200,
                         call = rlang::caller_env()) {
  columns <- section_columns(fit)
  vars <- check_vars(vars, columns, call)
  if (!is.null(fit$preparation$encoding$formula)) {
    return(formula_section(fit, columns, vars, at, list(x1, x2), lines, call))
  }
  list(vars = vars, at = check_at(at, columns, vars, call), x1 = x1, x2 = x2)
}

section_to_python <- function(fit, found) {
  vars <- if (!is.null(found$vars)) as.list(found$vars)
  at <- if (length(found$at)) as_py(found$at)
  if (is.null(found$points)) return(fit_to_python(fit)$section(vars, at))
  typical <- lapply(fit$preparation$encoding$formula$typical, unlist)
  xorlab_r()$formula_section(
    fit_to_python(fit), vars, found$points, as_py(lapply(section_columns(fit), as.list)), at,
    as_py(typical), found$chosen
  )
}

formula_section <- function(fit, columns, vars, at, grid, lines, call) {
  terms <- fit$preparation$encoding$formula
  numeric <- names(columns)[lengths(columns) == 0]
  if (!length(numeric)) {
    abort_input("A boundary needs a column of numbers, but all are categories: {names(columns)}.",
                i = "{.code plot(fit, \"network\")} needs none.", call = call)
  }
  chosen <- is.null(vars) && length(numeric) > 2
  if (is.null(vars)) vars <- if (chosen) most_influential(fit, columns, call) else numeric
  at <- check_at(at, columns, vars, call)
  grid <- Map(function(given, name) given %||% lines_around(terms$range[[name]], lines),
              grid[seq_along(vars)], vars)
  rows <- rev(expand.grid(rev(unname(grid)))) # as Python has them, the last line varying fastest
  raw <- typical_rows(terms, nrow(rows))
  raw[names(at)] <- lapply(at, rep, nrow(rows))
  raw[vars] <- rows
  list(
    vars = vars, at = at, x1 = grid[[1]], x2 = if (length(vars) == 2) grid[[2]],
    points = raw_points(fit, raw, call), chosen = chosen
  )
}

# The range and a tenth more on each side, as Python has it.
lines_around <- function(range, lines) {
  range <- as.numeric(unlist(range))
  margin <- if (diff(range) > 0) 0.1 * diff(range) else 1
  seq(range[1] - margin, range[2] + margin, length.out = lines + 1)[-(lines + 1)]
}

# The variables of a formula as columns, each at its mean or its most frequent level.
typical_rows <- function(terms, rows) {
  lapply(terms$typical, function(one) rep(unlist(one), rows))
}

raw_points <- function(fit, raw, call) {
  frame <- as.data.frame(raw, optional = TRUE, stringsAsFactors = FALSE)
  formula_matrix(fit$preparation$encoding$formula, frame, colnames(fit$data$x), call)
}

# The two variables of numbers that predictions depend on most, as Python finds columns: by the mean
# absolute change of the probabilities where a variable's mean takes its place.
most_influential <- function(fit, columns, call, most = 1000) {
  terms <- fit$preparation$encoding$formula
  numeric <- names(columns)[lengths(columns) == 0]
  raw <- likely_rows(fit, columns, most)
  rows <- length(raw[[1]])
  typical <- typical_rows(terms, rows)
  blind <- lapply(numeric, function(name) replace(raw, name, typical[name]))
  points <- do.call(rbind, lapply(c(list(raw), blind), function(one) raw_points(fit, one, call)))
  prob <- call_python(fit_to_python(fit)$predict_proba(points), call = call)
  usual <- prob[seq_len(rows), ]
  effects <- vapply(seq_along(numeric), function(k) {
    mean(abs(prob[k * rows + seq_len(rows), ] - usual))
  }, 0)
  numeric[sort(order(-effects)[1:2])]
}

# Rows like those of the training: the values of a variable are theirs where it is a column itself,
# and else spread over its range or its levels.
likely_rows <- function(fit, columns, most) {
  terms <- fit$preparation$encoding$formula
  n <- nrow(fit$data$x)
  rows <- unique(round(seq(1, n, length.out = min(n, most))))
  values <- lapply(seq_along(columns), function(k) {
    name <- names(columns)[k]
    if (name %in% colnames(fit$data$x)) return(fit$data$x[rows, name])
    share <- (seq_along(rows) * sqrt(k + 1.5)) %% 1 # evenly, and in another order for each
    levels <- columns[[k]]
    if (length(levels)) return(levels[1 + floor(share * length(levels))])
    range <- as.numeric(unlist(terms$range[[name]]))
    range[1] + share * diff(range)
  })
  stats::setNames(values, names(columns))
}

# What is drawn of a fit's boundary, or what it is: `x1`, `x2`, `prob`, `names` and `caption`.
boundary_content <- function(fit, vars, at, x1 = NULL, x2 = NULL, drawn = TRUE, call) {
  numeric <- Filter(function(levels) !length(levels), section_columns(fit))
  if (!drawn && length(numeric) == 1) {
    abort_input(
      "A boundary needs two columns of numbers, and there is only {.val {names(numeric)}}.",
      i = "{.fn plot} draws the probability against it.", call = call
    )
  }
  found <- find_section(fit, vars, at, x1, x2, call = call)
  content <- call_python(
    xorlab_r()$boundary_content(
      fit_to_python(fit), section_to_python(fit, found), as_py_array(found$x1, "float64"),
      as_py_array(found$x2, "float64"), drawn
    ),
    call = call
  )
  content$names <- unlist(content$names)
  lines <- intersect(c("x1", "x2"), names(content))
  content[lines] <- lapply(content[lines], as.vector) # from arrays of one dimension
  content
}
