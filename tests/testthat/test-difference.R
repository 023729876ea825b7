test_that("the difference is the net's probability less the exact one, and what Python draws", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  for (kind in c("xor", "blobs", "linear")) {
    classes <- if (kind == "blobs") 2
    data <- toy_data(kind, 300, seed = 1, classes = classes)
    fit <- train_xor(data, epochs = 10, seed = 1)
    drawn <- expect_invisible(plot(fit, "difference"))
    best <- bayes_xor(data$std, drawn$x1, drawn$x2, kind, classes)
    expect_equal(drawn$exact, best$prob)
    expect_equal(drawn$prob, xor_boundary(fit)$prob)
    expect_equal(drawn$difference, drawn$prob - drawn$exact)
    gaps <- abs(predict(fit, data$x, type = "prob") - predict(best, data$x))
    expect_equal(drawn$mean, mean(gaps), tolerance = 1e-6)
    expect_identical(drawn$largest, max(abs(drawn$difference)))
  }
})

test_that("the map is green where the net says more and purple where it says less", {
  skip_if_no_torch()
  fit <- train_xor(toy_data("linear", 100, seed = 1), hidden = 0, epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- 1 / 0.3
  fit$weights$linear1.bias[] <- 0.5 # more everywhere
  shades <- function(fit) {
    drawn <- plot(fit, "difference")
    difference_shades(drawn$difference / max(abs(drawn$difference)))
  }
  withr::local_pdf(NULL)
  expect_identical(shades(fit)[which.max(plot(fit, "difference")$difference)], difference_colors[2])
  fit$weights$linear1.bias[] <- -0.5
  expect_identical(shades(fit)[which.min(plot(fit, "difference")$difference)], difference_colors[1])
  expect_identical(difference_shades(0), "#FFFFFF")
  there <- reticulate::import("xorlab.plots.palette")
  values <- seq(-1, 1, 0.1)
  for (pale in c(FALSE, TRUE)) {
    expect_equal(t(grDevices::col2rgb(difference_shades(values, pale))) / 255,
                 there$difference_shades(matrix(values, 1), pale)[1, , ], tolerance = 0.01,
                 ignore_attr = TRUE)
  }
})

test_that("of data whose probabilities are not known there is no difference", {
  skip_if_no_torch()
  own <- train_xor(iris[3:4], iris$Species, epochs = 1, seed = 1)
  moons <- train_xor(toy_data("moons", 50, seed = 1), epochs = 1, seed = 1)
  blobs <- train_xor(toy_data("blobs", 50, seed = 1), epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(own, "difference")), quote(plot(moons, "difference")),
    quote(plot(blobs, "difference")), quote(plot(blobs, "difference", vars = c("x1", "x2")))
  )))
})
