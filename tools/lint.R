# lintr over the R code and its tests; fails on any lint.
found <- do.call(c, lapply(c("R", "tests/testthat", "inst/examples", "tools"), lintr::lint_dir))
for (lint in found) {
  cat(sprintf("%s:%d: %s\n", lint$filename, lint$line_number, lint$message))
}
quit(status = as.integer(length(found) > 0))
