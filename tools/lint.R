# lintr over the R code and its tests, and the calls into Python; fails on any lint.
source("tools/python_calls.R")

found <- do.call(c, lapply(c("R", "tests/testthat", "inst/examples", "tools"), lintr::lint_dir))
for (lint in found) {
  cat(sprintf("%s:%d: %s\n", lint$filename, lint$line_number, lint$message))
}
bypasses <- python_bypasses(list.files("R", full.names = TRUE))
writeLines(as.character(bypasses))
quit(status = as.integer(length(found) + length(bypasses) > 0))
