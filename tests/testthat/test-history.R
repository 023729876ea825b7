test_that("the history is drawn in two panels, in colours that are no class", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 20, seed = 1)
  pixels <- picture(plot(fit, "history"), 600, 400)
  halves <- list(pixels[, 1:300, ], pixels[, 301:600, ])
  for (half in halves) expect_gt(find_color(half, series_colors[1])["n"], 50)
  pixels <- picture(plot(fit, "history"), 400, 600)
  halves <- list(pixels[1:300, , ], pixels[301:600, , ])
  for (half in halves) expect_gt(find_color(half, series_colors[1])["n"], 50)
  for (color in class_colors[1:2]) expect_equal(find_color(pixels, color)[["n"]], 0)
})

test_that("what is drawn of a history is Python's, with a line at what guessing gives", {
  skip_if_no_torch()
  guess <- function(fit) {
    vapply(history_content(fit, NULL)$panels, `[[`, 0, "guessing")
  }
  fit <- train_xor(epochs = 3, seed = 1)
  content <- history_content(fit, NULL)
  expect_equal(guess(fit), c(log(2), 0.5))
  for (k in 1:2) {
    curve <- content$panels[[k]]$curves[[1]]
    expect_equal(curve$values, fit$history[[c("loss", "accuracy")[k]]])
  }
  flowers <- train_xor(Species ~ ., data = iris, epochs = 2, seed = 1)
  expect_equal(guess(flowers), c(log(3), 1 / 3))
  uneven <- train_xor(am ~ wt, data = mtcars, epochs = 2, seed = 1)
  share <- mean(mtcars$am)
  expect_equal(guess(uneven), c(-sum(c(share, 1 - share) * log(c(share, 1 - share))), 1 - share))
})

test_that("within a page of several plots both panels are drawn in one, of any layout", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 20, seed = 1)
  pixels <- picture({
    par(mfrow = c(1, 2))
    plot(fit, "history")
    expect_identical(par("mfg"), c(1L, 1L, 1L, 2L))
    plot(1:3)
    expect_identical(par("mfg"), c(1L, 2L, 1L, 2L))
  }, 800, 400)
  expect_equal(find_color(pixels[, 401:800, ], series_colors[1])[["n"]], 0)
  for (rows in list(1:200, 201:400)) {
    expect_gt(find_color(pixels[rows, 1:400, ], series_colors[1])["n"], 30)
  }
})

test_that("validation is drawn in lines of its own, with the best epoch where patience chose it", {
  skip_if_no_torch()
  fit <- train_xor(
    xor_data(200, std = 0.3, seed = 1), hidden = 8, optimizer = "adam", lr = 0.05,
    validation = 0.3, patience = 4, epochs = 300, seed = 1
  )
  expect_lt(fit$best_epoch, nrow(fit$history))
  expect_null(xorlab:::parted(fit$history))
  content <- history_content(fit, NULL)
  expect_identical(content$best, fit$best_epoch)
  for (panel in content$panels) {
    expect_identical(vapply(panel$curves, `[[`, "", "label"), c("training", "validation"))
  }
  expect_equal(content$panels[[1]]$curves[[2]]$values, fit$history$val_loss)
  draw <- function(fit) picture(plot(fit, "history"), 700, 500)
  pixels <- draw(fit)
  for (color in c(series_colors[1], validation_color)) {
    expect_gt(find_color(pixels, color)[["n"]], 50)
  }
  # Without patience, and where the losses do not part, the lines at the best epoch are not there.
  fit$settings["patience"] <- fit["best_epoch"] <- list(NULL)
  changed <- which(colSums((pixels != draw(fit))[100:350, , 1]) > 150)
  expect_identical(sum(diff(changed) > 1), 1L) # two places, each a line wide
  without <- train_xor(epochs = 60, seed = 1)
  expect_equal(find_color(draw(without), validation_color, 0.02)[["n"]], 0)
  one <- train_xor(validation = 0.2, epochs = 1, seed = 1)
  expect_gt(find_color(draw(one), validation_color)[["n"]], 10)
})

test_that("a history of one epoch is drawn as points", {
  skip_if_no_torch()
  pixels <- picture(plot(train_xor(epochs = 1, seed = 1), "history"), 600, 400)
  for (half in list(pixels[, 1:300, ], pixels[, 301:600, ])) {
    expect_gt(find_color(half, series_colors[1])["n"], 10)
  }
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
    content <- history_content(fit, NULL)$panels[[1]]
    expect_equal(content$curves[[1]]$values, replace(whole, 2, NaN))
    expect_lt(content$frame$y$limits[2], 1.1 * max(whole[c(1, 3)]))
    fit$history$loss[3] <- value
    pixels <- picture(plot(fit, "history"))
    expect_gt(find_color(pixels, series_colors[1])["n"], 10)
    fit$history$loss[1] <- value
    expect_error(plot(fit, "history"), "nothing to draw: no loss of the history is finite",
                 class = "xorlab_error")
  }
})
