test_that("plot(fit, \"landscape\") gives the losses of nets whose weights R computes by hand", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(xor_data(300, seed = 1), seed = 1, snapshots = seq(0, 100, 20))
  drawn <- plot(fit, "landscape")
  expect_identical(dim(drawn$loss), c(51L, 51L))
  expect_identical(drawn$path$epoch, as.integer(seq(0, 100, 20)))
  expect_identical(unlist(drawn$path[6, c("x", "y")], use.names = FALSE), c(0, 0))
  loss <- eval_xor(fit, fit$data)$loss
  near <- drawn$loss[which.min(abs(drawn$x)), which.min(abs(drawn$y))]
  expect_lt(abs(log(near / loss)), 0.5)
  expect_identical(plot(fit, "landscape")$loss, drawn$loss)
})

test_that("in the middle of directions at random is the fit itself, and the seed counts", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(xor_data(300, seed = 1), epochs = 20, seed = 1)
  drawn <- plot(fit, "landscape", directions = "random", seed = 3)
  expect_equal(drawn$loss[26, 26], eval_xor(fit, fit$data)$loss, tolerance = 1e-4)
  other <- plot(fit, "landscape", directions = "random", seed = 4)
  expect_false(identical(other$loss, drawn$loss))
})

test_that("the landscape of an earlier epoch has the path up to there", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(xor_data(300, seed = 1), epochs = 40, seed = 1, snapshots = seq(0, 40, 10))
  expect_identical(plot(fit, "landscape", epoch = 30)$path$epoch, c(0L, 10L, 20L, 30L))
})

test_that("what has no landscape is refused", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(epochs = 2, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(fit, "landscape")), quote(plot(fit, "landscape", directions = "up")),
    quote(plot(fit, "landscape", directions = "random", seed = -1)), quote(plot(fit, seed = 2))
  )))
})
