test_that("plot(fit, \"space\") gives positions that R computes by hand", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(hidden = 2, seed = 2)
  drawn <- plot(fit, "space")
  w <- fit$weights
  hidden <- function(x) tanh(x %*% t(w$linear1.weight) + rep(w$linear1.bias, each = nrow(x)))
  expect_equal(drawn$hidden$samples, hidden(drawn$inputs$samples), tolerance = 1e-5)
  first <- hidden(drawn$inputs$lines[1, , ])
  expect_equal(drawn$hidden$lines[1, , ], first, tolerance = 1e-5)
  expect_identical(drawn$label, fit$data$label[seq_along(drawn$label)])
  x1 <- drawn$hidden$surface$x1
  x2 <- drawn$hidden$surface$x2
  logits <- outer(w$linear2.weight[1] * x1, w$linear2.weight[2] * x2, "+") + w$linear2.bias
  expect_equal(drawn$hidden$surface$prob, plogis(logits), tolerance = 1e-5)
  expect_identical(unlist(drawn$hidden$names), c("Unit 1", "Unit 2"))
})

test_that("chosen units are the axes, and other plots are refused them", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(epochs = 5, seed = 1)
  expect_identical(unlist(plot(fit, "space", units = c(1, 3))$hidden$names), c("Unit 1", "Unit 3"))
  flat <- train_xor(hidden = 0, epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(fit, "space", units = 1)), quote(plot(fit, "space", units = c(1, 9))),
    quote(plot(fit, "space", units = c(1, 1))), quote(plot(fit, "space", units = "a")),
    quote(plot(fit, units = 1:2)), quote(plot(flat, "space"))
  )))
})

test_that("space is drawn at every size, for several classes and many columns, and par() is kept", {
  skip_if_no_torch()
  flowers <- train_xor(Species ~ ., data = iris, epochs = 5, batch_size = 16, seed = 1)
  for (size in list(c(3, 3), c(7, 5), c(10, 5.6))) {
    path <- withr::local_tempfile(fileext = ".png")
    png(path, size[1], size[2], units = "in", res = 60)
    before <- par(no.readonly = TRUE)
    expect_silent(plot(flowers, "space"))
    kept <- c("mfrow", "mar", "oma", "cex", "mgp", "pty")
    expect_identical(par()[kept], before[kept])
    dev.off()
    expect_gt(file.size(path), 2000)
  }
})
