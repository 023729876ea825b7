# A fit of noisy XOR, and test points.
noisy <- function() train_xor(xor_data(300, std = 0.25, seed = 1), epochs = 60, seed = 1)
test_data <- function() xor_data(200, std = 0.25, seed = 2)

test_that("limits are those of the axes, on a grid that fills them", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- noisy()
  for (what in c("boundary", "difference")) {
    drawn <- plot(fit, what, xlim = c(-3, 4), ylim = c(0.2, 0.8))
    expect_equal(range(drawn$x1), c(-3, 4))
    expect_equal(range(drawn$x2), c(0.2, 0.8))
    expect_equal(par("usr"), c(-3, 4, 0.2, 0.8), tolerance = 0.01)
    at <- predict(fit, cbind(drawn$x1[7], drawn$x2[150]), type = "prob")
    expect_equal(drawn$prob[7, 150], at, tolerance = 1e-6)
  }
  expect_equal(range(plot(fit, xlim = c(0, 1))$x2), range(plot(fit)$x2))
  cars <- train_xor(am ~ wt, data = mtcars, epochs = 5, seed = 1)
  expect_equal(range(plot(cars, xlim = c(0, 10))$x1), c(0, 10))
})

test_that("without points there is the boundary alone, and cex makes them larger", {
  skip_if_no_torch()
  fit <- noisy()
  count <- function(...) {
    pixels <- picture(plot(fit, xlim = c(-0.6, 1.6), ylim = c(-0.6, 1.6), ...))
    sum(vapply(class_colors[1:2], function(color) find_color(pixels, color, 0.02)[["n"]], 0))
  }
  expect_lt(count(points = FALSE), 0.1 * count())
  expect_gt(count(cex = 2), 2 * count())
  blue <- function(cex) find_color(picture(plot(test_data(), cex = cex)), class_colors[1])[["n"]]
  expect_gt(blue(2), 2 * blue(1))
})

test_that("test points are drawn in every form that eval_xor() takes, misclassified ones ringed", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- noisy()
  test <- test_data()
  wrong <- predict(fit, test$x) != test$label
  for (form in list(test, list(test$x, test$label))) {
    points <- test_points(fit, form, NULL)
    expect_identical(points$wrong, wrong)
    expect_equal(points$x, test$x)
    expect_equal(mean(!points$wrong), eval_xor(fit, form)$accuracy)
  }
  cars <- train_xor(am ~ wt + log(hp), data = mtcars[1:20, ], epochs = 50, seed = 1)
  points <- test_points(cars, mtcars[21:32, ], NULL)
  expect_equal(points$x[, c("wt", "hp")], as.matrix(mtcars[21:32, c("wt", "hp")]))
  expect_identical(points$wrong, unname(predict(cars, mtcars[21:32, ]) != mtcars$am[21:32]))
  expect_silent(plot(cars, newdata = mtcars[21:32, ]))
  flowers <- train_xor(Species ~ Petal.Length, data = iris, batch_size = 16, epochs = 5, seed = 1)
  expect_silent(plot(flowers, newdata = iris[1:9, ], points = TRUE))
  blobs <- train_xor(toy_data("blobs", 60, seed = 1), epochs = 1, seed = 1)
  expect_silent(plot(blobs, newdata = toy_data("blobs", 60, seed = 2)))
})

test_that("a ring is around a misclassified point alone, and all test points are in sight", {
  skip_if_no_torch()
  fit <- noisy()
  far <- list(rbind(c(2.4, 0.5), c(0, 0)), c(1, 0))
  rings <- function(labels) {
    far[[2]] <- labels
    picture(plot(fit, newdata = far))
  }
  right <- predict(fit, far[[1]])
  changed <- which(apply(rings(right) != rings(1 - right), 1:2, any), arr.ind = TRUE)
  expect_gt(nrow(changed), 50)
  withr::local_pdf(NULL)
  plot(fit, newdata = far)
  expect_gt(par("usr")[2], 2.4)
  plot(fit, newdata = far, xlim = c(-1, 2))
  expect_equal(par("usr")[1:2], c(-1, 2), tolerance = 0.01)
})

test_that("training points stay, pale, where they are asked for beside test points", {
  skip_if_no_torch()
  fit <- noisy()
  alone <- picture(plot(fit, newdata = test_data()))
  both <- picture(plot(fit, newdata = test_data(), points = TRUE))
  expect_gt(sum(apply(alone != both, 1:2, any)), 500)
  filled <- function(pixels) find_color(pixels, class_colors[1], 0.02)[["n"]]
  expect_lt(filled(both), 1.05 * filled(alone))
})

test_that("arguments that do not go with a picture are refused", {
  skip_if_no_torch()
  fit <- train_xor(xor_data(50, seed = 1), epochs = 1, seed = 1)
  cars <- train_xor(am ~ wt, data = mtcars, epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(fit, "history", xlim = c(1, 2))), quote(plot(fit, "network", newdata = fit$data)),
    quote(plot(fit, "hidden", points = FALSE)), quote(plot(fit, "difference", cex = 2)),
    quote(plot(fit, xlim = c(2, 1))), quote(plot(fit, ylim = 3)), quote(plot(fit, points = "no")),
    quote(plot(fit, cex = 0)), quote(plot(cars, ylim = c(0, 1))),
    quote(plot(fit, newdata = list(fit$data$x, rep("a", 50)))), quote(plot(fit$data, cex = "big"))
  )))
})
