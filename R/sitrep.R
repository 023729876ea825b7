#' Situation report
#'
#' What xorlab runs on here: versions, which interpreter and how it was chosen, devices and
#' threads, and what is missing. It never fails; to look, it starts Python where none runs yet.
#'
#' @return A named list of class `xorlab_sitrep`, which prints as a table. `problem` is `NULL`
#'   where all is well, or says what is wrong and how to mend it.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' xorlab_sitrep()
xorlab_sitrep <- function() {
  report <- list(
    xorlab = as.character(packageVersion("xorlab")),
    R = as.character(getRversion()),
    reticulate = as.character(packageVersion("reticulate"))
  )
  problem <- tryCatch(
    {
      info <- reticulate::py_to_r(reticulate::py_eval("dict")(xorlab_py()$info()))
      NULL
    },
    error = function(cnd) cli::ansi_strip(rlang::cnd_message(cnd))
  )
  if (reticulate::py_available()) {
    config <- reticulate::py_config()
    report$interpreter <- config$python
    report$chosen <- config$forced %||% "reticulate's own search"
    report$python <- as.character(config$version)
  }
  if (is.null(problem)) {
    report[setdiff(names(info), c("xorlab", "executable"))] <-
      info[setdiff(names(info), c("xorlab", "executable"))]
  }
  report["problem"] <- list(problem)
  structure(report, class = "xorlab_sitrep")
}

#' @export
format.xorlab_sitrep <- function(x, ...) {
  known <- x[setdiff(names(x), "problem")]
  problem <- x$problem %||% "none"
  c(paste0(formatC(names(known), width = -12), unlist(known)), paste0("problem     ", problem))
}

#' @export
print.xorlab_sitrep <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}
