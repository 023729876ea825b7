# A net of many units on few rows, whose labels have nothing to do with its columns.
by_heart <- function(..., seed = 1, epochs = 150) {
  withr::local_seed(seed)
  x <- matrix(rnorm(120 * 8), 120)
  y <- sample(rep(c("heads", "tails"), 60))
  train_xor(
    x, y, hidden = 30, optimizer = "adam", epochs = epochs, validation = 0.3, seed = seed, ...
  )
}

# What Python says of a fit, without its first words, which are not R's.
python_notes <- function(fit, pattern) {
  main <- reticulate::import_main(convert = FALSE)
  main$fit <- fit
  lines <- strsplit(reticulate::py_eval("repr(fit)"), "\n")[[1]]
  trimws(grep(pattern, lines, value = TRUE))
}

of_validation <- "validation on|weights of epoch|by heart"

test_that("of labels by chance it is said that they are learned by heart, and from where on", {
  skip_if_no_torch()
  for (seed in 1:4) {
    fit <- by_heart(seed = seed)
    best <- which.min(fit$history$val_loss)
    said <- sprintf("after epoch %d the net learned its rows by heart: %s", best,
                    "the validation loss rose while the training loss fell")
    expect_identical(utils::tail(format(fit), 1), said)
    expect_output(print(summary(fit)), said, fixed = TRUE)
    expect_match(diagnose_xor(fit)$notes[1], paste("learned its rows by heart: after epoch", best))
  }
})

test_that("of healthy nets it is not", {
  skip_if_no_torch()
  for (seed in 1:6) {
    fit <- train_xor(validation = 0.2, seed = seed)
    expect_no_match(format(fit), "by heart")
    expect_length(format(fit), 6)
    expect_false(diagnose_xor(fit)$cause == "overfitting")
  }
})

test_that("a fit that stopped early says of which epoch its weights are, and has no more to go", {
  skip_if_no_torch()
  fit <- by_heart(patience = 20)
  best <- fit$best_epoch
  result <- eval_xor(fit, fit$validation)
  notes <- format(fit)
  expect_match(notes[6], sprintf("^%d epochs: loss", best + 20L))
  expect_identical(notes[7:8], c(
    sprintf("validation on 36 points held out: loss %.4f, accuracy %.2f%%", result$loss,
            100 * result$accuracy),
    sprintf("weights of epoch %d, the best of %d; training stopped, as patience is 20", best,
            best + 20L)
  ))
})

test_that("both languages say the same of validation", {
  skip_if_no_torch()
  press <- function(epoch, history) if (epoch == 12) stop("Mine.")
  path <- withr::local_tempfile(fileext = ".pt")
  expect_error(by_heart(patience = 20, after_epoch = press, checkpoint = path), "Mine.")
  fits <- list(
    by_heart(), by_heart(patience = 20), by_heart(patience = 3), load_xor(path),
    train_xor(validation = xor_data(50, seed = 2), patience = 7, epochs = 3, seed = 1),
    train_xor(validation = xor_data(50, seed = 2), patience = 7, epochs = 9, seed = 1,
              after_epoch = function(epoch, history) epoch == 4),
    train_xor(epochs = 2, seed = 1)
  )
  counts <- vapply(fits, function(fit) {
    said <- grep(of_validation, format(fit), value = TRUE)
    expect_identical(said, python_notes(fit, of_validation))
    length(said)
  }, 0L)
  expect_identical(range(counts), c(0L, 3L))
  # What is left to do is said by either, of the same fits.
  left <- vapply(fits, function(fit) any(grepl("epochs? of [0-9]+: loss", format(fit))), NA)
  expect_identical(left, vapply(fits, function(fit) length(python_notes(fit, "to go")) > 0, NA))
  expect_identical(which(left), 4L)
})

test_that("R finds where losses part as Python does, whatever they are", {
  skip_if_no_torch()
  withr::local_seed(1)
  reticulate::py_run_string("
import xorlab
def parted(loss, val_loss):
    n = len(loss)
    return xorlab.History(loss, [0.5] * n, [0.1] * n, val_loss, [0.5] * n).parted()
")
  in_python <- reticulate::import_main()$parted
  found <- vapply(1:300, function(k) {
    n <- sample(2:60, 1)
    loss <- abs(0.7 - cumsum(rnorm(n, 0.01, 0.02)))
    rise <- cumsum(rnorm(n, 0.002, 0.01))
    val_loss <- abs(runif(1, 0.02, 0.7) + rise)
    if (k %% 50 == 0) val_loss[sample(n, 1)] <- Inf
    r <- xorlab:::parted(data.frame(loss = loss, val_loss = val_loss))
    expect_identical(r, in_python(as.list(loss), as.list(val_loss)))
    !is.null(r)
  }, NA)
  expect_gt(mean(found), 0.2)
  expect_lt(mean(found), 0.8)
  expect_null(xorlab:::parted(data.frame(loss = 1:9)))
})

test_that("a fit says all that without Python", {
  skip_if_no_torch()
  fit <- by_heart()
  file <- withr::local_tempfile(fileext = ".rds")
  saveRDS(fit, file)
  shown <- run_r(c(
    sprintf("fit <- readRDS('%s')", file), "library(xorlab)", "writeLines(format(fit))",
    "cat(reticulate::py_available(), '\\n')"
  ))
  expect_identical(trimws(shown), c(format(fit), "FALSE"))
})
