article <- function(name) {
  path <- test_path("..", "..", "vignettes", paste0(name, ".Rmd"))
  skip_if_not(file.exists(path), "the sources")
  path
}

# The variables that the R chunks of these names make, without their pictures and prints.
after_chunks <- function(name, labels) {
  withr::local_pdf(NULL) # what chunks set by par() ends with it
  lines <- readLines(article(name))
  env <- new.env(parent = globalenv())
  env$plot <- env$print <- env$head <- function(...) NULL
  for (label in labels) {
    start <- grep(paste0("^```\\{r ", label, "[,}]"), lines)
    stopifnot(length(start) == 1)
    end <- start + match("```", lines[-seq_len(start)])
    eval(parse(text = lines[seq(start + 1, end - 1)]), env)
  }
  env
}
