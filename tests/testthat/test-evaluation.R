test_that("accuracy, loss and confusion are those that R computes", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  data <- xor_data(300, seed = 2)
  result <- eval_xor(fit, data)
  p <- predict(fit, data$x, type = "prob")
  called <- as.integer(p >= 0.5)
  expect_equal(result$accuracy, mean(called == data$label))
  expect_equal(result$loss, -mean(log(ifelse(data$label == 1, p, 1 - p))), tolerance = 1e-6)
  expect_equal(unname(result$confusion), unname(unclass(table(data$label, called))),
               ignore_attr = TRUE)
  expect_identical(result$n, 300L)
})

test_that("an evaluation begins with the accuracy, and has the user's classes", {
  skip_if_no_torch()
  x <- rbind(c(0, 0), c(9, 0), c(0, 9), c(9, 9))
  own <- as_xor_data(x, c("no", "yes", "no", "yes"))
  result <- eval_xor(train_xor(own, epochs = 300, seed = 1), own)
  result$loss <- 0.125
  expect_snapshot_output(print(result))
})

test_that("data of other classes or columns are refused", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  other <- as_xor_data(matrix(c(1, 2, 3, 4), 2), c("a", "b"))
  wide <- as_xor_data(matrix(1:6, 2), 0:1)
  expect_snapshot_output(refusals(list(
    quote(eval_xor(fit, other)), quote(eval_xor(fit, wide)),
    quote(xor_boundary(fit, x1 = numeric())), quote(xor_boundary(fit, x2 = c(0, NA))),
    quote(xor_boundary(fit, x1 = "a"))
  )))
})

test_that("without data, fresh points have the noise of those of the fit", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(100, std = 0.4, seed = 1), epochs = 2, seed = 1)
  set.seed(2)
  fresh <- eval_xor(fit)
  expect_identical(fresh$n, 500L)
  set.seed(2)
  expect_identical(fresh, eval_xor(fit, xor_data(500, std = 0.4)))
  own <- as_xor_data(matrix(c(1, 2, 3, 4), 2), 0:1)
  expect_input_error(eval_xor(train_xor(own, epochs = 1, seed = 1)),
                     "`data` must be given, as in `eval_xor\\(fit, data\\)`: .* of\\s+your own")
})

test_that("columns that have the names of the training data are taken by name", {
  skip_if_no_torch()
  data <- xor_data(300, seed = 2)
  own <- as_xor_data(cbind(u = data$x[, 1] > 0.5, v = data$x[, 2]), data$label)
  turned <- own
  turned$x <- own$x[, 2:1]
  fit <- train_xor(own, epochs = 5, seed = 1)
  expect_identical(eval_xor(fit, turned), eval_xor(fit, own))
  expect_identical(predict(fit, turned), predict(fit, own))
  expect_identical(diagnose_xor(fit, turned), diagnose_xor(fit, own))
  expect_identical(predict(fit, own), predict(fit, as.data.frame(own$x)))
})

test_that("the boundary is the prediction at each point of the grid", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 3, seed = 1)
  grid <- xor_boundary(fit, x1 = c(-0.2, 0.3, 1), x2 = c(0.1, 0.9))
  points <- as.matrix(expand.grid(grid$x1, grid$x2))
  expect_equal(as.vector(grid$prob), predict(fit, points, type = "prob"), tolerance = 1e-6)
  expect_identical(dim(xor_boundary(fit, x1 = 0.5, x2 = 0:2)$prob), c(1L, 3L))
})

test_that("columns go by name, in the order of the fit", {
  skip_if_no_torch()
  x <- as.matrix(expand.grid(x1 = seq(-1, 1, 0.1), x2 = seq(-1, 1, 0.1)))
  label <- as.integer(x[, "x1"] > 0)
  swapped <- as_xor_data(x[, 2:1], label)
  fit <- train_xor(swapped, epochs = 30, seed = 1)
  expect_gt(eval_xor(fit, swapped)$accuracy, 0.9)
  expect_identical(eval_xor(fit, as_xor_data(x, label))[1:3], eval_xor(fit, swapped)[1:3])
})

test_that("a net of other than two inputs needs data, and R's generator stays as it was", {
  skip_if_no_torch()
  fit <- train_xor(iris[1:3], iris$Species == "setosa", epochs = 1, seed = 1, scale = FALSE)
  fit["data"] <- list(NULL)
  withr::local_seed(1)
  before <- .Random.seed
  expect_input_error(eval_xor(fit),
                     "given, as in `eval_xor\\(fit, data\\)`: points of XOR have 2 columns")
  expect_identical(.Random.seed, before)
})

test_that("a logit that is not a number is no class, and is counted", {
  skip_if_no_torch()
  x <- cbind(u = c(0, 0, 1, 1, 0), v = c(0, 1, 0, 1, 0.5))
  own <- as_xor_data(x, c("no", "yes", "yes", "no", "no"))
  fit <- train_xor(own, hidden = 2, activation = "identity", epochs = 1, seed = 1,
                   scale = FALSE)
  # Both units are Inf where u is 1, and Inf - Inf is no number; where u is 0 the sum is -1.
  fit$weights$linear1.weight[] <- c(3e38, 3e38, 0, 0)
  fit$weights$linear1.bias[] <- 3e38
  fit$weights$linear2.weight[] <- c(1, -1)
  fit$weights$linear2.bias[] <- -1
  expect_identical(predict(fit), factor(c("no", "no", NA, NA, "no"), levels = c("no", "yes")))
  expect_identical(is.na(predict(fit, type = "prob")), c(FALSE, FALSE, TRUE, TRUE, FALSE))
  result <- eval_xor(fit, own)
  expect_equal(unname(result$confusion), rbind(c(2, 0), c(1, 0)))
  expect_identical(result$accuracy, 2 / 5)
  expect_snapshot_output(print(result))
})

test_that("classes of the same words but another kind are refused in R's words", {
  skip_if_no_torch()
  x <- cbind(rep(0:1, 5), 1:10)
  fit <- train_xor(as_xor_data(x, rep(c(TRUE, FALSE), 5)), epochs = 1, seed = 1)
  same_words <- as_xor_data(x, rep(c("TRUE", "FALSE"), 5))
  numbered <- train_xor(epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(eval_xor(fit, same_words)), quote(diagnose_xor(fit, same_words)),
    quote(eval_xor(numbered, as_xor_data(x, factor(rep(0:1, 5)))))
  )))
})
