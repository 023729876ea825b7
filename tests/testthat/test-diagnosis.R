# Class 1 between the lines x1 + x2 = 1/2 and x1 + x2 = 3/2.
solved_fit <- function() {
  fit <- train_xor(hidden = 2, epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- 20
  fit$weights$linear1.bias[] <- c(-10, -30)
  fit$weights$linear2.weight[] <- c(10, -10)
  fit$weights$linear2.bias[] <- -10
  fit
}

test_that("a solved net is called solved", {
  skip_if_no_torch()
  found <- diagnose_xor(solved_fit())
  expect_true(found$solved)
  expect_equal(nrow(found$lost), 0)
  expect_equal(found$best, bayes_xor(0.1)$accuracy)
  expect_match(format(found)[1], "^Diagnosis: solved, every corner has its own class$")
})

test_that("a lost corner is named, and the net is not called solved", {
  skip_if_no_torch()
  fit <- solved_fit()
  fit$weights$linear1.bias[1] <- 30 # no line left before (0, 0)
  found <- diagnose_xor(fit)
  expect_false(found$solved)
  expect_identical(found$lost, cbind(x1 = 0L, x2 = 0L))
  expect_equal(found$accuracy, 0.75, tolerance = 0.01)
  expect_output(print(found), "not solved, corner (0, 0) is lost", fixed = TRUE)
})

test_that("units come as a data frame with the twin of each duplicate", {
  skip_if_no_torch()
  fit <- solved_fit()
  fit$weights$linear1.weight[] <- 4
  fit$weights$linear1.bias[] <- -2
  units <- diagnose_xor(fit)$units
  expect_identical(units$twin, c(NA, 1L))
  expect_equal(units$correlation, c(NA, 1))
  expect_false(any(units$dead, units$saturated))
  fit$weights$linear1.weight[1, ] <- 0
  expect_identical(diagnose_xor(fit)$units$dead, c(TRUE, FALSE))
})

test_that("slow is told apart from stuck, and the cause comes first", {
  skip_if_no_torch()
  slow <- diagnose_xor(train_xor(hidden = 2, seed = 10))
  expect_identical(c(slow$cause, slow$rate), rep("not done yet", 2))
  said <- "^Not done yet: about [0-9]+ more epochs solve XOR at the learning rate 0.1"
  expect_match(slow$notes[1], said)
  stuck <- diagnose_xor(train_xor(hidden = 2, seed = 5))
  expect_identical(c(stuck$cause, stuck$rate), c("stuck", "no sign of trouble"))
  expect_match(stuck$notes[1], "^Stuck: 300 more epochs leave the loss at 0.3")
})

test_that("raw petals are to be standardised, which train_xor() does by itself", {
  skip_if_no_torch()
  two <- droplevels(iris[iris$Species != "setosa", 3:5])
  data <- as_xor_data(two[1:2], two$Species)
  raw <- diagnose_xor(train_xor(data, scale = FALSE, seed = 1))
  expect_identical(c(raw$cause, raw$rate), c("columns not standardised", "unknown"))
  expect_match(raw$notes[1], "Petal.Length, Petal.Width. Standardise them")
  by_hand <- train_xor(as_xor_data(scale(two[1:2]), two$Species), scale = FALSE, seed = 1)
  for (fit in list(train_xor(data, seed = 1), by_hand)) {
    expect_false(diagnose_xor(fit)$cause == "columns not standardised")
  }
})

test_that("the rate is judged by the history", {
  skip_if_no_torch()
  expect_equal(diagnose_xor(train_xor(epochs = 10, lr = 1e-4, seed = 1))$rate, "too low")
  expect_warning(high <- train_xor(epochs = 10, lr = 30, seed = 1), "diverged")
  expect_equal(diagnose_xor(high)$rate, "too high")
})

test_that("data of your own have no corners", {
  skip_if_no_torch()
  own <- as_xor_data(scale(iris[1:4]), iris$Species == "setosa")
  found <- diagnose_xor(train_xor(own, epochs = 20, seed = 1))
  expect_identical(found$solved, NA)
  expect_null(found$best)
  expect_equal(found$guessing, 2 / 3)
  expect_equal(found$headline, "better than guessing on these data")
})

test_that("a bare state dict is diagnosed without a history", {
  skip_if_no_torch()
  fit <- solved_fit()
  fit["settings"] <- list(NULL)
  fit["data"] <- list(NULL)
  fit$history <- fit$history[0, ]
  found <- diagnose_xor(fit)
  expect_true(found$solved)
  expect_equal(found$rate, "unknown")
  expect_match(found$notes, "XOR with noise 0.1 was taken", all = FALSE)
})

test_that("what is no fit, or not its data, is named", {
  expect_input_error(diagnose_xor(1), "`fit` must be made by `train_xor\\(\\)`")
  skip_if_no_torch()
  own <- as_xor_data(iris[1:4], iris$Species == "setosa")
  expect_input_error(diagnose_xor(solved_fit(), own), "the classes 0 and 1 of the fit")
  wide <- as_xor_data(iris[1:4], as.integer(iris$Species == "setosa"))
  expect_error(diagnose_xor(solved_fit(), wide), "must have 2 columns", class = "xorlab_error")
})

test_that("a diagnosis takes the data frames that an evaluation takes", {
  skip_if_no_torch()
  fit <- train_xor(am ~ wt + hp, data = mtcars, epochs = 5, seed = 1)
  by_frame <- diagnose_xor(fit, mtcars)
  expect_identical(by_frame, diagnose_xor(fit, as_xor_data(mtcars[c("wt", "hp")], mtcars$am)))
  expect_equal(by_frame$accuracy, eval_xor(fit, mtcars)$accuracy)
})
