# What a command shows in a terminal of its own, as one string; `input` is typed there.
in_a_terminal <- function(command, input = NULL) {
  skip_if_not(nzchar(Sys.which("script")) && Sys.info()[["sysname"]] == "Linux")
  shown <- system2("script", c("-qec", shQuote(command), "/dev/null"), input = input %||% "",
                   stdout = TRUE, stderr = TRUE, env = c("TESTTHAT=false", "TERM=xterm"))
  paste(shown, collapse = "\n")
}

drawn_over_itself <- "Epochs.*[0-9]+/3000[^\n]*\r[^\n]*Epochs.*[0-9]+/3000"

test_that("in a pipe nothing is shown, and where it is asked for, lines up to a full one", {
  skip_if_no_torch()
  code <- function(verbose) {
    c("library(xorlab)",
      sprintf("fit <- train_xor(epochs = 20, seed = 1, verbose = %s)", verbose))
  }
  expect_identical(run_r(code("'auto'")), character())
  expect_match(paste(run_r(code("TRUE")), collapse = ""), "Epochs.*20/20")
})

test_that("the bar is R's own, not one that Python writes behind R's back", {
  skip_if_no_torch()
  shown <- run_r(c(
    "library(xorlab)", "file <- tempfile()", "connection <- file(file, 'w')",
    "sink(connection, type = 'message')",
    "fit <- train_xor(epochs = 20, seed = 1, verbose = TRUE)",
    "sink(type = 'message')", "close(connection)",
    "cat('sunk:', any(grepl('20/20', readLines(file), useBytes = TRUE)), '\\n')"
  ), "RSTUDIO=1")
  expect_identical(shown, "sunk: TRUE ")
})

test_that("a script in a terminal has a bar that is drawn over itself and gone in the end", {
  skip_if_no_torch()
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    "library(xorlab)", "fit <- train_xor(epochs = 3000, seed = 1)", "cat('and then\\n')"
  ))
  shown <- in_a_terminal(paste(shQuote(file.path(R.home("bin"), "Rscript")), shQuote(script)))
  expect_match(shown, drawn_over_itself)
  expect_match(shown, "\r\033\\[K[^E]*and then")
})

test_that("so has the console", {
  skip_if_no_torch()
  shown <- in_a_terminal(
    paste(shQuote(file.path(R.home("bin"), "R")), "--quiet --no-save --no-readline"),
    c("library(xorlab)", "fit <- train_xor(epochs = 3000, seed = 1)", "interactive()", "q()")
  )
  expect_match(shown, drawn_over_itself)
  expect_match(shown, "\r\033\\[K[^E]*\\[1\\] TRUE")
})

test_that("a study's bar counts nets", {
  skip_if_no_torch()
  bar <- run_r(c(
    "library(xorlab)", "study <- seed_study(runs = 3, epochs = 1, seed = 1, verbose = TRUE)"
  ))
  expect_match(paste(bar, collapse = ""), "Nets.*3/3")
})
