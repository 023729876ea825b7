# The only file that calls reticulate: everything that crosses to Python goes through here.

# What the Python side needs; pyproject.toml says the same to pip.
python_packages <- c("torch>=2.2", "numpy>=1.26", "threadpoolctl>=3.2", "matplotlib", "tqdm")
python_versions <- ">=3.10"
lasting_environment <- "r-xorlab"

the <- new.env(parent = emptyenv())

# reticulate takes longer to load than all the rest, so it waits until somebody needs it.
.onLoad <- function(libname, pkgname) {
  if (isNamespaceLoaded("reticulate")) {
    tell_reticulate()
  } else {
    setHook(packageEvent("reticulate", "onLoad"), function(...) tell_reticulate())
  }
}

tell_reticulate <- function() {
  if (python_running()) {
    add_module_path()
  } else {
    reticulate::py_require(python_packages, python_version = python_versions)
    setHook("reticulate.onPyInit", function(...) add_module_path())
    use_lasting_environment()
  }
}

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
  keep_own_blas()
}

# R's BLAS is loaded for everybody to see, and torch would call it instead of its own: with Debian's
# reference BLAS that makes matrix products near thirty times slower, and their last bits others
# than in a process of Python's. So libraries that Python loads look among their own first. Not
# where another malloc was preloaded, which must stay the one of all.
keep_own_blas <- function() {
  os <- reticulate::import("os")
  known <- reticulate::py_has_attr(os, "RTLD_DEEPBIND") # on Linux alone
  if (!known || nzchar(Sys.getenv("LD_PRELOAD"))) return(invisible())
  sys <- reticulate::import("sys")
  sys$setdlopenflags(bitwOr(sys$getdlopenflags(), os$RTLD_DEEPBIND))
  invisible()
}

python_running <- function() reticulate::py_available(initialize = FALSE)

# Whether there is a Python that somebody chose, so that asking for it downloads nothing.
python_chosen <- function() {
  python_running() || any(nzchar(Sys.getenv(c("RETICULATE_PYTHON", "VIRTUAL_ENV")))) ||
    reticulate::virtualenv_exists(lasting_environment)
}

# The running interpreter, who chose it, and its version; NULL where none runs.
python_interpreter <- function() {
  if (!python_running()) return(NULL)
  config <- reticulate::py_config()
  list(
    interpreter = config$python,
    chosen = config$forced %||% "reticulate's own search",
    python = sub(" .*", "", config$version_string)
  )
}

# Versions of what the module needs, in the running Python, read without importing any.
python_package_versions <- function() {
  names <- sub("[<>=].*", "", python_packages)
  metadata <- reticulate::import("importlib.metadata")
  version <- function(name) tryCatch(metadata$version(name), error = function(cnd) "missing")
  lapply(stats::setNames(names, names), version)
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
  import_xorlab(convert = TRUE, call = rlang::current_env())
}

# The module for the package's own calls, whose results stay Python's until call_python().
xorlab_py <- function() {
  import_xorlab(convert = FALSE, call = rlang::caller_env())
}

# Stops where there is no module to call.
need_python <- function(call = rlang::caller_env()) {
  import_xorlab(convert = FALSE, call = call)
  invisible()
}

import_xorlab <- function(convert, call) {
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
  python <- python_interpreter()
  named <- Sys.getenv("RETICULATE_PYTHON")
  reason <- first_reason(cnd, paste(named, python$interpreter))
  abort_python(
    if (is.null(python)) {
      "xorlab needs Python, and none could be started: {reason}"
    } else {
      "xorlab's Python side cannot be loaded: {reason}"
    },
    if (!is.null(python)) {
      "The interpreter is {.file {python$interpreter}}, chosen by {python$chosen}."
    },
    if (nzchar(named)) {
      "Restart R without {.envvar RETICULATE_PYTHON}, and xorlab gets what it needs by itself."
    } else {
      "Restart R with {.envvar RETICULATE_PYTHON} set to a Python that has {python_packages}."
    },
    "Or make a lasting environment: {.run xorlab::install_xorlab()}, then restart R.",
    call = call
  )
}

# reticulate's second failure often hides the first: what was wrong then is still wrong.
first_reason <- function(cnd, situation) {
  if (!identical(the$situation, situation)) {
    the$situation <- situation
    the$reason <- python_message(cnd)
  }
  forget_python_error()
  the$reason
}

# A kept exception keeps what its traceback refers to alive. Without Python there is none to forget.
forget_python_error <- function() {
  if (python_running()) reticulate::py_clear_last_error()
}

abort_python <- function(..., call, env = rlang::caller_env()) {
  lines <- c(...)
  names(lines) <- c("", rep("i", length(lines) - 1))
  cli::cli_abort(
    lines, class = c("xorlab_python_error", "xorlab_error"), call = call, .envir = env,
    trace = users_trace(call), parent = NA
  )
}

# What a Python exception says, without reticulate's advice to its own users.
python_message <- function(cnd) {
  message <- cli::ansi_strip(conditionMessage(cnd))
  message <- sub("\\s*Run `reticulate::py_last_error\\(\\)`.*$", "", message)
  sub("^[A-Za-z_.]*(Error|Exception|Interrupt): ", "", trimws(message))
}

# Every call into Python goes through here, so that its errors and warnings come back as R's own, in
# the call that the user made. `expr` is evaluated within; what was evaluated before is out of
# reach, and tools/python_calls.R looks for it. The result is R's, or where `convert` is FALSE still
# Python's.
call_python <- function(expr, call = rlang::caller_env(), convert = TRUE) {
  tryCatch(
    with_r_warnings(if (convert) reticulate::py_to_r(expr) else expr, call),
    xorlab_error = function(cnd) {
      cnd$call <- rlang::error_call(call)
      cnd$trace <- users_trace(call) %||% cnd$trace
      rlang::cnd_signal(cnd)
    },
    python.builtin.Exception = function(cnd) {
      forget_python_error()
      msg <- python_message(cnd)
      history <- if (inherits(cnd, "xorlab.loop.NonFiniteLossError")) {
        as_history(reticulate::py_to_r(cnd$history$to_dict()))
      }
      cli::cli_abort(
        "{msg}",
        class = c(if (!is.null(history)) "xorlab_training_error", "xorlab_error"),
        history = history, call = call, trace = users_trace(call), parent = NA
      )
    }
  )
}

# Warnings that Python gives on the way are R's, once it is done.
with_r_warnings <- function(expr, call) {
  import_xorlab(convert = FALSE, call) # first, for its error says more than reticulate's
  recorder <- reticulate::import("warnings", convert = FALSE)$catch_warnings(record = TRUE)
  seen <- recorder$`__enter__`()
  value <- tryCatch(expr, finally = recorder$`__exit__`(NULL, NULL, NULL))
  for (msg in reticulate::iterate(seen, function(one) as.character(one$message))) {
    cli::cli_warn("{msg}", class = "xorlab_warning", call = call)
  }
  value
}

# A dict of plain values for Python, which tells a list of one from a number.
as_py <- function(x) {
  reticulate::r_to_py(x, convert = FALSE)
}

# A function for Python to call, with R's values.
as_py_function <- function(f) {
  need_python() # first, for its error says more than reticulate's
  reticulate::r_to_py(f, convert = TRUE)
}

as_py_array <- function(x, type) {
  if (is.null(x)) return(NULL)
  need_python() # first, for its error says more than reticulate's
  reticulate::np_array(x, dtype = type)
}

# The plain values that a Python object's to_dict() gives.
plain_values <- function(x, call = rlang::caller_env()) {
  call_python(x$to_dict(), call = call)
}

# torch first and by itself where an index was named for it: with others to choose from, pip takes
# the newest build of all.
make_environment <- function(envname, python, index) {
  reticulate::virtualenv_create(
    envname, python = python, packages = NULL, version = python_versions
  )
  if (!is.null(index)) {
    torch <- grep("^torch", python_packages, value = TRUE)
    reticulate::virtualenv_install(envname, torch, pip_options = paste0("--index-url=", index))
  }
  reticulate::virtualenv_install(envname, python_packages)
}
