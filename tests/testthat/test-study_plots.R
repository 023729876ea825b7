# Four nets in each cell, none of them trained.
made_study <- function(lr, hidden, loss = 0.25) {
  study <- merge(data.frame(seed = 1:4), expand.grid(lr = lr, hidden = hidden))
  structure(
    data.frame(
      hidden = as.character(study$hidden), activation = "tanh", lr = study$lr, std = 0.1,
      size = 2500L, epochs = 100L, batch_size = 128L, seed = study$seed, loss = loss,
      accuracy = ifelse(study$seed < 4, 1, 0.75), solved = study$seed < 4,
      corner = ifelse(study$seed < 4, NA, "(0, 1)")
    ),
    class = c("xor_study", "data.frame")
  )
}

# What is on a page: how many pixels there are of each colour.
page_colors <- function(study, ...) {
  file <- withr::local_tempfile(fileext = ".png")
  grDevices::png(file, 700, 400)
  plot(study, ...)
  grDevices::dev.off()
  pixels <- png::readPNG(file)
  grDevices::rgb(pixels[, , 1], pixels[, , 2], pixels[, , 3])
}

test_that("what is drawn are Python's lines, by all that varies but the learning rate", {
  skip_if_no_torch()
  study <- made_study(c(1, 0.1), c(2, 3))
  study$std <- rep(c(0.1, 0.3), each = 8)
  content <- call_python(xorlab_r()$study_content(study_to_python(study)))
  lines <- content$lines
  names <- c("2 hidden, std 0.1", "3 hidden, std 0.3")
  expect_identical(vapply(lines, `[[`, "", "label"), names)
  for (line in lines) expect_identical(line$x, c(0.1, 1))
  expect_equal(c(lines[[1]]$lower, lines[[2]]$lower), summary(study)$lower)
  expect_identical(sweep_key(content)$legend, c(names, "guessing", "usual learning rate"))
})

test_that("a sweep has a line of every width's colour, and gives back its summary", {
  skip_if_no_torch()
  study <- made_study(c(0.1, 1, 10), 2:4)
  colors <- page_colors(study)
  expect_true(all(series_colors[1:3] %in% colors))
  expect_false(any(c(series_colors[4], class_colors[1:2]) %in% colors))
  withr::local_pdf(NULL)
  before <- par(c("mfrow", "mar"))
  expect_identical(expect_invisible(plot(study)), summary(study))
  expect_identical(par(c("mfrow", "mar")), before)
})

test_that("one rate, one cell, many lines, many rates and odd losses are all drawn", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  one <- made_study(0.1, 2)
  expect_identical(expect_invisible(plot(one)), one)
  expect_identical(plot(made_study(0.1, 2:4))$hidden, c("2", "3", "4"))
  expect_equal(nrow(plot(made_study(c(0.1, 1), 2:12))), 22)
  expect_equal(nrow(plot(made_study(10^seq(-3, 1, 0.2), 2))), 21)
  for (loss in c(NaN, Inf, 0)) {
    expect_silent(plot(made_study(c(0.1, 1), 2:3, loss = loss)))
    expect_silent(plot(made_study(0.1, 2, loss = loss)))
  }
})

# The made study with other values in one of its columns, instead of the learning rates.
varied_study <- function(name, values) {
  study <- with_later_columns(made_study(seq_along(values), 2))
  study[[name]] <- values[study$lr]
  study$lr <- 0.1
  study$loss <- 0.1 * as.numeric(factor(study[[name]], values, exclude = NULL))
  study
}

test_that("what varies is on the axis: numbers joined by lines, names not", {
  skip_if_no_torch()
  content <- function(...) {
    call_python(xorlab_r()$study_content(study_to_python(varied_study(...))))
  }
  momentum <- content("momentum", c(0, 0.5, 0.9))
  expect_identical(momentum$losses$x$name, "Momentum, at a learning rate of 0.1")
  expect_identical(momentum$lines[[1]]$x, c(0, 0.5, 0.9))
  expect_true(momentum$joined)
  validation <- content("validation", c(NA, 0.1, 0.2))
  expect_identical(validation$losses$x$labels, c("none", "0.1", "0.2"))
  init <- content("init", c("zeros", "default"))
  expect_identical(init$losses$x$labels, c("zeros", "default"))
  expect_false(init$joined)
  expect_null(init$usual_rate)
  expect_identical(sweep_key(init)$legend, "guessing")
  init$named <- TRUE
  expect_identical(sweep_key(init)$lty, c(0, 3))
  # All of these studies solve as many: a line between the shares is level.
  columns <- function(...) {
    page <- picture(plot(varied_study(...)), 700, 400)
    wanted <- as.vector(grDevices::col2rgb(series_colors[1])) / 255
    sum(apply(apply(sweep(page, 3, wanted), 1:2, function(off) all(abs(off) < 0.02)), 2, any))
  }
  expect_gt(columns("momentum", c(0, 0.9)), 2 * columns("init", c("zeros", "normal")))
})

test_that("names that stand close are upright, and have room", {
  skip_if_no_torch()
  withr::local_pdf(NULL, width = 12, height = 5)
  expect_identical(upright_lines(c("sgd", "adam"), 6), 0)
  expect_gt(upright_lines(toy_kinds, 4), upright_lines(sub("checkerboard", "chess", toy_kinds), 4))
  study <- varied_study("activation", names(activations))
  expect_identical(plot(study), summary(study))
})

test_that("a picture that is none is named", {
  expect_input_error(plot(made_study(0.1, 2), "x"), "`what` must be \"nets\" or \"gallery\"")
})

test_that("studies of other data show accuracy, in words and points that are Python's", {
  skip_if_no_torch()
  moons <- seed_study(runs = 4, data = "moons", hidden = 2, epochs = 2, size = 100, seed = 1)
  content <- call_python(xorlab_r()$study_content(study_to_python(moons)))
  expect_identical(content$panel$x$name, "Accuracy on fresh points")
  expect_identical(vapply(content$groups, `[[`, "", "label"), "nets (4)")
  colors <- page_colors(moons)
  expect_false(failed_color %in% colors)
  withr::local_pdf(NULL)
  expect_identical(expect_invisible(plot(moons)), moons)
  sweep <- xor_sweep(lr = c(0.1, 1), hidden = 2, data = c("moons", "blobs"), runs = 2, epochs = 2,
                     size = 100, seed = 1)
  content <- call_python(xorlab_r()$study_content(study_to_python(sweep)))
  expect_identical(content$shares$y$name, "Accuracy")
  expect_equal(content$lines[[1]]$share, summary(sweep)$accuracy[1:2])
  expect_null(content$guessing) # which is not the same for two classes and for three
  expect_false("guessing" %in% sweep_key(content)$legend)
  expect_identical(plot(sweep), summary(sweep))
})

test_that("a gallery of other data shows the nets of the least accuracy, without corners", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  moons <- seed_study(runs = 4, data = "moons", hidden = 2, epochs = 2, size = 100, seed = 1)
  panels <- plot(moons, "gallery", n = 2)
  expect_identical(moons$accuracy[vapply(panels, `[[`, 1L, "row")], sort(moons$accuracy)[1:2])
  expect_null(panels[[1]]$lost)
  flowers <- as_xor_data(iris[1:4], iris$Species) # in more columns, and more classes
  for (data in list("blobs", flowers)) {
    study <- seed_study(runs = 2, data = data, epochs = 2, size = 100, seed = 1)
    panels <- plot(study, "gallery")
    expect_length(panels, 2)
    expect_identical(dim(panels[[1]]$prob)[3], 3L)
  }
})

test_that("of a sweep with many lines the key has as many as there is room for, and their number", {
  skip_if_no_torch()
  key <- list(legend = paste("line", 1:30), col = rep("black", 30), pt.bg = rep("black", 30),
              pch = rep(21, 30), lty = rep(1, 30), lwd = rep(1, 30))
  expect_identical(cut_key(key, 30), key)
  short <- cut_key(key, 8)
  expect_identical(short$legend, c(paste("line", 1:7), "... and 23 more"))
  expect_true(all(lengths(short) == 8))
  sweep <- xor_sweep(lr = c(0.1, 1), hidden = 1:30, runs = 1, epochs = 1, size = 50, seed = 1)
  for (inches in list(c(3, 3), c(7, 5))) {
    withr::with_pdf(NULL, width = inches[1], height = inches[2], expect_silent(plot(sweep)))
  }
})

test_that("bars that are points are drawn without a warning", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  expect_silent(plot(xor_sweep(data = c("moons", "blobs"), lr = c(0.1, 1), hidden = 2, runs = 1,
                               epochs = 1, size = 50, seed = 1)))
})
