#' Train again with other hyperparameters
#'
#' A training from the start, on the data that the fit holds, with its seed, its formula's coding
#' and all of its hyperparameters but those that are given. [resume_xor()] goes on with the weights
#' that there are.
#'
#' Another `optimizer` comes without the momentum of the former one, and with its usual learning
#' rate where that of the fit was the usual one. Rows that were held out for validation stay so; a
#' new `validation`, or `NULL`, is of all the rows that the training was given.
#'
#' @param object An `xor_fit`.
#' @param formula. Must be left out: a fit keeps the columns that a formula gave, not the data
#'   frame, so that another formula takes another [train_xor()].
#' @param ... Hyperparameters of [train_xor()] by name, such as `epochs = 200`, `hidden = 8` or
#'   `seed = 2`, and `verbose`, `checkpoint`, `every` and `after_epoch`.
#' @return A new `xor_fit`; the one given stays as it is.
#' @seealso [train_xor()], [resume_xor()], [xor_sweep()] for many settings at once.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(am ~ wt + hp, data = mtcars, seed = 1)
#' update(fit, epochs = 200, hidden = 8)
update.xor_fit <- function(object, formula., ...) {
  call <- rlang::current_env()
  if (!missing(formula.)) {
    value <- if (inherits(formula., "formula")) deparse1(formula.) else show_value(formula.)
    abort_input(
      "{.arg formula.} must be left out, not {value}: the data frame of a formula is not kept in the
       fit.",
      i = "Call {.fn train_xor} again, with the data frame. Hyperparameters go by name, as in
           {.code update(fit, epochs = 200)}.",
      call = call
    )
  }
  check_training_rows(object)
  changes <- list(...)
  check_changes(changes, call)
  settings <- trained_with(object, changes, call)
  settings[names(changes)] <- changes
  settings$x <- structure(
    c(rows_again(object, changes), list(encoding = object$preparation$encoding)),
    class = "xor_training_data"
  )
  rlang::inject(train_xor(!!!settings))
}

# The rows to train on, and those that are held out as they were; all together where a new share is.
rows_again <- function(fit, changes) {
  if (is.null(fit$validation) || identical(fit$settings$validation, "data")) {
    return(list(data = fit$data))
  }
  if (!"validation" %in% names(changes)) return(list(data = fit$data, held_out = fit$validation))
  list(data = rbind(fit$data, fit$validation))
}

# What the data of a fit were, none of which may change.
data_arguments <- c("x", "y", "...", "data", "subset", "na.action")

check_changes <- function(changes, call) {
  names <- rlang::names2(changes)
  if (!all(nzchar(names))) {
    abort_input("Hyperparameters must go by name, as in {.code update(fit, epochs = 200)}.",
                call = call)
  }
  about_data <- intersect(names, data_arguments)
  if (length(about_data)) {
    abort_input(
      "{.arg {about_data}} must be left out: {.fn update} trains on the data that the fit holds.",
      i = "{.fn train_xor} takes other data.", call = call
    )
  }
}

# The arguments of train_xor() that gave a fit; snapshots as far as there are epochs.
trained_with <- function(fit, changes, call) {
  settings <- fit$settings
  epochs <- changes$epochs
  if (is.null(settings)) {
    abort_input("The fit must hold its hyperparameters, but it was read from bare weights.",
                call = call)
  }
  if (is.numeric(epochs)) settings$snapshots <- settings$snapshots[settings$snapshots <= epochs[1]]
  if (!length(settings$snapshots)) settings["snapshots"] <- list(NULL)
  if (!length(settings$hidden)) settings$hidden <- 0
  if (identical(settings$validation, "data")) settings$validation <- fit$validation
  if (!is.null(changes$optimizer)) settings <- without_optimizer(settings)
  settings$scale <- !is.null(fit$preparation$scale)
  settings["inputs"] <- list(fit$preparation$inputs)
  settings
}

# The settings without what belongs to their optimizer: its momentum, and its usual rate.
without_optimizer <- function(settings) {
  rate <- usual_rates[settings$optimizer %||% "sgd"] # NA for one of the user's own, from Python
  if (is.na(rate) || settings$lr == rate) settings$lr <- "auto"
  settings[c("optimizer", "momentum", "nesterov")] <- NULL
  settings
}
