# What is meant by the first arguments of train_xor(): an `xor_data`, and how a formula or a data
# frame became its columns, as plain data (`encoding`).

training_data <- function(x, y, data, subset, na_action, call) {
  if (inherits(x, "xor_training_data")) return(unclass(x)) # of update()
  if (inherits(x, "formula")) return(data_of_formula(x, y, data, subset, na_action, call))
  for (one in list(y, data)) if (inherits(one, "formula")) abort_formula_first(one, call)
  if (!is.null(subset) || !is.null(na_action)) {
    abort_input("{.arg subset} and {.arg na.action} must be left out where {.arg x} is no formula.",
                call = call)
  }
  if (!is.null(x) && !is.null(data)) {
    abort_input("{.arg x} and {.arg data} must not both be given, unless {.arg x} is a formula.",
                call = call)
  }
  x <- x %||% data
  if (is.null(x)) {
    if (!is.null(y)) abort_input("{.arg x} must be given beside {.arg y}.", call = call)
    return(NULL)
  }
  if (inherits(x, "xor_data")) {
    if (!is.null(y)) abort_hidden_by_name("{.arg y} must be left out for data with labels", y, call)
    return(list(data = x))
  }
  data_of_columns(x, y, call)
}

abort_formula_first <- function(formula, call) {
  written <- deparse1(formula)
  abort_input("A formula must come first, as in {.code train_xor({written}, data = )}.",
              call = call)
}

# A formula, with the data frame in `data` or in second place.
data_of_formula <- function(formula, y, data, subset, na_action, call) {
  if (!is.null(y)) {
    if (is.data.frame(y) && !is.null(data)) {
      abort_input("The formula's data frame must be given once, not in second place and as
                   {.arg data}.", call = call)
    }
    if (!is.data.frame(y)) {
      value <- show_value(y)
      abort_input(
        "The data frame of a formula must come second, or as {.arg data}, not {value}.",
        call = call
      )
    }
    data <- y
  }
  parts <- formula_data(formula, data, subset, na_action, call)
  response <- if (identical(formula[[2]], quote(.label))) "y" else deparse1(formula[[2]])
  points <- points_in_classes(
    check_points(parts$x, call), parts$label, levels = NULL, name = response, call = call
  )
  list(data = points, encoding = list(formula = c(parts$terms, dropped = parts$dropped)))
}

# A matrix or a data frame, with labels or the name of the column that holds them.
data_of_columns <- function(x, y, call) {
  if (is.null(y)) abort_no_labels(x, call)
  if (is.data.frame(x)) {
    x <- as.data.frame(x)
    if (rlang::is_string(y) && (nrow(x) != 1 || y %in% names(x))) {
      return(data_of_target(x, y, call))
    }
    check_label_length(y, nrow(x), call)
    check_labels_apart(x, y, call)
    if (!all(vapply(x, is_numbers, TRUE))) {
      x[[".label"]] <- y
      return(data_of_target(x, ".label", call))
    }
  }
  points <- check_matrix(x, name = "x", call = call)
  check_label_length(y, nrow(points), call)
  list(data = as_data(points, y, levels = NULL, label_name = "y", call = call))
}

abort_no_labels <- function(x, call) {
  value <- show_value(x)
  abort_input(
    "{.arg y}, the labels of {.arg x}, must be given: {.arg x} is {value}.",
    i = if (is.data.frame(x)) {
      "Name the column that holds them, as in {.code y = \"class\"}, or use a formula, as in
       {.code train_xor(class ~ ., data = )}."
    } else {
      "Only a formula, and what {.fn xor_data}, {.fn toy_data} and {.fn as_xor_data} make, come
       without."
    },
    call = call
  )
}

is_numbers <- function(column) {
  (is.numeric(column) || is.logical(column)) && is.null(attr(column, "class"))
}

# All columns but the one of this name predict it.
data_of_target <- function(frame, target, call) {
  if (!target %in% names(frame)) {
    near <- nearest(target, names(frame))
    columns <- names(frame)
    abort_input(
      "{.arg y} must be a column of the data frame, not {.val {target}}.",
      i = if (is.null(near)) "Its columns are {.val {columns}}." else "Did you mean {.val {near}}?",
      call = call
    )
  }
  if (ncol(frame) < 2) {
    abort_input("{.arg x} must have a column beside the classes, {.val {target}}.", call = call)
  }
  check_no_holes(frame, target, call)
  formula <- stats::reformulate(".", as.name(target), env = emptyenv())
  data_of_formula(formula, NULL, frame, NULL, stats::na.fail, call)
}

check_no_holes <- function(frame, target, call) {
  holes <- names(frame)[vapply(frame, anyNA, TRUE)]
  if (!length(holes)) return()
  if (target == ".label") holes[holes == target] <- "y"
  abort_input(
    "The data frame must be complete, but {.val {holes}} {?has/have} missing values.",
    i = "A formula leaves such rows out, as in {.code train_xor(class ~ ., data = )}.", call = call
  )
}

check_label_length <- function(y, rows, call) {
  if (is.data.frame(y) && ncol(y) == 1) y <- y[[1]]
  if (length(y) == rows) return()
  abort_hidden_by_name(
    sprintf("{.arg y} must have one label for each of the %s of {.arg x}", counted(rows, "row")), y,
    call
  )
}

check_labels_apart <- function(x, y, call) {
  if (is.data.frame(y)) y <- y[[1]]
  same <- vapply(x, function(column) identical(as.character(column), as.character(y)), TRUE)
  if (!any(same)) return()
  name <- names(x)[same][1]
  abort_input(
    "{.arg x} must not hold the labels among its columns, but {.val {name}} has just these values.",
    i = "{.code y = \"{name}\"} takes that column as the labels, and the others to predict it.",
    call = call
  )
}

abort_hidden_by_name <- function(must, y, call) {
  value <- if (length(y) > 1) paste(length(y), "values") else show_value(y)
  abort_input(paste0(must, ", not {value}."),
              i = "All other arguments go by name, as in {.code hidden = 8}.", call = call)
}

# The labels; a bare name that is a column's, and nothing else, should have been in quotes.
quoted_name <- function(y, expr, x, call) {
  tryCatch(y, error = function(cnd) {
    name <- if (is.name(expr)) as.character(expr)
    if (is.data.frame(x) && isTRUE(name %in% names(x))) {
      abort_input("The column of the classes must be named in quotes: {.code y = \"{name}\"}.",
                  call = call)
    }
    rlang::cnd_signal(cnd)
  })
}

# How columns are scaled, as Python takes it.
check_scale <- function(scale, name = "scale", call = rlang::caller_env()) {
  if (identical(scale, "auto") || rlang::is_bool(scale)) return(scale)
  value <- show_value(scale)
  abort_input("{.arg {name}} must be `TRUE`, `FALSE` or {.val auto}, not {value}.", call = call)
}

# Named inputs, each once, as a list.
check_inputs <- function(inputs, name = "inputs", call = rlang::caller_env()) {
  if (is.null(inputs)) return(NULL)
  check_several(inputs, check_choice, choices = input_names, name = name, call = call)
}

# Within a call into Python: what train_xor() takes as `x`.
training_data_to_python <- function(given) {
  if (is.null(given)) return(NULL)
  dataset <- data_to_python(given$data)
  if (is.null(given$encoding) && is.null(given$held_out)) return(dataset)
  xorlab_r()$encoded(dataset, encoding_to_python(given$encoding), own_to_python(given$held_out))
}
