bad_counts <- list(0, -1, 1.5, NA, NaN, Inf, "a", NULL, c(1, 2), TRUE, 3e9)
bad_numbers <- list(-1, NaN, Inf, NA, "a", NULL, TRUE, c(1, 2))

test_that("a count that is none is refused by name, value and the user's call", {
  expect_snapshot_output(refusals(calls_with("xor_data", "size", bad_counts)))
  for (name in c("epochs", "batch_size")) {
    expect_snapshot_output(refusals(calls_with("train_xor", name, bad_counts)))
  }
  hidden <- c(setdiff(bad_counts, list(0, c(1, 2))), list(list(), list(4, "a"), c(4, 0)))
  expect_snapshot_output(refusals(calls_with("train_xor", "hidden", hidden)))
  expect_snapshot_output(refusals(calls_with("xor_data", "seed", list(-1, 1.5, "a", c(1, 2)))))
})

test_that("a number that is none is refused by name, value and the user's call", {
  expect_snapshot_output(refusals(calls_with("xor_data", "std", bad_numbers)))
  expect_snapshot_output(refusals(calls_with("train_xor", "lr", c(list(0), bad_numbers))))
})

test_that("a choice, a flag or an object that is none is refused by name", {
  expect_snapshot_output(refusals(c(
    calls_with("train_xor", "activation", list("gelu", NA, 1, c("tanh", "relu"))),
    calls_with("train_xor", "verbose", list("loud", NA, 1)),
    calls_with("train_xor", "data", list(1:3, "a"))
  )))
  expect_snapshot_output(refusals(list(quote(eval_xor(1)), quote(xor_boundary(NULL)),
                                       quote(save_xor("fit", "a.pt")))))
})

test_that("nets that are far too large are refused at once", {
  expect_input_error(train_xor(hidden = 1:1e6), "`hidden` must hold at most 100 whole numbers, not")
  expect_input_error(seed_study(hidden = rep(2, 101)), "at most 100 whole numbers, not 101")
  expect_input_error(train_xor(epochs = 1e6, snapshots = 0:1e6), "at most 100000 whole numbers")
})

test_that("what is refused draws nothing from R's generator", {
  set.seed(1)
  before <- .Random.seed
  try(xor_data(size = 0), silent = TRUE)
  try(xor_data(std = -1), silent = TRUE)
  try(train_xor(epochs = 0), silent = TRUE)
  expect_identical(.Random.seed, before)
})

test_that("braces in a user's value are shown, not run", {
  expect_error(train_xor(activation = "{stop('run')}"), "{stop('run')}", fixed = TRUE,
               class = "xorlab_input_error")
})

test_that("100 and 100L are the same count", {
  expect_identical(check_count(100), 100L)
  expect_identical(check_count(100L), 100L)
  expect_identical(check_counts(list(8)), list(8L))
  expect_identical(check_counts(c(8, 8)), list(8L, 8L))
})

test_that("the nearest name is one that is close, whatever its case", {
  nearest <- xorlab:::nearest
  flowers <- c("Species", "Petal.Width", "Petal.Length")
  expect_identical(nearest("Petal.width", flowers), "Petal.Width")
  expect_identical(nearest("X2", c("x1", "x2")), "x2")
  expect_identical(nearest("Tanh", c("relu", "tanh")), "tanh")
  expect_null(nearest("Species", "Petal.Width"))
  expect_null(nearest("a", character()))
})

test_that("an unknown argument is refused in every verb, with the one that was meant", {
  fit <- structure(list(), class = "xor_fit")
  study <- structure(data.frame(), class = c("xor_study", "data.frame"))
  bayes <- structure(list(), class = "xor_bayes")
  expect_snapshot_output(refusals(list(
    quote(train_xor(learning_rate = 0.1)), quote(train_xor(n_epochs = 10)),
    quote(train_xor(hidden_layer_sizes = c(8, 8))), quote(train_xor(seed = 1, batchsize = 32)),
    quote(train_xor(noise = 0.2)), quote(seed_study(n_epochs = 10)),
    quote(xor_sweep(learning_rates = 1:3)), quote(xor_data(noise = 0.2)), quote(xor_data(sd = 0.2)),
    quote(xor_data(100, 0.1, 1, "more")), quote(as_xor_data(iris[1:2], y = iris$Species)),
    quote(eval_xor(fit, newdata = 1)), quote(xor_boundary(fit, epochs = 3)),
    quote(bayes_xor(noise = 1)), quote(diagnose_xor(fit, datum = 1)),
    quote(animate_xor(fit, file = 1)), quote(show_code(fit, lingo = "r")),
    quote(predict(fit, types = "prob")), quote(predict(bayes, types = "prob")),
    quote(plot(fit, epochs = 3)), quote(plot(study, whta = "nets")), quote(plot(bayes, main = "B")),
    quote(summary(study, 1)), quote(coef(fit, epochs = 1))
  )))
})

test_that("every exported function that has arguments refuses an unknown one in our words", {
  for (name in getNamespaceExports("xorlab")) {
    fun <- getExportedValue("xorlab", name)
    known <- setdiff(names(formals(fun)), "...")
    if (!length(known)) next
    misspelt <- stats::setNames(list(1), paste0(known[1], "z"))
    cnd <- expect_input_error(do.call(fun, misspelt), "There is no argument")
    expect_match(conditionMessage(cnd), sprintf("Did you mean `%s`", known[1]), label = name)
  }
})

test_that("an unknown choice is refused with the one that was meant", {
  fit <- structure(list(history = data.frame()), class = "xor_fit")
  expect_snapshot_output(refusals(list(
    quote(train_xor(activation = "Tanh")), quote(train_xor(activation = "logistic")),
    quote(train_xor(engine = "Fused")), quote(xor_sweep(activation = c("relu", "than"))),
    quote(predict(fit, type = "response")), quote(predict(fit, type = "probs")),
    quote(plot(fit, "decision")), quote(plot(fit, "loss")), quote(show_code(fit, "R")),
    quote(train_xor(activation = "softmax"))
  )))
})

test_that("a device that was meant is suggested", {
  skip_if_no_torch()
  expect_snapshot_output(refusals(list(quote(xor_device("gpu")), quote(train_xor(device = "CPU")))))
})

test_that("both languages know the same synonyms, and suggest the same", {
  skip_if_no_torch()
  there <- xorlab_module()
  expect_identical(unlist(there$checks$synonyms$SYNONYMS), synonyms)
  expect_identical(names(there$model$activations$ACTIVATIONS), names(activations))
  arguments <- setdiff(names(formals(train_xor)), "...")
  words <- c(names(synonyms), "Seed", "hiden", "activaton", "epoch", "verbos", "snapshot",
             "chekpoint", "batch", "batchsize", "learning.rate", "resum", "evry", "devise", "foo",
             "x", "")
  for (word in words) {
    expect_identical(nearest(word, arguments), there$checks$words$nearest(word, as.list(arguments)),
                     label = word)
  }
  expect_null(nearest("a", character()))
  expect_identical(nearest("Petal.Widht", names(iris)), "Petal.Width")
})
