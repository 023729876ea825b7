grid_oracle <- function(boundary, value) {
  rows <- as.data.frame(boundary)
  for (i in seq_along(boundary$x1)) {
    for (j in seq_along(boundary$x2)) {
      row <- rows[(i - 1) * length(boundary$x2) + j, ]
      expect_identical(c(row$x1, row$x2), c(boundary$x1[i], boundary$x2[j]))
      expect_identical(unlist(row[-(1:2)], use.names = FALSE), value(i, j))
    }
  }
  rows
}

test_that("a boundary has a row for each point of the grid, as in Python", {
  skip_if_no_torch()
  boundary <- xor_boundary(train_xor(epochs = 2, seed = 1), x1 = c(0, 0.5, 1), x2 = c(0, 2))
  rows <- grid_oracle(boundary, function(i, j) boundary$prob[i, j])
  expect_named(rows, c("x1", "x2", "prob"))
  skip_if_not(reticulate::py_module_available("pandas"), "pandas")
  lab <- reticulate::import("xorlab", convert = FALSE)
  python <- lab$train_xor(epochs = 2L, seed = 1L, verbose = FALSE)
  frame <- reticulate::py_to_r(python$boundary(c(0, 0.5, 1), c(0, 2))$to_frame()$to_dict("list"))
  expect_equal(as.list(rows), frame[names(rows)])
  expect_setequal(names(frame), names(rows))
})

test_that("boundaries of several classes have a column for each", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ Petal.Length + Petal.Width, iris, epochs = 2, seed = 1)
  boundary <- xor_boundary(fit, x1 = c(1, 4, 6), x2 = c(0.5, 2))
  rows <- grid_oracle(boundary, function(i, j) unname(boundary$prob[i, j, ]))
  expect_named(rows, c("x1", "x2", paste0("prob_", levels(iris$Species))))
  points <- stats::setNames(rows[1:2], c("Petal.Length", "Petal.Width"))
  expect_equal(as.matrix(rows[-(1:2)]), predict(fit, points, type = "prob"), ignore_attr = TRUE,
               tolerance = 1e-6)
  best <- as.data.frame(bayes_xor(kind = "blobs"))
  expect_named(best, c("x1", "x2", "prob_0", "prob_1", "prob_2"))
  expect_equal(unname(rowSums(best[-(1:2)])), rep(1, nrow(best)))
  expect_named(as.data.frame(bayes_xor()), c("x1", "x2", "prob"))
})

test_that("boundaries over one column have no second", {
  skip_if_no_torch()
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  two <- train_xor(am ~ wt, mtcars, epochs = 2, seed = 1)
  rows <- as.data.frame(plot(two))
  expect_named(rows, c("x1", "prob"))
  expect_equal(rows$prob, predict(two, data.frame(wt = rows$x1), type = "prob"), tolerance = 1e-6)
  three <- train_xor(Species ~ Petal.Width, iris, epochs = 2, seed = 1)
  rows <- as.data.frame(plot(three))
  expect_named(rows, c("x1", paste0("prob_", levels(iris$Species))))
  expect_equal(as.matrix(rows[-1]), ignore_attr = TRUE, tolerance = 1e-6,
               predict(three, data.frame(Petal.Width = rows$x1), type = "prob"))
})

test_that("a boundary prints its classes and ranges", {
  skip_if_no_torch()
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  cars <- train_xor(am ~ wt + hp + qsec, mtcars, epochs = 2, seed = 1)
  expect_snapshot_output({
    print(xor_boundary(train_xor(epochs = 2, seed = 1)))
    print(xor_boundary(cars, vars = c("wt", "hp"), at = list(qsec = 17)))
    print(plot(train_xor(Species ~ Petal.Width, iris, epochs = 2, seed = 1)))
  })
})

test_that("an evaluation has a row for each class", {
  skip_if_no_torch()
  result <- eval_xor(train_xor(Species ~ ., iris, epochs = 20, seed = 1), iris)
  rows <- as.data.frame(result)
  expect_named(rows, c("class", "n", "called", "correct", "recall", "precision"))
  expect_identical(as.character(rows$class), levels(iris$Species))
  expect_equal(rows$n, rep(50, 3))
  expect_equal(sum(rows$correct) / sum(rows$n), result$accuracy)
  expect_equal(rows$recall, rows$correct / rows$n)
  expect_equal(rows$precision[rows$called > 0], (rows$correct / rows$called)[rows$called > 0])
})

test_that("what pictures of the net show is there as data frames", {
  skip_if_no_torch()
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  fit <- train_xor(epochs = 2, seed = 1)
  network <- plot(fit, "network")
  expect_identical(as.data.frame(network), network$edges)
  expect_setequal(as.data.frame(network)$weight,
                  unlist(fit$weights[c("linear1.weight", "linear2.weight")]))
  hidden <- plot(fit, "hidden")
  rows <- as.data.frame(hidden)
  expect_named(rows, c("unit", "x1", "x2", "output"))
  weights <- fit$weights
  expected <- tanh(rowSums(weights$linear1.weight[rows$unit, ] * as.matrix(rows[c("x1", "x2")])) +
                     weights$linear1.bias[rows$unit])
  expect_equal(rows$output, unname(expected), tolerance = 1e-5)
})

test_that("ggplot2 draws each of the data frames as the help does", {
  skip_if_no_torch()
  skip_if_not_installed("ggplot2")
  grDevices::pdf(NULL)
  withr::defer(grDevices::dev.off())
  withr::local_package("ggplot2")
  file <- withr::local_tempfile(lines = character())
  tools::Rd2ex(tools::Rd_db("xorlab")[["as.data.frame.xor_boundary.Rd"]], file)
  lines <- readLines(file)
  code <- parse(text = lines[seq(match("fit <- train_xor(seed = 1)", lines),
                                 max(grep("^ggplot\\(", lines)))])
  env <- new.env(parent = globalenv())
  values <- lapply(code, eval, env)
  drawn <- Filter(function(value) inherits(value, "ggplot"), values)
  expect_length(drawn, 6)
  for (one in drawn) expect_gt(nrow(ggplot2::ggplot_build(one)$data[[1]]), 1)
})
