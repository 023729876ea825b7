test_that("xor_data() gives a matrix and labels that belong together", {
  skip_if_no_torch()
  data <- xor_data(200, std = 0, seed = 1)
  expect_equal(dim(data$x), c(200, 2))
  expect_equal(colnames(data$x), c("x1", "x2"))
  expect_equal(data$label, as.integer(data$x[, 1] != data$x[, 2]))
})

test_that("set.seed() governs where no seed is given", {
  skip_if_no_torch()
  set.seed(3)
  first <- xor_data(10)
  set.seed(3)
  expect_identical(xor_data(10), first)
})

test_that("a size or std that is none is named", {
  for (bad in list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, c(1, 2), TRUE, 3e9)) {
    expect_input_error(xor_data(size = bad), "`size` must be a whole number")
  }
  for (bad in list(-1, NA, Inf, "a", NULL)) expect_input_error(xor_data(std = bad), "`std` must")
})

test_that("as_xor_data() refuses what is not data of classes", {
  x <- matrix(c(1, 2, 3, 4), 2)
  expect_input_error(as_xor_data(x, c("a", "a")), "from 2 to 100 classes, not 1")
  expect_input_error(as_xor_data(diag(101), 0:100), "from 2 to 100 classes, not 101")
  expect_input_error(as_xor_data(x, 1), "one entry for each of the 2 rows")
  expect_input_error(as_xor_data(data.frame(a = c("u", "v")), 0:1), "must be numeric")
  expect_input_error(as_xor_data(matrix(0, 0, 2), integer()), "at least one row")
  expect_input_error(as_xor_data(rbind(x, NA), c(0, 1, 1)), "1 of 3 rows")
  expect_input_error(as_xor_data(x, 1:2), "counts as classes only where")
})

test_that("every refusal of data says what must hold and what came", {
  x <- matrix(c(1, 2, 3, 4), 2)
  expect_snapshot_output(refusals(list(
    quote(as_xor_data(x, c("a", "a"))), quote(as_xor_data(diag(101), 0:100)),
    quote(as_xor_data(x, 1)), quote(as_xor_data(x, c(0, 1, 1))), quote(as_xor_data(x, 1:2)),
    quote(as_xor_data(x, c(NA, 1))), quote(as_xor_data(data.frame(a = c("u", "v")), 0:1)),
    quote(as_xor_data(matrix("a", 2, 2), 0:1)), quote(as_xor_data(matrix(0, 0, 2), integer())),
    quote(as_xor_data(data.frame(), integer())), quote(as_xor_data(rbind(x, NA), c(0, 1, 1))),
    quote(as_xor_data(1:4, 0:1)), quote(as_xor_data(mean, 0:1)),
    quote(as_xor_data(x, list(0, 1))), quote(as_xor_data(x, as.Date(1:2, "2020-01-01"))),
    quote(as_xor_data(`colnames<-`(x, c("u", "u")), 0:1)),
    quote(as_xor_data(rbind(c(Inf, -Inf), x), c(0, 1, 1))), quote(as_xor_data(x * 1e300, 0:1)),
    quote(as_xor_data(x, 0:1, levels = 1)), quote(as_xor_data(x, 0:1, levels = c(1, 1))),
    quote(as_xor_data(x, 0:1, levels = c("no", "yes"))), quote(as_xor_data(x, 0:1, levels = mean)),
    quote(as_xor_data(x, c("a", "b"), levels = c("b", "a", "c")))
  )))
})

test_that("what is left out is named", {
  expect_error(as_xor_data(), "`x` is absent", class = "rlang_error")
  expect_error(as_xor_data(diag(2)), "`label` is absent", class = "rlang_error")
})

test_that("labels of every usual kind keep their own levels", {
  x <- matrix(c(1, 2, 3, 4), 2)
  expect_identical(as_xor_data(x, c(TRUE, FALSE))$levels, c(FALSE, TRUE))
  expect_identical(as_xor_data(x, c("yes", "no"))$label, c(1L, 0L))
  expect_identical(as_xor_data(x, factor(c("b", "a"), levels = c("b", "a")))$label, 0:1)
  expect_identical(as_xor_data(x, c(1, 0))$levels, 0:1)
  expect_identical(colnames(as_xor_data(data.frame(u = 1:2, v = 3:4), 0:1)$x), c("u", "v"))
})

test_that("a label may be a data frame's column", {
  x <- matrix(c(1, 2, 3, 4), 2)
  expect_identical(as_xor_data(x, data.frame(class = c("b", "a")))$label, c(1L, 0L))
})

test_that("a call that Python refuses leaves R's generator as it was", {
  skip_if_no_torch()
  set.seed(1)
  before <- .Random.seed
  expect_error(xor_data(10, std = 1e31), "at most")
  expect_error(train_xor(device = "toaster"), "device")
  expect_error(seed_study(2, device = "toaster"), "device")
  expect_identical(.Random.seed, before)
})

test_that("a seed leaves R's generator as it was", {
  skip_if_no_torch()
  set.seed(1)
  before <- .Random.seed
  xor_data(10, seed = 5)
  expect_identical(.Random.seed, before)
  xor_data(10)
  expect_false(identical(.Random.seed, before))
})

test_that("data print their points, columns and classes", {
  skip_if_no_torch()
  expect_snapshot_output(print(xor_data(2500, seed = 1)))
  frame <- as.data.frame(xor_data(5, seed = 1))
  expect_named(frame, c("x1", "x2", "label"))
})

test_that("as a data frame, classes keep their words, and every column its name", {
  x <- matrix(c(1, 2, 3, 4), 2)
  frame <- as.data.frame(as_xor_data(x, c("yes", "no")))
  expect_identical(frame$label, factor(c("yes", "no"), levels = c("no", "yes")))
  expect_identical(as.data.frame(as_xor_data(x, 1:0))$label, 1:0)
  x <- cbind(label = 1:2, other = 3:4)
  expect_named(as.data.frame(as_xor_data(x, 0:1)), c("label", "other", "label.1"))
})

test_that("one is one, and of many names the first are shown", {
  one <- as_xor_data(matrix(1:2, dimnames = list(NULL, "u")), 0:1)
  expect_identical(format(one)[1], "<xor_data> 2 points, 1 column (u)")
  many <- as_xor_data(matrix(1:14, 2), 0:1)
  expect_identical(format(many)[1], "<xor_data> 2 points, 7 columns (x1, x2, x3, x4, x5, ...)")
  expect_identical(xorlab:::counted(1, "point"), "1 point")
  expect_identical(xorlab:::counted(2500, "point"), "2,500 points")
})

test_that("the smallest data are a row of a matrix", {
  skip_if_no_torch()
  expect_equal(dim(xor_data(1)$x), c(1, 2))
})

test_that("text labels make the same classes as in Python, in every locale", {
  skip_if_no_torch()
  x <- cbind(c(0, 1, 0, 1), c(0, 0, 1, 1))
  label <- c("Yes", "no", "no", "Yes")
  expect_identical(as_xor_data(x, label)$levels, c("Yes", "no"))
  expect_identical(xorlab_module()$as_xor_data(x, label)$levels, c("Yes", "no"))
})

test_that("a call that fails in training does not make a later one turn R's generator back", {
  skip_if_no_torch()
  withr::local_seed(1)
  expect_error(train_xor(hidden = c(8, 8), activation = "identity", lr = 1e30),
               class = "xorlab_training_error")
  runif(3)
  before <- .Random.seed
  expect_error(load_xor("no-such-file.pt"))
  expect_identical(.Random.seed, before)
})

test_that("without Python a call draws nothing from R's generator", {
  skip_on_cran()
  lines <- run_r(c(
    "set.seed(1)", "before <- .Random.seed", "try(xorlab::xor_data(5), silent = TRUE)",
    "cat(identical(.Random.seed, before))"
  ), "RETICULATE_PYTHON=/no/such/python")
  expect_identical(lines, "TRUE")
})

four <- cbind(c(0, 1, 0, 1), c(0, 0, 1, 1))

test_that("levels say which class is class 1, whatever kind the labels are of", {
  reversed <- function(label, levels) {
    unclass(as_xor_data(four[1:3, ], label, levels))[c("label", "levels")]
  }
  text <- c("neg", "pos", "neg")
  expected <- list(label = c(1L, 0L, 1L), levels = c("pos", "neg"))
  expect_identical(reversed(text, c("pos", "neg")), expected)
  expect_identical(reversed(factor(text), c("pos", "neg")), expected)
  expect_identical(reversed(factor(text), factor(c("pos", "neg"))), expected)
  expect_identical(reversed(c(0, 1, 0), 1:0), list(label = c(1L, 0L, 1L), levels = 1:0))
  expect_identical(reversed(c(FALSE, TRUE, FALSE), c(TRUE, FALSE)),
                   list(label = c(1L, 0L, 1L), levels = c(TRUE, FALSE)))
})

test_that("levels of a factor that no row has are dropped with a warning that names them", {
  label <- factor(c("b", "a", "b"), levels = c("c", "b", "d", "a"))
  seen <- testthat::capture_warnings(data <- as_xor_data(four[1:3, ], label))
  expect_match(seen, "`label` has unused levels, which are dropped: \"c\" and \"d\"", fixed = TRUE)
  expect_length(seen, 1)
  expect_warning(as_xor_data(four[1:3, ], label), class = "xorlab_warning")
  expect_identical(data$levels, c("b", "a"))
  expect_identical(data$categories, c("c", "b", "d", "a"))
  # Whoever says which classes are meant is not warned.
  expect_silent(asked <- as_xor_data(four[1:3, ], label, levels = c("a", "b")))
  expect_identical(asked$categories, c("a", "b", "c", "d"))
  ordered <- as_xor_data(four[1:3, ], factor(label, levels = c("b", "a"), ordered = TRUE))
  expect_identical(ordered$levels, c("b", "a"))
  expect_null(ordered$categories)
})

test_that("a missing label is no level, even where a factor counts it as one", {
  label <- addNA(factor(c("a", NA, "b")))
  expect_input_error(as_xor_data(four[1:3, ], label), "`label` must be complete, but 1 is missing")
  label <- factor(c("a", "b", "b"), levels = c("a", "b", NA), exclude = NULL)
  expect_silent(data <- as_xor_data(four[1:3, ], label))
  expect_null(data$categories)
})

test_that("a column that is a factor is the same two classes in both languages", {
  skip_if_no_torch()
  label <- factor(c("pos", "neg", "neg", "pos"), levels = c("pos", "neg"))
  here <- as_xor_data(four, label)
  expect_identical(here$levels, c("pos", "neg"))
  expect_identical(here$label, c(0L, 1L, 1L, 0L))
  frame <- data.frame(plain = label, ordered = factor(label, ordered = TRUE))
  frame <- reticulate::r_to_py(frame) # as r.frame in a Python chunk: pandas' own
  there <- function(label, ...) xorlab_module()$as_xor_data(four, label, ...)
  expect_identical(there(frame["plain"]), here)
  expect_identical(there(frame["ordered"]), here)
  expect_identical(there(frame["plain"], levels = c("neg", "pos")),
                   as_xor_data(four, label, levels = c("neg", "pos")))
})

test_that("a factor that is no column reaches Python as text, and `levels` decide", {
  skip_if_no_torch()
  label <- factor(c("pos", "neg", "neg", "pos"), levels = c("pos", "neg"))
  there <- function(...) xorlab_module()$as_xor_data(four, label, ...)
  expect_identical(there()$levels, c("neg", "pos"))
  expect_identical(there(levels = c("pos", "neg")), as_xor_data(four, label))
})

test_that("all levels of a factor outlive training, files and the other language", {
  skip_if_no_torch()
  label <- factor(rep(c("b", "a"), 5), levels = c("c", "b", "a"))
  x <- cbind(u = rep(c(-1, 1), 5))
  data <- suppressWarnings(as_xor_data(x, label))
  expect_identical(reticulate::py_to_r(reticulate::r_to_py(data)), data)
  fit <- train_xor(data, epochs = 100, lr = 1, seed = 1)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, path)
  for (one in list(fit, load_xor(path), reticulate::py_to_r(reticulate::r_to_py(fit)))) {
    expect_identical(one$data$categories, c("c", "b", "a"))
    expect_true(all(predict(one) == label))
    expect_identical(dimnames(table(truth = label, called = predict(one)))$called,
                     c("c", "b", "a"))
    expect_identical(dimnames(eval_xor(one, data)$confusion)$class, c("b", "a"))
  }
  expect_identical(as.data.frame(data)$label, label)
  # What an earlier version made has no such entry.
  fit$data$categories <- NULL
  expect_identical(levels(predict(fit)), c("b", "a"))
})

test_that("data whose parts were changed by hand are refused in R's words wherever they go", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 1, seed = 1)
  edited <- function(...) {
    structure(utils::modifyList(unclass(fit$data), list(...)), class = "xor_data")
  }
  rows <- edited(x = fit$data$x[1:10, ])
  labels <- edited(label = fit$data$label + 1)
  text <- edited(label = as.character(fit$data$label))
  columns <- edited(x = unname(fit$data$x))
  one <- edited(levels = "yes")
  other <- fit
  other$data <- rows
  expect_snapshot_output(refusals(list(
    quote(train_xor(rows)), quote(train_xor(labels)), quote(train_xor(text)),
    quote(train_xor(columns)), quote(train_xor(one)), quote(eval_xor(fit, rows)),
    quote(diagnose_xor(fit, rows)), quote(plot(other)), quote(save_xor(other, "fit.pt")),
    quote(reticulate::r_to_py(rows))
  )))
})

test_that("toy_data() draws each kind in its classes, with its own noise", {
  skip_if_no_torch()
  for (kind in toy_kinds) {
    data <- toy_data(kind, 50, seed = 1)
    expect_s3_class(data, "xor_data")
    expect_equal(dim(data), c(50, 2))
    expect_identical(data$kind, kind)
    expect_identical(data$seed, 1L)
    expect_true(all(data$label %in% data$levels))
    expect_identical(data$levels, if (kind == "blobs") 0:2 else 0:1)
    expect_gt(data$std, 0)
  }
  expect_identical(toy_data("xor", 50, 0.2, 3), xor_data(50, 0.2, 3))
  expect_identical(xor_data(5, seed = 1)$kind, "xor")
  expect_null(as_xor_data(diag(2), 0:1)$kind)
  circles <- toy_data("circles", 100, noise = 0, seed = 2)
  expect_equal(sqrt(rowSums(circles$x^2)), ifelse(circles$label == 1, 0.5, 1), tolerance = 1e-6)
  expect_identical(toy_data("blobs", 9, seed = 1, classes = 5)$levels, 0:4)
})

test_that("set.seed() governs toy_data() where no seed is given", {
  skip_if_no_torch()
  set.seed(3)
  first <- toy_data("moons", 10)
  set.seed(3)
  expect_identical(toy_data("moons", 10), first)
})

test_that("what is no toy problem is named, before Python is asked", {
  expect_input_error(toy_data("two_moons"), "`kind` must be \"xor\", .* not \"two_moons\"")
  expect_error(toy_data("chessboard"), "Did you mean \"checkerboard\"", class = "xorlab_error")
  expect_input_error(toy_data(3), "`kind` must be")
  expect_input_error(toy_data("moons", 0), "`size` must be a whole number")
  expect_input_error(toy_data("moons", noise = -1), "`noise` must be a finite number")
  expect_input_error(toy_data("moons", seed = "a"), "`seed` must")
  expect_input_error(toy_data("blobs", classes = 1), "`classes` must be a whole number from 2")
  skip_if_no_torch()
  expect_error(toy_data("moons", classes = 3), "must be 2 for 'moons'", class = "xorlab_error")
})

test_that("parts of a toy problem stay of it, and fresh points are of the fit's own problem", {
  skip_if_no_torch()
  moons <- toy_data("moons", 60, 0.2, seed = 1)
  some <- moons[1:40, ]
  expect_identical(unclass(some)[c("kind", "std", "seed")],
                   list(kind = "moons", std = 0.2, seed = NULL))
  expect_identical(rbind(some, moons[41:60, ])$kind, "moons")
  expect_null(rbind(some, xor_data(5, std = 0.2, seed = 1))$kind)
  expect_null(moons[, 1]$kind)
  fit <- train_xor(some, epochs = 2, seed = 1)
  expect_identical(fit$data$kind, "moons")
  fresh <- fresh_points(fit)
  expect_identical(unclass(fresh)[c("kind", "std")], list(kind = "moons", std = 0.2))
  expect_identical(eval_xor(fit)$n, 500L)
  expect_null(eval_xor(fit)$best)
  expect_identical(toy_kind(moons), "moons")
  blobs <- train_xor(toy_data("blobs", 60, seed = 1, classes = 4), epochs = 2, seed = 1)
  expect_identical(fresh_points(blobs)$levels, 0:3)
  expect_equal(eval_xor(blobs)$best, bayes_xor(0.3, kind = "blobs", classes = 4)$accuracy)
})

test_that("data of an earlier version, without a kind, are XOR where they have noise", {
  skip_if_no_torch()
  old <- xor_data(60, 0.3, seed = 1)
  old["kind"] <- NULL
  expect_identical(toy_kind(old), "xor")
  fit <- train_xor(old, epochs = 2, seed = 1)
  expect_identical(fit$data$kind, "xor")
  expect_equal(eval_xor(fit, old)$best, bayes_xor(0.3)$accuracy)
  expect_identical(old[1:5, ]$kind, "xor")
  own <- as_xor_data(old$x, old$label)
  own["kind"] <- NULL
  expect_null(toy_kind(own))
  expect_null(eval_xor(fit, own)$best)
})
