article <- function(name) {
  path <- test_path("..", "..", "vignettes", paste0(name, ".Rmd"))
  skip_if_not(file.exists(path), "the sources")
  path
}

# What the session said that knitted a page, the page, its body, and its text alone.
as_page <- function(html, log = character()) {
  body <- gsub('src="data:image/png[^"]*"', 'src="embedded"', sub(".*<body", "<body", html))
  list(log = log, html = html, body = body, text = gsub("<[^>]*>", "", body))
}

read_page <- function(path) paste(readLines(path, warn = FALSE), collapse = "\n")

# Knits a document in a fresh session, in which a warning is an error, and a folder of its own.
knit_page <- function(input, before = character(), frame = parent.frame()) {
  folder <- withr::local_tempdir(.local_envir = frame)
  # With a folder of pictures of the same name, where there is one.
  beside <- c(file.path(dirname(input), "_pictures.R"), sub("[.]Rmd$", "", input))
  file.copy(Filter(file.exists, c(input, beside)), folder, recursive = TRUE)
  rmd <- file.path(folder, basename(input))
  render <- sprintf("rmarkdown::render('%s', quiet = TRUE)", rmd)
  log <- run_r(c(before, "options(warn = 2)", render))
  as_page(read_page(sub("Rmd$", "html", rmd)), log)
}

# A vignette as R CMD build knitted it: make test-r builds the tarball first. Where nobody did, as
# when one file of tests is run by hand, it is knitted here.
vignette_page <- function(name) {
  source <- article(name)
  pages <- Sys.getenv("XORLAB_PAGES")
  if (!nzchar(pages)) return(knit_page(source))
  as_page(read_page(file.path(pages, paste0(name, ".html"))))
}

# That an article has so many pictures, and shows no warning, no progress and no error but those
# that it is about.
expect_article <- function(name, pictures, errors = 0) {
  page <- vignette_page(name)
  times <- function(what) lengths(regmatches(page$body, gregexpr(what, page$body, fixed = TRUE)))
  expect_identical(page$log, character())
  expect_equal(times('src="embedded"'), pictures)
  expect_equal(times("Error in"), errors)
  for (residue in c("Warning:", "Warning in", "Epochs:", "it/s")) {
    expect_equal(times(residue), 0, label = residue)
  }
  invisible(page)
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
