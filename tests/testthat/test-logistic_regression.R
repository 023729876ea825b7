# Nets without a hidden layer, which are logistic regressions.

to_the_end <- function(formula, data, ..., epochs = 1000) {
  train_xor(formula, data = data, hidden = 0, batch_size = nrow(data), lr = 1, momentum = 0.9,
            epochs = epochs, seed = 1, ...)
}

# Intercept and slopes in the units of the data.
in_own_units <- function(fit) {
  slopes <- as.vector(coef(fit)$linear1.weight) / fit$preparation$scale
  c(unname(coef(fit)$linear1.bias) - sum(slopes * fit$preparation$center), slopes)
}

# None of them can be separated by a line; each has a factor, one of them in an interaction.
examples <- list(
  list(case ~ age + parity + education + spontaneous + induced, infert),
  list(supp ~ len + factor(dose), ToothGrowth),
  list(wool ~ breaks * tension, warpbreaks)
)

test_that("a net without a hidden layer that is trained to the end is glm()", {
  skip_if_no_torch()
  for (example in examples) {
    data <- example[[2]]
    if (is.numeric(data$case)) data$case <- factor(data$case)
    exact <- glm(example[[1]], family = binomial, data = data)
    expect_true(exact$converged)
    fit <- to_the_end(example[[1]], data)
    expect_lt(max(abs(predict(fit, data, "prob") - fitted(exact))), 1e-5)
    expect_equal(in_own_units(fit), unname(coef(exact)), tolerance = 1e-4)
    expect_equal(sum(residuals(fit, "deviance")^2), exact$deviance, tolerance = 1e-6)
    rows <- data[c(3, 17, 40), ]
    ours <- predict(fit, rows, "logit")
    expect_equal(ours, unname(predict(exact, rows)), tolerance = 1e-4)
  }
})

test_that("of three classes it is nnet::multinom()", {
  skip_if_no_torch()
  skip_if_not_installed("nnet")
  for (example in list(list(tension ~ breaks + wool, warpbreaks),
                       list(Species ~ Sepal.Width, iris))) {
    exact <- nnet::multinom(example[[1]], example[[2]], trace = FALSE, maxit = 1000,
                            reltol = 1e-14, abstol = 1e-10)
    fit <- to_the_end(example[[1]], example[[2]])
    expect_lt(max(abs(predict(fit, example[[2]], "prob") - fitted(exact))), 1e-5)
  }
})

test_that("no hidden layer is 0, or what the settings of a fit say", {
  skip_if_no_torch()
  fit <- train_xor(hidden = 0, epochs = 3, seed = 1)
  expect_identical(fit$settings$hidden, integer(0))
  for (none in list(0L, -0, integer(0), numeric(0), list(0))) {
    expect_identical(coef(train_xor(hidden = none, epochs = 3, seed = 1)), coef(fit))
  }
  expect_identical(coef(update(fit)), coef(fit))
  expect_identical(format(update(fit, hidden = 2))[1], "<xor_fit> 2-2-1 tanh net, 9 weights")
  expect_identical(coef(resume_xor(update(fit, epochs = 2), epochs = 3)), coef(fit))
})

test_that("it is called logistic regression where it is printed", {
  skip_if_no_torch()
  expect_identical(format(train_xor(hidden = 0, epochs = 1, seed = 1))[1],
                   "<xor_fit> 2-1 net (logistic regression), 3 weights")
  flowers <- train_xor(Species ~ ., data = iris, hidden = 0, epochs = 1, seed = 1)
  expect_identical(format(flowers)[1],
                   "<xor_fit> 4-3 net (multinomial logistic regression), 15 weights")
  # In Python's words
  said <- reticulate::py_repr(xorlab:::fit_to_python(flowers))
  expect_match(said, "Fit: 4-3 net (multinomial logistic regression), 15 weights", fixed = TRUE)
})

test_that("its coefficients have the names of inputs and classes", {
  skip_if_no_torch()
  fit <- train_xor(supp ~ len + factor(dose), data = ToothGrowth, hidden = 0, epochs = 1, seed = 1)
  inputs <- c("len", "factor(dose)1", "factor(dose)2")
  expect_identical(dimnames(coef(fit)$linear1.weight), list("VC", inputs))
  expect_identical(names(coef(fit)$linear1.bias), "VC")
  expect_identical(names(coef(fit)), c("linear1.weight", "linear1.bias"))
  skip_if_not_installed("generics")
  tidied <- generics::tidy(fit)
  expect_identical(tidied$input, c("(bias)", inputs))
  expect_identical(unique(tidied$unit), "VC")
  expect_equal(tidied$estimate, unname(c(coef(fit)$linear1.bias, coef(fit)$linear1.weight)))
  expect_identical(generics::glance(fit)$hidden, "0")
})

test_that("a file of it, a function of it and its epochs are those of the fit", {
  skip_if_no_torch()
  fit <- train_xor(Species ~ ., data = iris, hidden = 0, epochs = 5, seed = 1, snapshots = 0:2)
  path <- withr::local_tempfile(fileext = ".pt")
  save_xor(fit, path)
  again <- load_xor(path)
  expect_identical(coef(again, epoch = 1), coef(fit, epoch = 1))
  expect_identical(again$settings, fit$settings)
  f <- as.function(fit)
  expect_lt(max(abs(f(iris) - predict(fit, iris, "prob"))), 1e-6)
  expect_identical(f(iris, "class"), predict(fit, iris))
})

test_that("a sweep and a study take 0, and its table says so", {
  skip_if_no_torch()
  sweep <- xor_sweep(hidden = c(0, 2), lr = 0.1, runs = 2, epochs = 3, seed = 1)
  expect_identical(sweep$hidden, c("0", "0", "2", "2"))
  expect_identical(xor_sweep(hidden = list(0, 2), lr = 0.1, runs = 2, epochs = 3, seed = 1), sweep)
  alone <- train_xor(hidden = 0, epochs = 3, seed = 2)
  expect_equal(sweep$loss[2], alone$history$loss[3], tolerance = 1e-12)
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(sweep, path)
  expect_identical(read_study(path)$hidden, sweep$hidden)
  expect_input_error(xor_sweep(hidden = c(0, 0)), "must hold each value once, but 0 is there")
  expect_output(print(seed_study(runs = 2, hidden = 0, epochs = 2, seed = 1)), "hidden  activation")
})

test_that("its picture has inputs and outputs, and there are no hidden units to be shown", {
  skip_if_no_torch()
  fit <- train_xor(hidden = 0, epochs = 2, seed = 1)
  withr::local_pdf(NULL)
  layout <- plot(fit, "network")
  expect_identical(layout$nodes$layer, c(0L, 0L, 1L))
  expect_equal(sort(layout$edges$weight), sort(as.vector(coef(fit)$linear1.weight)))
  expect_error(plot(fit, "hidden"), "needs a hidden layer, and the net has none",
               class = "xorlab_error")
})

test_that("the diagnosis says why it does not learn XOR", {
  skip_if_no_torch()
  found <- diagnose_xor(train_xor(hidden = 0, seed = 1))
  expect_identical(found$cause, "linear net")
  expect_identical(nrow(found$units), 0L)
  expect_match(found$notes[1], "is logistic regression, and no line separates XOR", fixed = TRUE)
  zeros <- diagnose_xor(train_xor(init = "zeros", seed = 1))
  expect_identical(zeros$cause, "dead units")
  expect_match(zeros$notes[1], "All first weights were 0", fixed = TRUE)
})
