# Which of the two light colours of the surface each cell of a grid has: 1 and 2, or 0 for neither.
surface_cells <- function(file, cells = 12) {
  pixels <- png::readPNG(file)[, , 1:3]
  near <- function(color) {
    wanted <- as.vector(grDevices::col2rgb(color)) / 255
    apply(abs(sweep(pixels, 3, wanted)) < 0.12, 1:2, all)
  }
  blue <- near(signed_colors(255)[1])
  orange <- near(signed_colors(255)[255])
  # Of the columns with colours, those of the surface are most; the others are of the key beside it.
  columns <- which(colSums(blue | orange) > 0)
  runs <- split(columns, cumsum(c(TRUE, diff(columns) > 1)))
  others <- setdiff(seq_len(ncol(blue)), runs[[which.max(lengths(runs))]])
  blue[, others] <- orange[, others] <- FALSE
  colored <- which(blue | orange, arr.ind = TRUE)
  edges <- apply(colored, 2, range)
  majority <- function(i, j) {
    at <- function(axis, k) {
      step <- diff(edges[, axis]) / cells
      round(edges[1, axis] + step * (k - 1)):round(edges[1, axis] + step * k)
    }
    count <- c(sum(blue[at(1, i), at(2, j)]), sum(orange[at(1, i), at(2, j)]))
    if (max(count) == 0) 0 else which.max(count)
  }
  outer(seq_len(cells), seq_len(cells), Vectorize(majority))
}

test_that("the demo ends with accuracy, weights and two pictures of the same boundary", {
  skip_if_no_torch()
  folder <- withr::local_tempdir()
  demo <- system.file("examples", "demo.R", package = "xorlab")
  shown <- run_r(c(
    sprintf("commandArgs <- function(...) '%s'", folder), sprintf("source('%s')", demo)
  ))
  expect_match(shown, "^Accuracy of the model: (100|99\\.[0-9])[0-9.]*%$", all = FALSE)
  for (name in c("linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias")) {
    expect_match(shown, paste0("$", name), fixed = TRUE, all = FALSE)
  }
  expect_identical(tail(shown, 1), normalizePath(folder))
  pictures <- file.path(folder, c("boundary-r.png", "boundary-python.png"))
  cells <- lapply(pictures, surface_cells)
  for (one in cells) expect_gt(min(tabulate(one, 2)), 20)
  expect_gt(mean(cells[[1]] == cells[[2]]), 0.85)
  expect_lt(mean(cells[[1]] == cells[[2]][12:1, ]), 0.6) # and not of its mirror image
})
