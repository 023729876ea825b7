#' Train many nets at once
#'
#' How often does it work? `seed_study()` trains nets that differ in their seed alone,
#' `xor_sweep()` does so for every configuration of a grid of settings. They take their steps
#' together, which is several times faster than one after the other.
#'
#' The net of seed `s` is the fit that `train_xor(toy_data(data, size, std, s), ..., seed = s)`
#' gives. On XOR nets are evaluated at its corners, and by their accuracy on fresh points; on other
#' toy problems by their accuracy on 10,000 fresh points, the same for all nets.
#'
#' On data of your own, each net is trained on 80 % of the points of each class, drawn by its seed,
#' and evaluated on the others. Columns are scaled as in [train_xor()], by the rows
#' that the net is trained on.
#'
#' @section Many nets on many cores:
#' A study uses as many cores as torch has threads: all of them, unless `OMP_NUM_THREADS` says
#' otherwise when Python starts. Its results do not depend on that. So there is nothing to gain by
#' studies in parallel R processes, and a forked one, as of `parallel::mclapply()`, is best avoided
#' with torch; where several sessions share a machine, set `OMP_NUM_THREADS` for each of them.
#' A single [train_xor()] uses one core. Over several processes or machines, `torchrun -m xorlab
#' study` shares out the nets, and [read_study()] reads its table.
#'
#' @details
#' Ctrl-C ends the call, as it ends any, and says how many nets were finished;
#' `interrupted_study()` returns the study of those, and `resume_study()` trains the others.
#'
#' In a sweep, all arguments but `runs`, `device`, `seed` and `verbose` take one value, or several
#' different ones; every combination is a configuration. Left out are combinations of
#' hyperparameters that do not go together: momentum and Nesterov's form of it are of `"sgd"` alone,
#' that form needs momentum, and patience needs validation. So `optimizer = c("sgd", "adam")`
#' with `momentum = c(0, 0.9)` is three configurations. A value that goes with none of the others is
#' an error. [rbind][rbind.xor_study] joins studies, such as sweeps over other values.
#'
#' @param runs How many nets, of each configuration; at most 1,000,000 in all.
#' @param hidden Hidden units, as in [train_xor()]. In a sweep, one width or several different ones
#'   (`c(2, 4)` is two configurations of one hidden layer), or a list with an entry for each
#'   (`list(2, c(4, 4))`; `list(c(2, 4))` is one configuration of two hidden layers).
#' @param activation,epochs,batch_size,device,verbose As in [train_xor()].
#' @param lr Learning rate, as in [train_xor()]. In a sweep, several are numbers, or a list of
#'   numbers and `"auto"`, which is each optimizer's usual rate.
#' @param std,size Noise and number of points of each net's own sample of the toy problem, as in
#'   [toy_data()]: `NULL` takes the noise of its kind, which of XOR is 0.1. Your own data have no
#'   `std`, and the size that they have.
#' @param seed Of the first net; the next ones count up from it, and are the same in every
#'   configuration.
#'   `NULL` draws one from R's own generator.
#' @param scale,inputs As in [train_xor()]. In a sweep, several are a list, such as
#'   `list(TRUE, FALSE)` and `list(NULL, c("x1", "x1*x2"))`.
#' @param data What the nets are trained on: the kind of toy problem, as in [toy_data()], or your
#'   own data, an `xor_data` object as [as_xor_data()] makes. In a sweep, several different kinds,
#'   such as `c("xor", "moons")`, or a list of kinds and your own data. In `resume_study()`, your
#'   own data again, where the study comes from a file, which does not hold them.
#' @param optimizer,momentum,nesterov,weight_decay,l1,init As in [train_xor()].
#' @param validation,patience As in [train_xor()]: the share of its own training points that each
#'   net holds out. Those of your own data that it is evaluated on are others. In a sweep, several
#'   are a vector, or a list that may hold `NULL`.
#' @param ... Must be empty.
#' @return A data frame of class `xor_study`, a row for each net. Its hyperparameters, by the names
#'   of the arguments: `hidden` (as text: `"4"`, `"4-4"` for two layers, or `"0"` for none),
#'   `activation`, `lr`, `std`, `data` (`"xor"`, another kind, or `"own data"`), `size`, `epochs`,
#'   `batch_size`, `init`, `optimizer`, `momentum`, `nesterov`, `weight_decay`, `l1`, `validation`
#'   and `patience` (`NA` without), `scale` and `inputs` (as text); its `seed`; and its results:
#'   `loss` (the mean over the last epoch, `NaN` where the weights are not finite), `accuracy` (on
#'   fresh points, or on those that were held out, 0 to 1), `solved` (no corner of XOR lost, and an
#'   accuracy within 0.005 of the best possible; `NA` for other data), `corner` (the corners of the
#'   square that it misclassifies, such as `"(0, 1)"`, or `NA`), `val_loss` (the loss on the rows
#'   held out for validation, after the last epoch; `NA` without) and `best_epoch` (the one of the
#'   lowest validation loss, whose weights and losses the net has in place of the last epoch's,
#'   where there is `patience`; else `NA`).
#'
#'   It prints as its summary; `as.data.frame()` gives the plain table. There is a warning where
#'   trainings diverged at the only learning rate: their last loss is above 10, or not finite.
#' @seealso [summary][summary.xor_study], [plot][plot.xor_study], [rbind][rbind.xor_study],
#'   [save_study()], [train_xor()] for one net; `vignette("seeds", "xorlab")` for how many nets a
#'   claim needs.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' study <- seed_study(runs = 20, hidden = 2, epochs = 30, seed = 1)
#' study
#' table(study$corner)
#'
#' # Other data: how accurate are the nets, and how much does that depend on the seed?
#' seed_study(runs = 20, data = "moons", hidden = 8, seed = 1)
#' seed_study(runs = 20, data = as_xor_data(iris[1:4], iris$Species), seed = 1)
seed_study <- function(runs = 100, hidden = 4, activation = "tanh", epochs = 100, lr = "auto",
                       batch_size = 128, std = NULL, size = 2500, device = "auto", seed = NULL,
                       verbose = "auto", data = "xor", scale = "auto", inputs = NULL, ...,
                       optimizer = "sgd", momentum = 0, nesterov = FALSE, weight_decay = 0, l1 = 0,
                       init = "default", validation = NULL, patience = NULL) {
  check_dots(...)
  runs <- check_count(runs)
  hyper <- check_hyperparameters(mget(names(hyperparameter_checks)))
  if (!is.null(std)) std <- check_number(std, min = 0, max = max_std)
  others <- list(
    std = std, size = check_count(size, min = 2), data = check_study_data(data),
    scale = check_scale(scale), inputs = check_inputs(inputs)
  )
  study_nets("seed_study", runs, c(hyper, others), device, seed, verbose)
}

#' @rdname seed_study
#' @export
#' @examplesIf xorlab::xorlab_available()
#'
#' # Why a rate of 0.1?
#' sweep <- xor_sweep(lr = c(0.01, 0.1, 1), hidden = c(2, 4), runs = 5, epochs = 30, seed = 1)
#' sweep
#' plot(sweep)
#'
#' # What does momentum do?
#' terms <- xor_sweep(lr = "auto", hidden = 4, optimizer = c("sgd", "adam"), momentum = c(0, 0.9),
#'                    runs = 5, epochs = 10, seed = 1)
#' terms
xor_sweep <- function(lr = c(0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10), hidden = c(2, 3, 4, 8),
                      activation = "tanh", std = NULL, runs = 20, epochs = 100, batch_size = 128,
                      size = 2500, device = "auto", seed = NULL, verbose = "auto", data = "xor",
                      scale = "auto", inputs = NULL, ..., optimizer = "sgd", momentum = 0,
                      nesterov = FALSE, weight_decay = 0, l1 = 0, init = "default",
                      validation = NULL, patience = NULL) {
  check_dots(...)
  hyper <- check_hyperparameters(mget(names(hyperparameter_checks)), several = TRUE)
  if (!is.null(std)) std <- check_several(std, check_number, min = 0, max = max_std)
  runs <- check_count(runs)
  others <- list(
    std = std, size = check_several(size, check_count, min = 2), data = check_several_data(data),
    scale = check_several(scale, check_scale), inputs = check_several_inputs(inputs)
  )
  study_nets("xor_sweep", runs, c(hyper, others), device, seed, verbose)
}

# The call of Python's function of this name, once all arguments but these are checked.
study_nets <- function(name, runs, given, device, seed, verbose, call = rlang::caller_env()) {
  device <- check_string(device, call = call)
  verbose <- resolve_verbose(verbose, call)
  seed <- check_seed(seed, call)
  verbose <- start_bar("Nets", verbose, call)
  withCallingHandlers(
    undo_draw_on_error(call_python(do.call(xorlab_py()[[name]], c(
      list(runs = runs, device = device, seed = seed %||% draw_seed(runs), verbose = verbose),
      list(data = study_data_to_python(given$data)), given[names(given) != "data"]
    )), call)),
    interrupt = function(cnd) say_how_many()
  )
}

# A kind of toy problem, or the user's own data.
check_study_data <- function(data, name = "data", call = rlang::caller_env()) {
  if (inherits(data, "xor_data")) return(data)
  if (rlang::is_string(data)) return(check_choice(data, toy_kinds, name, call))
  value <- show_value(data)
  abort_input(
    "{.arg {name}} must be {.or {.val {toy_kinds}}}, or your own data, not {value}.",
    i = "{.fn as_xor_data} makes data of points and labels.", call = call
  )
}

# Several of them, as a list.
check_several_data <- function(data, call = rlang::caller_env()) {
  if (inherits(data, "xor_data")) return(list(data))
  check_several(data, check_study_data, name = "data", call = call)
}

# Sets of named inputs, of which NULL, the columns, may be one, or one of them, as a list.
check_several_inputs <- function(inputs, call = rlang::caller_env()) {
  if (!is.list(inputs)) return(list(check_inputs(inputs, call = call)))
  check_several(inputs, check_inputs, name = "inputs", call = call)
}

# Within a call into Python.
study_data_to_python <- function(data) {
  several <- is.list(data) && !inherits(data, "xor_data")
  if (several) lapply(data, own_to_python) else own_to_python(data)
}

#' @rdname seed_study
#' @export
#' @examplesIf xorlab::xorlab_available()
#'
#' # A script that goes on after Ctrl-C
#' study <- tryCatch(
#'   seed_study(runs = 20, epochs = 30, seed = 1),
#'   interrupt = function(cnd) interrupted_study()
#' )
interrupted_study <- function() {
  call_python(xorlab_py()$interrupted_study())
}

#' @rdname seed_study
#' @param study An `xor_study` that Ctrl-C ended, as `interrupted_study()` or [read_study()] gives
#'   it, or its file; `NULL` takes the one that was interrupted last.
#' @export
#' @examplesIf xorlab::xorlab_available()
#'
#' # The whole study, equal to that of an uninterrupted call
#' if (nrow(study) < 20) study <- resume_study(study)
resume_study <- function(study = NULL, device = "auto", verbose = "auto", data = NULL, ...) {
  check_dots(...)
  if (rlang::is_string(study)) {
    study <- check_path(study)
  } else if (!is.null(study)) {
    check_study(study, empty = TRUE)
  }
  device <- check_string(device)
  if (!is.null(data)) check_class(data, "xor_data")
  verbose <- start_bar("Nets", resolve_verbose(verbose))
  withCallingHandlers(
    call_python(xorlab_py()$resume_study(
      own_to_python(study), device, verbose, own_to_python(data)
    )),
    interrupt = function(cnd) say_how_many()
  )
}

# The interrupt goes on its way; this is said before.
say_how_many <- function() {
  nets <- unlist(call_python(xorlab_r()$study_progress()))
  if (is.null(nets)) return()
  ways <- c(
    if (nets[1] > 0) "{.run xorlab::interrupted_study()} returns the study of those.",
    "{.run xorlab::resume_study()} trains the others."
  )
  names(ways) <- rep("i", length(ways))
  cli::cli_inform(c("!" = "Interrupted: {nets[1]} of {nets[2]} nets were finished.", ways))
}
