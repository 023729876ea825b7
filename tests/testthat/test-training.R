test_that("train_xor() learns continuous XOR", {
  skip_if_no_torch()
  fit <- train_xor(seed = 1)
  expect_s3_class(fit, "xor_fit")
  expect_equal(nrow(as.data.frame(fit)), 100)
  expect_gt(eval_xor(fit, xor_data(500, seed = 2))$accuracy, 0.99)
  expect_output(print(eval_xor(fit, xor_data(500, seed = 2))), "^Accuracy of the model: ")
})

test_that("R and Python agree bit for bit on one seed in one process", {
  skip_if_no_torch()
  there <- xorlab_module()$train_xor(epochs = 3L, seed = 7L)
  expect_identical(coef(there), coef(train_xor(epochs = 3, seed = 7)))
})

# MKL sums in another order in a process of R's than in one of Python's, so the last bits may differ.
test_that("R and a Python process of its own agree to float32", {
  skip_if_no_torch()
  code <- "import xorlab, sys
for w in xorlab.train_xor(epochs=3, seed=7).weights().values():
    for v in w.astype(float).ravel(order='F'): print(v.hex())"
  path <- system.file("python", package = "xorlab")
  script <- withr::local_tempfile(lines = code, fileext = ".py")
  lines <- withr::with_envvar(
    c(PYTHONPATH = path),
    system2(reticulate::py_exe(), script, stdout = TRUE)
  )
  ours <- unlist(coef(train_xor(epochs = 3, seed = 7)), use.names = FALSE)
  expect_length(lines, 17)
  expect_equal(ours, as.numeric(lines), tolerance = 1e-6)
})

test_that("arguments that are none are named", {
  for (bad in list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, TRUE, 3e9)) {
    for (name in c("epochs", "batch_size", "hidden")) {
      arguments <- setNames(list(bad), name)
      expect_input_error(do.call(train_xor, arguments), paste0("`", name, "` must be"))
    }
  }
  expect_input_error(train_xor(lr = 0), "`lr` must be a finite number above 0")
  expect_input_error(train_xor(activation = "gelu"), "`activation` must be")
})

test_that("a device that is not here is an error with those that are", {
  skip_if_no_torch()
  expect_error(train_xor(device = "gpu"), "`device` must be", class = "xorlab_error")
})

test_that("hidden units may be given in every usual way", {
  skip_if_no_torch()
  for (good in list(8, 8L, c(8, 8), list(8))) {
    expect_equal(train_xor(hidden = good, epochs = 1, seed = 1)$settings$hidden,
                 as.integer(unlist(good)))
  }
})

test_that("a loss that is not finite stops with the history", {
  skip_if_no_torch()
  cnd <- expect_error(
    train_xor(hidden = c(8, 8), activation = "identity", lr = 1e30, seed = 1),
    "smaller `lr`", class = "xorlab_training_error"
  )
  expect_s3_class(cnd$history, "data.frame")
})
