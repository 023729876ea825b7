skip_if_no_torch <- function() {
  skip_on_cran()
  skip_if_not(xorlab_available(), "Python with torch")
}

expect_input_error <- function(object, regexp) {
  expect_error(object, regexp, class = "xorlab_input_error")
}

# A fit whose logit depends on x1 alone: class 1 where x1 is above one half.
fit_of_x1 <- function() {
  fit <- train_xor(epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- rep(c(1, 0), each = 4)
  fit$weights$linear1.bias[] <- -0.5
  fit$weights$linear2.weight[] <- 5
  fit$weights$linear2.bias[] <- 0
  fit
}

# Lines that a fresh R session prints for this code, on both streams; env and timeout (in seconds)
# as for system2().
run_r <- function(code, env = character(), timeout = 0) {
  script <- withr::local_tempfile(fileext = ".R", lines = code)
  rscript <- file.path(R.home("bin"), "Rscript")
  withr::local_envvar(R_TESTS = "", R_LIBS = paste(.libPaths(), collapse = .Platform$path.sep))
  suppressWarnings(
    system2(rscript, script, stdout = TRUE, stderr = TRUE, env = env, timeout = timeout)
  )
}

# A number or a string as it is written in Python.
shown_in_python <- function(x) {
  if (is.character(x)) return(sprintf("'%s'", x))
  text <- format(x, digits = 17, trim = TRUE)
  if (length(x) > 1) sprintf("[%s]", toString(text)) else text
}

# The README's blocks of code. It stands in the repository alone, not in a package being checked.
readme_blocks <- function(language) {
  text <- readLines(test_path("../../README.md"))
  fences <- grep("^```", text)
  starts <- which(text == paste0("```", language))
  lapply(starts, function(i) text[seq(i + 1, min(fences[fences > i]) - 1)])
}

# Lines that give a fresh session a second device, which "auto" takes: tensors on it and on the CPU
# do not mix, as with a graphics card (see tests/python/second_device.py, which stands in the
# repository alone).
second_device <- function() {
  folder <- testthat::test_path("..", "python")
  testthat::skip_if_not(file.exists(file.path(folder, "second_device.py")), "the repository")
  load <- "reticulate::import_from_path('second_device', '%s')$install()"
  c("library(xorlab)", sprintf(load, normalizePath(folder, "/")))
}

# Prints each call and the error that it gives, which must be one of xorlab's own; `hide` matches
# what differs from machine to machine.
refusals <- function(calls, hide = "$^", env = parent.frame()) {
  for (one in calls) {
    cnd <- tryCatch(eval(one, env), error = identity)
    if (!inherits(cnd, "xorlab_error")) stop("not refused as it should be: ", deparse1(one))
    cat("> ", deparse1(one), "\nError in `", deparse1(conditionCall(cnd)[[1]]), "()`:\n",
        gsub(hide, "...", cli::ansi_strip(rlang::cnd_message(cnd)), perl = TRUE), "\n\n", sep = "")
  }
}

# fun(name = bad) for each bad value, as calls.
calls_with <- function(fun, name, bad) {
  lapply(bad, function(value) as.call(c(as.name(fun), stats::setNames(list(value), name))))
}

# Whether something comes true before one would take it for hanging, on however busy a machine.
comes_true <- function(condition, frame = parent.frame()) {
  condition <- substitute(condition)
  until <- Sys.time() + 600
  while (!isTRUE(eval(condition, frame)) && Sys.time() < until) Sys.sleep(0.05)
  isTRUE(eval(condition, frame))
}

small_study <- function(...) seed_study(runs = 3, epochs = 2, size = 100, seed = 5, ...)

# Runs a script in an R of its own, presses Ctrl-C once `when()` is true of the lines shown so far,
# and gives all that it showed when it has ended.
interrupted_script <- function(lines, when) {
  shown <- withr::local_tempfile(lines = character())
  pid <- withr::local_tempfile()
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    sprintf("cat(Sys.getpid(), file = '%s')", pid), lines
  ))
  system2(file.path(R.home("bin"), "Rscript"), script, stdout = shown, stderr = shown, wait = FALSE)
  testthat::expect_true(comes_true(when(readLines(shown, warn = FALSE))))
  there <- as.integer(readLines(pid, warn = FALSE))
  withr::defer(tools::pskill(there, tools::SIGKILL))
  tools::pskill(there, tools::SIGINT)
  testthat::expect_true(comes_true(!tools::pskill(there, 0)))
  readLines(shown, warn = FALSE)
}

# As in a process in which no training was interrupted yet.
forget_interrupted <- function() {
  module <- reticulate::import("xorlab.fit.interrupted", convert = FALSE)
  reticulate::py_set_attr(module$interrupted_training, "kept", NULL)
}

# A virtual environment of nothing, whose Python is the tests' own.
bare_python <- function(frame = parent.frame()) {
  folder <- withr::local_tempdir(.local_envir = frame)
  python <- reticulate::py_config()$python
  stopifnot(system2(python, c("-m", "venv", "--without-pip", folder)) == 0)
  file.path(folder, "bin", "python")
}
