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

test_that("a line's cells are those that differ in the rate alone, by all else that varies", {
  study <- made_study(c(1, 0.1), c(2, 3))
  lines <- xorlab:::study_series(study)
  expect_identical(names(lines), c("2 hidden", "3 hidden"))
  for (line in lines) expect_identical(line$lr, c(0.1, 1))
  study$std <- rep(c(0.1, 0.3), each = 8)
  names <- c("2 hidden, std 0.1", "3 hidden, std 0.3")
  expect_identical(names(xorlab:::study_series(study)), names)
  expect_identical(names(xorlab:::study_series(made_study(c(0.1, 1), 4))), "4 hidden")
})

test_that("the colours are those of the Python pictures, and as many symbols", {
  skip_if_no_torch()
  there <- reticulate::import("xorlab.plots.study")
  expect_identical(xorlab:::series_colors, unlist(there$SERIES_COLORS))
  expect_length(xorlab:::series_symbols, length(there$SERIES_MARKERS))
})

test_that("a sweep has a line of every width's colour, and gives back its summary", {
  study <- made_study(c(0.1, 1, 10), 2:4)
  colors <- page_colors(study)
  expect_true(all(xorlab:::series_colors[1:3] %in% colors))
  expect_false(any(xorlab:::series_colors[4:6] %in% colors))
  withr::local_pdf(NULL)
  before <- par(c("mfrow", "mar"))
  expect_identical(expect_invisible(plot(study)), summary(study))
  expect_identical(par(c("mfrow", "mar")), before)
})

test_that("intervals of one rate stand side by side in the order of the widths", {
  lines <- xorlab:::study_series(made_study(c(0.1, 1), 2:4))
  x <- vapply(1:3, function(k) xorlab:::series_places(k, lines, c(0.1, 1), apart = TRUE)[1], 0)
  expect_true(x[1] < 0.1 && x[2] < x[3] && x[3] < 0.2)
  expect_equal(x[2], 0.1)
  expect_identical(xorlab:::series_places(3, lines, c(0.1, 1)), c(0.1, 1))
})

test_that("one rate, one cell, many lines, many rates and odd losses are all drawn", {
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
  expect_identical(xorlab:::drawn_loss(c(0, 0.5, Inf, NaN)), c(1e-6, 0.5, NA, NA))
})

test_that("a picture that is none is named", {
  expect_input_error(plot(made_study(0.1, 2), "x"), "`what` must be \"nets\" or \"gallery\"")
})
