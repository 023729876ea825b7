test_that("`r.fit` is a Fit and `r.data` a dataset in Python", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(50, seed = 3), epochs = 2, seed = 1)
  main <- reticulate::import_main()
  main$from_r <- fit
  reticulate::py_run_string("
kind = type(from_r).__name__ + ' of ' + type(from_r.data).__name__
rows = len(from_r.data)
first = float(from_r.predict_logits([[0.25, 0.75]])[0])
del from_r")
  expect_identical(main$kind, "Fit of XORDataset")
  expect_identical(main$rows, 50L)
  expect_equal(main$first, predict(fit, cbind(0.25, 0.75), type = "logit"))
})

test_that("`py$fit` is an xor_fit and `py$data` an xor_data in R", {
  skip_if_no_torch()
  reticulate::py_run_string("
import xorlab
fit = xorlab.train_xor(epochs=2, seed=4)
points = xorlab.XORDataset(10, seed=4)
own = xorlab.as_xor_data([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], ['yes', 'no'])")
  py <- reticulate::py
  there <- py$fit
  expect_s3_class(there, "xor_fit")
  here <- train_xor(epochs = 2, seed = 4)
  there$history$seconds <- here$history$seconds
  expect_identical(there, here)
  expect_identical(py$points, xor_data(10, seed = 4))
  expect_identical(py$own$levels, c("no", "yes"))
  expect_identical(dim(py$own$x), c(2L, 3L))
})

test_that("a fit comes back from Python as it went", {
  skip_if_no_torch()
  fits <- list(
    train_xor(epochs = 1, hidden = c(3, 2), activation = "relu", seed = 1),
    train_xor(as_xor_data(cbind(u = c(0, 1)), c(TRUE, FALSE)), hidden = 1, epochs = 1, seed = 2)
  )
  for (fit in fits) expect_equal(reticulate::py_to_r(reticulate::r_to_py(fit)), fit)
})

test_that("training changes nothing that the caller holds", {
  skip_if_no_torch()
  x <- matrix(c(0, 1, 0, 1, 0, 0, 1, 1), 4)
  kept <- x + 0
  data <- as_xor_data(x, c(0, 1, 1, 0))
  fit <- train_xor(data, epochs = 3, seed = 1)
  reticulate::py_run_string("
def blank(fit):
    fit.data.data.zero_()
    fit.model.linear1.weight.data.zero_()")
  before <- unserialize(serialize(fit, NULL))
  reticulate::py$blank(fit)
  expect_identical(x, kept)
  expect_identical(data$x[, 1], kept[, 1])
  expect_identical(fit, before)
})

# What asks something of a fit, each of which must answer, or refuse in words of the package.
verbs <- alist(
  reticulate::r_to_py(fit), print(fit), print(summary(fit)), predict(fit, cbind(0, 1)),
  eval_xor(fit, xor_data(20, seed = 1)), plot(fit), plot(fit, "history"), coef(fit),
  save_xor(fit, tempfile()), show_code(fit), resume_xor(fit, epochs = 4)
)

test_that("a fit whose parts were changed by hand is refused in words of the package", {
  skip_if_no_torch()
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  whole <- train_xor(xor_data(60, seed = 1), epochs = 3, seed = 1, snapshots = 1)
  edits <- alist(
    fit$weights <- NULL, fit$weights <- 3, fit$weights$linear1.weight <- "a",
    fit$weights$linear2.bias <- NULL, fit$weights$linear1.bias <- 1:9,
    fit$history <- NULL, fit$history <- 3, fit$history$loss <- NULL, fit$history$loss <- "a",
    fit$history$loss[2] <- -1, fit$settings <- 1, fit$settings$lr <- NULL, fit$settings$lr <- "a",
    fit$settings$engine <- list(), fit$settings$hidden <- 9L, fit$settings$momentum <- 1,
    fit$data <- 3, fit$data$x <- NULL, fit$data$x <- "a", fit$data$label <- 5,
    fit$data$levels <- c("a", "a"), fit$data$std <- "a", fit$data$categories <- 3,
    fit$snapshots <- 3, fit$snapshots[["1"]] <- 3, names(fit$snapshots) <- "7",
    fit$activation <- "swish", fit$activation <- NULL
  )
  for (edit in edits) {
    fit <- whole
    eval(edit)
    refused <- vapply(verbs, function(verb) {
      utils::capture.output(cnd <- tryCatch(eval(verb), error = identity))
      if (inherits(cnd, "error")) {
        expect_true(inherits(cnd, "xorlab_error"), label = paste(deparse1(edit), deparse1(verb)))
        expect_lt(nchar(rlang::cnd_message(cnd)), 500)
      }
      inherits(cnd, "error")
    }, TRUE)
    expect_true(refused[[1]], label = deparse1(edit))
  }
})

test_that("a study whose columns were changed by hand is refused in words of the package", {
  skip_if_no_torch()
  whole <- small_study()
  edits <- alist(
    study$lr <- NULL, study$lr <- "a", study$solved <- 3, study$solved <- NA, study$corner <- "q",
    study$hidden <- 1.5, study$accuracy <- 7, study$seed[2] <- NA, attr(study, "planned") <- "a"
  )
  for (edit in edits) {
    study <- whole
    eval(edit)
    expect_error(reticulate::r_to_py(study), class = "xorlab_error", label = deparse1(edit))
  }
})

test_that("what was wrong with a changed object is said", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(60, seed = 1), epochs = 1, seed = 1)
  study <- small_study()
  other <- fit
  other$weights$linear1.weight <- "a"
  longer <- fit
  longer$history <- rbind(fit$history, fit$history)
  study$corner[1] <- "left"
  expect_snapshot_output(refusals(list(
    quote(reticulate::r_to_py(other)), quote(predict(other)), quote(print(other)),
    quote(reticulate::r_to_py(longer)), quote(reticulate::r_to_py(study))
  )))
})

test_that("objects are R's before any call of the package's, whatever was loaded first", {
  skip_if_no_torch()
  folder <- system.file("python", package = "xorlab")
  train <- c(
    sprintf("reticulate::py_run_string('import sys; sys.path.append(\"%s\")')", folder),
    "reticulate::py_run_string('import xorlab; fit = xorlab.train_xor(epochs=1, seed=1)')"
  )
  show <- "cat(class(reticulate::py$fit), class(reticulate::py_to_r(reticulate::py$fit)))"
  for (script in list(c("library(xorlab)", train, show), c(train, "library(xorlab)", show))) {
    expect_identical(run_r(script), "xor_fit xor_fit")
  }
})

test_that("there is a conversion for each public class that R has a class of its own for", {
  skip_if_no_torch()
  module <- xorlab_module()
  for (name in names(from_python)) {
    class <- class_in_r(reticulate::import("xorlab", convert = FALSE)[[name]])
    expect_match(class, paste0("^xorlab[.].*[.]", name, "$"))
    method <- utils::getS3method("py_to_r", class, envir = asNamespace("reticulate"))
    expect_identical(method, from_python[[name]])
  }
})
