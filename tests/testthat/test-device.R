test_that("the device is one of those that are here", {
  skip_if_no_torch()
  expect_identical(xor_device("cpu"), "cpu")
  here <- strsplit(xorlab_sitrep()$devices, ", ")[[1]]
  expect_true(xor_device() %in% c(here, "cuda"))
})

test_that("an unknown device, or one that is not here, is refused with what is", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(c(
    calls_with("xor_device", "device", list("gpu", "cuda:99", "", 1, NA, NULL, c("cpu", "cuda"))),
    calls_with("train_xor", "device", list("gpu", "cuda:99", "meta", 1, NULL))
  ), hide = "(?<=which has ).*(?=[.]$)"))
})
