bad_counts <- list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, c(1, 2), TRUE, 3e9)
bad_numbers <- list(-1, NaN, Inf, NA, "a", NULL, TRUE, c(1, 2))

test_that("a count that is none is refused by name, value and the user's call", {
  expect_snapshot_output(refusals(calls_with("xor_data", "size", bad_counts)))
  for (name in c("epochs", "batch_size")) {
    expect_snapshot_output(refusals(calls_with("train_xor", name, bad_counts)))
  }
  hidden <- c(setdiff(bad_counts, list(c(1, 2))), list(list(), list(4, "a"), c(4, 0)))
  expect_snapshot_output(refusals(calls_with("train_xor", "hidden", hidden)))
  expect_snapshot_output(refusals(calls_with("xor_data", "seed", list(-1, 1.5, "a", c(1, 2)))))
})

test_that("a number that is none is refused by name, value and the user's call", {
  expect_snapshot_output(refusals(calls_with("xor_data", "std", bad_numbers)))
  expect_snapshot_output(refusals(calls_with("train_xor", "lr", c(list(0), bad_numbers))))
})

test_that("a choice, a flag or an object that is none is refused by name", {
  expect_snapshot_output(refusals(c(
    calls_with("train_xor", "activation", list("gelu", NA, 1, c("tanh", "relu"))),
    calls_with("train_xor", "verbose", list("loud", NA, 1)),
    calls_with("train_xor", "data", list(1:3, "a"))
  )))
  expect_snapshot_output(refusals(list(quote(eval_xor(1)), quote(xor_boundary(NULL)),
                                       quote(save_xor("fit", "a.pt")))))
})

test_that("what is refused draws nothing from R's generator", {
  set.seed(1)
  before <- .Random.seed
  try(xor_data(size = 0), silent = TRUE)
  try(xor_data(std = -1), silent = TRUE)
  try(train_xor(epochs = 0), silent = TRUE)
  expect_identical(.Random.seed, before)
})

test_that("braces in a user's value are shown, not run", {
  expect_error(train_xor(activation = "{stop('run')}"), "{stop('run')}", fixed = TRUE,
               class = "xorlab_input_error")
})

test_that("100 and 100L are the same count", {
  expect_identical(check_count(100), 100L)
  expect_identical(check_count(100L), 100L)
  expect_identical(check_counts(list(8)), list(8L))
  expect_identical(check_counts(c(8, 8)), list(8L, 8L))
})

test_that("the nearest name is one that is close, whatever its case", {
  nearest <- xorlab:::nearest
  flowers <- c("Species", "Petal.Width", "Petal.Length")
  expect_identical(nearest("Petal.width", flowers), "Petal.Width")
  expect_identical(nearest("X2", c("x1", "x2")), "x2")
  expect_identical(nearest("Tanh", c("relu", "tanh")), "tanh")
  expect_null(nearest("Species", "Petal.Width"))
  expect_null(nearest("a", character()))
})
