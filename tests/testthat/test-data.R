test_that("xor_data() gives a matrix and labels that belong together", {
  skip_if_no_torch()
  data <- xor_data(200, std = 0, seed = 1)
  expect_equal(dim(data$x), c(200, 2))
  expect_equal(colnames(data$x), c("x1", "x2"))
  expect_equal(data$label, as.integer(data$x[, 1] != data$x[, 2]))
})

test_that("set.seed() governs where no seed is given", {
  skip_if_no_torch()
  set.seed(3)
  first <- xor_data(10)
  set.seed(3)
  expect_identical(xor_data(10), first)
})

test_that("a size or std that is none is named", {
  for (bad in list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, c(1, 2), TRUE, 3e9)) {
    expect_input_error(xor_data(size = bad), "`size` must be a whole number")
  }
  for (bad in list(-1, NA, Inf, "a", NULL)) expect_input_error(xor_data(std = bad), "`std` must")
})

test_that("as_xor_data() refuses what is not two-class data", {
  x <- matrix(c(1, 2, 3, 4), 2)
  expect_input_error(as_xor_data(x, c("a", "a")), "exactly two classes, not 1")
  expect_input_error(as_xor_data(rbind(x, x), c("a", "b", "c", "a")), "exactly two classes, not 3")
  expect_input_error(as_xor_data(x, 1), "one entry for each of the 2 rows")
  expect_input_error(as_xor_data(data.frame(a = c("u", "v")), 0:1), "must be numeric")
  expect_input_error(as_xor_data(matrix(0, 0, 2), integer()), "at least one row")
  expect_input_error(as_xor_data(rbind(x, NA), c(0, 1, 1)), "1 of 3 rows")
  expect_input_error(as_xor_data(x, 1:2), "must be 0 and 1")
})
