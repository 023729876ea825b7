test_that("`r.fit` is a Fit and `r.data` a dataset in Python", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(50, seed = 3), epochs = 2, seed = 1)
  main <- reticulate::import_main()
  main$from_r <- fit
  reticulate::py_run_string("
kind = type(from_r).__name__ + ' of ' + type(from_r.data).__name__
rows = len(from_r.data)
first = float(from_r.predict_logits([[0.25, 0.75]])[0])
del from_r")
  expect_identical(main$kind, "Fit of XORDataset")
  expect_identical(main$rows, 50L)
  expect_equal(main$first, predict(fit, cbind(0.25, 0.75), type = "logit"))
})

test_that("`py$fit` is an xor_fit and `py$data` an xor_data in R", {
  skip_if_no_torch()
  reticulate::py_run_string("
import xorlab
fit = xorlab.train_xor(epochs=2, seed=4)
points = xorlab.XORDataset(10, seed=4)
own = xorlab.as_xor_data([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], ['yes', 'no'])")
  py <- reticulate::py
  there <- py$fit
  expect_s3_class(there, "xor_fit")
  here <- train_xor(epochs = 2, seed = 4)
  there$history$seconds <- here$history$seconds
  expect_identical(there, here)
  expect_identical(py$points, xor_data(10, seed = 4))
  expect_identical(py$own$levels, c("no", "yes"))
  expect_identical(dim(py$own$x), c(2L, 3L))
})

test_that("a fit comes back from Python as it went", {
  skip_if_no_torch()
  fits <- list(
    train_xor(epochs = 1, hidden = c(3, 2), activation = "relu", seed = 1),
    train_xor(as_xor_data(cbind(u = c(0, 1)), c(TRUE, FALSE)), hidden = 1, epochs = 1, seed = 2)
  )
  for (fit in fits) expect_equal(reticulate::py_to_r(reticulate::r_to_py(fit)), fit)
})

test_that("training changes nothing that the caller holds", {
  skip_if_no_torch()
  x <- matrix(c(0, 1, 0, 1, 0, 0, 1, 1), 4)
  kept <- x + 0
  data <- as_xor_data(x, c(0, 1, 1, 0))
  fit <- train_xor(data, epochs = 3, seed = 1)
  reticulate::py_run_string("
def blank(fit):
    fit.data.data.zero_()
    fit.model.linear1.weight.data.zero_()")
  before <- unserialize(serialize(fit, NULL))
  reticulate::py$blank(fit)
  expect_identical(x, kept)
  expect_identical(data$x[, 1], kept[, 1])
  expect_identical(fit, before)
})
