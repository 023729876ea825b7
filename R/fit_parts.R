# Whether the parts of a fit, which the user may have changed by hand, can still be worked with.

check_fit <- function(fit, call = rlang::caller_env()) {
  check_class(fit, "xor_fit", call = call)
  check_fit_parts(fit, call)
}

# The parts of a fit, which the user may have changed by hand, can still be worked with; whether
# their values belong together, Python looks at.
check_fit_parts <- function(fit, call = rlang::caller_env(2)) {
  wrong <- c(wrong_weights(fit), wrong_history(fit$history), wrong_origin(fit), wrong_state(fit))
  if (!is.null(wrong)) {
    abort_input(
      paste0("The parts of the fit were changed by hand: ", wrong[1], "."),
      i = "Take the fit as {.fn train_xor} or {.fn load_xor} gave it.", call = call
    )
  }
  if (!is.null(fit$data)) check_parts(fit$data, call)
}

wrong_weights <- function(fit) {
  if (!all_numbers(fit$weights) || !is.matrix(fit$weights$linear1.weight)) {
    return("{.code weights} is not a list of numbers by name")
  }
  kept <- fit$snapshots
  if (!is.null(kept) && !(is.list(kept) && all(vapply(kept, all_numbers, TRUE)))) {
    "{.code snapshots} is not a list of weights by epoch"
  }
}

wrong_history <- function(history) {
  columns <- c("loss", "accuracy", "seconds")
  if (!is.data.frame(history) || !all(columns %in% names(history)) || !all_numbers(history)) {
    "{.code history} is not a data frame of the numbers {.field loss}, {.field accuracy} and
     {.field seconds}"
  }
}

wrong_origin <- function(fit) {
  numbers <- c("epochs", "lr", "batch_size", "seed")
  if (!is.null(fit$settings) && !all_numbers(unclass(fit$settings)[numbers])) {
    "{.code settings} does not hold the numbers of {.fn train_xor}"
  } else if (!is.null(fit$data) && !inherits(fit$data, "xor_data")) {
    "{.code data} was not made by {.fn xor_data} or {.fn as_xor_data}"
  } else if (!is.null(fit$validation) && !inherits(fit$validation, "xor_data")) {
    "{.code validation} was not made by {.fn train_xor}"
  }
}

wrong_state <- function(fit) {
  states <- list(fit$optimizer_state, fit$best$optimizer_state)
  good <- vapply(states, function(one) all(vapply(one, all_numbers, TRUE)), TRUE)
  if (!all(good)) return("{.code optimizer_state} is not a list of numbers for each weight")
  if (!is.null(fit$best) && !all_numbers(fit$best$weights)) {
    "{.code best} has no list of numbers as weights"
  }
}

all_numbers <- function(x) is.list(x) && length(names(x)) > 0 && all(vapply(x, is.numeric, TRUE))
