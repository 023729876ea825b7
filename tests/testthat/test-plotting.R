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

test_that("the history is drawn as two lines, in colours that are no class", {
  skip_if_no_torch()
  pixels <- picture(plot(train_xor(epochs = 20, seed = 1), "history"), 600, 400)
  for (color in series_colors[1:2]) expect_gt(find_color(pixels, color)["n"], 100)
  for (color in class_colors[1:2]) expect_equal(find_color(pixels, color)[["n"]], 0)
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

test_that("a history of one epoch is drawn as points", {
  skip_if_no_torch()
  pixels <- picture(plot(train_xor(epochs = 1, seed = 1), "history"), 600, 400)
  for (color in series_colors[1:2]) expect_gt(find_color(pixels, color)["n"], 10)
})

test_that("what cannot be drawn is refused", {
  skip_if_no_torch()
  wide <- as_xor_data(matrix(1:6, 2), 0:1)
  wide_fit <- train_xor(wide, epochs = 1, seed = 1)
  expect_snapshot_output(refusals(list(
    quote(plot(wide)), quote(plot(wide_fit)), quote(plot(wide_fit, "weights")),
    quote(plot(wide_fit, 1))
  )))
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

test_that("losses that are not finite are left out of the history", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  fit <- train_xor(xor_data(50, seed = 1), epochs = 3, seed = 1)
  whole <- fit$history$loss
  for (value in c(NaN, Inf)) {
    fit$history$loss <- whole
    fit$history$loss[2] <- value
    expect_silent(plot(fit, "history"))
    expect_lt(par("usr")[4], 1.1 * max(whole[c(1, 3)]))
    fit$history$loss[3] <- value
    pixels <- picture(plot(fit, "history"))
    expect_gt(find_color(pixels, series_colors[1])["n"], 10)
    fit$history$loss[1] <- value
    expect_input_error(plot(fit, "history"), "nothing to draw: no loss of the history is finite")
  }
})
