# A training takes another time each time.
without_seconds <- function(lines) gsub("[0-9]+[.][0-9]+ s$", "... s", lines)

# The README's blocks of R without their output, run in a session of its own: each as knitr prints
# it, with the output below the lines that gave it.
readme_run <- function(blocks) {
  document <- withr::local_tempfile(fileext = ".Rmd")
  code <- lapply(blocks, function(block) c("```{r}", block[!startsWith(block, "#>")], "```"))
  writeLines(unlist(code), document)
  log <- run_r(c(
    "options(warn = 2)",
    "knitr::opts_chunk$set(collapse = TRUE, comment = '#>', fig.show = 'hide', error = FALSE)",
    sprintf("knitr::knit('%s', '%s.md', quiet = TRUE)", document, document)
  ))
  if (!file.exists(paste0(document, ".md"))) stop(paste(log, collapse = "\n"))
  lines <- readLines(paste0(document, ".md"))
  starts <- which(lines == "```r")
  ends <- vapply(starts, function(i) i + match("```", lines[-seq_len(i)]), 0)
  Map(function(i, j) without_seconds(lines[seq(i + 1, j - 1)]), starts, ends)
}
