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

test_that("every optimizer goes on bit for bit, from a fit, a file of R's and one of Python's", {
  skip_if_no_torch()
  given <- list(
    list(momentum = 0.9), list(optimizer = "adam"), list(optimizer = "rmsprop", l1 = 0.001),
    list(optimizer = "adam", engine = "autograd"),
    list(momentum = 0.9, nesterov = TRUE, engine = "autograd", validation = 0.2)
  )
  for (one in given) {
    train <- function(epochs) do.call(train_xor, c(list(points(), epochs = epochs, seed = 1), one))
    whole <- train(9)
    part <- train(4)
    rds <- withr::local_tempfile(fileext = ".rds")
    saveRDS(part, rds)
    expect_identical(readRDS(rds), part)
    pt <- withr::local_tempfile(fileext = ".pt")
    save_xor(part, pt)
    expect_identical(load_xor(pt), part)
    for (kept in list(part, readRDS(rds), load_xor(pt), pt)) {
      longer <- resume_xor(kept, epochs = 9)
      same <- c("weights", "optimizer_state", "settings", "validation")
      expect_identical(longer[same], whole[same])
      expect_identical(longer$history[-4], whole$history[-4])
    }
  }
})

test_that("a fit that was kept goes on in a new session, bit for bit", {
  skip_if_no_torch()
  train <- function(epochs) {
    train_xor(
      Species ~ ., data = iris, optimizer = "adam", validation = 0.2, patience = 50,
      epochs = epochs, seed = 1
    )
  }
  rds <- withr::local_tempfile(fileext = ".rds")
  saveRDS(train(4), rds)
  run_r(c(
    "library(xorlab)", sprintf("saveRDS(resume_xor(readRDS('%s'), epochs = 9), '%s')", rds, rds)
  ))
  expect_identical(readRDS(rds)$weights, train(9)$weights)
  expect_identical(readRDS(rds)$optimizer_state, train(9)$optimizer_state)
})

test_that("another optimizer than that of the fit is refused, and nothing is changed", {
  skip_if_no_torch()
  fit <- train_xor(points(), epochs = 3, optimizer = "adam", seed = 1)
  before <- fit
  expect_identical(resume_xor(fit, 5, optimizer = "adam")$weights, resume_xor(fit, 5)$weights)
  own <- reticulate::py_run_string(paste0(
    "import torch, xorlab\n",
    "own = xorlab.train_xor(epochs=3, seed=1, optimizer=lambda p: torch.optim.Adagrad(p, lr=0.1))"
  ))$own
  expect_snapshot_output(refusals(list(
    quote(resume_xor(fit, epochs = 5, optimizer = "sgd")),
    quote(resume_xor(fit, epochs = 5, optimizer = "sdg")),
    quote(resume_xor(fit, epochs = 5, optimizer = function(p) NULL)),
    quote(resume_xor(own, epochs = 5)),
    quote(resume_xor(own, epochs = 5, optimizer = "adam"))
  )))
  expect_identical(fit, before)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(own, path)
  expect_identical(load_xor(path), own)
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
  forget_interrupted()
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
