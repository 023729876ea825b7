# Seeds. One that is not given is drawn within the call that needs it, and only for that call.

# NULL stays: such a seed is drawn where it is used, by draw_seed() within undo_draw_on_error().
check_seed <- function(seed, call = rlang::caller_env()) {
  if (!is.null(seed)) check_count(seed, min = 0, call = call)
}

# A seed from R's own generator, so that set.seed() governs, with room for as many as there are
# runs.
draw_seed <- function(runs = 1) sample.int(max_count - runs + 1, 1)

# Evaluates a call that may draw a seed. Where the call fails, R's generator is as it was before;
# a training that began and diverged keeps the draw, and so does an interrupted one.
undo_draw_on_error <- function(expr) {
  before <- generator_state()
  failed <- FALSE
  # On exit, since reticulate puts the generator's state back while it is left.
  on.exit(if (failed) set_generator_state(before))
  withCallingHandlers(expr, error = function(cnd) {
    failed <<- !inherits(cnd, "xorlab_training_error")
  })
}

generator_state <- function() get0(".Random.seed", globalenv(), inherits = FALSE)

set_generator_state <- function(state) {
  if (!is.null(state)) {
    assign(".Random.seed", state, globalenv())
  } else if (!is.null(generator_state())) {
    rm(".Random.seed", envir = globalenv())
  }
}
