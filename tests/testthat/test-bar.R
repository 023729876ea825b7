test_that("a bar shows in R's own stream where one is asked for, and else nothing", {
  skip_if_no_torch()
  quiet <- run_r(c("library(xorlab)", "fit <- train_xor(epochs = 2, seed = 1)"))
  expect_identical(quiet, character())
  bar <- run_r(c(
    "library(xorlab)",
    "withCallingHandlers(",
    "  invisible(train_xor(epochs = 20, seed = 1, verbose = TRUE)),",
    "  message = function(cnd) cat('of R:', class(cnd)[1], '\\n')",
    ")"
  ))
  expect_match(paste(bar, collapse = ""), "Epochs.*20/20")
})

test_that("in a terminal the bar is drawn over itself and gone in the end", {
  skip_if_no_torch()
  skip_if_not(nzchar(Sys.which("script")) && Sys.info()[["sysname"]] == "Linux")
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    "library(xorlab)", "fit <- train_xor(epochs = 3000, seed = 1)", "cat('and then\\n')"
  ))
  command <- paste(shQuote(file.path(R.home("bin"), "Rscript")), shQuote(script))
  shown <- paste(
    system2("script", c("-qec", shQuote(command), "/dev/null"), stdout = TRUE, stderr = TRUE,
            stdin = "", env = "TESTTHAT=false"),
    collapse = "\n"
  )
  expect_match(shown, "Epochs.*[0-9]+/3000.*\r.*Epochs.*[0-9]+/3000")
  expect_match(shown, "\r\033\\[K[^E]*and then")
  expect_length(gregexpr("\n", sub("and then.*", "", shown))[[1]], 1)
})

test_that("a study's bar counts nets", {
  skip_if_no_torch()
  bar <- run_r(c(
    "library(xorlab)", "study <- seed_study(runs = 3, epochs = 1, seed = 1, verbose = TRUE)"
  ))
  expect_match(paste(bar, collapse = ""), "Nets.*3/3")
})
