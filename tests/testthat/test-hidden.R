test_that("what a unit sees is the right way round", {
  skip_if_no_torch()
  seen <- hidden_content(fit_of_x1(), x1 = c(0, 0.5, 1), x2 = c(0, 1))$surface
  expect_equal(dim(seen$output), c(4, 3, 2))
  # tanh(x1 - 1/2), whatever x2
  wanted <- matrix(tanh(c(-0.5, 0, 0.5)), 3, 2)
  for (k in 1:4) expect_equal(seen$output[k, , ], wanted, tolerance = 1e-6)
  expect_equal(seen$line[1, ], c(w1 = 1, w2 = 0, b = -0.5))
  expect_equal(seen$weight, rep(5, 4))
})

test_that("the picture of hidden units gives back what was drawn and leaves par() as it was", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  par(cex = 1.5)
  names <- c("mar", "oma", "pty", "mfrow", "cex", "mex", "mgp", "tcl", "fig")
  before <- par(names)
  for (hidden in list(1, 5, c(8, 2), 40)) {
    fit <- train_xor(hidden = hidden, activation = "relu", epochs = 1, seed = 1)
    seen <- expect_invisible(plot(fit, "hidden"))
    expect_equal(dim(seen$output)[1], hidden[1])
    expect_equal(is.null(seen$weight), length(hidden) > 1)
  }
  expect_equal(par(names), before)
})

test_that("the colour key ends where a unit's output can end", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  for (activation in names(activations)) {
    fit <- train_xor(activation = activation, epochs = 1, seed = 1)
    seen <- plot(fit, "hidden")
    expect_equal(par("usr")[3:4], c(seen$key_low, seen$key_high), label = activation)
    expect_equal(seen$key_low > seen$low, activation %in% c("relu", "elu", "softplus"),
                 label = activation)
  }
})

test_that("a unit without weights has no line, and an upright one has", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  fit["data"] <- list(NULL)
  fit$weights$linear1.weight[2:4, ] <- 0
  segments <- hidden_content(fit)$panels$segments
  expect_equal(segments[1, c(1, 3)], c(0.5, 0.5))
  expect_true(all(is.nan(segments[2:4, ])))
  fit$weights$linear1.weight[1, ] <- c(1e-4, 0) # of a surface that is nearly white
  fit$weights$linear1.bias[1] <- -0.5e-4
  line <- find_color(picture(plot(fit, "hidden"))[60:180, 40:190, ], ink, tolerance = 0.3)
  expect_gt(line[["n"]], 50)
})

test_that("units of a net with other than two inputs have no picture", {
  skip_if_no_torch()
  fit <- train_xor(as_xor_data(scale(iris[1:4]), iris$Species == "setosa"), epochs = 1, seed = 1)
  expect_input_error(plot(fit, "hidden"), "needs data of two columns, not 4")
})

test_that("the picture of a unit is the right way round, blue left and orange right", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  fit["data"] <- list(NULL)
  low <- find_color(picture(plot(fit, "hidden")), signed_colors(255)[80])
  high <- find_color(picture(plot(fit, "hidden")), signed_colors(255)[176])
  expect_gt(min(low["n"], high["n"]), 100)
  fit$weights$linear1.weight[] <- rep(c(6, 0), each = 4)
  fit$weights$linear1.bias[] <- -3
  pixels <- picture(plot(fit, "hidden"))
  # Within the first panel, at its left and at its right.
  first <- pixels[80:180, 40:190, ]
  blue <- find_color(first, signed_colors(255)[1])
  orange <- find_color(first, signed_colors(255)[255])
  expect_gt(min(blue["n"], orange["n"]), 500)
  expect_lt(blue["column"], orange["column"] - 20)
  expect_lt(abs(blue["row"] - orange["row"]), 12)
})

test_that("lines of scaled data are in the units of the data", {
  skip_if_no_torch()
  set.seed(1)
  x <- cbind(pay = rnorm(40, 50000, 4000), size = rnorm(40, 1, 0.001))
  fit <- train_xor(as_xor_data(x, x[, 1] > 50000), epochs = 5, seed = 1)
  seen <- hidden_content(fit, x1 = c(40000, 60000), x2 = c(0.99, 1.01))$surface
  for (k in 1:4) {
    line <- seen$line[k, ]
    going_in <- outer(line["w1"] * c(40000, 60000), line["w2"] * c(0.99, 1.01), "+") + line["b"]
    expect_equal(seen$input[k, , ], going_in, tolerance = 1e-4)
    expect_equal(seen$output[k, , ], tanh(going_in), tolerance = 1e-4)
  }
})

test_that("units of computed inputs have curves, and those of several classes no weight", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  points <- toy_data("blobs", 60, seed = 1)
  fit <- train_xor(points, inputs = c("x1^2", "x2", "sin(x1)"), epochs = 1, seed = 1)
  seen <- plot(fit, "hidden")
  expect_null(seen$line)
  expect_null(seen$weight)
  x1 <- seen$x1[9]
  x2 <- seen$x2[70]
  first <- coef(fit)$linear1.weight %*% c(x1^2, x2, sin(x1)) + coef(fit)$linear1.bias
  expect_equal(seen$input[, 9, 70], as.vector(first), tolerance = 1e-5)
})
