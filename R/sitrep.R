#' Situation report
#'
#' What xorlab runs on here: versions, which interpreter and how it was chosen, devices and
#' threads, and what is missing. It never fails; to look, it starts Python where none runs yet.
#'
#' @return A named list of class `xorlab_sitrep`, which prints as a table. `problem` is
#'   `NULL` where all is well, or says what is wrong and how to mend it.
#' @seealso [xorlab_available()], [install_xorlab()], `vignette("troubleshooting", "xorlab")`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' xorlab_sitrep()
xorlab_sitrep <- function() {
  report <- list(
    xorlab = as.character(packageVersion("xorlab")),
    R = as.character(getRversion()),
    reticulate = as.character(packageVersion("reticulate"))
  )
  # A dict's copy() is a plain dict, which reticulate makes a list of.
  info <- or_error(call_python(xorlab_py()$info()$copy()))
  failed <- inherits(info, "error")
  python <- or_error(python_interpreter())
  if (inherits(python, "list")) {
    report[names(python)] <- python
    found <- if (failed) or_error(python_package_versions()) else info
    new <- setdiff(names(found), c(names(report), "executable", "message", "call"))
    report[new] <- found[new]
  } else {
    report$interpreter <- "none"
    asked <- Sys.getenv("RETICULATE_PYTHON")
    if (nzchar(asked)) report$chosen <- sprintf("%s, by RETICULATE_PYTHON", asked)
  }
  report["problem"] <- list(if (failed) problem_text(info))
  structure(report, class = "xorlab_sitrep")
}

or_error <- function(expr) tryCatch(expr, error = identity)

problem_text <- function(cnd) cli::ansi_strip(rlang::cnd_message(cnd))

#' @export
format.xorlab_sitrep <- function(x, ...) {
  known <- x[setdiff(names(x), "problem")]
  problem <- strsplit(x$problem %||% "none", "\n")[[1]]
  c(
    paste0(formatC(names(known), width = -15), unlist(known)),
    paste0(formatC(c("problem", rep("", length(problem) - 1)), width = -15), problem)
  )
}

#' @export
print.xorlab_sitrep <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}
