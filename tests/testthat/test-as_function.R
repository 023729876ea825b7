# A fit of columns that were prepared; a made-up net, so that no Python is needed.
made_fit <- function(features, levels = c("no", "yes"), preparation = NULL, seed = 1,
                     activation = "tanh") {
  withr::local_seed(seed)
  inputs <- length(preparation$columns %||% features)
  outputs <- if (length(levels) > 2) length(levels) else 1
  structure(list(
    activation = activation, settings = NULL, snapshots = NULL,
    weights = list(
      linear1.weight = matrix(rnorm(3 * inputs), 3), linear1.bias = rnorm(3),
      linear2.weight = matrix(rnorm(3 * outputs), outputs), linear2.bias = rnorm(outputs)
    ),
    history = data.frame(epoch = 1, loss = 1, accuracy = 1, seconds = 1),
    data = structure(
      list(x = matrix(0, 2, length(features), dimnames = list(NULL, features)), label = 0:1,
           levels = levels, categories = NULL, std = NULL, seed = NULL),
      class = "xor_data"
    ),
    preparation = preparation
  ), class = "xor_fit")
}

# What the net of a made fit gives for prepared columns, worked out row by row.
by_hand <- function(fit, x) {
  w <- fit$weights
  do.call(rbind, lapply(seq_len(nrow(x)), function(row) {
    hidden <- tanh(w$linear1.weight %*% x[row, ] + w$linear1.bias)
    as.vector(w$linear2.weight %*% hidden + w$linear2.bias)
  }))
}

test_that("the function predicts as the fit does, for every activation and any depth", {
  skip_if_no_torch()
  at <- as.matrix(expand.grid(x1 = seq(-3, 4, 0.5), x2 = seq(-3, 4, 0.5)))
  for (activation in names(xorlab:::activations)) {
    fit <- train_xor(hidden = c(5, 3), activation = activation, epochs = 20, seed = 1)
    f <- as.function(fit)
    expect_lt(max(abs(f(at) - predict(fit, at, "prob"))), 1e-6)
    expect_lt(max(abs(f(at, "logit") - predict(fit, at, "logit"))), 1e-5)
    expect_identical(f(at, "class"), predict(fit, at))
  }
})

test_that("the function does with scaling, formulas, classes and inputs what the fit does", {
  skip_if_no_torch()
  own <- mtcars
  own$am <- c("auto", "manual")[1 + mtcars$am]
  cases <- list(
    list(Species ~ ., iris), list(Species ~ Sepal.Width * poly(Petal.Length, 2), iris),
    list(am ~ log(wt) + factor(cyl) + hp:vs, own), list(I(mpg > 20) ~ wt + scale(hp), own)
  )
  for (case in cases) {
    fit <- train_xor(case[[1]], case[[2]], epochs = 10, seed = 1)
    f <- as.function(fit)
    some <- case[[2]][c(1, 9, 30, 31), ]
    some[2, c("Sepal.Width", "wt")[c("Sepal.Width", "wt") %in% names(some)]] <- NA
    expect_lt(max(abs(f(some) - predict(fit, some, "prob")), na.rm = TRUE), 1e-6)
    expect_equal(f(some, "logit"), predict(fit, some, "logit"), tolerance = 1e-5)
    expect_identical(f(some, "class"), predict(fit, some))
    expect_identical(dim(f(fit$data$x)), dim(predict(fit, type = "prob")))
  }
  x <- as.matrix(iris[3:4]) * 1e6
  fit <- train_xor(x, iris$Species == "virginica", inputs = c("x1", "x1*x2", "sin(x2)"), seed = 1,
                   epochs = 10)
  expect_lt(max(abs(as.function(fit)(x) - predict(fit, x, "prob"))), 1e-6)
})

test_that("each activation's values in R are Python's, far from 0 as well", {
  skip_if_no_torch()
  x <- c(-800, -90, -20, -3, -0.5, -1e-4, 0, 1e-4, 0.25, 2, 20, 90, 800)
  for (activation in names(xorlab:::activations)) {
    fit <- train_xor(hidden = 1, activation = activation, epochs = 1, seed = 1)
    fit$weights <- list(linear1.weight = cbind(1, 0), linear1.bias = 0,
                        linear2.weight = matrix(1), linear2.bias = 0)
    python <- suppressWarnings(predict(fit, cbind(x, 0), "logit"))
    r <- as.function(fit)(cbind(x, 0), "logit")
    expect_true(all(is.finite(r)))
    expect_equal(r, python, tolerance = 1e-6, info = activation)
  }
})

test_that("the function works in a session without this package or Python", {
  fit <- made_fit(c("wt", "factor(cyl)6", "factor(cyl)8", "poly(hp, 2)1", "poly(hp, 2)2"))
  got <- xorlab:::formula_data(am ~ wt + factor(cyl) + poly(hp, 2), mtcars)
  fit$preparation <- list(
    columns = colnames(got$x), center = colMeans(got$x), scale = apply(got$x, 2, sd),
    encoding = list(formula = got$terms)
  )
  path <- withr::local_tempfile(fileext = ".rds")
  saveRDS(as.function(fit), path)
  lines <- run_r(c(
    sprintf("f <- readRDS('%s')", path), "print(f(mtcars[1:3, ]), digits = 15)",
    "print(f(mtcars[1, c('cyl', 'hp', 'wt')], 'class'))",
    "cat(conditionMessage(tryCatch(f(data.frame(wt = 1, cyl = 5, hp = 3)), error = identity)))",
    "cat('\n', loadedNamespaces())"
  ), "R_LIBS=/nowhere")
  expected <- plogis(by_hand(fit, scale(got$x))[1:3, 1])
  shown <- as.numeric(strsplit(sub("^\\[1\\] ", "", lines[1]), " +")[[1]])
  expect_equal(shown, unname(expected), tolerance = 1e-6)
  expect_match(lines, "Levels: no yes", all = FALSE)
  expect_match(lines, "`factor(cyl)` must have levels of the training data, not \"5\".",
               fixed = TRUE, all = FALSE)
  expect_false(any(grepl("xorlab|reticulate|rlang|cli", tail(lines, 1))))
})

test_that("nothing but plain values and functions of base R are in it", {
  env <- environment(as.function(made_fit(c("u", "v"))))
  expect_identical(parent.env(env), baseenv())
  for (name in names(env)) {
    value <- env[[name]]
    if (is.function(value)) expect_identical(environment(value), env)
    expect_false(is.environment(value))
  }
  called <- unlist(lapply(Filter(is.function, mget(names(env), env)), function(one) {
    setdiff(all.names(body(one)), all.names(body(one), functions = FALSE))
  }))
  base <- c(ls(baseenv(), all.names = TRUE), "stats", getNamespaceExports("stats"))
  expect_identical(setdiff(called, c(names(env), base)), character())
})

test_that("columns go by name, or by position where none has a name of theirs", {
  fit <- made_fit(c("u", "v"))
  f <- as.function(fit)
  x <- cbind(u = c(1, 2, 0.5), v = c(-1, 0.25, 3))
  logit <- by_hand(fit, x)[, 1]
  expect_equal(f(x, "logit"), logit, tolerance = 1e-6)
  expect_identical(f(x[, 2:1]), f(x))
  expect_identical(f(unname(x)), f(x))
  expect_identical(f(data.frame(more = "text", v = x[, 2], u = x[, 1])), f(x))
  expect_identical(f(x[1, , drop = FALSE]), f(x)[1])
  expect_identical(f(x[0, , drop = FALSE]), numeric())
  expect_identical(f(x, "class"), factor(c("no", "yes")[1 + (logit >= 0)], c("no", "yes")))
  x[2, 1] <- NA
  for (type in c("prob", "logit", "class")) expect_identical(which(is.na(f(x, type))), 2L)
  expect_error(f(x[, 1, drop = FALSE]), "but \"v\" is missing", fixed = TRUE)
  expect_error(f(diag(3)), "must have 2 columns, as the net has inputs, not 3")
  expect_error(f(1:2), "must be a numeric matrix or data frame")
  expect_error(f(data.frame(u = "a", v = 1)), "must be a numeric matrix or data frame")
  expect_error(f(x, "probs"), "should be one of")
})

test_that("scaling, named inputs and columns left out are applied in their order", {
  inputs <- c("x1", "x2^2", "x1*x2", "sin(x1)")
  preparation <- list(inputs = as.list(inputs), columns = list("x2^2", "x1*x2", "sin(x1)"),
                      center = c(1, 2, 0.25), scale = c(2, 0.5, 4), encoding = NULL)
  fit <- made_fit(c("u", "v"), preparation = preparation)
  x <- cbind(u = c(1, 2, 0.5), v = c(-1, 0.25, 3))
  prepared <- cbind((x[, 2]^2 - 1) / 2, (x[, 1] * x[, 2] - 2) / 0.5, (sin(x[, 1]) - 0.25) / 4)
  expect_equal(as.function(fit)(x, "logit"), by_hand(fit, prepared)[, 1], tolerance = 1e-6)
  fit$preparation$inputs[[2]] <- "system('ls')"
  expect_input_error(as.function(fit), "must be among .* not \"system")
})

test_that("of several classes it gives a matrix with their names, which adds up to 1", {
  fit <- made_fit(c("u", "v"), levels = c("a", "b", "c"))
  f <- as.function(fit)
  x <- cbind(u = c(1, 2, 0.5, 900), v = c(-1, 0.25, 3, -900))
  expect_equal(f(x, "logit"), by_hand(fit, x), ignore_attr = TRUE, tolerance = 1e-6)
  prob <- f(x)
  expect_identical(dimnames(prob), list(NULL, c("a", "b", "c")))
  expect_equal(rowSums(prob), rep(1, 4))
  expect_equal(prob[1, ] / prob[1, 1], exp(f(x, "logit")[1, ] - f(x, "logit")[1, 1]))
  expect_identical(f(x, "class"), factor(apply(prob, 1, which.max), 1:3, c("a", "b", "c")))
  x[2, ] <- NA
  expect_identical(which(is.na(f(x, "class"))), 2L)
  expect_true(all(is.na(f(x)[2, ])))
  expect_identical(dim(f(x[1, , drop = FALSE])), c(1L, 3L))
})

test_that("columns that Python encoded are encoded again", {
  frame <- list(u = list(), g = list("a", "b", "c"))
  fit <- made_fit(c("u", "g_b", "g_c"), preparation = list(encoding = list(frame = frame)))
  new <- data.frame(g = c("c", "a"), u = c(0.5, 2))
  x <- cbind(u = new$u, g_b = 0, g_c = c(1, 0))
  f <- as.function(fit)
  expect_equal(f(new, "logit"), by_hand(fit, x)[, 1], tolerance = 1e-6)
  expect_identical(f(x), f(new)) # as the fit's own data are
  expect_error(f(data.frame(g = "d", u = 1)), "`g` must have levels of the training data")
})

test_that("an epoch that was kept can be had", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 5, seed = 1, snapshots = 0)
  at <- cbind(c(0, 1), c(0, 0))
  expect_equal(as.function(fit, epoch = 0)(at), predict(fit, at, "prob", epoch = 0),
               tolerance = 1e-6)
  expect_input_error(as.function(fit, epoch = 3), "`epoch` must be one")
  expect_input_error(as.function(fit, epochs = 3), "Did you mean `epoch`")
})
