#' Open the playground
#'
#' A page in the browser, or in RStudio's viewer, on which a net is built and trained while you
#' watch: its units, its boundary and its loss, and what each setting does. The net is PyTorch's, in
#' this session: `fit <- xor_playground()` waits until "Done" is pressed on the page, the page is
#' closed or Ctrl-C is pressed, and returns the fit.
#'
#' After so many epochs from a seed, the net on the page is that of [train_xor()] with the same
#' settings, bit for bit, until its weights or points are edited by hand.
#'
#' The page is served on this machine alone, below an address that cannot be guessed, which is
#' printed: over SSH there may be no browser to open it in. Choose a `port` then, and forward it
#' under the same number, as by `ssh -L 8123:127.0.0.1:8123`. The part of the address after the `#`
#' holds the experiment; `state` opens it again, and so does the page.
#'
#' The page needs Python's package shiny. Where reticulate made the environment, it is added there;
#' elsewhere the error says how to install it.
#'
#' @param fit An `xor_fit` to go on from.
#' @param data Points with labels to learn, from [as_xor_data()], [toy_data()] or [xor_data()].
#' @param ... What the page opens with, by name: `problem` (`r quoted(toy_kinds)`), `size`,
#'   `noise`, `classes`, `inputs`, `hidden`, `activation`, `init`, `optimizer`, `lr`, `batch_size`,
#'   `momentum`, `nesterov`, `weight_decay`, `l1`, `validation` (a share), `seed` and `view` (of the
#'   large picture: `r quoted(playground_views)`), as in [train_xor()] and [toy_data()].
#' @param state An experiment, as the address of a page says it: the whole address, or what follows
#'   the `#`. That of the well-known browser playground is understood, too.
#' @param hide Groups of controls that the page does not show, so that a class looks at the others:
#'   some of `r quoted(playground_groups)`.
#' @param host Name of the proxy by which the browser reaches this machine, such as
#'   `"lab.example.org"`: that of RStudio Server, or of a JupyterHub.
#' @param port A port from 1 to 65535; `NULL` takes one that is free.
#' @return The `xor_fit` of the page: as after the latest whole epoch.
#'   Where weights or points were edited by hand, its entry `parted` says so, as [print()] does.
#' @seealso `vignette("playground", "xorlab")` for a tour of the page, and the answers to its
#'   challenges; [train_xor()] for the same by code, [resume_xor()] to go on by code, [show_code()]
#'   for the code in PyTorch, [animate_xor()] for a page to keep.
#' @export
#' @examplesIf interactive()
#' fit <- xor_playground()
#' eval_xor(fit)
#'
#' # Two units and nothing but the seed to change, for a class
#' xor_playground(hidden = 2, hide = c("data", "net", "activation", "optimizer"))
#'
#' # An experiment from an address, and a fit to go on from
#' fit <- xor_playground(state = "#problem=moons&hidden=8")
#' fit <- xor_playground(fit)
#'
#' # Your own data
#' petals <- as_xor_data(iris[c("Petal.Length", "Petal.Width")], iris$Species)
#' fit <- xor_playground(data = petals, hidden = c(4, 4))
xor_playground <- function(fit = NULL, data = NULL, ..., state = NULL, hide = NULL, host = NULL,
                           port = NULL) {
  call <- rlang::current_env()
  if (!is.null(fit)) check_fit(fit)
  if (!is.null(data)) check_class(data, "xor_data")
  settings <- check_playground_settings(list(...), call)
  hide <- as.list(check_hide(hide, call))
  if (!is.null(state)) check_string(state)
  if (!is.null(host)) check_string(host)
  if (!is.null(port)) port <- check_count(port)
  check_not_knitting(call)
  need_shiny(call)
  page <- call_python(
    xorlab_r()$open_playground(
      own_to_python(fit), own_to_python(data), state, hide, as_py(settings), host, port
    )
  )
  show_playground(page, call)
  run_playground(page, call)
}

# Waits until the page is done. Ctrl-C ends Python's part, which tells of it, or reaches R's.
run_playground <- function(page, call) {
  reason <- tryCatch(call_python(page$run(), call = call), interrupt = function(cnd) "interrupted")
  fit <- call_python(page$fit, call = call)
  if (reason == "interrupted") {
    epochs <- nrow(fit$history)
    cli::cli_inform(c("!" = "Interrupted: this is the fit after {epochs} epoch{?s}."))
  }
  fit
}

# The viewer gets the address itself, since it is part of this process; another program gets a file
# that leads there, since others can see what programs are started with.
show_playground <- function(page, call) {
  address <- call_python(page$address, call = call)
  cli::cli_inform(c(
    "i" = "The playground is at {.url {address}}",
    " " = "Ctrl-C ends it and returns the fit so far."
  ))
  if (!rlang::is_interactive()) return()
  viewer <- getOption("viewer")
  if (is.function(viewer)) return(viewer(address))
  if (is.function(getOption("browser")) || call_python(xorlab_r()$has_browser(), call = call)) {
    utils::browseURL(call_python(page$file(), call = call))
  }
}

# It would wait for ever, and its address would be in the document that is not there yet.
check_not_knitting <- function(call) {
  if (isTRUE(getOption("knitr.in.progress"))) {
    abort_input(
      "{.fun xor_playground} waits for a person at its page, and a document is being knitted.",
      i = "Give its chunk {.code eval = FALSE}, and use {.fun train_xor} for a fit.", call = call
    )
  }
}

check_playground_settings <- function(given, call) {
  named <- rlang::names2(given)
  unknown <- setdiff(named, playground_settings)
  if (length(unknown) && nzchar(unknown[1])) {
    near <- nearest(unknown[1], c(playground_settings, names(formals(xor_playground))))
    abort_input(
      "There is no argument {.arg {unknown[1]}}.",
      i = if (!is.null(near)) "Did you mean {.arg {near}}?", call = call
    )
  }
  if (length(unknown)) {
    abort_input("What the page opens with goes by name, as in {.code hidden = 8}.", call = call)
  }
  if (anyDuplicated(named)) {
    twice <- named[duplicated(named)][1]
    abort_input("{.arg {twice}} must be given once.", call = call)
  }
  checked <- lapply(named, function(name) {
    value <- given[[name]]
    if (!is.null(value)) playground_checks[[name]](value, name = name, call = call)
  })
  checked <- stats::setNames(checked, named)
  checked[!vapply(checked, is.null, TRUE)]
}

check_hide <- function(hide, call) {
  if (is.null(hide)) return(character())
  if (!is.character(hide)) {
    value <- show_value(hide)
    abort_input("{.arg hide} must be names of groups of controls, not {value}.", call = call)
  }
  for (one in hide) check_choice(one, playground_groups, name = "hide", call = call)
  hide
}

# Of what is a setting of a training, the check is that of train_xor().
playground_checks <- c(
  list(
    problem = function(x, ...) check_choice(x, toy_kinds, ...),
    size = function(x, ...) check_count(x, ...),
    noise = function(x, ...) check_number(x, min = 0, ...),
    classes = function(x, ...) check_count(x, min = 2, ...),
    inputs = function(x, ...) check_inputs(x, ...),
    seed = function(x, ...) check_count(x, min = 0, ...),
    view = function(x, ...) check_choice(x, playground_views, ...)
  ),
  hyperparameter_checks
)

# Strings for the help.
quoted <- function(x) toString(sprintf('`"%s"`', x))
