test_that("a saved fit comes back as it was", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, path)
  expect_equal(load_xor(path), fit)
})

test_that("files that are none are named", {
  skip_if_no_torch()
  empty <- withr::local_tempfile(lines = character(), fileext = ".pt")
  expect_error(load_xor(empty), "not a saved fit", class = "xorlab_error")
  expect_error(load_xor(tempdir()), "is a folder", class = "xorlab_error")
  expect_error(save_xor(train_xor(epochs = 1), "no/such/folder.pt"), "not there",
               class = "xorlab_error")
})
