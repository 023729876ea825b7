test_that("autograd_demo() gives 38/3 and (4/3, 2, 8/3), and twice that without zeroing", {
  skip_if_no_torch()
  demo <- autograd_demo()
  expect_equal(demo$value, 38 / 3, tolerance = 1e-6)
  expect_equal(demo$gradient, c(4, 6, 8) / 3, tolerance = 1e-6)
  expect_equal(demo$gradient_without_zeroing, 2 * demo$gradient, tolerance = 1e-6)
  expect_identical(demo$x, c(0, 1, 2))
  expect_false(demo$requires_grad_default)
  expect_true(demo$requires_grad_switched_on)
})

test_that("benchmark_matmul() has a row for each device, whose figures belong together", {
  skip_if_no_torch()
  timing <- benchmark_matmul(64, repeats = 2, device = "cpu")
  expect_named(timing, c("device", "seconds", "gflops"))
  expect_identical(timing$device, "cpu")
  expect_equal(timing$gflops, 2 * 64^3 / timing$seconds / 1e9)
  expect_true("cpu" %in% benchmark_matmul(16)$device)
})

test_that("a matrix size or device that is none is refused", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(list(
    quote(benchmark_matmul(0)), quote(benchmark_matmul("a")), quote(benchmark_matmul(8, 0)),
    quote(benchmark_matmul(8, device = "gpu")), quote(benchmark_matmul(8, device = 1))
  )))
})
