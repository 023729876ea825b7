test_that("there is a row for each weight, with the names of coef()", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  fit <- train_xor(Species ~ ., data = iris, hidden = c(3, 2), epochs = 2, seed = 1)
  rows <- generics::tidy(fit)
  expect_named(rows, c("layer", "unit", "input", "estimate"))
  expect_identical(nrow(rows), sum(lengths(fit$weights)))
  weights <- coef(fit)
  for (i in seq_len(nrow(rows))) {
    row <- rows[i, ]
    part <- paste0("linear", row$layer, if (row$input == "(bias)") ".bias" else ".weight")
    one <- if (row$input == "(bias)") {
      weights[[part]][[row$unit]]
    } else {
      weights[[part]][row$unit, row$input]
    }
    expect_identical(row$estimate, one)
  }
  expect_false(any(duplicated(rows[c("layer", "unit", "input")])))
})

test_that("a glance is one row that says how the fit came about", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  fit <- train_xor(Species ~ ., data = iris, hidden = c(3, 2), epochs = 2, lr = 0.2, seed = 1)
  row <- generics::glance(fit)
  last <- as.data.frame(fit)[2, ]
  expect_identical(row, data.frame(
    accuracy = last$accuracy, loss = last$loss, nobs = 150L, classes = 3L, weights = 32L,
    epochs = 2L, hidden = "3-2", activation = "tanh", lr = 0.2, batch_size = 128L, seed = 1L,
    val_accuracy = NA_real_, val_loss = NA_real_, best_epoch = NA_integer_
  ))
  bare <- train_xor(epochs = 1, seed = 1)
  bare[c("data", "settings")] <- list(NULL)
  bare$history <- bare$history[0, ]
  row <- generics::glance(bare)
  expect_identical(nrow(row), 1L)
  expect_true(all(is.na(row[c("accuracy", "loss", "nobs", "lr", "batch_size", "seed")])))
  expect_identical(row$epochs, 0L)
  expect_identical(nrow(generics::tidy(bare)), 17L)
})

test_that("a glance has validation after the epoch whose weights the fit has", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  train <- function(...) {
    train_xor(
      Species ~ ., data = iris, optimizer = "adam", lr = 0.1, validation = 0.3, seed = 1, ...
    )
  }
  fit <- train(patience = 5, epochs = 300)
  row <- generics::glance(fit)
  result <- eval_xor(fit, fit$validation)
  expect_identical(row$best_epoch, fit$best_epoch)
  expect_equal(row$val_loss, result$loss, tolerance = 1e-5)
  expect_identical(row$val_accuracy, result$accuracy)
  last <- generics::glance(train(epochs = 4))
  expect_identical(last$val_loss, train(epochs = 4)$history$val_loss[4])
  expect_identical(last$best_epoch, NA_integer_)
  expect_identical(vapply(row, class, ""), vapply(last, class, ""))
})

test_that("data are given back with classes, probabilities, and residuals where they are known", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  fit <- train_xor(am ~ wt + hp, data = mtcars, epochs = 20, seed = 1)
  own <- generics::augment(fit)
  expect_named(own, c("wt", "hp", "label", ".fitted", ".prob", ".resid"))
  expect_identical(own$.resid, residuals(fit))
  whole <- generics::augment(fit, mtcars)
  expect_identical(whole[names(mtcars)], mtcars)
  expect_identical(whole$.fitted, predict(fit, mtcars))
  expect_identical(whole$.prob, predict(fit, mtcars, type = "prob"))
  expect_identical(whole$.resid, mtcars$am - whole$.prob)
  unknown <- generics::augment(fit, mtcars[c("wt", "hp")])
  expect_named(unknown, c("wt", "hp", ".fitted", ".prob"))
  incomplete <- transform(mtcars, am = replace(am, 1, NA), wt = replace(wt, 2, NA))
  holes <- generics::augment(fit, incomplete)
  expect_identical(which(is.na(holes$.resid)), 1:2)
  expect_identical(which(is.na(holes$.prob)), 2L)
})

test_that("of more than two classes there is a probability and a residual for each", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  fit <- train_xor(iris[1:4], iris$Species, epochs = 5, seed = 1)
  data <- as_xor_data(iris[c(1, 60, 150), 1:4], iris$Species[c(1, 60, 150)])
  rows <- generics::augment(fit, data)
  probs <- paste0(".prob_", levels(iris$Species))
  expect_named(rows, c(names(iris)[1:4], "label", ".fitted", probs,
                       paste0(".resid_", levels(iris$Species))))
  expect_equal(as.matrix(rows[probs]), predict(fit, data, type = "prob"), ignore_attr = TRUE)
  expect_equal(rows$.resid_setosa, c(1, 0, 0) - rows$.prob_setosa)
  expect_named(generics::augment(fit, as.matrix(iris[1:4])), c(names(iris)[1:4], ".fitted", probs))
})

test_that("far data are warned of once, and classes that the fit has not are named", {
  skip_if_no_torch()
  skip_if_not_installed("generics")
  fit <- train_xor(am ~ wt + hp, data = mtcars, epochs = 1, seed = 1)
  far <- data.frame(wt = 1e6, hp = 1e6)
  expect_length(testthat::capture_warnings(generics::augment(fit, far)), 1)
  expect_input_error(generics::augment(fit, transform(mtcars, am = 2)),
                     "`newdata` must have the classes 0 and 1 of the fit, not \"2\"")
  expect_input_error(generics::tidy(fit, conf.int = TRUE), "no argument `conf.int`")
})

test_that("generics is not loaded with the package, and finds the methods when it is", {
  skip_on_cran()
  skip_if_not_installed("generics")
  shown <- run_r(c(
    "library(xorlab)", "cat('generics' %in% loadedNamespaces(), '\\n')",
    "cat(is.function(getS3method('tidy', 'xor_fit', envir = asNamespace('generics'))), '\\n')"
  ))
  expect_identical(trimws(shown), c("FALSE", "TRUE"))
})
