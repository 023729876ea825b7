light <- signed_colors(255)[c(1, 255)]

test_that("the boundary is drawn the right way round", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  fit["data"] <- list(NULL)
  pixels <- picture(plot(fit))
  blue <- find_color(pixels, light[1])
  orange <- find_color(pixels, light[2])
  expect_gt(min(blue["n"], orange["n"]), 5000)
  expect_lt(blue["column"], orange["column"] - 80)
  expect_lt(abs(blue["row"] - orange["row"]), 10)

  fit$weights$linear1.weight <- fit$weights$linear1.weight[, 2:1]
  pixels <- picture(plot(fit))
  blue <- find_color(pixels, light[1])
  orange <- find_color(pixels, light[2])
  expect_gt(blue["row"], orange["row"] + 80) # rows count from the top: class 0 lies below
  expect_lt(abs(blue["column"] - orange["column"]), 10)
})

test_that("samples are drawn where they are, in the two class colours", {
  skip_if_no_torch()
  # Clear of the legend, at the top right.
  x <- rbind(c(1, 0), c(1, 0.02), c(0, 1), c(0, 0.98))
  pixels <- picture(plot(as_xor_data(x, c(0, 0, 1, 1))))
  pixels[1:150, 250:400, ] <- 1
  blue <- find_color(pixels, "#0072B2")
  orange <- find_color(pixels, "#E69F00")
  expect_gt(min(blue["n"], orange["n"]), 5)
  expect_gt(blue["column"], orange["column"] + 150)
  expect_gt(blue["row"], orange["row"] + 150)
})

test_that("symbols are as many as in Python, and colours between the classes the same", {
  skip_if_no_torch()
  there <- reticulate::import("xorlab.plots.palette")
  expect_length(class_symbols, length(there$CLASS_MARKERS))
  expect_length(series_symbols, length(there$SERIES_MARKERS))
  shades <- there$signed_colors()(as.list(0:254))
  expect_lt(max(abs(t(grDevices::col2rgb(signed_colors(255))) / 255 - shades[, 1:3])), 0.01)
})

test_that("a probability of one half is white, and no series has the colour of a class", {
  expect_identical(signed_colors(255)[128], "#FFFFFF")
  expect_false(any(class_colors[1:2] %in% c(series_colors, solved_color, failed_color)))
})

test_that("the key to the colours stands beside the boundary, where there is a margin for it", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  fit["data"] <- list(NULL)
  for (inches in c(3, 6)) {
    right <- function(...) {
      pixels <- picture({
        par(...)
        plot(fit)
      }, 80 * inches, 80 * inches, res = 80)
      edge <- find_color(pixels, light[2])[["column"]]
      pixels[, seq(round(edge + (80 * inches - edge) / 3), 80 * inches), ]
    }
    key <- right(mar = c(5, 4, 4, 2))
    expect_gt(find_color(key, light[1])[["row"]], find_color(key, light[2])[["row"]] + 40)
    expect_gt(sum(right(mar = c(5, 4, 4, 2))[, , 1] < 0.5), 20) # words
  }
  withr::local_pdf(NULL)
  par(mar = rep(0, 4))
  expect_silent(plot(fit))
})

test_that("plots leave par() as they found it, and draw one panel each", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  withr::local_pdf(NULL)
  draw <- list(
    function() plot(fit), function() plot(fit, "history"), function() plot(fit$data),
    function() plot(as_xor_data(cbind(1:4, c(10, 30, 20, 50)), c(0, 1, 0, 1)))
  )
  par(mfrow = c(2, 2), mar = c(4, 4, 2, 1))
  before <- par(c("mfrow", "mar", "pty", "bg", "cex", "las", "xpd"))
  panels <- lapply(draw, function(one) {
    one()
    par("mfg")[1:2]
  })
  expect_identical(panels, list(c(1L, 1L), c(1L, 2L), c(2L, 1L), c(2L, 2L)))
  expect_identical(par(names(before)), before)
})

test_that("plots return what they drew, invisibly", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  withr::local_pdf(NULL)
  boundary <- expect_invisible(plot(fit))
  expect_equal(boundary, xor_boundary(fit))
  expect_identical(expect_invisible(plot(fit, "history")), fit$history)
  expect_identical(expect_invisible(plot(fit$data)), fit$data)
})

test_that("the title says of which epoch the weights are, where not of the last", {
  fit <- list(history = data.frame(epoch = 1:9, loss = 1), settings = list(epochs = 20),
              best_epoch = 4L)
  expect_identical(stage(fit), ", epoch 4 of 9") # stopped early
  expect_identical(stage(c(fit, list(best = 1))), ", epoch 9 of 20") # interrupted
  fit$best_epoch <- 9L
  expect_null(stage(fit))
  fit["best_epoch"] <- list(NULL)
  expect_identical(stage(fit), ", epoch 9 of 20")
  fit$settings$epochs <- 9
  expect_null(stage(fit))
})

test_that("a title may be given, and nothing else that is not used", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  for (what in c("boundary", "history")) {
    above <- sum(picture(plot(fit, what))[1:12, , ] < 0.5)
    expect_gt(sum(picture(plot(fit, what, main = "Tall title"))[1:45, , ] < 0.5), above)
  }
  withr::local_pdf(NULL)
  expect_input_error(plot(fit, maim = "Title"), "no argument `maim`.*Did you mean `main`")
})

test_that("what cannot be drawn is refused", {
  skip_if_no_torch()
  wide <- as_xor_data(matrix(1:6, 2), 0:1)
  wide_fit <- train_xor(wide, epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(wide)), quote(plot(wide_fit, "weights")), quote(plot(wide_fit, 1)),
    quote(plot(wide_fit, "network", vars = c("x1", "x2")))
  )))
})

# A fit of own data in units of thousands and of thousandths, in which one of two columns decides:
# class "b" where it is above its mean.
fit_of_column <- function(which) {
  set.seed(1)
  x <- cbind(pay = rnorm(60, 50000, 4000), size = rnorm(60, 1, 0.001))
  label <- ifelse(x[, which] > mean(x[, which]), "b", "a")
  fit <- train_xor(as_xor_data(x, label), epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- 0
  fit$weights$linear1.weight[, which] <- 1
  fit$weights$linear1.bias[] <- 0
  fit$weights$linear2.weight[] <- 5
  fit$weights$linear2.bias[] <- 0
  fit
}

test_that("own data are drawn in their units, the right way round", {
  skip_if_no_torch()
  for (which in 1:2) {
    fit <- fit_of_column(which)
    pixels <- picture({
      drawn <- plot(fit)
      usr <- par("usr")
    })
    blue <- find_color(pixels, light[1])
    orange <- find_color(pixels, light[2])
    expect_gt(min(blue["n"], orange["n"]), 2000)
    if (which == 1) expect_lt(blue["column"], orange["column"] - 80)
    if (which == 2) expect_gt(blue["row"], orange["row"] + 80)
    x <- fit$data$x
    expect_true(usr[1] < min(x[, 1]) && max(x[, 1]) < usr[2] && usr[2] < 80000)
    expect_true(usr[3] < min(x[, 2]) && max(x[, 2]) < usr[4] && usr[4] < 1.1)
    at <- c(20, 150)
    expected <- predict(fit, cbind(drawn$x1[at], drawn$x2[at]), type = "prob")
    expect_equal(diag(drawn$prob[at, at]), expected, tolerance = 1e-6)
    along <- if (which == 1) drawn$prob[, 7] else drawn$prob[7, ]
    half <- stats::approx(along, if (which == 1) drawn$x1 else drawn$x2, 0.5)$y
    expect_equal(half, mean(x[, which]), tolerance = 1e-3)
  }
})

flowers_fit <- function() {
  train_xor(Species ~ Petal.Length + Petal.Width, data = iris, batch_size = 16, epochs = 60,
            seed = 1)
}

test_that("of three classes each place has the colour of the winner, paler where it is less sure", {
  skip_if_no_torch()
  fit <- flowers_fit()
  drawn <- NULL
  pixels <- picture(drawn <- plot(fit))
  expect_equal(apply(drawn$prob, 1:2, sum), matrix(1, 200, 200), ignore_attr = TRUE)
  expect_identical(dimnames(drawn$prob)[[3]], levels(iris$Species))
  shades <- matrix(class_shades(drawn$prob), 200)
  for (at in list(c(15, 15), c(90, 100), c(190, 190))) {
    prob <- predict(fit, data.frame(Petal.Length = drawn$x1[at[1]], Petal.Width = drawn$x2[at[2]]),
                    type = "prob")
    expect_equal(drawn$prob[at[1], at[2], ], prob[1, ], tolerance = 1e-6)
    k <- which.max(prob)
    full <- 0.25 + 0.75 * grDevices::col2rgb(class_colors[k]) / 255
    expected <- 1 + (prob[k] - 1 / 3) / (2 / 3) * (full - 1)
    expect_equal(grDevices::col2rgb(shades[at[1], at[2]]) / 255, expected, tolerance = 0.01)
  }
  # Setosa has small petals, virginica large ones.
  places <- lapply(class_shades(rbind(diag(3))), function(one) find_color(pixels, one))
  expect_gt(min(vapply(places, `[[`, 0, "n")), 1000)
  expect_lt(places[[1]]["column"], places[[3]]["column"] - 100)
  expect_gt(places[[1]]["row"], places[[3]]["row"] + 100)
})

test_that("colours of several classes are Python's, and there is one for any number of them", {
  skip_if_no_torch()
  there <- reticulate::import("xorlab.plots.palette")
  prob <- matrix(stats::runif(60), 12)
  prob <- prob / rowSums(prob)
  expect_equal(t(grDevices::col2rgb(class_shades(prob))) / 255, there$class_shades(prob),
               tolerance = 0.01, ignore_attr = TRUE)
  expect_identical(class_shades(rbind(rep(1 / 5, 5))), "#FFFFFF")
  expect_identical(class_color(1:2), class_colors[1:2])
  both <- paste(class_color(1:40), class_symbol(1:40))
  expect_identical(anyDuplicated(both), 0L)
})

test_that("of more than two columns two are drawn, at the means of the others", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(as_xor_data(iris[1:4], iris$Species), batch_size = 16, epochs = 60, seed = 1)
  drawn <- plot(fit)
  expect_identical(drawn$vars, c("Petal.Length", "Petal.Width"))
  expect_identical(drawn$caption, "Most influential columns; others at their means")
  expect_equal(par("usr")[1:2], range(iris$Petal.Length) + c(-0.1, 0.1) * 5.9, tolerance = 0.01)
  chosen <- plot(fit, vars = c("Sepal.Width", "Petal.Length"), at = list(Petal.Width = 0.5))
  expect_identical(chosen$caption, "Petal.Width at 0.5, Sepal.Length at 5.843, its mean")
  expect_equal(chosen, xor_boundary(fit, vars = chosen$vars, at = list(Petal.Width = 0.5)))
})

test_that("of one column the probability is drawn against it", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  cars <- train_xor(am ~ wt, data = mtcars, epochs = 50, seed = 1)
  drawn <- expect_invisible(plot(cars))
  expect_equal(drawn$prob, predict(cars, data.frame(wt = drawn$x1), type = "prob"),
               tolerance = 1e-6)
  flowers <- train_xor(Species ~ Petal.Length, data = iris, batch_size = 16, seed = 1)
  drawn <- plot(flowers)
  prob <- predict(flowers, data.frame(Petal.Length = drawn$x1), type = "prob")
  expect_equal(drawn$prob, prob, tolerance = 1e-6)
})

test_that("boundaries of any data are drawn on every page and leave par() as it was", {
  skip_if_no_torch()
  fits <- list(
    flowers_fit(), train_xor(Species ~ ., data = iris, epochs = 1, seed = 1),
    train_xor(am ~ wt, data = mtcars, epochs = 1, seed = 1),
    train_xor(toy_data("blobs", 60, classes = 9, seed = 1), epochs = 1, seed = 1)
  )
  for (inches in list(c(3, 3), c(7, 5))) {
    withr::with_pdf(NULL, width = inches[1], height = inches[2], {
      for (mar in list(c(5, 4, 4, 2) + 0.1, c(4, 4, 2, 1), rep(0, 4))) {
        par(mar = mar)
        before <- par(c("mfrow", "mar", "pty", "cex", "xpd"))
        for (fit in fits) expect_silent(plot(fit))
        expect_silent(plot(fits[[4]]$data))
        expect_identical(par(names(before)), before)
      }
    })
  }
})

test_that("long names are cut in the middle, and legends of many classes have their own names", {
  expect_identical(shortened(c("short", "a name of a column that is long"), 15),
                   c("short", "a name...s long"))
  expect_identical(class_names(c("no", "yes")), c("Class no", "Class yes"))
  expect_identical(class_names(0:2), c("Class 0", "Class 1", "Class 2"))
  expect_identical(class_names(levels(iris$Species)), levels(iris$Species))
})

# A fit whose weights were changed by hand.
changed <- function(fit, name, value) {
  fit$weights[[name]][1] <- value
  fit
}

test_that("of weights that are not finite nothing is drawn, and the error says so", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(xor_data(50, seed = 1), epochs = 2, seed = 1, snapshots = 0)
  plot(1:3)
  before <- par(no.readonly = TRUE)
  for (value in c(NaN, Inf, -Inf)) {
    bad <- changed(fit, "linear1.weight", value)
    draw <- list(
      quote(plot(bad)), quote(plot(bad, "hidden")), quote(plot(bad, "network")),
      quote(animate_xor(bad))
    )
    for (one in draw) {
      cnd <- expect_error(eval(one), class = "xorlab_error")
      expect_identical(
        conditionMessage(cnd),
        "There is nothing to draw: the weights of the net are not finite (1 of 17)."
      )
      expect_identical(deparse(conditionCall(cnd)[[1]]), deparse(one[[1]]))
    }
  }
  expect_identical(par(no.readonly = TRUE), before)
})

test_that("where outputs of the net are not finite nothing is drawn", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  points <- xor_data(50, seed = 1)
  fit <- train_xor(points, activation = "relu", epochs = 1, seed = 1, snapshots = 0)
  # From some points on every unit is infinite, and their sum is NaN.
  fit$weights$linear1.weight[] <- 3e38
  fit$weights$linear2.weight[] <- c(1, -1, 1, -1)
  for (what in c("boundary", "hidden")) {
    expect_error(plot(fit, what), "the output of the net is not finite at .* 3e\\+38\\)",
                 class = "xorlab_error")
  }
  expect_error(animate_xor(fit), "There is nothing to draw", class = "xorlab_error")
  expect_silent(plot(fit, "network")) # which draws the weights alone
})

test_that("a legend is never wider than the page, whatever sizes letters come in", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ ., data = iris, epochs = 2, seed = 1)
  for (side in c(3, 3.4, 4)) {
    pixels <- picture(plot(fit, "network"), side, side, units = "in", res = 90)
    expect_true(all(pixels[, c(1, ncol(pixels)), ] == 1), label = side)
  }
})

test_that("the title of samples is above a legend of two rows", {
  skip_if_no_torch()
  data <- toy_data("blobs", 50, seed = 1, classes = 8)
  with <- picture(plot(data), 3, 3, units = "in", res = 90)
  without <- picture(plot(data, main = ""), 3, 3, units = "in", res = 90)
  title <- which(apply(with != without, 1, any))
  legend <- which(apply(without[seq_len(60), , ] < 1, 1, any))
  expect_lt(max(title), min(legend))
})
