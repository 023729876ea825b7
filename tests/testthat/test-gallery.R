failing_study <- function() seed_study(runs = 10, hidden = 2, epochs = 3, size = 300, seed = 1)

test_that("the gallery has Python's boundaries of the nets that failed", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  study <- failing_study()
  panels <- expect_invisible(plot(study, "gallery", n = 3))
  expect_identical(vapply(panels, `[[`, 1L, "row"), c(1L, 5L, 10L)) # all ten failed
  for (panel in panels) {
    row <- study[panel$row, ]
    fit <- train_xor(xor_data(300, seed = row$seed), hidden = 2, epochs = 3, seed = row$seed)
    expect_identical(panel[c("x1", "x2", "prob")], unclass(xor_boundary(fit)))
    expect_identical(panel$title, sprintf("seed %d: %.1f%% right", row$seed, 100 * row$accuracy))
    corners <- cbind(c(0, 0, 1, 1), c(0, 1, 0, 1))
    expect_identical(panel$lost, predict(fit, corners) != c(0, 1, 1, 0))
  }
})

test_that("where no net failed, the error says so", {
  skip_if_no_torch()
  study <- failing_study()
  expect_input_error(plot(study, "gallery", n = 0), "`n` must be a whole number")
  study$solved <- TRUE
  expect_error(plot(study, "gallery"), "No boundary failed: all 10 nets of the study solved XOR",
               class = "xorlab_error")
})

test_that("the picture leaves the settings of the device as they were", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  before <- par(c("mfrow", "mar", "mgp", "pty"))
  plot(failing_study(), "gallery", n = 2)
  expect_identical(par(c("mfrow", "mar", "mgp", "pty")), before)
})

test_that("panels of own data have the names of the columns that each net shows", {
  skip_if_no_torch()
  data <- as_xor_data(iris[1:4], iris$Species)
  study <- seed_study(runs = 2, data = data, epochs = 5, seed = 1)
  withr::local_pdf(NULL)
  panels <- plot(study, "gallery", n = 1)
  panel <- panels[[1]]
  expect_length(intersect(panel$names, names(iris)), 2)
  expect_equal(range(panel$x1), range(iris[[panel$names[1]]]), tolerance = 0.2)
  moons <- seed_study(runs = 2, data = "moons", epochs = 2, seed = 1)
  expect_null(plot(moons, "gallery")[[1]]$names)
})

test_that("a heading says what is shown, and a key what colours and crosses mean", {
  skip_if_no_torch()
  study <- failing_study()
  content <- call_python(xorlab_r()$gallery_content(study_to_python(study), 3L))
  expect_identical(content$heading, "3 of 10 nets that failed")
  expect_identical(unlist(content$classes), c("Class 0", "Class 1"))
  expect_identical(content$crossed, "misclassified corner")
  for (inches in list(c(7, 5), c(3, 3))) {
    pixels <- picture(plot(study, "gallery", n = 9), inches[1], inches[2], units = "in", res = 80)
    rows <- nrow(pixels)
    expect_gt(sum(pixels[1:round(0.08 * rows), , ] < 0.5), 50) # words on top
    expect_gt(sum(pixels[round(0.93 * rows):rows, , ] < 0.5), 50) # and below
    expect_gt(find_color(pixels[round(0.93 * rows):rows, , ], class_colors[2])[["n"]], 0)
  }
})
