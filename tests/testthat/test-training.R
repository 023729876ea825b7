test_that("train_xor() learns continuous XOR", {
  skip_if_no_torch()
  fit <- train_xor(seed = 1)
  expect_s3_class(fit, "xor_fit")
  expect_equal(nrow(as.data.frame(fit)), 100)
  expect_gt(eval_xor(fit, xor_data(500, seed = 2))$accuracy, 0.99)
  expect_output(print(eval_xor(fit, xor_data(500, seed = 2))), "^Accuracy of the model: ")
})

test_that("R and Python agree bit for bit on one seed in one process", {
  skip_if_no_torch()
  there <- xorlab_module()$train_xor(epochs = 3L, seed = 7L)
  expect_identical(coef(there), coef(train_xor(epochs = 3, seed = 7)))
})

test_that("R and a Python process of its own agree bit for bit on one seed", {
  skip_if_no_torch()
  code <- "import xorlab
for w in xorlab.train_xor(epochs=3, seed=7).weights().values():
    for v in w.astype(float).ravel(order='F'): print(v.hex())"
  script <- withr::local_tempfile(lines = code, fileext = ".py")
  lines <- withr::with_envvar(
    c(PYTHONPATH = system.file("python", package = "xorlab")),
    system2(reticulate::py_exe(), script, stdout = TRUE)
  )
  ours <- unlist(coef(train_xor(epochs = 3, seed = 7)), use.names = FALSE)
  expect_length(lines, 17)
  expect_identical(ours, as.numeric(lines))
})

# Every optimizer, with its terms, and other first weights.
optimizers <- list(
  list(optimizer = "sgd", momentum = 0.9), list(momentum = 0.5, nesterov = TRUE, lr = 0.05),
  list(optimizer = "adam"), list(optimizer = "rmsprop", weight_decay = 0.01),
  list(optimizer = "adam", l1 = 0.001, engine = "autograd"),
  list(optimizer = "rmsprop", init = "normal", validation = 0.2)
)

test_that("R and a Python process of its own agree bit for bit with every optimizer", {
  skip_if_no_torch()
  given <- c(optimizers, lapply(init_names, function(init) list(init = init, hidden = c(3, 2))))
  calls <- vapply(given, function(one) {
    one[["nesterov"]] <- if (isTRUE(one[["nesterov"]])) "true"
    values <- vapply(one, function(x) if (identical(x, "true")) "True" else shown_in_python(x), "")
    sprintf("dict(%s)", toString(sprintf("%s=%s", names(one), values)))
  }, "")
  script <- withr::local_tempfile(fileext = ".py", lines = c(
    "import xorlab", sprintf("given = [%s]", toString(calls)), "for one in given:",
    "    fit = xorlab.train_xor(epochs=3, seed=7, **one)",
    "    for w in fit.weights().values():",
    "        for v in w.astype(float).ravel(order='F'): print(v.hex())",
    "    for v in fit.history.loss + fit.history.val_loss: print(v.hex())"
  ))
  there <- withr::with_envvar(
    c(PYTHONPATH = system.file("python", package = "xorlab")),
    system2(reticulate::py_exe(), script, stdout = TRUE)
  )
  ours <- lapply(given, function(one) {
    fit <- do.call(train_xor, c(one, epochs = 3, seed = 7))
    unlist(c(coef(fit), fit$history$loss, fit$history$val_loss), use.names = FALSE)
  })
  expect_identical(unlist(ours), as.numeric(there))
  expect_length(unique(vapply(ours, sum, 0)), length(given))
})

test_that("hyperparameters have the names and defaults of Python's", {
  skip_if_no_torch()
  there <- reticulate::py_eval(paste0(
    "{name: one.default for name, one in __import__('inspect').signature(",
    "__import__('xorlab').train_xor).parameters.items()}"
  ))
  here <- formals(train_xor)
  expect_identical(setdiff(names(there), names(here)), character())
  for (name in c(names(hyperparameter_checks), "after_epoch")) {
    expect_equal(here[[name]], there[[name]], label = name)
  }
})

test_that("\"auto\" takes the usual learning rate of the optimizer, which is shown", {
  skip_if_no_torch()
  for (name in optimizer_names) {
    fit <- train_xor(optimizer = name, epochs = 1, seed = 1)
    expect_identical(fit$settings$lr, usual_rates[[name]])
    expect_output(print(summary(fit)), sprintf("lr %g,", usual_rates[[name]]))
    given <- train_xor(optimizer = name, lr = usual_rates[[name]], epochs = 1, seed = 1)
    expect_identical(given$weights, fit$weights)
  }
})

test_that("the terms of a training that are no defaults are printed, as in Python", {
  skip_if_no_torch()
  lines <- vapply(optimizers, function(one) {
    fit <- do.call(train_xor, c(one, epochs = 1, seed = 1, device = "cpu"))
    line <- grep("^trained with", format(fit), value = TRUE)
    there <- reticulate::py_repr(reticulate::r_to_py(fit))
    expect_match(there, line, fixed = TRUE)
    line
  }, "")
  expect_snapshot_output(writeLines(lines))
})

test_that("a net without hidden layers is logistic regression", {
  skip_if_no_torch()
  fit <- train_xor(
    am ~ wt, data = mtcars, hidden = 0, epochs = 3000, lr = 1, batch_size = 100, seed = 1
  )
  model <- glm(am ~ wt, binomial, mtcars)
  expect_lt(max(abs(predict(fit, mtcars, type = "prob") - fitted(model))), 1e-4)
})

test_that("terms that are none, or belong to other optimizers, are refused, and nothing is drawn", {
  skip_if_no_torch()
  set.seed(1)
  before <- .Random.seed
  expect_snapshot_output(refusals(c(
    calls_with("train_xor", "momentum", list(1, -0.1, NA, "a")),
    calls_with("train_xor", "nesterov", list(NA, 1, TRUE)),
    calls_with("train_xor", "weight_decay", list(-1, Inf, 1e300, NULL)),
    calls_with("train_xor", "l1", list(-1, "a")),
    calls_with("train_xor", "lr", list("Auto", c(0.1, 0.2), NULL)),
    calls_with("train_xor", "init", list("xaver", 0, NULL)),
    calls_with("train_xor", "optimizer", list("Adam", "adagrad", NULL, function(p) NULL)),
    list(
      quote(train_xor(optimizer = "adam", momentum = 0.9)),
      quote(train_xor(optimizer = "rmsprop", nesterov = TRUE, momentum = 0.9))
    )
  )))
  expect_identical(.Random.seed, before)
})

test_that("torch computes by its own library in R, not by R's", {
  skip_if_no_torch()
  code <- "import torch
torch.set_num_threads(1)
product = torch.randn(300, 300, generator=torch.Generator().manual_seed(0)).matrix_power(3)
print(product.sum().item().hex(), product[7, 5].item().hex())"
  script <- withr::local_tempfile(lines = code, fileext = ".py")
  alone <- system2(reticulate::py_exe(), script, stdout = TRUE)
  in_r <- run_r(c("library(xorlab)", sprintf("reticulate::py_run_file('%s')", script)))
  expect_identical(tail(in_r, 1), alone)
})

test_that("both engines take the same steps", {
  skip_if_no_torch()
  fits <- lapply(c("autograd", "fused"), function(engine) {
    train_xor(epochs = 3, seed = 7, engine = engine)
  })
  expect_lt(max(abs(unlist(coef(fits[[1]])) - unlist(coef(fits[[2]])))), 1e-5)
  expect_input_error(train_xor(engine = "c"), "`engine` must be")
})

test_that("arguments that are none are named", {
  for (bad in list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, TRUE, 3e9)) {
    for (name in c("epochs", "batch_size", if (!identical(bad, 0)) "hidden")) {
      arguments <- setNames(list(bad), name)
      expect_input_error(do.call(train_xor, arguments), paste0("`", name, "` must be"))
    }
  }
  expect_input_error(train_xor(lr = 0), "`lr` must be a finite number above 0")
  expect_input_error(train_xor(activation = "gelu"), "`activation` must be")
})

test_that("a device that is not here is an error with those that are", {
  skip_if_no_torch()
  expect_error(train_xor(device = "gpu"), "`device` must be", class = "xorlab_error")
})

test_that("hidden units may be given in every usual way", {
  skip_if_no_torch()
  for (good in list(8, 8L, c(8, 8), list(8))) {
    expect_equal(train_xor(hidden = good, epochs = 1, seed = 1)$settings$hidden,
                 as.integer(unlist(good)))
  }
})

test_that("a loss that is not finite stops with the history", {
  skip_if_no_torch()
  cnd <- expect_error(
    train_xor(hidden = c(8, 8), activation = "identity", lr = 1e30, seed = 1),
    "smaller `lr`", class = "xorlab_training_error"
  )
  expect_s3_class(cnd$history, "data.frame")
})

test_that("set.seed() governs, and a given seed leaves R's generator as it was", {
  skip_if_no_torch()
  set.seed(3)
  first <- train_xor(epochs = 1)
  set.seed(3)
  expect_identical(coef(train_xor(epochs = 1)), coef(first))
  before <- .Random.seed
  train_xor(epochs = 1, seed = 1)
  expect_identical(.Random.seed, before)
})

test_that("training does not seed torch or numpy for the user", {
  skip_if_no_torch()
  state <- "torch.get_rng_state().tolist(), str(numpy.random.get_state())"
  reticulate::py_run_string(paste0("import torch, numpy\nbefore = ", state))
  train_xor(epochs = 1)
  expect_true(reticulate::py_eval(paste0("before == (", state, ")")))
})

test_that("a loss that is not finite names the epoch and what to try, in the user's call", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(list(
    quote(train_xor(hidden = c(8, 8), activation = "identity", lr = 1e30, seed = 1))
  ), hide = "(nan|-?inf) in epoch [0-9]+"))
})

test_that("data of one class are refused", {
  skip_if_no_torch()
  lone <- xor_data(1, seed = 1)
  expect_snapshot_output(refusals(list(quote(train_xor(lone)))))
})

test_that("a training that diverged is an R warning in the user's call", {
  skip_if_no_torch()
  for (engine in c("fused", "autograd")) {
    cnd <- expect_warning(
      fit <- train_xor(lr = 1e30, epochs = 5, seed = 1, engine = engine),
      "The loss rose from 0.717 to .*e.29: the training diverged", class = "xorlab_warning"
    )
    expect_identical(deparse(conditionCall(cnd)[[1]]), "train_xor")
    expect_gt(tail(fit$history$loss, 1), 1e29)
  }
  shown <- run_r(c("library(xorlab)", "fit <- train_xor(lr = 1e30, epochs = 5, seed = 1)"))
  expect_length(grep("diverged", shown), 1)
  expect_no_match(paste(shown, collapse = " "), "RuntimeWarning")
})

test_that("a rate beyond float32 is refused", {
  must <- "`lr` must be at most 3.40282e\\+38, not 1e\\+300"
  expect_input_error(train_xor(lr = 1e300), must)
  expect_input_error(seed_study(lr = 1e300), must)
  expect_input_error(xor_sweep(lr = c(1, 1e300)), must)
})
