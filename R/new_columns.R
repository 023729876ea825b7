# New data as the columns that a net was trained on, by base R alone: as.function() puts copies of
# these into functions that work without this package. There, refuse() and with_nearest() are
# others.

refuse <- function(text, hint = NULL, call = NULL) {
  abort_input("{text}", i = if (!is.null(hint)) "{hint}", call = call)
}

# New data as columns of numbers: those of a data frame by the formula or the columns of the
# training, any others as they are.
encoded <- function(encoding, newdata, features, call) {
  terms <- encoding$formula
  if (!is.data.frame(newdata)) return(newdata)
  if (is.null(terms)) {
    coded <- any(lengths(encoding$frame) > 0)
    return(if (coded) frame_matrix(encoding$frame, newdata, features, call) else newdata)
  }
  given <- function(names) all(names %in% colnames(newdata))
  if (given(features) && !given(names(terms$variables))) return(newdata)
  formula_matrix(terms, newdata, features, call)
}

# The columns that are called as those of the training data; all where none is.
in_columns <- function(newdata, features, call) {
  given <- colnames(newdata)
  missing <- setdiff(features, given)
  if (length(missing) == length(features)) return(newdata)
  if (length(missing)) refuse_missing(missing, setdiff(given, features), call)
  newdata[, features, drop = FALSE]
}

# A formula's columns; rows with missing values are NA.
terms_matrix <- function(terms, newdata, features, call) {
  env <- known_environment()
  formula <- str2lang(terms$formula)
  formula[[2]] <- NULL # new data need no response
  object <- stats::terms(structure(formula, class = "formula", .Environment = env))
  raw <- raw_columns(terms$variables, newdata, call)
  rows <- seq_along(raw[[1]])
  if (length(rows) == 1) raw <- lapply(raw, rep, 2) # poly(a, b) fails on one row alone
  frame <- terms_frame(terms, object, raw, env, call)
  contrasts <- if (length(terms$contrasts)) lapply(terms$contrasts, as_contrasts)
  x <- stats::model.matrix(object, frame, contrasts.arg = contrasts)
  x <- x[, attr(x, "assign") > 0, drop = FALSE]
  if (ncol(x) != length(features)) {
    refuse(sprintf("The formula must give %d columns, not %d.", length(features), ncol(x)),
           call = call)
  }
  x[!stats::complete.cases(frame), ] <- NA
  x <- x[rows, , drop = FALSE]
  matrix(as.double(x), nrow(x), ncol(x), dimnames = list(NULL, features))
}

# Columns of Python's encoding, in which `frame` has the levels of each, none where it is one of
# numbers: these, and indicators of each level but the first.
frame_matrix <- function(frame, newdata, features, call = rlang::caller_env()) {
  columns <- raw_columns(lapply(frame, function(levels) {
    list(class = if (length(levels)) "factor" else "numeric", levels = levels)
  }), newdata, call)
  x <- do.call(cbind, lapply(columns, function(column) {
    if (is.factor(column)) outer(as.integer(column), seq_along(levels(column))[-1], "==") + 0
    else as.double(column)
  }))
  x[rowSums(is.na(x)) > 0, ] <- NA
  dimnames(x) <- list(NULL, features)
  x
}

# The variables of new data by name, each of the class that it had.
raw_columns <- function(variables, newdata, call) {
  if (is.matrix(newdata) && !is.null(colnames(newdata))) newdata <- as.data.frame(newdata)
  if (!is.data.frame(newdata)) {
    refuse("`newdata` must be a data frame with the columns of the training data.", call = call)
  }
  missing <- setdiff(names(variables), names(newdata))
  if (length(missing)) refuse_missing(missing, setdiff(names(newdata), names(variables)), call)
  Map(raw_column, as.list(newdata)[names(variables)], variables, names(variables),
      MoreArgs = list(call = call))
}

refuse_missing <- function(missing, given, call) {
  shown <- with_nearest(missing, given)
  last <- length(shown)
  if (last > 1) shown <- paste(paste(shown[-last], collapse = ", "), "and", shown[last])
  refuse(sprintf("`newdata` must have all columns of the training data, but %s %s missing.", shown,
                 if (last > 1) "are" else "is"), call = call)
}

raw_column <- function(column, variable, name, call) {
  if (is.matrix(column) && ncol(column) == 1) column <- as.vector(column)
  missing <- is.logical(column) && all(is.na(column))
  class <- variable$class
  good <- switch(class,
    numeric = is_number_like(column) || is.logical(column),
    logical = is.logical(column),
    is.atomic(column)
  )
  if (!is.null(dim(column)) || !(good || missing)) {
    kind <- switch(class, numeric = "numbers", logical = "logical", "text or a factor")
    refuse(sprintf("Column `%s` of `newdata` must be %s, as in training.", name, kind), call = call)
  }
  switch(class,
    numeric = if (is.logical(column)) as.double(column) else column, logical = column,
    character = as.character(column),
    as_levels(column, variable$levels, name, call, class == "ordered")
  )
}

is_number_like <- function(x) {
  !is.factor(x) && is.numeric(x) || inherits(x, c("Date", "POSIXct", "difftime"))
}

# A factor with the levels of the training data.
as_levels <- function(column, levels, name, call, ordered = FALSE) {
  levels <- as.character(unlist(levels))
  text <- as.character(column)
  new <- setdiff(text[!is.na(text)], levels)
  if (length(new)) {
    refuse(
      sprintf("`%s` must have levels of the training data, not %s.", name, some_of(new)),
      hint = sprintf("They were %s.", some_of(levels)), call = call
    )
  }
  factor(text, levels, ordered = ordered)
}

some_of <- function(x, most = 10) {
  shown <- paste0('"', x[seq_len(min(length(x), most))], '"', collapse = ", ")
  if (length(x) > most) paste(shown, "and others") else shown
}

# The model frame, made of the variables.
terms_frame <- function(terms, object, raw, env, call) {
  rows <- length(raw[[1]])
  columns <- eval(str2lang(terms$predvars), raw, env)
  names <- variable_names(object)
  if (length(columns) != length(names)) {
    refuse("The formula's terms must have one entry for each variable.", call = call)
  }
  columns <- Map(function(column, name) {
    levels <- terms$levels[[name]]
    if (length(levels)) column <- as_levels(column, levels, name, call)
    if (identical(terms$classes[[name]], "numeric") && is.logical(column)) {
      column <- as.double(column)
    }
    if (!is.atomic(column) || NROW(column) != rows) {
      refuse(sprintf("`%s` must give one value for each row.", name), call = call)
    }
    column
  }, columns, names)
  structure(
    columns, names = names, row.names = .set_row_names(rows), class = "data.frame", terms = object
  )
}

as_contrasts <- function(one) {
  if (is.list(one)) one <- do.call(rbind, lapply(one, unlist)) # rows, from a file
  one
}
