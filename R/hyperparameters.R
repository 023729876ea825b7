# Checks of hyperparameters, in one place for all functions that take them. What must hold of
# several of them together, Python says.

# Hyperparameters by their names, as Python takes them; where there may be several values of each, a
# list of them.
check_hyperparameters <- function(given, several = FALSE, call = rlang::caller_env()) {
  checked <- lapply(names(given), function(name) {
    check <- hyperparameter_checks[[name]]
    if (several) return(check_values(given[[name]], check, name, call))
    check(given[[name]], name = name, call = call)
  })
  stats::setNames(checked, names(given))
}

# One value of an argument or several, of which NULL may be one, as a list.
check_values <- function(x, check, name, call) {
  one <- is.null(x) || is.object(x) || is.matrix(x) || is.function(x)
  if (one) return(list(check(x, name = name, call = call)))
  check_several(x, check, name = name, call = call)
}

# Units of each hidden layer; 0 is no hidden layer.
check_hidden <- function(x, name, call) {
  if (is.numeric(x) && !length(x)) x <- 0 # as the settings of a fit say it
  check_counts(x, min = if (length(x) == 1) 0 else 1, name = name, call = call)
}

check_optimizer <- function(x, name, call) {
  if (is.function(x)) {
    abort_input(
      "{.arg {name}} must be {.or {.val {optimizer_names}}}, not a function.",
      i = "Functions that make one of torch's optimizers are taken in Python alone.", call = call
    )
  }
  check_choice(x, optimizer_names, name = name, call = call)
}

check_rate <- function(x, name, call) {
  if (identical(x, "auto")) return(x)
  if (!is.character(x)) {
    return(check_number(x, above = 0, max = max_float32, name = name, call = call))
  }
  value <- show_value(x)
  abort_input(
    "{.arg {name}} must be a number above 0, or {.val auto}, not {value}.",
    i = if (grepl("^[0-9.]+$", x[1])) "Several of both are a list: `list(\"auto\", {x[1]})`.",
    call = call
  )
}

check_momentum <- function(x, name, call) {
  x <- check_number(x, min = 0, name = name, call = call)
  if (x >= 1) abort_input("{.arg {name}} must be from 0 to below 1, not {x}.", call = call)
  x
}

check_penalty <- function(x, name, call) {
  check_number(x, min = 0, max = max_float32, name = name, call = call)
}

check_flag <- function(x, name, call) {
  if (rlang::is_bool(x)) return(x)
  value <- show_value(x)
  abort_input("{.arg {name}} must be `TRUE` or `FALSE`, not {value}.", call = call)
}

# A share of the rows to hold out, or NULL for none.
check_share <- function(x, name, call) {
  if (is.null(x)) return(NULL)
  number <- is.numeric(x) && !is.object(x) && is.null(dim(x))
  if (number && length(x) == 1 && isTRUE(x > 0 && x < 1)) return(as.double(x))
  value <- show_value(x)
  abort_input(
    "{.arg {name}} must be a share of the rows, above 0 and below 1, not {value}.",
    i = if (!number) "Each net of a study holds out rows of its own, and no data are taken.",
    call = call
  )
}

hyperparameter_checks <- list(
  hidden = check_hidden,
  activation = function(x, ...) check_choice(x, names(activations), ...),
  init = function(x, ...) check_choice(x, init_names, ...),
  epochs = function(x, ...) check_count(x, ...),
  optimizer = check_optimizer,
  lr = check_rate,
  momentum = check_momentum,
  nesterov = check_flag,
  weight_decay = check_penalty,
  l1 = check_penalty,
  batch_size = function(x, ...) check_count(x, ...),
  validation = check_share,
  patience = function(x, ...) if (!is.null(x)) check_count(x, ...)
)
