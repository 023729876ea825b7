test_that("a hyperparameter that is none is named, in all functions that take it", {
  calls <- function(fun) {
    list(
      call(fun, hidden = -1), call(fun, hidden = list(c(4, 0))), call(fun, activation = "reul"),
      call(fun, init = "xaviar"), call(fun, epochs = 0), call(fun, optimizer = "sgdm"),
      call(fun, optimizer = quote(function(parameters) NULL)), call(fun, lr = 0),
      call(fun, lr = "fast"), call(fun, momentum = 1), call(fun, momentum = -0.1),
      call(fun, nesterov = NA), call(fun, weight_decay = -1), call(fun, l1 = Inf),
      call(fun, batch_size = 1.5), call(fun, validation = 0), call(fun, validation = 1),
      call(fun, validation = "data"), call(fun, validation = quote(iris)),
      call(fun, patience = 0)
    )
  }
  expect_snapshot_output(refusals(calls("seed_study")))
  expect_snapshot_output(refusals(c(calls("xor_sweep"), list(
    quote(xor_sweep(lr = c("auto", 0.1))), quote(xor_sweep(momentum = c(0, 0))),
    quote(xor_sweep(nesterov = c(TRUE, NA))), quote(xor_sweep(patience = list(NULL, NULL))),
    quote(xor_sweep(optimizer = character())), quote(xor_sweep(scale = "none")),
    quote(xor_sweep(inputs = list("x1", "x3"))), quote(xor_sweep(size = c(50, 1)))
  ))))
})

test_that("what does not go together is named by Python", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(list(
    quote(seed_study(optimizer = "adam", momentum = 0.9)), quote(seed_study(nesterov = TRUE)),
    quote(seed_study(patience = 3)),
    quote(xor_sweep(optimizer = c("sgd", "adam"), momentum = 0.9)),
    quote(xor_sweep(lr = list("auto", 0.1)))
  )))
})

test_that("hyperparameters come as Python takes them, one or several", {
  one <- list(hidden = 0, lr = "auto", nesterov = TRUE, patience = NULL, epochs = 3)
  expect_identical(check_hyperparameters(one), list(
    hidden = list(0L), lr = "auto", nesterov = TRUE, patience = NULL, epochs = 3L
  ))
  expect_identical(
    check_hyperparameters(list(hidden = c(0, 2), patience = list(NULL, 3), validation = NULL),
                          several = TRUE),
    list(hidden = list(list(0L), list(2L)), patience = list(NULL, 3L), validation = list(NULL))
  )
})

test_that("there is a check for every hyperparameter of Python's, and an argument", {
  skip_if_no_torch()
  settings <- names(call_python(xorlab_py()$Settings()$to_dict()))
  others <- c("device", "seed", "engine", "snapshots")
  expect_setequal(names(hyperparameter_checks), setdiff(settings, others))
  for (fun in list(seed_study, xor_sweep)) {
    expect_true(all(names(hyperparameter_checks) %in% names(formals(fun))))
  }
})
