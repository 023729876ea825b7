test_that("a fit survives saveRDS() into a new session and predicts there", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  file <- withr::local_tempfile(fileext = ".rds")
  saveRDS(fit, file)
  script <- withr::local_tempfile(fileext = ".R", lines = c(
    "library(xorlab)",
    sprintf("logits <- predict(readRDS('%s'), rbind(0:1, 1:0), type = 'logit')", file),
    "cat(logits, sep = '\\n')"
  ))
  there <- system2(file.path(R.home("bin"), "Rscript"), script, stdout = TRUE)
  expect_equal(as.numeric(there), predict(fit, rbind(0:1, 1:0), type = "logit"), tolerance = 1e-6)
})

test_that("a fit with all that going on takes is the same in Python and back", {
  skip_if_no_torch()
  fit <- train_xor(
    Species ~ ., data = iris, optimizer = "adam", lr = 0.1, validation = 0.3, patience = 5,
    epochs = 300, seed = 1, snapshots = c(0, 3)
  )
  expect_identical(fit$best_epoch, which.min(fit$history$val_loss))
  reticulate::py_run_string("import xorlab")
  main <- reticulate::import_main(convert = FALSE)
  main$fit <- fit
  state <- main$fit$optimizer_state[["exp_avg"]][["linear1.weight"]]$double()$numpy()
  expect_identical(reticulate::py_to_r(state), fit$optimizer_state$exp_avg$linear1.weight)
  expect_identical(reticulate::py_to_r(main$fit$epoch), fit$best_epoch)
  expect_identical(reticulate::py_to_r(main$fit), fit)
  without <- train_xor(epochs = 1, seed = 1)
  main$fit <- without
  expect_identical(reticulate::py_to_r(main$fit), without)
  parts <- c("validation", "patience")
  expect_identical(without$settings[parts], stats::setNames(list(NULL, NULL), parts))
  expect_length(without$optimizer_state, 0)
})

test_that("parts of a fit for going on that were changed by hand are refused", {
  skip_if_no_torch()
  fit <- train_xor(optimizer = "adam", validation = 0.2, patience = 5, epochs = 2, seed = 1)
  changed <- function(name, value) {
    fit[[name]] <- value
    fit
  }
  expect_snapshot_output(refusals(list(
    quote(resume_xor(changed("optimizer_state", list("a")), epochs = 4)),
    quote(resume_xor(changed("optimizer_state", list(exp_avg = list(w = 1))), epochs = 4)),
    quote(resume_xor(changed("optimizer_state", list()), epochs = 4)),
    quote(resume_xor(changed("best", list(weights = 1)), epochs = 4)),
    quote(resume_xor(changed("best_epoch", 3), epochs = 4)),
    quote(resume_xor(changed("validation", iris), epochs = 4)),
    quote(resume_xor(changed("validation", toy_data("blobs", 9, seed = 1)), epochs = 4))
  )))
})

test_that("classes come back in the user's own levels, and NA rows as NA", {
  skip_if_no_torch()
  x <- rbind(c(0, 0, 1), c(5, 5, 1), c(0, 1, 0), c(6, 5, 2))
  own <- as_xor_data(x, factor(c("low", "high", "low", "high"), levels = c("low", "high")))
  fit <- train_xor(own, epochs = 200, seed = 1)
  expect_equal(
    predict(fit, rbind(x, NA)),
    factor(c("low", "high", "low", "high", NA), levels = c("low", "high"))
  )
  expect_input_error(predict(fit, x[, 1:2]), "must have 3 columns")
  logical <- train_xor(as_xor_data(x, c(FALSE, TRUE, FALSE, TRUE)), epochs = 200, seed = 1)
  expect_identical(predict(logical, x), c(FALSE, TRUE, FALSE, TRUE))
})

test_that("the boundary is the right way round", {
  skip_if_no_torch()
  boundary <- xor_boundary(fit_of_x1(), x1 = c(0, 1), x2 = c(0, 0.5, 1))
  expect_equal(dim(boundary$prob), c(2, 3))
  expect_true(all(boundary$prob[1, ] < 0.5))
  expect_true(all(boundary$prob[2, ] > 0.5))
})

test_that("newdata may be a data frame with its columns in any order", {
  skip_if_no_torch()
  own <- as_xor_data(data.frame(u = c(0, 1, 2, 3), v = c(5, 1, 7, 2)), c(0, 1, 0, 1))
  fit <- train_xor(own, epochs = 3, seed = 1)
  frame <- data.frame(v = c(5, 1), other = c("a", "b"), u = c(0, 1))
  expected <- predict(fit, own$x[1:2, ], type = "logit")
  expect_identical(predict(fit, frame, type = "logit"), expected)
  expect_identical(predict(fit, as.matrix(frame[c("v", "u")]), type = "logit"), expected)
})

test_that("every type of prediction is what the logit says", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  x <- rbind(c(0, 0), c(NA, 1), c(1, 0))
  logit <- predict(fit, x, type = "logit")
  # Four tanh units of x1 - 1/2, each with weight 5.
  expect_equal(logit, 20 * tanh(x[, 1] - 0.5), tolerance = 1e-6)
  expect_equal(predict(fit, x, type = "prob"), 1 / (1 + exp(-logit)))
  expect_identical(predict(fit, x), c(0L, NA, 1L))
})

test_that("without newdata the training data are predicted", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(50, seed = 1), epochs = 1, seed = 1)
  expect_identical(predict(fit), predict(fit, fit$data$x))
  fit$data <- NULL
  expect_error(predict(fit), "`newdata` must be a numeric matrix", class = "xorlab_input_error")
})

test_that("newdata or a type that do not fit are refused", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  expect_snapshot_output(refusals(list(
    quote(predict(fit, matrix(0, 2, 3))), quote(predict(fit, 1:2)),
    quote(predict(fit, data.frame(x1 = "a", x2 = 1))), quote(predict(fit, matrix(0, 0, 2))),
    quote(predict(fit, matrix(0, 1, 2), type = "raw")),
    quote(predict(fit, matrix(0, 1, 2), type = NA))
  )))
})

test_that("a fit and its summary print shapes and figures", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(100, seed = 1), epochs = 2, seed = 1)
  fit$history$seconds <- 0.25
  fit$history$loss <- c(0.75, 0.7)
  fit$history$accuracy <- 0.5
  fit$weights <- lapply(fit$weights, function(w) w * 0 + 0.5)
  fit$settings$device <- "cpu"
  expect_snapshot_output(print(fit))
  expect_snapshot_output(print(summary(fit)))
})

test_that("weights are matrices [out, in] and biases vectors", {
  skip_if_no_torch()
  shapes <- lapply(coef(train_xor(hidden = c(3, 5), epochs = 1, seed = 1)), dim)
  expect_identical(shapes, list(
    linear1.weight = c(3L, 2L), linear1.bias = NULL, linear2.weight = c(5L, 3L),
    linear2.bias = NULL, linear3.weight = c(1L, 5L), linear3.bias = NULL
  ))
})

test_that("the history has a row for each epoch", {
  skip_if_no_torch()
  history <- as.data.frame(train_xor(epochs = 3, seed = 1))
  expect_named(history, c("epoch", "loss", "accuracy", "seconds"))
  expect_identical(history$epoch, 1:3)
  expect_true(all(vapply(history, is.numeric, TRUE)))
})

test_that("a misspelt argument is refused", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1, snapshots = 0)
  expect_input_error(coef(fit, epochs = 0), "Did you mean `epoch`")
  expect_input_error(predict(fit, rbind(0:1), typ0 = "prob"), "Did you mean `type`")
  expect_input_error(summary(fit, epoch = 0), "no argument `epoch`")
})

# A net of two columns, from 0 to 1 and from 10 to 12.
flower_fit <- function() {
  x <- cbind(Petal.Length = c(0, 1, 0, 1), Petal.Width = c(10, 10, 12, 12))
  train_xor(as_xor_data(x, c("a", "b", "b", "a")), epochs = 1, seed = 1)
}

test_that("names that match in part are refused, with the missing one and the nearest", {
  skip_if_no_torch()
  fit <- flower_fit()
  frame <- function(...) data.frame(..., check.names = FALSE)
  labelled <- function(x) as_xor_data(x, c("a", "b"))
  two <- rbind(c(10, 0), c(11, 1))
  misspelt <- `colnames<-`(two, c("Petal.width", "Petal.Length"))
  four <- train_xor(as_xor_data(iris[1:4], iris$Species == "setosa"), epochs = 1, seed = 1)
  several <- train_xor(
    as_xor_data(cbind(a = 0:1, Bee = 1:0, c = 0:1), 0:1), epochs = 1, seed = 1
  )
  expect_snapshot_output(refusals(list(
    quote(predict(fit, frame(Petal.width = 10, Petal.Length = 0))), quote(predict(fit, misspelt)),
    quote(predict(fit, labelled(misspelt))), quote(predict(fit, frame(Petal.Length = 0))),
    quote(predict(fit, frame(Petal.Length = 0, Species = "a"))),
    quote(predict(four, iris[1:3, c(1, 2, 3, 5)])),
    quote(predict(several, frame(a = 0, bee = 0, other = 0))),
    quote(eval_xor(fit, labelled(misspelt))), quote(diagnose_xor(fit, labelled(misspelt)))
  )))
})

test_that("position counts where no name matches or there is none", {
  skip_if_no_torch()
  fit <- flower_fit()
  x <- rbind(c(0.2, 10.5), c(0.9, 11.5))
  expected <- predict(fit, x, type = "logit")
  for (names in list(c("a", "b"), c("x1", "x2"), c("petal.length", "petal.width"))) {
    named <- `colnames<-`(x, names)
    expect_identical(predict(fit, named, type = "logit"), expected)
    expect_identical(predict(fit, as.data.frame(named), type = "logit"), expected)
  }
  expect_identical(predict(fit, as.data.frame(x), type = "logit"), expected)
  # Names that were made up for data without any are names of theirs.
  nameless <- train_xor(as_xor_data(x, 0:1), epochs = 1, seed = 1)
  expected <- predict(nameless, x, type = "logit")
  expect_identical(predict(nameless, `colnames<-`(x, c("u", "v")), type = "logit"), expected)
  turned <- data.frame(x2 = x[, 2], x1 = x[, 1])
  expect_identical(predict(nameless, turned, type = "logit"), expected)
  expect_input_error(predict(nameless, data.frame(x1 = 0, X2 = 0)), 'misspelt as "X2"')
})

test_that("data that are far in every row are warned of once, by R, in the call that was made", {
  skip_if_no_torch()
  fit <- flower_fit()
  # The limits are -5 and 6, 0 and 22.
  near <- rbind(c(6, 11), c(-5, 11), c(0.5, 22), c(0.5, 0))
  far <- rbind(c(6.01, 11), c(-5.01, 11), c(0.5, 22.01), c(0.5, -0.01))
  labelled <- function(x) as_xor_data(x, rep(c("a", "b"), length.out = nrow(x)))
  calls <- list(
    function(x) predict(fit, x), function(x) predict(fit, x, type = "prob"),
    function(x) predict(fit, as.data.frame(x)), function(x) eval_xor(fit, labelled(x)),
    function(x) diagnose_xor(fit, labelled(x))
  )
  for (one in calls) {
    for (i in 1:4) {
      expect_silent(one(near[c(i, i), ]))
      expect_silent(one(rbind(far, near[i, ])))
      expect_length(testthat::capture_warnings(one(far[c(i, i), ])), 1)
    }
    expect_warning(one(far), "Every row of the new data .* by more than 5 times its width",
                   class = "xorlab_warning")
  }
  seen <- rlang::catch_cnd(eval_xor(fit, labelled(far)), "warning")
  expect_identical(as.character(conditionCall(seen)[[1]]), "eval_xor")
  expect_silent(predict(fit, rbind(NA, near)))
  expect_silent(predict(fit, rbind(c(NA, 1e6))))
  expect_warning(predict(fit, rbind(c(NA, 11), far)), "Every row", class = "xorlab_warning")
})

test_that("warnings of Python do not reach the terminal", {
  skip_if_no_torch()
  lines <- run_r(c(
    "library(xorlab)",
    "fit <- train_xor(epochs = 1, seed = 1)",
    "withCallingHandlers(",
    "  eval_xor(fit, as_xor_data(cbind(c(1e6, 2e6), 0), 0:1)),",
    "  warning = function(cnd) { cat('seen by R'); invokeRestart('muffleWarning') }",
    ") -> result"
  ))
  expect_identical(lines, "seen by R")
})

test_that("fresh points of XOR and a fit without data are not warned of", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(20, std = 0, seed = 1), epochs = 1, seed = 1)
  expect_silent(eval_xor(fit))
  expect_silent(diagnose_xor(fit))
  fit["data"] <- list(NULL)
  expect_silent(predict(fit, rbind(c(1e6, 1e6))))
})
