# lintr over the R code and its tests, the calls into Python, and whether man/, NAMESPACE and
# R/tables.R are as committed (make man has just written them); fails on anything found. Another
# version of lintr or roxygen2 has other rules and writes other pages, so that what it finds says
# nothing: it is left out, and named.
source("tools/python_calls.R")

pins <- grep("^#", readLines("tools/constraints-r.txt"), value = TRUE, invert = TRUE)
pins <- strsplit(pins, "==")

is_pinned <- function(package) {
  pin <- Filter(function(pin) pin[1] == package, pins)[[1]][2]
  here <- as.character(utils::packageVersion(package))
  if (here != pin) cat(sprintf("lint: left out: %s is %s here, not %s\n", package, here, pin))
  here == pin
}

lints <- function() {
  found <- do.call(c, lapply(c("R", "tests/testthat", "inst/examples", "tools"), lintr::lint_dir))
  vapply(found, function(lint) {
    sprintf("%s:%d: %s", lint$filename, lint$line_number, lint$message)
  }, "")
}

old_pages <- function() {
  # man/figures are make docs' own: another R draws them a little differently.
  pages <- c(shQuote("man/*.Rd"), "NAMESPACE", "R/tables.R")
  old <- system2("git", c("status", "--porcelain", "--", pages), stdout = TRUE)
  if (length(old)) c("man/, NAMESPACE or R/tables.R was old: commit what make man wrote", old)
}

found <- c(
  if (is_pinned("lintr")) lints(),
  as.character(python_bypasses(list.files("R", full.names = TRUE))),
  if (is_pinned("roxygen2")) old_pages()
)
writeLines(found)
quit(status = as.integer(length(found) > 0))
