# Hyperparameters of a training, by the names of train_xor()'s arguments. What they ask of one
# another, as momentum asks for an optimizer that has it, Python looks at.

# A list of them, checked and cast; in a sweep, `several` different values of each, as lists.
check_hyperparameters <- function(given, several = FALSE, call = rlang::caller_env()) {
  for (name in names(given)) {
    check <- hyperparameter_checks[[name]]
    value <- given[[name]]
    given[name] <- list(if (several && !is.null(value)) {
      check_several(value, check, name = name, call = call)
    } else {
      check(value, name = name, call = call)
    })
  }
  given
}

hyperparameter_checks <- list(
  hidden = function(x, ...) check_hidden(x, ...),
  activation = function(x, ...) check_choice(x, names(activations), ...),
  init = function(x, ...) check_choice(x, init_names, ...),
  epochs = function(x, ...) check_count(x, ...),
  optimizer = function(x, ...) check_optimizer(x, ...),
  lr = function(x, ...) check_rate(x, ...),
  momentum = function(x, ...) check_momentum(x, ...),
  nesterov = function(x, ...) check_flag(x, ...),
  weight_decay = function(x, ...) check_number(x, min = 0, max = max_float32, ...),
  l1 = function(x, ...) check_number(x, min = 0, max = max_float32, ...),
  batch_size = function(x, ...) check_count(x, ...),
  validation = function(x, ...) check_share(x, ...),
  patience = function(x, ...) if (!is.null(x)) check_count(x, ...)
)

# 0 is no hidden layer.
check_hidden <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  none <- (is.numeric(x) || is.list(x)) && length(x) == 1 && identical(as.vector(x[[1]]) == 0, TRUE)
  if (none) list() else check_counts(x, name = name, call = call)
}

check_optimizer <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (is.function(x)) {
    abort_input(
      "{.arg {name}} must be {.or {.val {optimizer_names}}}, not a function.",
      i = "Functions that make one of torch's optimizers are taken in Python alone.", call = call
    )
  }
  check_choice(x, optimizer_names, name = name, call = call)
}

# A number, or "auto".
check_rate <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (identical(x, "auto")) return(x)
  if (rlang::is_string(x)) {
    value <- show_value(x)
    abort_input("{.arg {name}} must be a number above 0, or {.val auto}, not {value}.", call = call)
  }
  check_number(x, above = 0, max = max_float32, name = name, call = call)
}

check_momentum <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  x <- check_number(x, min = 0, name = name, call = call)
  if (x >= 1) abort_input("{.arg {name}} must be from 0 to below 1, not {x}.", call = call)
  x
}

check_flag <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (rlang::is_bool(x)) return(x)
  value <- show_value(x)
  abort_input("{.arg {name}} must be `TRUE` or `FALSE`, not {value}.", call = call)
}

# A share of the rows, or NULL for none.
check_share <- function(x, name = rlang::caller_arg(x), call = rlang::caller_env()) {
  if (is.null(x)) return(NULL)
  share <- is.numeric(x) && is.null(dim(x)) && length(x) == 1 && is.finite(x) && x > 0 && x < 1
  if (share) return(as.double(x))
  value <- show_value(x)
  abort_input("{.arg {name}} must be a share of the rows, above 0 and below 1, not {value}.",
              call = call)
}
