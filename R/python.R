# The only file that calls reticulate: everything that crosses to Python goes through here.

# What the Python side needs; pyproject.toml says the same to pip.
python_packages <- c("torch>=2.2", "numpy>=1.26", "threadpoolctl>=3.2", "matplotlib", "tqdm")
python_versions <- ">=3.10"
lasting_environment <- "r-xorlab"
# reticulate before 1.43 cannot use the environments that uv 0.8 or newer makes.
newer_reticulate <- "1.43"
newer_uv <- "0.8"

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
  setHook("reticulate::xorlab::load", function(...) register_conversions())
  if (python_running()) {
    prepare_python()
  } else {
    reticulate::py_require(python_packages, python_version = python_versions)
    setHook("reticulate.onPyInit", function(...) prepare_python())
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

prepare_python <- function() {
  add_module_path()
  keep_own_blas()
  keep_own_streams()
  loaded <- reticulate::import("sys", convert = FALSE)$modules$`__contains__`("xorlab")
  if (reticulate::py_to_r(loaded)) register_conversions()
}

# Once the module is loaded, by R or by a Python chunk, its objects become R's by the functions of
# `from_python`. Their S3 classes are asked of the classes themselves.
register_conversions <- function() {
  xorlab <- reticulate::import("xorlab", convert = FALSE)
  for (name in names(from_python)) {
    registerS3method("py_to_r", class_in_r(xorlab[[name]]), from_python[[name]],
                     envir = asNamespace("reticulate"))
  }
}

# What reticulate calls a Python class in R.
class_in_r <- function(class) {
  paste(reticulate::py_to_r(class$`__module__`), reticulate::py_to_r(class$`__name__`), sep = ".")
}

is_of_class <- function(x, name) {
  inherits(x, class_in_r(reticulate::import("xorlab", convert = FALSE)[[name]]))
}

# At the end of sys.path, and left there: a Python chunk that comes before any R call and worker
# processes find the module too.
add_module_path <- function() {
  folder <- system.file("python", package = "xorlab")
  path <- reticulate::import("sys", convert = FALSE)$path
  if (!folder %in% reticulate::py_to_r(path)) path$append(folder)
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

# Around each Python chunk of a document reticulate sets the stream of every log handler. Those of
# torch 2.14 and newer have none to set, since they write to what sys.stderr is, and no chunk after
# `import torch` would knit. A reticulate without this function, its own, is left as it is.
keep_own_streams <- function() {
  code <- "
from rpytools import output

def set_stream(handler, stream, usual=output._setStream):
    try:
        return usual(handler, stream)
    except AttributeError:
        return handler.stream

output._setStream = set_stream
"
  tryCatch(reticulate::py_run_string(code, local = TRUE), error = function(cnd) NULL)
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
#' @seealso [languages], `vignette("lesson", "xorlab")`.
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

# What of it R alone calls.
xorlab_r <- function() {
  import_xorlab(convert = FALSE, call = rlang::caller_env(), module = "xorlab._r")
}

# Stops where there is no module to call.
need_python <- function(call = rlang::caller_env()) {
  import_xorlab(convert = FALSE, call = call)
  invisible()
}

import_xorlab <- function(convert, call, module = "xorlab") {
  if (isNamespaceLoaded("torch")) {
    abort_python(
      "The R package {.pkg torch} is loaded, and its library and Python's cannot share a process.",
      "Restart R and use xorlab without {.code library(torch)}.",
      call = call
    )
  }
  before_python_starts(call)
  tryCatch(
    reticulate::import(module, convert = convert),
    error = function(cnd) abort_no_module(cnd, call)
  )
}

# Where reticulate is about to build an environment of its own: stops where it could not, which
# would come out after all has been downloaded, and tells how much that is.
before_python_starts <- function(call) {
  if (python_running()) return()
  old <- reticulate_version() < newer_reticulate
  if (!old && torch_downloaded() || !builds_environment()) return()
  if (old) refuse_newer_uv(call)
  if (!torch_downloaded()) tell_download()
}

reticulate_version <- function() packageVersion("reticulate")

# Whether Python would be one that reticulate builds by uv. Its own search says so, which is asked
# not to build any: then it finds at most a Python on the PATH that was not chosen.
builds_environment <- function() {
  if (Sys.getenv("RETICULATE_PYTHON") == "managed") return(TRUE)
  if (python_chosen()) return(FALSE)
  asked <- tolower(Sys.getenv("RETICULATE_USE_MANAGED_VENV"))
  if (asked %in% c("true", "1", "yes")) return(TRUE)
  if (asked %in% c("false", "0", "no")) return(FALSE)
  Sys.setenv(RETICULATE_USE_MANAGED_VENV = "no")
  before <- options(show.error.messages = FALSE) # of each Python on the way that is of no use
  on.exit({
    Sys.unsetenv("RETICULATE_USE_MANAGED_VENV")
    options(before)
  })
  found <- suppressWarnings(try(reticulate::py_discover_config()))
  chosen_by <- if (is.list(found)) found$forced
  (is.null(chosen_by) || chosen_by %in% c("PATH", "Windows Registry")) &&
    !reticulate::virtualenv_exists("r-reticulate")
}

refuse_newer_uv <- function(call) {
  uv <- uv_version()
  if (!is.null(uv) && uv < newer_uv) return()
  reticulate <- reticulate_version()
  with <- if (is.null(uv)) "the newest uv, which it would download" else "uv {uv}"
  abort_python(
    paste0("xorlab needs Python, and reticulate {reticulate} cannot set it up with ", with, "."),
    paste(
      "Nothing was downloaded. Update reticulate to {newer_reticulate} or newer",
      '({.code install.packages("reticulate")}), then restart R.'
    ),
    "Or make a lasting environment: {.run xorlab::install_xorlab()}, then restart R.",
    call = call
  )
}

# Of the uv that reticulate would take; NULL where it would download one.
uv_version <- function() {
  find <- utils::getFromNamespace("uv_binary", "reticulate")
  uv <- tryCatch(find(bootstrap_install = FALSE), error = function(cnd) NULL)
  if (is.null(uv)) return(NULL)
  said <- suppressWarnings(system2(uv, "--version", stdout = TRUE, stderr = TRUE))
  numeric_version(sub("^uv ([0-9.]+).*", "\\1", said[1]))
}

# Whether uv has torch in one of the places where reticulate, or the user, has it keep downloads.
torch_downloaded <- function() {
  caches <- c(
    file.path(tools::R_user_dir("reticulate", "cache"), "uv", "cache"), Sys.getenv("UV_CACHE_DIR"),
    file.path(Sys.getenv("XDG_CACHE_HOME", "~/.cache"), "uv"), "~/Library/Caches/uv",
    file.path(Sys.getenv("LOCALAPPDATA"), "uv", "cache")
  )
  caches <- path.expand(caches[nzchar(caches)])
  length(Sys.glob(file.path(caches, "wheels-v*", c("pypi", "index/*"), "torch"))) > 0
}

tell_download <- function() {
  lines <- if (Sys.info()[["sysname"]] == "Linux") {
    c(
      "Downloading Python with torch and CUDA for xorlab, once: about 3 GB, 5 GB on disk.",
      paste(
        "Without CUDA it is 1 GB on disk: interrupt this, call",
        '{.code xorlab::install_xorlab(index = "https://download.pytorch.org/whl/cpu")},',
        "and restart R."
      )
    )
  } else {
    "Downloading Python with torch for xorlab, once: about 1 GB on disk."
  }
  cli::cli_inform(stats::setNames(lines, rep("i", length(lines))))
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
      history <- if (is_of_class(cnd, "NonFiniteLossError")) {
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

# Stops where the playground's package is missing, which few need. Where Python is in an environment
# of reticulate's own, packages are added there as they are asked for; others are the user's.
need_shiny <- function(call) {
  package <- paste0("shiny>=", needed_shiny)
  reticulate::py_require(package)
  missing <- call_python(xorlab_r()$missing_shiny(), call = call)
  if (!nzchar(missing)) return(invisible())
  abort_python(
    "The playground needs Python's package shiny, version {needed_shiny} or newer, and {missing}.",
    "The interpreter is {.file {python_interpreter()$interpreter}}.",
    "Install it there: {.run reticulate::py_install(\"{package}\")}.",
    call = call
  )
}

# The plain values that a Python object's to_dict() gives.
plain_values <- function(x, call = rlang::caller_env()) {
  call_python(x$to_dict(), call = call)
}

# An environment with what the module needs; one that is new is removed again where something fails.
make_environment <- function(envname, python, index, call = rlang::caller_env()) {
  new <- !reticulate::virtualenv_exists(envname)
  done <- FALSE
  on.exit({
    if (new && !done && reticulate::virtualenv_exists(envname)) {
      reticulate::virtualenv_remove(envname, confirm = FALSE)
    }
  })
  tryCatch(
    {
      reticulate::virtualenv_create(
        envname, python = python, packages = FALSE, version = python_versions
      )
      install_packages(envname, index)
    },
    error = function(cnd) {
      reason <- python_message(cnd)
      abort_python(
        "The environment {.val {envname}} could not be made: {reason}",
        if (new) "Nothing is left of it, and what was chosen before still is.", call = call
      )
    }
  )
  done <- TRUE
}

# torch by itself where an index was named for it. It is not named again: reticulate has pip upgrade
# what it names, which would take the newest build of the usual index instead.
install_packages <- function(envname, index) {
  packages <- python_packages
  if (!is.null(index)) {
    torch <- grepl("^torch", packages)
    reticulate::virtualenv_install(
      envname, packages[torch], pip_options = paste0("--index-url=", index)
    )
    packages <- packages[!torch]
  }
  reticulate::virtualenv_install(envname, packages)
}
