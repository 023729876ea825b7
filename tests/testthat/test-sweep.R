# Two values of each argument.
swept <- list(
  hidden = list(2, c(3, 2)), activation = c("tanh", "relu"), init = c("default", "xavier"),
  epochs = 2:3, optimizer = c("sgd", "adam"), lr = list("auto", 0.3), momentum = c(0, 0.9),
  nesterov = c(FALSE, TRUE), weight_decay = c(0, 0.1), l1 = c(0, 0.1), batch_size = c(16, 128),
  validation = list(NULL, 0.2), patience = list(NULL, 1), size = c(60, 90), std = c(0.1, 0.3),
  data = c("xor", "moons"), scale = list("auto", TRUE), inputs = list(NULL, c("x1", "x1*x2"))
)

test_that("a sweep over an argument is the studies of its values", {
  skip_if_no_torch()
  base <- list(hidden = 4, lr = "auto", runs = 2, epochs = 2, size = 60, seed = 1)
  also <- list(nesterov = list(momentum = 0.5), patience = list(validation = 0.2))
  expect_true(all(names(hyperparameter_checks) %in% names(swept)))
  for (name in names(swept)) {
    given <- utils::modifyList(base, as.list(also[[name]]))
    given[[name]] <- NULL
    sweep <- do.call(xor_sweep, c(given, swept[name]))
    studies <- lapply(swept[[name]], function(value) {
      do.call(seed_study, c(given, setNames(list(value), name)))
    })
    expect_equal(as.data.frame(sweep), do.call(rbind, lapply(studies, as.data.frame)), label = name)
    expect_identical(do.call(rbind, studies), sweep, label = name)
  }
})

test_that("columns of every type are Python's, and come back from a file and from saveRDS()", {
  skip_if_no_torch()
  sweep <- xor_sweep(
    lr = "auto", hidden = c(0, 4), momentum = c(0, 0.9), nesterov = c(FALSE, TRUE),
    validation = list(NULL, 0.25), patience = list(NULL, 3), runs = 2, epochs = 2, size = 60,
    seed = 1
  )
  types <- vapply(sweep, typeof, "")
  expect_identical(types, c(config_columns, run_columns))
  expect_setequal(sweep$hidden, c("0", "4"))
  expect_setequal(sweep$validation, c(NA, 0.25))
  expect_identical(is.na(sweep$val_loss), is.na(sweep$validation))
  expect_identical(is.na(sweep$best_epoch), is.na(sweep$patience))
  there <- reticulate::r_to_py(sweep)
  expect_identical(reticulate::py_to_r(there), sweep)
  expect_identical(format(sweep)[-1], strsplit(reticulate::py_repr(there), "\n")[[1]][-1])
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(sweep, path)
  expect_identical(read_study(path), sweep)
  utils::write.csv(as.data.frame(sweep), path, row.names = FALSE)
  expect_equal(read_study(path), sweep)
  table <- utils::read.csv(path)
  expect_identical(table$nesterov, sweep$nesterov)
  expect_identical(table$patience, sweep$patience)
  fit <- reticulate::py_to_r(there$fit(nrow(sweep) - 1L))
  expect_identical(fit$settings$nesterov, TRUE)
})

test_that("what of a configuration is not as in earlier versions is printed in words", {
  skip_if_no_torch()
  sweep <- xor_sweep(lr = "auto", hidden = 4, optimizer = c("sgd", "adam"), momentum = c(0, 0.9),
                     nesterov = c(FALSE, TRUE), runs = 2, epochs = 1, size = 60, seed = 1)
  shown <- strsplit(trimws(format(sweep)[-1]), " +")
  expect_identical(lapply(shown, `[`, 5:7), list(
    c("optimizer", "momentum", "nesterov"), c("sgd", "0", "no"), c("sgd", "0.9", "no"),
    c("sgd", "0.9", "yes"), c("adam", "0", "no")
  ))
  one <- seed_study(runs = 2, epochs = 1, size = 60, seed = 1, init = "zeros", validation = 0.2)
  expect_match(format(one)[2], "std +init +validation +solved")
  # A study of a version that had no such columns.
  old <- seed_study(runs = 2, epochs = 1, size = 60, seed = 1)
  expect_identical(format(old[!names(old) %in% names(later_columns)]), format(old))
})

test_that("studies that are joined are the study of all their nets", {
  skip_if_no_torch()
  sweep <- function(lr, ...) {
    xor_sweep(lr = lr, hidden = 4, runs = 2, epochs = 2, size = 60, seed = 1, ...)
  }
  slow <- sweep(c(0.01, 0.1))
  fast <- sweep(c(0.1, 1))
  expect_identical(rbind(slow, fast), sweep(c(0.01, 0.1, 1)))
  expect_identical(nrow(rbind(slow, fast, sweep("auto", optimizer = "adam"))), 8L)
  expect_identical(rbind(slow, NULL), slow)
  expect_identical(do.call(rbind, list(a = slow, b = slow)), slow)
  some <- slow[c("seed", "loss")] # which is no study any more
  expect_identical(nrow(rbind(some, some)), 8L)
  changed <- fast
  changed$loss[1] <- 2
  expect_snapshot_output(refusals(list(
    quote(rbind(slow, mtcars)), quote(rbind(slow, as.data.frame(fast))), quote(rbind(slow, 3)),
    quote(rbind(slow, changed)), quote(rbind(slow, slow[names(slow) != "lr"]))
  ), hide = "(?<=of )0[.][0-9]+(?= in one)"))
})

test_that("planned nets of studies that are joined are trained", {
  skip_if_no_torch()
  whole <- seed_study(runs = 4, epochs = 2, size = 60, seed = 1)
  part <- whole[1:2, ]
  attr(part, "planned") <- 4L
  attr(part, "plan") <- as.data.frame(whole)[c(names(config_columns), "seed")]
  other <- seed_study(runs = 2, epochs = 3, size = 60, seed = 1)
  joined <- rbind(part, other)
  expect_match(format(joined)[1], "4 nets (6 were planned; it was interrupted)", fixed = TRUE)
  path <- withr::local_tempfile(fileext = ".csv")
  save_study(joined, path)
  again <- read_study(path)
  expect_equal(as.data.frame(again), as.data.frame(joined), ignore_attr = TRUE)
  expect_setequal(do.call(paste, attr(again, "plan")), do.call(paste, attr(joined, "plan")))
  key <- c("seed", "epochs")
  finished <- as.data.frame(resume_study(joined))
  expected <- as.data.frame(rbind(whole, other))
  expect_equal(finished[do.call(order, finished[key]), ], expected[do.call(order, expected[key]), ],
               ignore_attr = "row.names")
  expect_identical(rbind(part, whole), whole)
})

test_that("studies of the same own data are joined, of others not", {
  skip_if_no_torch()
  flowers <- function(shift = 0) as_xor_data(iris[1:4] + shift * iris[1:4]^2, iris$Species)
  study <- function(data, seed) seed_study(runs = 2, data = data, epochs = 20, seed = seed)
  joined <- rbind(study(flowers(), 1), study(flowers(), 2))
  expect_identical(joined$seed, 1:3)
  expect_equal(attr(joined, "own"), flowers())
  expect_error(rbind(joined, study(flowers(1), 5)), "but these have different points",
               class = "xorlab_error")
})
