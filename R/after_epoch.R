# Functions of the user's that Python calls after each epoch of a training.

# One function or several, in an environment that also keeps why one of them was left; NULL for
# none.
watch_epochs <- function(after_epoch, call = rlang::caller_env()) {
  if (is.null(after_epoch)) return(NULL)
  given <- if (is.list(after_epoch)) after_epoch else list(after_epoch)
  if (!all(vapply(given, is.function, TRUE))) {
    value <- show_value(after_epoch)
    abort_input(
      "{.arg after_epoch} must be a function of the epoch and the history, several in a list, or
       `NULL`, not {value}.",
      call = call
    )
  }
  watched <- new.env(parent = emptyenv())
  watched$functions <- given
  watched
}

# Within a call into Python: what it calls.
watch_to_python <- function(watched) {
  if (is.null(watched)) return(NULL)
  xorlab_r()$after_epoch(as_py_function(function(epoch, history) {
    watched$epoch <- epoch
    answer_of(watched, epoch, as_history(history))
  }))
}

# Whether one of the functions ends the training, or how it was left otherwise. Nothing leaves this
# one but by its value: a jump to a handler of the user's, such as that of tryCatch(warning = )
# around train_xor(), would leave Python's frames behind, and the next call into Python would crash.
# So where R is on its way out, it is made to return, and with_watch() sends it on.
answer_of <- function(watched, epoch, history) {
  watched$last <- NULL
  watched$left <- TRUE
  on.exit(if (watched$left) return("failed"))
  answer <- tryCatch(
    withCallingHandlers(
      any(vapply(watched$functions, function(f) isTRUE(f(epoch, history)), TRUE)),
      condition = function(cnd) watched$last <- cnd
    ),
    error = function(cnd) {
      watched$error <- cnd
      "failed"
    },
    interrupt = function(cnd) "interrupted"
  )
  watched$left <- FALSE
  answer
}

# A training as a call into Python, in which the functions may fail or be left, or Ctrl-C pressed.
with_watch <- function(watched, training, call = rlang::caller_env()) {
  withCallingHandlers(
    training,
    error = function(cnd) {
      if (!is.null(watched$error)) abort_after_epoch(watched, call)
      if (isTRUE(watched$left)) leave_again(watched)
    },
    interrupt = function(cnd) say_how_far()
  )
}

leave_again <- function(watched) {
  if (!is.null(watched$last)) rlang::cnd_signal(watched$last)
  invokeRestart("abort") # as by Q in a browser
}

abort_after_epoch <- function(watched, call) {
  epoch <- watched$epoch
  cli::cli_abort(
    c(
      "{.arg after_epoch} failed after epoch {epoch}.",
      "i" = "{.run xorlab::resume_xor()} goes on from there."
    ),
    class = c("xorlab_training_error", "xorlab_error"), parent = watched$error, call = call,
    trace = users_trace(call)
  )
}

# The interrupt goes on its way; this is said before.
say_how_far <- function() {
  epochs <- unlist(call_python(xorlab_r()$training_progress()))
  if (is.null(epochs)) return()
  cli::cli_inform(c(
    "!" = "Interrupted after {epochs[1]} of {epochs[2]} epochs.",
    "i" = "{.run xorlab::resume_xor()} goes on from there."
  ))
}
