two_classes <- function() train_xor(am ~ wt + hp, data = mtcars, epochs = 50, seed = 1)
three_classes <- function() train_xor(Species ~ ., data = iris, batch_size = 16, epochs = 20, seed = 1)

test_that("the training rows are counted, without those that were left out", {
  skip_if_no_torch()
  expect_identical(nobs(two_classes()), 32L)
  expect_identical(nobs(train_xor(epochs = 1, seed = 1)), 2500L)
  holes <- transform(mtcars, wt = replace(wt, 1:3, NA))
  expect_identical(nobs(train_xor(am ~ wt, holes, subset = hp < 300, epochs = 1, seed = 1)), 28L)
})

test_that("fitted values are the probabilities of the training rows", {
  skip_if_no_torch()
  fit <- two_classes()
  expect_identical(fitted(fit), predict(fit, type = "prob"))
  expect_equal(fitted(fit), predict(fit, mtcars, type = "prob"), tolerance = 1e-6)
  expect_identical(dimnames(fitted(three_classes())), list(NULL, levels(iris$Species)))
})

test_that("residuals are what glm() means by them", {
  skip_if_no_torch()
  fit <- two_classes()
  # glm()'s own formulas, with the net's logits as its linear predictor.
  logit <- predict(fit, type = "logit")
  oracle <- suppressWarnings(
    glm(am ~ 0, binomial, mtcars, offset = logit, control = list(maxit = 1))
  )
  for (type in c("response", "deviance")) {
    expect_equal(residuals(fit, type), unname(residuals(oracle, type)), tolerance = 1e-6)
  }
  expect_identical(residuals(fit), residuals(fit, "response"))
})

test_that("residuals of several classes are a matrix whose rows add up to 0", {
  skip_if_no_torch()
  fit <- three_classes()
  left <- residuals(fit)
  expect_identical(dimnames(left), list(NULL, levels(iris$Species)))
  expect_equal(rowSums(left), rep(0, 150))
  expect_equal(left, model.matrix(~ Species - 1, iris) - fitted(fit), ignore_attr = TRUE)
})

test_that("the squares of deviance residuals add up to twice the losses", {
  skip_if_no_torch()
  fit <- two_classes()
  expect_equal(sum(residuals(fit, "deviance")^2), 2 * 32 * eval_xor(fit, mtcars)$loss,
               tolerance = 1e-6)
  fit <- three_classes()
  expect_equal(sum(residuals(fit, "deviance")^2), 2 * 150 * eval_xor(fit, iris)$loss,
               tolerance = 1e-6)
})

test_that("a fit without its data, or another type, is refused", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  bare <- fit
  bare[c("data", "settings")] <- list(NULL)
  expect_snapshot_output(refusals(list(
    quote(nobs(bare)), quote(fitted(bare)), quote(residuals(bare)), quote(update(bare)),
    quote(residuals(fit, "pearson")), quote(fitted(fit, newdata = 1)), quote(nobs(fit, 1))
  )))
})
