test_that("an update is the training anew with what was changed, on the fit's own data", {
  skip_if_no_torch()
  fit <- train_xor(am ~ wt + factor(cyl), data = mtcars, epochs = 5, lr = 0.2, seed = 3)
  new <- update(fit, hidden = c(8, 3), epochs = 7)
  again <- train_xor(am ~ wt + factor(cyl), data = mtcars, hidden = c(8, 3), epochs = 7, lr = 0.2,
                     seed = 3)
  expect_identical(new$weights, again$weights)
  expect_identical(new$preparation, again$preparation)
  expect_identical(new$settings, again$settings)
  expect_identical(predict(new, mtcars, type = "prob"), predict(again, mtcars, type = "prob"))
  expect_identical(eval_xor(new, mtcars), eval_xor(again, mtcars))
  expect_identical(update(fit)$weights, fit$weights)
  expect_false(identical(update(fit, seed = 4)$weights, fit$weights))
})

test_that("points of XOR stay the points, whatever the seed of the training", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 2, seed = 1)
  expect_identical(update(fit, epochs = 4)$weights, train_xor(epochs = 4, seed = 1)$weights)
  other <- update(fit, seed = 2)
  expect_identical(other$data, fit$data)
  expect_identical(other$weights, train_xor(fit$data, epochs = 2, seed = 2)$weights)
})

test_that("scaling, named inputs, the engine and the snapshots that there can be are kept", {
  skip_if_no_torch()
  x <- as.matrix(mtcars[c("wt", "hp")])
  raw <- train_xor(x, mtcars$am, scale = FALSE, epochs = 2, seed = 1)
  expect_identical(update(raw)$weights, raw$weights)
  scaled <- train_xor(x, mtcars$am, epochs = 2, seed = 1)
  expect_identical(update(raw, scale = TRUE)$weights, scaled$weights)
  fit <- train_xor(x, mtcars$am, inputs = c("x1", "x1*x2"), epochs = 4, seed = 1,
                   snapshots = c(0, 3), engine = "autograd")
  expect_identical(update(fit)[c("weights", "snapshots")], fit[c("weights", "snapshots")])
  shorter <- update(fit, epochs = 2)
  expect_named(shorter$snapshots, "0")
  expect_identical(shorter$preparation, fit$preparation)
  expect_identical(shorter$settings$engine, "autograd")
})

test_that("another optimizer has its usual rate, where that of the fit was its usual one", {
  skip_if_no_torch()
  points <- xor_data(60, seed = 1)
  fit <- train_xor(points, epochs = 3, seed = 1)
  adam <- train_xor(points, epochs = 3, optimizer = "adam", seed = 1)
  expect_identical(update(fit, optimizer = "adam")$weights, adam$weights)
  expect_identical(update(adam, optimizer = "sgd")$weights, fit$weights)
  expect_identical(update(adam, epochs = 4)$settings$lr, 0.01)
  other <- train_xor(points, epochs = 3, lr = 0.3, seed = 1)
  expect_identical(update(other, optimizer = "adam")$settings$lr, 0.3)
  expect_identical(update(fit, optimizer = "adam", lr = 0.1)$settings$lr, 0.1)
  heavy <- train_xor(points, epochs = 3, momentum = 0.9, nesterov = TRUE, hidden = 0, seed = 1)
  expect_identical(update(heavy)[c("weights", "settings")], heavy[c("weights", "settings")])
  light <- train_xor(points, epochs = 3, optimizer = "rmsprop", hidden = 0, seed = 1)
  expect_identical(update(heavy, optimizer = "rmsprop")$weights, light$weights)
})

test_that("rows held out for validation stay so, and a new share is of all", {
  skip_if_no_torch()
  points <- xor_data(60, seed = 1)
  fit <- train_xor(points, epochs = 9, validation = 0.2, patience = 4, seed = 1)
  same <- c("weights", "validation", "settings", "data", "best_epoch")
  expect_identical(update(fit)[same], fit[same])
  expect_identical(update(fit, seed = 2)$validation, fit$validation)
  expect_identical(nrow(update(fit, validation = 0.5)$validation), 30L)
  expect_identical(nrow(update(fit, validation = NULL, patience = NULL)$data), 60L)
  given <- train_xor(points[1:40, ], epochs = 3, validation = points[41:60, ], seed = 1)
  expect_identical(update(given)[same], given[same])
  other <- train_xor(points[1:40, ], epochs = 3, validation = 0.2, seed = 1)
  expect_identical(update(given, validation = 0.2)[same], other[same])
  other <- train_xor(points[1:40, ], epochs = 3, validation = points[1:9, ], seed = 1)
  expect_identical(update(given, validation = points[1:9, ])[same], other[same])
  by_formula <- train_xor(am ~ wt + factor(cyl), data = mtcars, epochs = 3, seed = 1)
  with <- update(by_formula, validation = mtcars[1:9, ])
  expect_identical(with$weights, by_formula$weights)
  expect_identical(nrow(with$validation), 9L)
})

test_that("what an update cannot do is said", {
  skip_if_no_torch()
  fit <- train_xor(am ~ wt + hp, data = mtcars, epochs = 1, seed = 1)
  set.seed(1)
  before <- .Random.seed
  expect_snapshot_output(refusals(list(
    quote(update(fit, . ~ . - hp)), quote(update(fit, am ~ wt)), quote(update(fit, 200)),
    quote(update(fit, data = mtcars)), quote(update(fit, x = 1, y = 2)),
    quote(update(fit, hiden = 8)), quote(update(fit, epochs = 0)), quote(update(fit, epochs = "a")),
    quote(update(fit, hidden = NULL)), quote(update(fit, optimizer = "adam", momentum = 0.9))
  )))
  expect_input_error(update(fit, , 200), "Hyperparameters must go by name") # nolint
  expect_identical(.Random.seed, before)
})
