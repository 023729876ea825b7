# A call of every exported function that draws a seed or may come to Python, failing there; `bad` is
# a fit whose weights are no net's, and `data` are of one class.
failing_calls <- function() {
  list(
    quote(xor_data(size = 0)), quote(train_xor(device = "nowhere")),
    quote(train_xor(device = "nowhere", verbose = TRUE)), quote(train_xor(data)),
    quote(train_xor(snapshots = 101)), quote(train_xor(checkpoint = "/no/such/folder/fit.pt")),
    quote(resume_xor(bad)), quote(resume_xor(epochs = 1)),
    quote(seed_study(device = "nowhere")), quote(xor_sweep(device = "nowhere", verbose = TRUE)),
    quote(eval_xor(bad)), quote(eval_xor(bad, xor_data(5, seed = 1))), quote(xor_boundary(bad)),
    quote(predict(bad, matrix(0, 1, 2))), quote(diagnose_xor(bad)), quote(animate_xor(bad)),
    quote(show_code(bad)), quote(save_xor(bad, tempfile())), quote(load_xor("/no/such/file")),
    quote(read_study("/no/such/file")), quote(save_study(small_study(), "/no/such/folder/s.csv")),
    quote(xor_device("nowhere")), quote(benchmark_matmul(2, 1, "nowhere")),
    quote(plot(bad)), quote(plot(bad, "hidden")), quote(plot(bad, "network"))
  )
}

bad_fit <- function() {
  bad <- train_xor(epochs = 1, seed = 1)
  bad$weights$linear1.weight <- matrix(0, 3, 2)
  bad
}

test_that("a call that fails leaves R's generator as it was, whatever was drawn before", {
  skip_if_no_torch()
  bad <- bad_fit()
  data <- xor_data(1, seed = 1)
  for (one in failing_calls()) {
    for (before in list(quote(set.seed(1)), quote(runif(1)))) {
      eval(before)
      state <- .Random.seed
      expect_error(eval(one), class = "xorlab_error", label = deparse1(one))
      expect_identical(.Random.seed, state, label = deparse1(one))
    }
  }
})

test_that("without Python nothing is drawn, with a progress bar neither", {
  skip_on_cran()
  lines <- run_r(c(
    "library(xorlab)",
    "calls <- expression(xor_data(), train_xor(), train_xor(verbose = TRUE), seed_study(),",
    "                    seed_study(verbose = TRUE), xor_sweep(), xor_sweep(verbose = TRUE),",
    "                    load_xor('a.pt'))",
    "set.seed(1)", "before <- .Random.seed",
    "for (e in calls) try(eval(e), silent = TRUE)", "cat(identical(.Random.seed, before), '')",
    "invisible(runif(1))", "before <- .Random.seed",
    "for (e in calls) try(eval(e), silent = TRUE)", "cat(identical(.Random.seed, before))"
  ), "RETICULATE_PYTHON=/no/such/python")
  expect_identical(tail(lines, 1), "TRUE TRUE")
})

test_that("a call that fails after the first draw of a session leaves no state behind", {
  skip_if_no_torch()
  bad <- bad_fit()
  calls <- expression(train_xor(device = "nowhere"), seed_study(device = "nowhere"),
                      xor_sweep(device = "nowhere"), eval_xor(bad))
  withr::with_preserve_seed(for (one in calls) {
    suppressWarnings(rm(.Random.seed, envir = globalenv()))
    try(eval(one), silent = TRUE)
    expect_false(exists(".Random.seed", globalenv(), inherits = FALSE), label = deparse1(one))
  })
})

test_that("fresh points of an evaluation that fails are undrawn too", {
  skip_if_no_torch()
  bad <- bad_fit()
  bad$data <- NULL
  set.seed(1)
  before <- .Random.seed
  expect_error(eval_xor(bad), class = "xorlab_error")
  expect_identical(.Random.seed, before)
})

test_that("a failing call keeps what its arguments drew", {
  skip_if_no_torch()
  set.seed(1)
  xor_data(10)
  after_data <- .Random.seed
  set.seed(1)
  expect_error(train_xor(xor_data(10), device = "nowhere"), class = "xorlab_error")
  expect_identical(.Random.seed, after_data)
  set.seed(1)
  runif(1)
  after_one <- .Random.seed
  set.seed(1)
  expect_error(train_xor(seed = floor(1 + 9 * runif(1)), device = "nowhere"),
               class = "xorlab_error")
  expect_identical(.Random.seed, after_one)
})

test_that("a training that diverged keeps its draw, so that the next seed is another", {
  skip_if_no_torch()
  set.seed(1)
  before <- .Random.seed
  expect_error(train_xor(hidden = c(8, 8), activation = "identity", lr = 1e30),
               class = "xorlab_training_error")
  expect_false(identical(.Random.seed, before))
})

test_that("a call that works draws one seed, the same as ever", {
  skip_if_no_torch()
  seeds <- function(fun, ...) {
    set.seed(1)
    drawn <- fun(...)
    state <- .Random.seed
    set.seed(1)
    expected <- sample.int(.Machine$integer.max, 1)
    expect_identical(.Random.seed, state)
    list(drawn, expected)
  }
  data <- seeds(xor_data, 5)
  expect_identical(data[[1]]$seed, data[[2]])
  fit <- seeds(train_xor, epochs = 1)
  expect_identical(fit[[1]]$settings$seed, fit[[2]])
  study <- seeds(seed_study, runs = 1, epochs = 1)
  expect_identical(study[[1]]$seed, study[[2]])
})
