# The only file that calls reticulate: everything that crosses to Python goes through here.

.onLoad <- function(libname, pkgname) {
  reticulate::py_require(
    c("torch>=2.2", "numpy>=1.26", "matplotlib", "tqdm"),
    python_version = ">=3.10"
  )
  if (reticulate::py_available(initialize = FALSE)) {
    add_module_path()
  } else {
    setHook("reticulate.onPyInit", function(...) add_module_path())
    use_lasting_environment()
  }
}

lasting_environment <- "r-xorlab"

# An environment made by install_xorlab() comes before an old r-reticulate; the user's own choice
# comes before both.
use_lasting_environment <- function() {
  if (nzchar(Sys.getenv("RETICULATE_PYTHON"))) return()
  if (reticulate::virtualenv_exists(lasting_environment)) {
    reticulate::use_virtualenv(lasting_environment, required = FALSE)
  }
}

# At the end of sys.path, and left there: a Python chunk that comes before any R call and worker
# processes find the module too.
add_module_path <- function() {
  folder <- system.file("python", package = "xorlab")
  path <- reticulate::import("sys", convert = FALSE)$path
  if (!folder %in% reticulate::py_to_r(path)) path$append(folder)
  invisible()
}

#' The Python module behind xorlab
#'
#' What Python sees as `import xorlab`: for what R does not wrap, and for documents that mix the
#' two languages.
#'
#' @return The Python module, whose results are turned into R objects.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' lab <- xorlab_module()
#' lab$XORDataset(5L, seed = 1L)
xorlab_module <- function() {
  import_xorlab(convert = TRUE)
}

xorlab_py <- function() {
  import_xorlab(convert = FALSE)
}

import_xorlab <- function(convert, call = rlang::caller_env(2)) {
  if (isNamespaceLoaded("torch")) {
    abort_python(
      "The R package {.pkg torch} is loaded, and its library and Python's cannot share a process.",
      "Restart R and use xorlab without {.code library(torch)}.",
      call = call
    )
  }
  tryCatch(
    reticulate::import("xorlab", convert = convert),
    error = function(cnd) abort_no_module(cnd, call)
  )
}

abort_no_module <- function(cnd, call) {
  python <- if (reticulate::py_available()) reticulate::py_config() else NULL
  reticulate::py_clear_last_error()
  reason <- python_message(cnd)
  abort_python(
    "xorlab's Python side cannot be loaded: {reason}",
    if (is.null(python)) {
      "No Python was found or could be started."
    } else {
      how <- python$forced %||% "reticulate's own search"
      "The interpreter is {.file {python$python}}, chosen by {how}."
    },
    "Restart R and let xorlab choose: unset {.envvar RETICULATE_PYTHON}, and call it again.",
    "Or make a lasting environment: {.run xorlab::install_xorlab()}, then restart R.",
    call = call, parent = cnd, env = environment()
  )
}

abort_python <- function(..., call, parent = NULL, env = rlang::caller_env()) {
  lines <- c(...)
  names(lines) <- c("", rep("i", length(lines) - 1))
  cli::cli_abort(
    lines,
    class = c("xorlab_python_error", "xorlab_error"),
    call = call, parent = parent, .envir = env
  )
}

# What a Python exception says, without reticulate's advice to its own users.
python_message <- function(cnd) {
  message <- sub("\\s*Run `reticulate::py_last_error\\(\\)`.*$", "", conditionMessage(cnd))
  sub("^[A-Za-z_.]*(Error|Exception|Interrupt): ", "", trimws(cli::ansi_strip(message)))
}

# Every call into Python goes through here, so that its errors come back as R's own.
call_python <- function(expr, call = rlang::caller_env()) {
  tryCatch(
    reticulate::py_to_r(expr),
    python.builtin.Exception = function(cnd) {
      reticulate::py_clear_last_error()
      msg <- python_message(cnd)
      history <- if (inherits(cnd, "xorlab.training.NonFiniteLossError")) {
        as_history(reticulate::py_to_r(cnd$history$to_dict()))
      }
      cli::cli_abort(
        "{msg}",
        class = c(if (!is.null(history)) "xorlab_training_error", "xorlab_error"),
        history = history, call = call, parent = NA
      )
    }
  )
}

# A dict of plain values for Python, which tells a list of one from a number.
as_py <- function(x) {
  reticulate::r_to_py(x, convert = FALSE)
}

as_py_array <- function(x, type) {
  reticulate::np_array(x, dtype = type)
}

#' Use R's objects in Python, and Python's in R
#'
#' In a document with R and Python chunks, `r.fit` is a `Fit` and `r.data` a dataset in Python;
#' `py$fit` is an `xor_fit` and `py$data` an `xor_data` in R.
#'
#' @param x The object.
#' @param convert As in [reticulate::r_to_py()].
#' @return The same thing as an object of the other language.
#' @name languages
#' @keywords internal
#' @rawNamespace S3method(reticulate::r_to_py, xor_fit)
r_to_py.xor_fit <- function(x, convert = FALSE) {
  fit_to_python(x)
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::r_to_py, xor_data)
r_to_py.xor_data <- function(x, convert = FALSE) {
  data_to_python(x)
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::py_to_r, xorlab.fit.Fit)
py_to_r.xorlab.fit.Fit <- function(x) {
  new_xor_fit(reticulate::py_to_r(x$to_dict()))
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::py_to_r, xorlab.data.TwoClassDataset)
py_to_r.xorlab.data.TwoClassDataset <- function(x) {
  new_xor_data(reticulate::py_to_r(x$to_dict()))
}

#' Is Python there for xorlab?
#'
#' Examples and documents ask before they call. Where no Python runs yet and none was named by
#' `RETICULATE_PYTHON` or an active virtual environment, a session that is not interactive answers
#' `FALSE`, so that nothing is downloaded behind anybody's back.
#'
#' @return `TRUE` or `FALSE`.
#' @export
#' @examples
#' xorlab_available()
xorlab_available <- function() {
  named <- nzchar(Sys.getenv("RETICULATE_PYTHON")) || nzchar(Sys.getenv("VIRTUAL_ENV"))
  if (!reticulate::py_available(initialize = FALSE) && !named && !interactive()) return(FALSE)
  tryCatch(
    {
      xorlab_py()
      TRUE
    },
    error = function(cnd) FALSE
  )
}

#' Make a lasting Python environment
#'
#' xorlab needs no installation step: its first call builds what it needs. This is for those who
#' want an environment of a name that stays, and is used from then on unless you choose another.
#'
#' @param cuda `TRUE` for torch with CUDA, `FALSE` for the CPU build, `NULL` for whatever pip
#'   takes by itself.
#' @param envname Name or path of the virtual environment.
#' @param python The Python to make it from; `NULL` lets reticulate choose.
#' @return The name of the environment, invisibly.
#' @export
#' @examples
#' \dontrun{
#' install_xorlab()
#' }
install_xorlab <- function(cuda = NULL, envname = "r-xorlab", python = NULL) {
  check_string(envname)
  if (!is.null(cuda)) check_flag(cuda)
  packages <- c("torch>=2.2", "numpy>=1.26", "matplotlib", "tqdm")
  options <- character()
  if (!is.null(cuda)) {
    build <- if (cuda) "cu126" else "cpu"
    options <- paste0("--extra-index-url=https://download.pytorch.org/whl/", build)
  }
  reticulate::virtualenv_create(
    envname, python = python, packages = packages, version = ">=3.10", pip_options = options
  )
  cli::cli_inform(c("v" = "{.val {envname}} is ready.", "i" = "Restart R to use it."))
  invisible(envname)
}

