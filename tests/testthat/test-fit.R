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
