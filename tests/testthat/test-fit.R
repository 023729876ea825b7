test_that("a fit survives saveRDS() into a new session and predicts there", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  file <- withr::local_tempfile(fileext = ".rds")
  saveRDS(fit, file)
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    "library(xorlab)",
    sprintf("logits <- predict(readRDS('%s'), rbind(0:1, 1:0), type = 'logit')", file),
    "cat(logits, sep = '\\n')"
  ))
  there <- system2(file.path(R.home("bin"), "Rscript"), script, stdout = TRUE)
  expect_equal(as.numeric(there), predict(fit, rbind(0:1, 1:0), type = "logit"), tolerance = 1e-6)
})

test_that("classes come back in the user's own levels, and NA rows as NA", {
  skip_if_no_torch()
  x <- rbind(c(0, 0, 1), c(5, 5, 1), c(0, 1, 0), c(6, 5, 2))
  own <- as_xor_data(x, factor(c("low", "high", "low", "high"), levels = c("low", "high")))
  fit <- train_xor(own, epochs = 200, seed = 1)
  expect_equal(
    predict(fit, rbind(x, NA)),
    factor(c("low", "high", "low", "high", NA), levels = c("low", "high"))
  )
  expect_input_error(predict(fit, x[, 1:2]), "must have 3 columns")
  logical <- train_xor(as_xor_data(x, c(FALSE, TRUE, FALSE, TRUE)), epochs = 200, seed = 1)
  expect_identical(predict(logical, x), c(FALSE, TRUE, FALSE, TRUE))
})

test_that("the boundary is the right way round", {
  skip_if_no_torch()
  boundary <- xor_boundary(fit_of_x1(), x1 = c(0, 1), x2 = c(0, 0.5, 1))
  expect_equal(dim(boundary$prob), c(2, 3))
  expect_true(all(boundary$prob[1, ] < 0.5))
  expect_true(all(boundary$prob[2, ] > 0.5))
})

test_that("newdata may be a data frame with its columns in any order", {
  skip_if_no_torch()
  own <- as_xor_data(data.frame(u = c(0, 1, 2, 3), v = c(5, 1, 7, 2)), c(0, 1, 0, 1))
  fit <- train_xor(own, epochs = 3, seed = 1)
  frame <- data.frame(v = c(5, 1), other = c("a", "b"), u = c(0, 1))
  expected <- predict(fit, own$x[1:2, ], type = "logit")
  expect_identical(predict(fit, frame, type = "logit"), expected)
  expect_identical(predict(fit, as.matrix(frame[c("v", "u")]), type = "logit"), expected)
})

test_that("every type of prediction is what the logit says", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  x <- rbind(c(0, 0), c(NA, 1), c(1, 0))
  logit <- predict(fit, x, type = "logit")
  # Four tanh units of x1 - 1/2, each with weight 5.
  expect_equal(logit, 20 * tanh(x[, 1] - 0.5), tolerance = 1e-6)
  expect_equal(predict(fit, x, type = "prob"), 1 / (1 + exp(-logit)))
  expect_identical(predict(fit, x), c(0L, NA, 1L))
})

test_that("without newdata the training data are predicted", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(50, seed = 1), epochs = 1, seed = 1)
  expect_identical(predict(fit), predict(fit, fit$data$x))
  fit$data <- NULL
  expect_error(predict(fit), "`newdata` must be a numeric matrix", class = "xorlab_input_error")
})

test_that("newdata or a type that do not fit are refused", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  expect_snapshot_output(refusals(list(
    quote(predict(fit, matrix(0, 2, 3))), quote(predict(fit, 1:2)),
    quote(predict(fit, data.frame(x1 = "a", x2 = 1))), quote(predict(fit, matrix(0, 0, 2))),
    quote(predict(fit, matrix(0, 1, 2), type = "raw")),
    quote(predict(fit, matrix(0, 1, 2), type = NA))
  )))
})

test_that("a fit and its summary print shapes and figures", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(100, seed = 1), epochs = 2, seed = 1)
  fit$history$seconds <- 0.25
  fit$history$loss <- c(0.75, 0.7)
  fit$history$accuracy <- 0.5
  fit$weights <- lapply(fit$weights, function(w) w * 0 + 0.5)
  fit$settings$device <- "cpu"
  expect_snapshot_output(print(fit))
  expect_snapshot_output(print(summary(fit)))
})

test_that("weights are matrices [out, in] and biases vectors", {
  skip_if_no_torch()
  shapes <- lapply(coef(train_xor(hidden = c(3, 5), epochs = 1, seed = 1)), dim)
  expect_identical(shapes, list(
    linear1.weight = c(3L, 2L), linear1.bias = NULL, linear2.weight = c(5L, 3L),
    linear2.bias = NULL, linear3.weight = c(1L, 5L), linear3.bias = NULL
  ))
})

test_that("the history has a row for each epoch", {
  skip_if_no_torch()
  history <- as.data.frame(train_xor(epochs = 3, seed = 1))
  expect_named(history, c("epoch", "loss", "accuracy", "seconds"))
  expect_identical(history$epoch, 1:3)
  expect_true(all(vapply(history, is.numeric, TRUE)))
})

test_that("a misspelt argument is refused", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1, snapshots = 0)
  expect_error(coef(fit, epochs = 0), "must be empty")
  expect_error(predict(fit, rbind(0:1), typ0 = "prob"), "must be empty")
  expect_error(summary(fit, epoch = 0), "must be empty")
})
