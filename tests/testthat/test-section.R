cars_fit <- function(formula) train_xor(formula, data = mtcars, epochs = 50, seed = 1)

test_that("a boundary of a formula's variables is what predict() says at its points", {
  skip_if_no_torch()
  fit <- cars_fit(am ~ wt * qsec + poly(hp, 2) + factor(cyl))
  x1 <- c(2, 3, 5)
  x2 <- c(90, 200)
  got <- xor_boundary(fit, x1, x2, vars = c("wt", "hp"), at = list(qsec = 17, cyl = 4))
  expect_identical(dim(got$prob), 3:2)
  for (i in 1:3) {
    for (j in 1:2) {
      row <- data.frame(wt = x1[i], hp = x2[j], qsec = 17, cyl = 4)
      expect_equal(got$prob[i, j], predict(fit, row, type = "prob"), tolerance = 1e-6)
    }
  }
  expect_identical(got$caption, "qsec at 17, cyl at 4")
  usual <- xor_boundary(fit, x2, x1, vars = c("hp", "wt"))
  row <- data.frame(wt = 5, hp = 90, qsec = mean(mtcars$qsec), cyl = 8) # 8 cylinders are usual
  expect_equal(usual$prob[1, 3], predict(fit, row, type = "prob"), tolerance = 1e-6)
  expect_identical(usual$caption, "Others at their means or most frequent levels")
})

test_that("a boundary has the names of its columns", {
  skip_if_no_torch()
  fit <- cars_fit(am ~ wt + hp)
  turned <- xor_boundary(fit, vars = c("hp", "wt"))
  expect_identical(turned$vars, c("hp", "wt"))
  expect_null(turned$caption)
  expect_equal(turned$prob, t(xor_boundary(fit)$prob))
  expect_match(format(turned), "hp from .*, wt from", all = FALSE)
  expect_named(xor_boundary(train_xor(epochs = 1, seed = 1)), c("x1", "x2", "prob"))
})

test_that("a date is a value of a column of dates", {
  skip_if_no_torch()
  set.seed(1)
  frame <- data.frame(day = as.Date("2024-01-01") + 0:59, a = rnorm(60), b = rnorm(60))
  fit <- train_xor(frame, frame$day > as.Date("2024-02-01"), epochs = 5, seed = 1)
  at <- as.Date("2024-01-31")
  one <- xor_boundary(fit, 0, 1, vars = c("a", "b"), at = list(day = at))$prob
  expect_equal(as.vector(one), predict(fit, data.frame(day = at, a = 0, b = 1), type = "prob"),
               tolerance = 1e-6)
})

test_that("categories alone have no boundary, and others are said to be at levels", {
  skip_if_no_torch()
  fit <- train_xor(tension ~ wool, data = warpbreaks, epochs = 1, seed = 1)
  expect_input_error(plot(fit), "all are categories: wool.*\"network\"")
  frame <- data.frame(p = rep(c("a", "b"), 8), q = rep(c("c", "d"), each = 8), z = 1:16, y = 0:1)
  withr::local_pdf(NULL)
  for (fit in list(train_xor(y ~ ., frame, epochs = 1, seed = 1),
                   train_xor(frame, "y", epochs = 1, seed = 1))) {
    expect_identical(plot(fit)$caption, "Others at their most frequent levels")
  }
})

test_that("boundaries of several classes have a layer for each", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ ., data = iris, batch_size = 16, epochs = 30, seed = 1)
  got <- xor_boundary(fit, c(1, 5), c(0.2, 1, 2), vars = c("Petal.Length", "Petal.Width"))
  expect_identical(dim(got$prob), c(2L, 3L, 3L))
  expect_equal(apply(got$prob, 1:2, sum), matrix(1, 2, 3), ignore_attr = TRUE)
  row <- data.frame(as.list(colMeans(iris[1:4])))
  row[c("Petal.Length", "Petal.Width")] <- list(5, 2)
  expect_equal(got$prob[2, 3, ], predict(fit, row, type = "prob")[1, ], tolerance = 1e-6)
})

test_that("a formula and its columns by themselves have the same section, where it is plain", {
  skip_if_no_torch()
  by_formula <- train_xor(Species ~ ., data = iris, batch_size = 16, epochs = 30, seed = 1)
  by_columns <- train_xor(as_xor_data(iris[1:4], iris$Species), batch_size = 16, epochs = 30,
                          seed = 1)
  expect_equal(xor_boundary(by_formula), xor_boundary(by_columns), tolerance = 1e-6)
})

test_that("without vars the two variables vary that predictions depend on most", {
  skip_if_no_torch()
  set.seed(1)
  data <- data.frame(a = rnorm(200), b = rnorm(200, 5000, 1000), c = rnorm(200), d = rnorm(200))
  data$y <- ifelse(data$b > 5000 & data$d > 0, "yes", "no")
  for (formula in list(y ~ ., y ~ a + log(b) + c + I(d^3))) {
    fit <- train_xor(formula, data = data, batch_size = 16, epochs = 30, seed = 1)
    got <- xor_boundary(fit)
    expect_identical(got$vars, c("b", "d"))
    expect_lt(got$x1[1], min(data$b))
    expect_gt(got$x1[200], max(data$b))
    expect_identical(got$caption, "Most influential columns; others at their means")
  }
  withr::local_pdf(NULL)
  expect_silent(plot(fit)) # without the samples, whose d is not known
})

test_that("Python's frames take vars and at in R, too", {
  skip_if_no_torch()
  code <- paste(
    "import numpy as np, pandas as pd, xorlab",
    "x = np.random.default_rng(1).normal(size=(60, 2))",
    "frame = pd.DataFrame({'a': x[:, 0], 'b': x[:, 1], 'town': ['Oslo', 'Rome', 'Rome'] * 20})",
    "fit = xorlab.train_xor(frame, x[:, 0] > 0, epochs=5, seed=1)", sep = "\n"
  )
  python <- reticulate::py_run_string(code, local = TRUE, convert = TRUE)
  got <- xor_boundary(python$fit, c(-1, 1), c(0, 2), vars = c("b", "a"), at = list(town = "Oslo"))
  row <- data.frame(a = 2, b = -1, town = "Oslo")
  expect_equal(got$prob[1, 2], predict(python$fit, row, type = "prob"), tolerance = 1e-6)
  expect_identical(got$caption, "town at Oslo")
})

test_that("what is no section is refused, with the nearest name", {
  skip_if_no_torch()
  fit <- cars_fit(am ~ wt + hp + factor(cyl))
  wide <- train_xor(as_xor_data(mtcars[c("wt", "hp", "qsec")], mtcars$am), epochs = 1, seed = 1)
  one <- cars_fit(am ~ wt)
  none <- cars_fit(am ~ factor(cyl) + factor(gear))
  expect_snapshot_output(refusals(list(
    quote(xor_boundary(fit, vars = "wt")), quote(xor_boundary(fit, vars = c("wt", "wt"))),
    quote(xor_boundary(fit, vars = c("wt", "hp", "cyl"))),
    quote(xor_boundary(fit, vars = c("hq", "wt"))), quote(xor_boundary(fit, vars = 1:2)),
    quote(xor_boundary(fit, vars = c("wt", "cyl"))), quote(xor_boundary(fit, at = 3)),
    quote(xor_boundary(fit, at = list(gear = 3))), quote(xor_boundary(fit, at = list(cyl = 5))),
    quote(xor_boundary(fit, at = list(hp = 100))), quote(xor_boundary(wide, at = list(qsec = NA))),
    quote(xor_boundary(wide, vars = c("wt", "sqec"))), quote(xor_boundary(one)),
    quote(plot(none))
  )))
})
