# What train_xor() takes: formulas, matrices, data frames and data with labels.

cars <- function() {
  frame <- mtcars
  frame$gears <- c("three", "four", "five")[frame$gear - 2]
  frame$kind <- factor(ifelse(frame$am == 1, "manual", "automatic"))
  frame
}

quick <- function(...) train_xor(..., epochs = 3, seed = 1)

same_net <- function(a, b) expect_identical(unname(a$weights), unname(b$weights))

test_that("a formula's data frame is taken by name and in second place, as by lm()", {
  skip_if_no_torch()
  fit <- quick(am ~ wt + hp, data = mtcars)
  expect_identical(quick(am ~ wt + hp, mtcars)$weights, fit$weights)
  expect_identical(with(mtcars, quick(am ~ wt + hp))$weights, fit$weights)
  expect_identical(fit$data$x, as.matrix(mtcars[c("wt", "hp")]), ignore_attr = TRUE)
  expect_identical(fit$data$label, as.integer(mtcars$am))
  expect_identical(colnames(coef(fit)$linear1.weight), c("wt", "hp"))
})

test_that("a formula, its model matrix and the same data frame train the same net", {
  skip_if_no_torch()
  frame <- cars()
  fit <- quick(kind ~ wt + gears, data = frame)
  x <- model.matrix(kind ~ wt + gears, frame)[, -1]
  same_net(fit, quick(x, frame$kind))
  same_net(fit, quick(as_xor_data(x, frame$kind)))
  same_net(fit, quick(data = as_xor_data(x, frame$kind)))
  same_net(fit, quick(as.data.frame(x), frame$kind))
  same_net(fit, quick(frame[c("kind", "wt", "gears")], y = "kind"))
  same_net(fit, quick(data = frame[c("kind", "wt", "gears")], y = "kind"))
  same_net(fit, quick(frame[c("wt", "gears")], frame$kind))
  same_net(fit, quick(kind ~ ., frame[c("kind", "wt", "gears")]))
})

test_that("labels are text, logical, a factor, or whole numbers from 0 on", {
  skip_if_no_torch()
  x <- as.matrix(mtcars[c("wt", "hp")])
  fit <- quick(x, mtcars$am)
  for (labels in list(mtcars$am == 1, ifelse(mtcars$am == 1, "b", "a"), factor(mtcars$am))) {
    one <- quick(x, labels)
    expect_identical(one$weights, fit$weights)
    expect_true(all(predict(one) == sort(unique(labels))[predict(fit) + 1]))
  }
  expect_identical(quick(I(am == 1) ~ wt + hp, mtcars)$weights, fit$weights)
  expect_identical(quick(factor(am) ~ wt + hp, mtcars)$weights, fit$weights)
})

test_that("rows are chosen by subset, and those with missing values left out and counted", {
  skip_if_no_torch()
  holes <- mtcars
  holes$wt[1:3] <- NA
  fit <- quick(am ~ wt + hp, data = holes, subset = hp < 300)
  used <- holes[holes$hp < 300 & !is.na(holes$wt), ]
  expect_identical(fit$weights, quick(am ~ wt + hp, used)$weights)
  expect_match(format(fit), "3 rows left out, with missing values", all = FALSE)
  expect_match(format(quick(am ~ wt, holes[-1, ])), "2 rows left out", all = FALSE)
  expect_no_match(format(quick(am ~ wt + hp, mtcars)), "left out")
  expect_input_error(quick(am ~ wt, holes, na.action = na.fail), "missing values in object")
  expect_input_error(quick(holes, y = "am"), "missing values")
})

test_that("what keeps data from being used is named", {
  skip_if_no_torch()
  holes <- mtcars
  holes$wt[1:3] <- NA
  holes$carb[2] <- Inf
  expect_input_error(quick(holes[c("wt", "hp")], mtcars$am), "3 of 32 rows are not.*\"wt\"")
  expect_input_error(quick(am ~ hp + carb, holes), "1 of 32 rows is not.*\"carb\"")
  expect_input_error(quick(holes, "am"), "\"wt\" has missing values.*A formula leaves such rows")
  letters <- cbind(mtcars["wt"], kind = rep(c("a", "b"), 16))
  expect_input_error(quick(letters, replace(mtcars$am, 1, NA)), "\"y\" has missing values")
  holes$none <- NA
  expect_input_error(quick(am ~ none + hp, holes), "\"none\" is missing in every row")
  holes$carb <- Inf
  expect_no_warning(expect_input_error(quick(am ~ carb, holes), "\"carb\""))
  expect_input_error(eval_xor(quick(am ~ wt + hp, mtcars), holes), "`data` must be complete.*omit")
})

test_that("a formula in another place is told where it goes", {
  skip_if_no_torch()
  must <- "A formula must come first, as in `train_xor\\(am ~ wt, data = \\)`"
  expect_input_error(train_xor(mtcars, am ~ wt), must)
  expect_input_error(train_xor(data = am ~ wt), must)
  expect_input_error(train_xor(mtcars), "`y`, the labels of `x`, must be given: `x` is a data")
})

test_that("own data are standardised by the training rows, and toy problems are not", {
  skip_if_no_torch()
  x <- as.matrix(mtcars[c("wt", "hp")])
  fit <- quick(x, mtcars$am)
  spread <- apply(x, 2, function(column) sqrt(mean((column - mean(column))^2)))
  expect_equal(fit$preparation$center, unname(colMeans(x)))
  expect_equal(fit$preparation$scale, unname(spread))
  expect_identical(quick(x, mtcars$am, scale = TRUE)$weights, fit$weights)
  # The same columns, standardised before and left alone by the net.
  by_hand <- quick(scale(x, colMeans(x), spread), mtcars$am, scale = FALSE)
  expect_equal(by_hand$weights, fit$weights, tolerance = 1e-5)
  expect_null(by_hand$preparation)
  expect_null(quick(toy_data("moons", 50, seed = 1))$preparation)
  expect_length(quick(toy_data("moons", 50, seed = 1), scale = TRUE)$preparation$scale, 2)
})

test_that("columns in millions, collinear ones and three hundred of them train", {
  skip_if_no_torch()
  frame <- data.frame(am = mtcars$am, a = 1e6 * mtcars$wt, b = 1e-6 * mtcars$hp)
  expect_gt(eval_xor(train_xor(am ~ a + b + I(a + 1), frame, seed = 1), frame)$accuracy, 0.8)
  set.seed(1)
  wide <- data.frame(y = rep(c("u", "v"), 20), matrix(rnorm(40 * 300), 40))
  fit <- train_xor(y ~ ., wide, seed = 1)
  expect_identical(dim(coef(fit)$linear1.weight), c(4L, 300L))
  expect_true(all(is.finite(predict(fit, type = "logit"))))
  summed <- train_xor(reformulate(names(wide)[-1], "y"), wide, seed = 1)
  expect_identical(summed$weights, fit$weights)
  expect_identical(predict(summed, wide, type = "logit"), predict(fit, type = "logit"))
})

test_that("columns that do not vary are said and left out", {
  skip_if_no_torch()
  frame <- data.frame(am = mtcars$am, wt = mtcars$wt, one = 1)
  expect_warning(fit <- quick(am ~ wt + one, frame), "do not vary are left out: 'one'")
  expect_identical(fit$preparation$columns, "wt")
  expect_match(format(fit), "constant, left out: one", all = FALSE)
  expect_identical(fit$weights, quick(am ~ wt, frame)$weights)
  expect_identical(predict(fit, frame, type = "logit"), predict(fit, type = "logit"))
  # Which value it has in new data makes no difference.
  expect_identical(predict(fit, transform(frame, one = 7), type = "logit"),
                   predict(fit, type = "logit"))
})

test_that("named inputs are computed from two columns", {
  skip_if_no_torch()
  data <- toy_data("circles", 200, seed = 1)
  fit <- quick(data, inputs = c("x1^2", "x2^2", "x1*x2"))
  x <- data$x
  squares <- cbind(x[, 1]^2, x[, 2]^2, x[, 1] * x[, 2])
  expect_equal(fit$weights, quick(squares, data$label, scale = FALSE)$weights, tolerance = 1e-5)
  expect_identical(colnames(coef(fit)$linear1.weight), c("x1^2", "x2^2", "x1*x2"))
  expect_match(format(fit), "inputs x1^2, x2^2, x1*x2", fixed = TRUE, all = FALSE)
  near <- xor_boundary(fit, x1 = 0.2, x2 = c(-0.3, 0.4))
  expect_equal(as.vector(near$prob), predict(fit, cbind(0.2, c(-0.3, 0.4)), type = "prob"))
  expect_gt(eval_xor(train_xor(data, inputs = c("x1^2", "x2^2"), seed = 1), data)$accuracy, 0.95)
})

test_that("new data are in the columns and words that the user had", {
  skip_if_no_torch()
  frame <- cars()
  fit <- quick(kind ~ poly(wt, 2) + gears + (hp > 120), data = frame)
  new <- frame[c(30, 2, 17), c("hp", "gears", "disp", "wt")]
  expected <- predict(fit, fit$data$x[c(30, 2, 17), ], type = "logit")
  expect_equal(predict(fit, new, type = "logit"), expected, tolerance = 1e-6)
  expect_equal(predict(fit, frame, type = "prob"), predict(fit, type = "prob"), tolerance = 1e-6)
  new$gears <- factor(new$gears)
  expect_equal(predict(fit, new, type = "logit"), expected, tolerance = 1e-6)
  new$wt[2] <- NA
  expect_equal(predict(fit, new, type = "prob"), replace(stats::plogis(expected), 2, NA),
               tolerance = 1e-6)
  expect_identical(is.na(predict(fit, new)), c(FALSE, TRUE, FALSE))
  new$gears <- "six"
  expect_input_error(predict(fit, new), '`gears` must have levels of the training data, not "six"')
})

test_that("three classes are predicted, evaluated and named", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ ., data = iris, batch_size = 16, seed = 1)
  expect_identical(rownames(coef(fit)$linear2.weight), levels(iris$Species))
  prob <- predict(fit, iris, type = "prob")
  expect_identical(dimnames(prob), list(NULL, levels(iris$Species)))
  expect_equal(rowSums(prob), rep(1, 150))
  logit <- predict(fit, iris, type = "logit")
  expect_equal(prob, exp(logit) / rowSums(exp(logit)), tolerance = 1e-6)
  class <- predict(fit, iris)
  expect_identical(class, factor(levels(iris$Species)[max.col(prob)], levels(iris$Species)))
  result <- eval_xor(fit, iris)
  expect_equal(unclass(result$confusion), unclass(table(class = iris$Species, predicted = class)),
               ignore_attr = "class")
  expect_equal(result$accuracy, mean(class == iris$Species))
  expect_gt(result$accuracy, 0.95)
  expect_equal(result$loss, -mean(log(prob[cbind(1:150, as.integer(iris$Species))])),
               tolerance = 1e-6)
  expect_equal(result$recall, diag(result$confusion) / rowSums(result$confusion))
  expect_equal(result$precision, diag(result$confusion) / colSums(result$confusion))
})

test_that("a data frame is evaluated by its response", {
  skip_if_no_torch()
  frame <- cars()
  fit <- train_xor(kind ~ wt + gears, data = frame, seed = 1)
  result <- eval_xor(fit, frame[1:20, ])
  expect_identical(result$n, 20L)
  expect_equal(result$accuracy, mean(predict(fit, frame[1:20, ]) == frame$kind[1:20]))
  columns <- as_xor_data(fit$data$x[1:20, ], frame$kind[1:20])
  expect_equal(eval_xor(fit, columns), result, tolerance = 1e-6)
  expect_snapshot_output(refusals(list(
    quote(eval_xor(fit, frame["wt"])), quote(eval_xor(fit, transform(frame, kind = "tractor"))),
    quote(eval_xor(fit, transform(frame, kind = replace(kind, 2, NA)))),
    quote(eval_xor(quick(frame["wt"], frame$kind), frame))
  )))
})

test_that("classes of very different size are said", {
  skip_if_no_torch()
  frame <- data.frame(x = 1:20, y = rep(c("common", "rare"), c(18, 2)))
  expect_match(format(quick(y ~ x, frame)), "always answering common is right for 90.0% of these",
               all = FALSE)
})

test_that("a formula in R and a pandas frame in Python train the same net", {
  skip_if_no_torch()
  skip_if_not(reticulate::py_module_available("pandas"), "pandas")
  frame <- data.frame(
    y = rep(c("no", "yes"), 15), a = sin(1:30) * 100, two = factor(rep(c("u", "v", "v"), 10)),
    three = factor(rep(c("low", "mid", "high"), each = 10), levels = c("low", "mid", "high"))
  )
  in_r <- train_xor(y ~ a + two + three, data = frame, epochs = 5, seed = 3)
  lab <- reticulate::import("xorlab", convert = FALSE)
  in_python <- reticulate::py_to_r(
    lab$train_xor(reticulate::r_to_py(frame), y = "y", epochs = 5L, seed = 3L, verbose = FALSE)
  )
  expect_identical(in_python$weights, in_r$weights)
  expect_identical(in_python$preparation$scale, in_r$preparation$scale)
  expect_identical(in_python$data$levels, in_r$data$levels)
  # R applies what Python learned about the frame, and evaluates it by the column that was named.
  expect_identical(predict(in_python, frame, type = "logit"), predict(in_r, frame, type = "logit"))
  expect_identical(eval_xor(in_python, frame), eval_xor(in_r, frame))
})

test_that("files of both kinds keep the formula", {
  skip_if_no_torch()
  frame <- cars()
  fit <- quick(kind ~ poly(wt, 2) + gears, data = frame)
  rds <- withr::local_tempfile(fileext = ".rds")
  saveRDS(fit, rds)
  file <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, file)
  for (one in list(readRDS(rds), load_xor(file))) {
    expect_identical(one$weights, fit$weights)
    expect_equal(one$preparation, fit$preparation)
    expect_identical(predict(one, frame, type = "prob"), predict(fit, frame, type = "prob"))
    expect_identical(eval_xor(one, frame), eval_xor(fit, frame))
  }
})

test_that("a training by a formula goes on as if it had been one", {
  skip_if_no_torch()
  whole <- train_xor(Species ~ ., data = iris, epochs = 8, seed = 1)
  half <- train_xor(Species ~ ., data = iris, epochs = 3, seed = 1)
  more <- resume_xor(half, epochs = 8)
  expect_identical(more$weights, whole$weights)
  expect_identical(more$preparation, whole$preparation)
  expect_identical(predict(more, iris), predict(whole, iris))
})

test_that("the code behind every kind of fit is shown", {
  skip_if_no_torch()
  fits <- list(
    quick(am ~ wt + hp, mtcars), quick(Species ~ ., iris), quick(iris[1:4], iris$Species),
    quick(toy_data("blobs", 60, seed = 1)), quick(am ~ wt + hp, mtcars, inputs = c("x1", "x1*x2"))
  )
  for (fit in fits) expect_match(show_code(fit), "import torch", fixed = TRUE, all = FALSE)
})

test_that("every refusal is one clear error, and leaves R's generator alone", {
  skip_if_no_torch()
  frame <- transform(mtcars, three = rep(c(3, 7), 16), one = 1, endless = replace(wt, 3, Inf))
  two <- frame[c("wt", "hp")]
  points <- xor_data(10, seed = 1)
  set.seed(1)
  before <- .Random.seed
  expect_snapshot_output(refusals(list(
    # Rows and classes
    quote(train_xor(am ~ wt, frame[1, ])), quote(train_xor(am ~ wt, frame[frame$am == 1, ])),
    quote(train_xor(two, rep("a", 32))), quote(train_xor(am ~ wt, frame, subset = wt > 100)),
    # The response
    quote(train_xor(mpg ~ wt, frame)), quote(train_xor(three ~ wt, frame)),
    quote(train_xor(~wt, frame)), quote(train_xor(cbind(am, vs) ~ wt, frame)),
    quote(train_xor(am ~ am + wt, frame)),
    # The predictors
    quote(train_xor(am ~ wt + offset(hp), frame)), quote(train_xor(am ~ cbind(wt, hp), frame)),
    quote(train_xor(am ~ weight, frame)), quote(train_xor(am ~ one, frame)),
    quote(train_xor(am ~ endless, frame)), quote(train_xor(am ~ endless, frame, scale = TRUE)),
    # A formula and its frame
    quote(train_xor(am ~ wt, 8)), quote(train_xor(am ~ wt, frame, data = frame)),
    quote(train_xor(am ~ wt, data = as.matrix(frame))),
    # Columns and labels
    quote(train_xor(iris, y = "Specie")), quote(train_xor(iris["Species"], y = "Species")),
    quote(train_xor(iris[1:4])), quote(train_xor(two, 8)), quote(train_xor(two, 1:3)),
    quote(train_xor(two, as.list(1:32))), quote(train_xor(frame, frame$am)),
    quote(train_xor(y = 0:1)), quote(train_xor("am")),
    # Data with labels
    quote(train_xor(points, 8)), quote(train_xor(points, data = points)),
    quote(train_xor(two, frame$am, subset = 1:3)), quote(train_xor(two, frame$am, 8)),
    # Scaling, inputs, names
    quote(train_xor(two, frame$am, scale = NA)), quote(train_xor(two, frame$am, inputs = "x3")),
    quote(train_xor(two, frame$am, inputs = c("x1", "x1"))),
    quote(train_xor(am ~ wt, frame, inputs = "x1^2")),
    quote(train_xor(am ~ wt, frame, hiden = 8))
  )))
  expect_identical(.Random.seed, before)
})

test_that("a column of the classes without quotes is named with them", {
  expect_error(
    train_xor(iris, Species), 'must be named in quotes: `y = "Species"`', fixed = TRUE,
    class = "xorlab_input_error"
  )
  expect_error(train_xor(iris, not_there), "object 'not_there' not found")
})
