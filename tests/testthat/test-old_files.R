old_file <- function(...) test_path("..", "fixtures", "0.1.0", ...)

expected <- jsonlite::fromJSON(old_file("expected.json"))

expect_as_expected <- function(fit, name) {
  old <- expected[[name]]
  expect_equal(predict(fit, old$points, "logit"), old$logits, tolerance = 1e-5, label = name)
  expect_identical(as.character(predict(fit, old$points)), old$classes, label = name)
  expect_identical(nrow(fit$history), old$epochs, label = name)
  expect_identical(nrow(fit$data$x) %||% 0L, old$data, label = name)
}

test_that("fits of an earlier version predict what they did", {
  skip_if_no_torch()
  fits <- grep("[.]pt$", names(expected), value = TRUE)
  expect_setequal(fits, list.files(old_file(), "[.]pt$"))
  for (name in fits) expect_as_expected(load_xor(old_file(name)), name)
})

test_that("fits that an earlier version kept by saveRDS() predict what they did", {
  skip_if_no_torch()
  fits <- grep("fit.*[.]rds$", names(expected), value = TRUE)
  expect_setequal(fits, list.files(old_file(), "fit.*[.]rds$"))
  for (name in fits) {
    fit <- readRDS(old_file(name))
    expect_as_expected(fit, name)
    expect_output(print(fit), "<xor_fit>")
    path <- withr::local_tempfile(fileext = ".pt")
    save_xor(fit, path)
    expect_as_expected(load_xor(path), name)
  }
})

test_that("fits that an earlier version kept by saveRDS() are gone on with, and trained again", {
  skip_if_no_torch()
  old <- readRDS(old_file("fit.rds"))
  epochs <- nrow(old$history)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(old, path)
  longer <- resume_xor(old, epochs = epochs + 2)
  expect_identical(nrow(longer$history), epochs + 2L)
  expect_identical(longer$weights, resume_xor(path, epochs = epochs + 2)$weights)
  # A fit of the version before optimizers had names.
  fit <- train_xor(epochs = 4, seed = 1, snapshots = 2)
  later <- c("init", "optimizer", "momentum", "nesterov", "weight_decay", "l1", "validation",
             "patience")
  former <- fit
  former$settings <- former$settings[setdiff(names(former$settings), later)]
  former <- structure(
    former[c("activation", "weights", "snapshots", "settings", "history", "data", "preparation")],
    class = "xor_fit"
  )
  expect_identical(format(former), format(fit))
  expect_identical(coef(former, epoch = 2), coef(fit, epoch = 2))
  expect_identical(eval_xor(former, fit$data), eval_xor(fit, fit$data))
  expect_identical(predict(former), predict(fit))
  expect_identical(resume_xor(former, epochs = 6)$weights, resume_xor(fit, epochs = 6)$weights)
  expect_identical(update(former, epochs = 6)$weights, update(fit, epochs = 6)$weights)
  expect_identical(update(former, optimizer = "adam")$settings$lr, 0.01)
})

test_that("data that an earlier version kept by saveRDS() are those of their seed", {
  skip_if_no_torch()
  old <- readRDS(old_file("data.rds"))
  expect_equal(unclass(old), unclass(xor_data(60, seed = 1))[names(old)])
  expect_identical(toy_kind(old), "xor")
})

test_that("a checkpoint of an earlier version is gone on with", {
  skip_if_no_torch()
  old <- expected[["checkpoint.pt"]]
  fit <- resume_xor(old_file("checkpoint.pt"))
  expect_equal(predict(fit, old$points, "logit"), old$resumed, tolerance = 1e-4)
})

test_that("studies of an earlier version have the same rows, whoever wrote them", {
  skip_if_no_torch()
  study <- read_study(old_file("study.csv"))
  expect_equal(read_study(old_file("study-by-R.csv")), study)
  without_later <- function(study) {
    later <- names(later_columns)
    expect_identical(as.list(study)[later], lapply(as.list(later_columns), rep, nrow(study)))
    study[later] <- NULL
    study
  }
  expect_equal(readRDS(old_file("study.rds")), without_later(study))
  rows <- expected[["study.csv"]]$rows
  expect_equal(study$loss, as.numeric(rows[, 9]))
  expect_identical(study$solved, as.logical(rows[, 11]))
  half <- read_study(old_file("study-interrupted.csv"))
  expect_equal(readRDS(old_file("study-interrupted.rds")), without_later(half))
  expect_output(print(half), "4 were planned")
  expect_identical(nrow(read_study(old_file("study-unstarted.csv"))), 0L)
})

test_that("a sweep of an earlier version prints and is summed up", {
  skip_if_no_torch()
  sweep <- readRDS(old_file("sweep.rds"))
  expect_s3_class(sweep, "xor_study")
  expect_output(print(sweep), "32 nets")
  expect_identical(dim(summary(sweep)), c(16L, length(config_columns) + 9L))
})
