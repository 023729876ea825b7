points <- function() xor_data(60, seed = 1)

test_that("a training that goes on gives the weights of one in one go, bit for bit", {
  skip_if_no_torch()
  whole <- train_xor(points(), epochs = 9, seed = 1)
  part <- train_xor(points(), epochs = 4, seed = 1)
  longer <- resume_xor(part, epochs = 9)
  expect_identical(coef(longer), coef(whole))
  expect_identical(longer$history$loss, whole$history$loss)
  expect_identical(longer$settings, whole$settings)
})

test_that("a checkpoint is a fit that goes on", {
  skip_if_no_torch()
  path <- withr::local_tempfile(fileext = ".pt")
  fit <- train_xor(points(), epochs = 7, seed = 1, checkpoint = path, every = 3)
  expect_identical(coef(load_xor(path)), coef(fit))
  longer <- resume_xor(path, epochs = 9)
  expect_identical(coef(longer), coef(train_xor(points(), epochs = 9, seed = 1)))
})

test_that("Ctrl-C says how many epochs were done, leaves R usable, and the training goes on", {
  skip_if_no_torch()
  skip_on_os("windows")
  path <- withr::local_tempfile(fileext = ".pt")
  shown <- interrupted_script(
    c(
      "library(xorlab)",
      sprintf("path <- '%s'", path),
      "caught <- tryCatch(train_xor(epochs = 1e6, seed = 1, checkpoint = path),",
      "                   interrupt = function(cnd) class(cnd)[1])",
      "cat('caught', caught, '\\n')",
      "epochs <- nrow(load_xor(path)$history)",
      "rest <- resume_xor(epochs = epochs + 5)",
      "whole <- train_xor(epochs = epochs + 5, seed = 1)",
      "cat(epochs, 'epochs then:', identical(coef(rest), coef(whole)), '\\n')"
    ),
    when = function(shown) file.exists(path)
  )
  said <- grep("Interrupted after [0-9]+ of 1000000 epochs", shown, value = TRUE)
  expect_length(said, 1)
  epochs <- sub(".*after ([0-9]+) of.*", "\\1", said)
  expect_match(shown, "resume_xor()` goes on", fixed = TRUE, all = FALSE)
  expect_match(shown, "^caught interrupt", all = FALSE)
  expect_match(shown, sprintf("^%s epochs then: TRUE", epochs), all = FALSE)
})

test_that("Ctrl-C ends a training early, and leaves R free and no process behind", {
  skip_if_no_torch()
  skip_on_os("windows")
  shown <- interrupted_script(
    c(
      "library(xorlab)",
      "tryCatch(train_xor(epochs = 1e6, seed = 1, verbose = TRUE), interrupt = identity)",
      "mine <- paste0('PPid:\t', Sys.getpid())",
      "processes <- Sys.glob('/proc/[0-9]*/status')", # of Linux
      "child <- function(path) tryCatch(mine %in% readLines(path), error = function(e) FALSE)",
      "cat('\nchildren:', sum(vapply(processes, child, NA)), '\n')"
    ),
    when = function(shown) any(grepl("[1-9][0-9]*/1000000", shown, useBytes = TRUE))
  )
  epochs <- sub(".*Interrupted after ([0-9]+) of 1000000 epochs.*", "\\1",
                grep("Interrupted after", shown, value = TRUE, useBytes = TRUE), useBytes = TRUE)
  expect_lt(as.integer(epochs), 1e6)
  expect_match(shown, "^children: 0", all = FALSE, useBytes = TRUE)
})

test_that("a script ends at Ctrl-C", {
  skip_if_no_torch()
  skip_on_os("windows")
  shown <- interrupted_script(
    c(
      "library(xorlab)",
      "fit <- train_xor(epochs = 1e6, seed = 1, verbose = TRUE)",
      "cat('not reached\\n')"
    ),
    when = function(shown) any(grepl("[1-9][0-9]*/1000000", shown, useBytes = TRUE))
  )
  expect_false(any(grepl("not reached", shown)))
  expect_match(shown, "Interrupted after", all = FALSE)
})

test_that("what cannot go on is named", {
  skip_if_no_torch()
  fit <- train_xor(points(), epochs = 3, seed = 1)
  bare <- fit
  bare["settings"] <- list(NULL)
  expect_snapshot_output(refusals(list(
    quote(resume_xor(fit)), quote(resume_xor(fit, epochs = 2)),
    quote(resume_xor(fit, lr = 0.2)), quote(train_xor(points(), resume = fit)),
    quote(resume_xor(bare, epochs = 9)), quote(resume_xor(fit, epochs = 9, device = "nowhere")),
    quote(resume_xor(3)), quote(resume_xor()),
    quote(resume_xor("no-such-file.pt")),
    quote(train_xor(checkpoint = "no-such-folder/fit.pt")), quote(train_xor(checkpoint = 1)),
    quote(train_xor(every = 0))
  )))
})
