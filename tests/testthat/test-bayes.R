# Class 1's share of the four Gaussians' density.
mixture_prob <- function(x1, x2, std) {
  density <- function(b1, b2) outer(dnorm(x1, b1, std), dnorm(x2, b2, std))
  one <- density(0, 1) + density(1, 0)
  one / (one + density(0, 0) + density(1, 1))
}

test_that("the surface is that of the mixture of four Gaussians", {
  skip_if_no_torch()
  x1 <- seq(-0.3, 1.4, 0.1)
  x2 <- seq(-0.4, 1.2, 0.2)
  best <- bayes_xor(0.3, x1, x2)
  expect_equal(best[c("x1", "x2")], list(x1 = x1, x2 = x2))
  expect_equal(best$prob, mixture_prob(x1, x2, 0.3))
  points <- as.matrix(expand.grid(x1, x2))
  expect_equal(predict(best, points), as.vector(best$prob), tolerance = 1e-5)
})

test_that("the best accuracy is that of the normal distribution function", {
  skip_if_no_torch()
  for (std in c(0.1, 0.4, 3)) {
    p <- pnorm(1 / (2 * std))
    expect_equal(bayes_xor(std)$accuracy, p^2 + (1 - p)^2)
  }
  expect_equal(bayes_xor(0)$accuracy, 1)
  expect_equal(bayes_xor(1.5)$loss, 0.688, tolerance = 1e-4)
  expect_output(print(bayes_xor(0.4)), "noise 0.4\nbest possible accuracy: 81.10")
})

test_that("without noise every corner has its class, and missing stays missing", {
  skip_if_no_torch()
  points <- rbind(c(0, 0), c(0, 1), c(1, 0), c(1, 1), NA)
  expect_identical(predict(bayes_xor(0), points, type = "class"), c(0L, 1L, 1L, 0L, NA))
  expect_false(anyNA(bayes_xor(1e-200)$prob))
})

test_that("eval_xor() says what was possible where that is known", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  result <- eval_xor(fit, xor_data(300, std = 0.4, seed = 2))
  expect_equal(result$best, bayes_xor(0.4)$accuracy)
  expect_match(format(result)[2], "^Best possible: 81.10%")
  own <- as_xor_data(rbind(0:1, c(1, 1)), 0:1)
  expect_null(eval_xor(fit, own)$best)
  expect_false(any(grepl("Best", format(eval_xor(fit, own)))))
})

test_that("a std, grid or points that are none are named", {
  for (bad in list(-1, NA, Inf, "a", NULL, c(1, 2))) {
    expect_input_error(bayes_xor(bad), "`std` must be a finite number of at least 0")
  }
  expect_input_error(bayes_xor(0.1, x1 = "a"), "`x1` must be one or more finite numbers")
  skip_if_no_torch()
  expect_error(predict(bayes_xor(), matrix(0, 1, 3)), "must have 2 columns", class = "xorlab_error")
})

test_that("the plot draws the surface and gives it back", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  best <- bayes_xor(0.3)
  expect_identical(expect_invisible(plot(best)), best)
})

test_that("points of other than two columns are refused", {
  skip_if_no_torch()
  expect_input_error(predict(bayes_xor(), matrix(0, 1, 3)), "`newdata` must have 2 columns, not 3")
  expect_input_error(predict(bayes_xor(), "a"), "`newdata` must be a numeric matrix")
})

test_that("the true probability is drawn with class 1 in the corners where it is", {
  skip_if_no_torch()
  pixels <- picture(plot(bayes_xor(0.1)))
  light <- signed_colors(255)[c(1, 255)]
  middle <- dim(pixels)[1:2] / 2
  upper_left <- pixels[seq_len(middle[1]), seq_len(middle[2]), ]
  expect_gt(find_color(upper_left, light[2])["n"], 3000)
  expect_lt(find_color(upper_left, light[1])["n"], 2500)
})

test_that("a grid with uneven steps is drawn too", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  expect_no_error(plot(bayes_xor(0.1, c(0, 0.1, 1), c(0, 0.5, 1))))
})

# Densities of blobs at one point, from the normal density.
blob_densities <- function(x1, x2, std, classes) {
  angle <- 2 * pi * (seq_len(classes) - 1) / classes
  dnorm(x1, cos(angle), std) * dnorm(x2, sin(angle), std)
}

test_that("the probabilities of blobs are the shares of their Gaussians", {
  skip_if_no_torch()
  best <- bayes_xor(0.5, x1 = c(-1, 0.25), x2 = c(0, 0.5), kind = "blobs", classes = 4)
  expect_identical(best[c("kind", "classes", "std")], list(kind = "blobs", classes = 4L, std = 0.5))
  points <- as.matrix(expand.grid(best$x1, best$x2))
  wanted <- t(apply(points, 1, function(at) {
    density <- blob_densities(at[1], at[2], 0.5, 4)
    density / sum(density)
  }))
  expect_equal(matrix(best$prob, 4), wanted)
  prob <- predict(best, rbind(points, NA))
  expect_identical(colnames(prob), c("0", "1", "2", "3"))
  expect_equal(unname(prob), rbind(wanted, NA))
  class <- predict(best, rbind(points[2:4, ], NA), type = "class")
  expect_identical(class, c(0L, 2L, 1L, NA))
  expect_equal(apply(predict(best, points, type = "logit"), 1, max), rep(0, 4))
  withr::local_pdf(NULL)
  expect_identical(expect_invisible(plot(best)), best)
})

test_that("the figures of two classes of blobs and of the linear problem are those of theory", {
  skip_if_no_torch()
  expect_equal(bayes_xor(0.7, kind = "blobs", classes = 2)$accuracy, pnorm(1 / 0.7))
  right <- integrate(function(t) (1 - t / 2) * plogis(t / 0.3), 0, 2)$value
  linear <- bayes_xor(0.3, kind = "linear")
  expect_equal(linear$accuracy, right, tolerance = 1e-6)
  expect_equal(predict(linear, rbind(c(0.25, 0.5))), plogis(0.75 / 0.3))
  expect_output(print(linear), "<xor_bayes> the linear problem with noise 0.3\nbest possible")
  expect_output(print(bayes_xor(0.3, kind = "blobs")), "<xor_bayes> 3 blobs with noise 0.3\n")
  withr::local_pdf(NULL)
  expect_identical(plot(linear), linear)
})

test_that("a problem whose probabilities are not known is named", {
  skip_if_no_torch()
  expect_error(bayes_xor(kind = "moons"), "not 'moons', whose\\s", class = "xorlab_error")
  expect_error(bayes_xor(kind = "xor", classes = 3), "must be 2 for 'xor'", class = "xorlab_error")
})

test_that("an object of an earlier version is XOR", {
  skip_if_no_torch()
  old <- bayes_xor(0.4)
  old[c("kind", "classes")] <- NULL
  points <- rbind(c(0, 1), c(0.25, 0.25))
  expect_identical(predict(old, points), predict(bayes_xor(0.4), points))
  expect_identical(format(old), format(bayes_xor(0.4)))
})

test_that("a kind in place of the noise is told from it", {
  expect_error(bayes_xor("blobs"), 'the kind goes by name, `kind = "blobs"`', fixed = TRUE,
               class = "xorlab_input_error")
})
