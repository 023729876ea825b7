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
    for (name in c("epochs", "batch_size", "hidden")) {
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
