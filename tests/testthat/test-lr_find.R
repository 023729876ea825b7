test_that("R's result is Python's, bit for bit", {
  skip_if_no_torch()
  reticulate::py_run_string("
import xorlab
found = xorlab.lr_find(seed=3, steps=200, optimizer='adam', batch_size=64, hidden=[3, 2])")
  there <- reticulate::py$found
  here <- lr_find(seed = 3, steps = 200, optimizer = "adam", batch_size = 64, hidden = c(3, 2))
  expect_s3_class(there, "lr_find")
  expect_identical(here, there)
  expect_identical(reticulate::py_to_r(reticulate::r_to_py(here)), here)
})

test_that("a formula's data are those that train_xor() takes", {
  skip_if_no_torch()
  found <- lr_find(Species ~ ., data = iris, subset = Sepal.Width > 2.5, seed = 1, steps = 100)
  shares <- prop.table(table(iris$Species[iris$Sepal.Width > 2.5]))
  expect_equal(found$guessing, -sum(shares * log(shares)))
  start <- train_xor(Species ~ ., data = iris, subset = Sepal.Width > 2.5, snapshots = 0, epochs = 1,
                     seed = 1)
  prob <- predict(start, type = "prob", epoch = 0)
  rows <- cbind(seq_len(nrow(prob)), start$data$label + 1)
  expect_equal(found$start, mean(-log(prob[rows])), tolerance = 1e-5)
})

test_that("the rate suggested trains a net that tells flowers apart", {
  skip_if_no_torch()
  found <- lr_find(Species ~ ., data = iris, seed = 1)
  fit <- train_xor(Species ~ ., data = iris, lr = found$suggestion, seed = 1)
  expect_gt(eval_xor(fit, iris)$accuracy, 0.95)
})

test_that("it prints in plain words", {
  skip_if_no_torch()
  expect_snapshot(lr_find(seed = 1))
  expect_snapshot(lr_find(seed = 1, hidden = 0))
  expect_snapshot(lr_find(seed = 1, highest = 1))
})

test_that("without a rate to suggest there is none, and as a data frame there is a row a step", {
  skip_if_no_torch()
  found <- lr_find(seed = 1, hidden = 0, steps = 100)
  expect_null(found$suggestion)
  frame <- as.data.frame(found)
  expect_identical(frame$step, seq_along(found$lr))
  expect_identical(as.list(frame[-1]), unclass(found)[c("lr", "loss", "raw")])
})

test_that("one that ends after a single step prints, is drawn and comes back from Python", {
  skip_if_no_torch()
  found <- lr_find(seed = 1, lowest = 1e37, highest = 1e38, activation = "relu", hidden = c(8, 8))
  expect_length(found$lr, 1)
  expect_match(found$reason, "close to the lowest rate")
  expect_identical(reticulate::py_to_r(reticulate::r_to_py(found)), found)
  withr::local_pdf(NULL)
  expect_identical(nrow(plot(found)), 1L)
})

test_that("a seed that is not given is R's, and what is refused draws none", {
  skip_if_no_torch()
  set.seed(5)
  seed <- train_xor(epochs = 1)$settings$seed
  set.seed(5)
  expect_identical(lr_find(steps = 100)$seed, seed)
  before <- .Random.seed
  expect_error(lr_find(xor_data(1, seed = 1)), class = "xorlab_error")
  expect_identical(.Random.seed, before)
})

test_that("each argument that is wrong is refused in its own words", {
  skip_if_no_torch()
  expect_snapshot(refusals(list(
    quote(lr_find(lowest = 0)), quote(lr_find(highest = 1e39)), quote(lr_find(highest = "a")),
    quote(lr_find(lowest = 1, highest = 1)), quote(lr_find(steps = 99)), quote(lr_find(momentum = 1)),
    quote(lr_find(momentum = 0.5, optimizer = "adam")), quote(lr_find(optimizer = identity)),
    quote(lr_find(mtcars)), quote(lr_find(1)), quote(lr_find(lr = 0.1)), quote(lr_find(step = 200)),
    quote(plot(lr_find(seed = 1, steps = 100), log = "y"))
  )))
})

test_that("a result that was changed by hand is refused in words of the package", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  found <- lr_find(seed = 1, steps = 100)
  for (name in setdiff(names(found), c("headline", "note", "suggestion", "exploded"))) {
    changed <- found
    changed[[name]] <- NULL
    expect_error(plot(changed), class = "xorlab_error")
  }
})

test_that("the picture is Python's, and marks the rate suggested", {
  skip_if_no_torch()
  found <- lr_find(seed = 1)
  content <- call_python(xorlab_r()$lr_find_content(lr_find_to_python(found)))
  expect_identical(as.double(content$lr), found$lr)
  expect_identical(content$suggestion, found$suggestion)
  expect_identical(content$label, sprintf("suggested: %g", found$suggestion))
  pixels <- picture(plot(found))
  expect_gt(find_color(pixels, series_color(1))[["n"]], 100)
  # Above the legend there is nothing else as dark.
  marked <- function(rate) {
    moved <- found
    moved["suggestion"] <- list(rate)
    pixels <- picture(plot(moved), 1000, 1000, res = 200)
    find_color(pixels[160:450, 230:960, ], ink)
  }
  places <- vapply(c(0.01, 1, 10), function(rate) marked(rate)[["column"]], 0)
  expect_gt(min(diff(places)), 50)
  expect_equal(diff(places)[1], 2 * diff(places)[2], tolerance = 0.02) # by powers of ten
  expect_identical(marked(NULL)[["n"]], 0)
})

test_that("plot() gives the steps back invisibly, and leaves par() as it was", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  found <- lr_find(seed = 1, steps = 100)
  par(mfrow = c(1, 2))
  before <- par(c("mfrow", "mar"))
  expect_identical(expect_invisible(plot(found)), as.data.frame(found))
  expect_identical(par(c("mfrow", "mar")), before)
})
