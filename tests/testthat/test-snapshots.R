kept_fit <- function() train_xor(xor_data(60, seed = 1), epochs = 9, seed = 1, snapshots = c(0, 4))

test_that("an epoch that was kept is the fit of a training that ended there", {
  skip_if_no_torch()
  fit <- kept_fit()
  part <- train_xor(xor_data(60, seed = 1), epochs = 4, seed = 1)
  points <- rbind(c(0, 0), c(0.5, 1), c(1, 0))
  expect_identical(coef(fit, epoch = 4), coef(part))
  expect_identical(predict(fit, points, "prob", epoch = 4), predict(part, points, "prob"))
  expect_identical(xor_boundary(fit, epoch = 4), xor_boundary(part))
  expect_false(identical(coef(fit, epoch = 0), coef(part)))
})

test_that("without an epoch, or with the last, the fit is as it is at the end", {
  skip_if_no_torch()
  fit <- kept_fit()
  expect_identical(coef(fit, epoch = 9), coef(fit))
  expect_identical(predict(fit, type = "logit", epoch = 9), predict(fit, type = "logit"))
})

test_that("every picture shows the epoch that is asked for", {
  skip_if_no_torch()
  fit <- kept_fit()
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  expect_identical(plot(fit, epoch = 4)$prob, xor_boundary(fit, epoch = 4)$prob)
  expect_identical(nrow(plot(fit, "history", epoch = 4)), 4L)
  expect_equal(plot(fit, "hidden", epoch = 4)$line[, "b"],
               unname(coef(fit, epoch = 4)$linear1.bias))
  weights <- plot(fit, "network", epoch = 4)$edges$weight
  expect_setequal(weights, unlist(coef(fit, epoch = 4)[c("linear1.weight", "linear2.weight")]))
})

test_that("kept weights survive saveRDS(), a file and a way through Python", {
  skip_if_no_torch()
  fit <- kept_fit()
  rds <- withr::local_tempfile()
  saveRDS(fit, rds)
  expect_identical(readRDS(rds), fit)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, path)
  expect_identical(load_xor(path), fit)
  expect_identical(names(fit$snapshots), c("0", "4"))
})

test_that("epochs that were not kept, and snapshots that are none, are named", {
  skip_if_no_torch()
  fit <- kept_fit()
  expect_snapshot_output(writeLines(format(fit)[6]))
  expect_snapshot_output(refusals(list(
    quote(predict(fit, epoch = 5)), quote(coef(fit, epoch = "last")),
    quote(xor_boundary(fit, epoch = -1)), quote(plot(fit, epoch = 1:2)),
    quote(train_xor(snapshots = "all")), quote(train_xor(snapshots = -1)),
    quote(train_xor(epochs = 5, snapshots = 0:6)), quote(train_xor(snapshots = 0:1e8)),
    quote(resume_xor(fit, snapshots = 0:1e8)),
    quote(resume_xor(fit, epochs = 12, snapshots = 0:1e8))
  )))
})
