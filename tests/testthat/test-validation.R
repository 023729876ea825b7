test_that("a share is held out by class and by the seed, and the others are trained on", {
  skip_if_no_torch()
  points <- xor_data(100, seed = 1)
  fit <- train_xor(points, epochs = 5, validation = 0.2, seed = 3)
  expect_equal(tabulate(fit$validation$label + 1L), round(0.2 * tabulate(points$label + 1L)))
  rows <- function(data) sort(paste(data$x[, 1], data$x[, 2], data$label))
  expect_identical(rows(rbind(fit$data, fit$validation)), rows(points))
  again <- train_xor(points, epochs = 5, validation = 0.2, seed = 3)
  expect_identical(again$validation, fit$validation)
  other <- train_xor(points, epochs = 5, validation = 0.2, seed = 4)
  expect_false(identical(other$validation, fit$validation))
  expect_identical(fit$settings$validation, 0.2)
  alone <- train_xor(fit$data, epochs = 5, seed = 3)
  expect_identical(fit$weights, alone$weights)
})

test_that("the history has loss and accuracy on the held-out rows after each epoch", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(100, seed = 1), epochs = 4, validation = 0.2, seed = 3, snapshots = 1:4)
  for (epoch in 1:4) {
    logit <- predict(fit, fit$validation, type = "logit", epoch = epoch)
    signs <- ifelse(fit$validation$label == 1, logit, -logit)
    expect_equal(fit$history$val_loss[epoch], mean(log1p(exp(-signs))), tolerance = 1e-6)
    expect_equal(fit$history$val_accuracy[epoch], mean(signs >= 0))
  }
  expect_false("val_loss" %in% names(train_xor(epochs = 1, seed = 1)$history))
})

test_that("columns are scaled by the rows that are trained on alone", {
  skip_if_no_torch()
  fit <- train_xor(am ~ wt + hp, data = mtcars, epochs = 1, validation = 0.3, seed = 1)
  expect_equal(fit$preparation$center, unname(colMeans(fit$data$x)))
  expect_false(isTRUE(all.equal(fit$preparation$center, colMeans(mtcars[c("wt", "hp")]))))
})

every_third <- function(data) seq(1, nrow(data), by = 3)

test_that("data of a formula have its terms, levels and contrasts", {
  skip_if_no_torch()
  rows <- every_third(mtcars)
  cars <- transform(mtcars, cyl = factor(cyl, levels = c(8, 6, 4)), gear = as.character(gear))
  contrasts(cars$cyl) <- "contr.sum"
  fit <- train_xor(
    am ~ poly(wt, 2) + log(hp) * cyl + gear, data = cars[-rows, ], validation = cars[rows, ],
    epochs = 3, seed = 1
  )
  # The held-out rows alone lack levels, and would give other polynomials.
  expect_identical(unname(fit$validation$x), unname(xorlab:::check_newdata(cars[rows, ], fit)))
  expect_identical(colnames(fit$validation$x), colnames(fit$data$x))
  expect_identical(fit$validation$label, as.integer(mtcars$am[rows]))
  # As text and without unused levels, they are the same data.
  other <- transform(cars[rows, ], cyl = as.character(cyl))
  same <- train_xor(
    am ~ poly(wt, 2) + log(hp) * cyl + gear, data = cars[-rows, ], validation = other,
    epochs = 3, seed = 1
  )
  expect_identical(same$history[-4], fit$history[-4])
  result <- eval_xor(fit, cars[rows, ])
  expect_equal(fit$history$val_loss[3], result$loss, tolerance = 1e-6)
  expect_identical(fit$history$val_accuracy[3], result$accuracy)
  expect_identical(fit$settings$validation, "data")
})

test_that("data may come in every form, and are the same ones", {
  skip_if_no_torch()
  rows <- every_third(iris)
  train <- function(x, y, validation) {
    fit <- train_xor(x, y, validation = validation, epochs = 3, seed = 1)
    fit$history[c("loss", "val_loss", "val_accuracy")]
  }
  x <- as.matrix(iris[1:4])
  by_pair <- train(x[-rows, ], iris$Species[-rows], list(x[rows, ], iris$Species[rows]))
  turned <- list(iris[rows, c(5, 3, 1, 4, 2)], as.character(iris$Species[rows]))
  expect_identical(train(x[-rows, ], iris$Species[-rows], turned), by_pair)
  all <- as_xor_data(x, iris$Species)
  expect_identical(train(all[-rows, ], NULL, all[rows, ]), by_pair)
  expect_identical(train(all[-rows, ], NULL, all[rows, 4:1]), by_pair)
  by_name <- train(iris[-rows, ], "Species", iris[rows, ])
  expect_identical(by_name, by_pair)
  # One class of three alone
  lone <- list(x[1:5, ], iris$Species[1:5])
  expect_true(all(is.finite(train(x[-rows, ], iris$Species[-rows], lone)$val_loss)))
  xor <- train_xor(validation = xor_data(50, seed = 2), epochs = 2, seed = 1)
  pair <- with(xor_data(50, seed = 2), list(x, label))
  expect_identical(train_xor(validation = pair, epochs = 2, seed = 1)$history[-4], xor$history[-4])
})

patient <- function(..., epochs = 300) {
  train_xor(
    Species ~ ., data = iris, optimizer = "adam", lr = 0.1, validation = 0.3, epochs = epochs,
    seed = 1, ...
  )
}

test_that("patience ends the training, and gives the weights of the best epoch", {
  skip_if_no_torch()
  fit <- patient(patience = 5, snapshots = 0:3)
  best <- which.min(fit$history$val_loss)
  expect_identical(fit$best_epoch, best)
  expect_identical(nrow(fit$history), best + 5L)
  shorter <- patient(epochs = best)
  expect_identical(fit$weights, shorter$weights)
  expect_identical(fit$optimizer_state, shorter$optimizer_state)
  expect_identical(fit$history[1:best, -4], shorter$history[-4])
  expect_identical(coef(fit, epoch = best), coef(fit))
  expect_identical(coef(fit, epoch = 2), coef(patient(epochs = 2)))
  expect_input_error(coef(fit, epoch = nrow(fit$history)), "must be one whose weights were kept")
  expect_equal(generics::glance(fit)$loss, fit$history$loss[best])
})

test_that("a fit with patience can be asked and drawn at each epoch whose weights it has", {
  skip_if_no_torch()
  points <- xor_data(100, std = 0.3, seed = 1)
  train <- function(epochs, patience) {
    train_xor(
      points, hidden = 8, optimizer = "adam", lr = 0.1, validation = 0.3, patience = patience,
      epochs = epochs, seed = 1, snapshots = c(0, 2)
    )
  }
  fit <- train(1000, 10)
  expect_gt(fit$best_epoch, 2)
  for (epoch in c(2, fit$best_epoch)) {
    then <- train(epoch, NULL)
    expect_identical(predict(fit, points, "prob", epoch), predict(then, points, "prob"))
    expect_identical(xor_boundary(fit, epoch = epoch), xor_boundary(then))
  }
  expect_identical(xor_boundary(fit), xor_boundary(then))
  expect_identical(eval_xor(fit, points), eval_xor(then, points))
  expect_identical(residuals(fit), residuals(then))
})

test_that("going on from a fit with patience starts at its best epoch", {
  skip_if_no_torch()
  fit <- patient(patience = 5)
  longer <- resume_xor(fit, epochs = 60)
  whole <- patient(epochs = 60)
  expect_identical(longer$weights, whole$weights)
  expect_identical(longer$history[-4], whole$history[-4])
  expect_identical(longer["best_epoch"], list(best_epoch = NULL))
  expect_error(resume_xor(fit), "`epochs` must be given", class = "xorlab_error")
})

test_that("a training with patience that was interrupted ends as it would have", {
  skip_if_no_torch()
  whole <- patient(patience = 5)
  path <- withr::local_tempfile(fileext = ".pt")
  stops <- function(epoch, history) if (epoch == whole$best_epoch + 2) stop("Mine.")
  expect_error(patient(patience = 5, after_epoch = stops, checkpoint = path, every = 1), "Mine.")
  part <- load_xor(path)
  expect_identical(part$best_epoch, whole$best_epoch)
  expect_identical(coef(part, epoch = whole$best_epoch), coef(whole))
  expect_identical(nrow(part$history), whole$best_epoch + 2L)
  expect_false(identical(coef(part), coef(whole)))
  for (one in list(part, path, NULL)) {
    rest <- resume_xor(one)
    parts <- c("weights", "best_epoch", "optimizer_state", "settings")
    expect_identical(rest[parts], whole[parts])
    expect_identical(rest$history[-4], whole$history[-4])
  }
})

test_that("validation data that do not fit are refused by their name", {
  skip_if_no_torch()
  rows <- every_third(mtcars)
  cars <- transform(mtcars, cyl = as.character(cyl))
  x <- as.matrix(mtcars[c("wt", "hp")])
  by_formula <- function(validation) {
    train_xor(am ~ wt + cyl, data = cars, validation = validation, epochs = 1, seed = 1)
  }
  by_columns <- function(validation) {
    train_xor(x, mtcars$am, validation = validation, epochs = 1, seed = 1)
  }
  hole <- cars
  hole$wt[3] <- NA
  unknown <- hole
  unknown$am[2] <- NA
  set.seed(1)
  before <- .Random.seed
  expect_snapshot_output(refusals(list(
    quote(train_xor(validation = 0)), quote(train_xor(validation = 1)),
    quote(train_xor(validation = 1.5)), quote(train_xor(validation = NA_real_)),
    quote(train_xor(validation = TRUE)), quote(train_xor(validation = "a")),
    quote(train_xor(validation = c(0.1, 0.2))), quote(train_xor(validation = x)),
    quote(train_xor(as_xor_data(x[1:5, ], c(0, 0, 0, 0, 1)), validation = 0.2)),
    quote(train_xor(xor_data(1, seed = 1), validation = 0.5)),
    quote(by_formula(transform(cars, cyl = "5"))), quote(by_formula(cars["cyl"])),
    quote(by_formula(cars[c("cyl", "am")])), quote(by_formula(hole)), quote(by_formula(unknown)),
    quote(by_formula(transform(cars, am = 2))), quote(by_formula(toy_data("moons", 9, seed = 1))),
    quote(by_columns(mtcars)), quote(by_columns(list(x[, 1, drop = FALSE], mtcars$am))),
    quote(by_columns(list(x, 1:3))), quote(by_columns(list(x, 0:1))),
    quote(by_columns(list(x, mtcars$am + 1))),
    quote(by_columns(toy_data("blobs", 9, seed = 1))),
    quote(train_xor(validation = toy_data("blobs", 9, seed = 1))),
    quote(train_xor(patience = 5)), quote(train_xor(patience = 0, validation = 0.2)),
    quote(train_xor(patience = 1.5, validation = 0.2))
  )))
  expect_identical(.Random.seed, before)
})
