# What vignettes/speed.Rmd says of its figures. None is about the clock of the machine at hand.

test_that("the article on speed knits without warnings", {
  skip_if_no_torch()
  expect_article("speed", pictures = 0)
})

test_that("both engines come to the same weights, and gradients by hand are backward()'s", {
  skip_if_no_torch()
  made <- after_chunks("speed", c("engines", "by-hand"))
  expect_lt(max(abs(unlist(coef(made$visible)) - unlist(coef(made$fused)))), 5e-6)
  expect_identical(lengths(made$by_hand), c(
    linear1.weight = 8L, linear1.bias = 4L, linear2.weight = 4L, linear2.bias = 1L
  ))
  # A step of this length changes the loss by what the gradients say.
  loss <- function(w) {
    hidden <- tanh(sweep(made$x %*% t(w$linear1.weight), 2, w$linear1.bias, "+"))
    z <- drop(hidden %*% t(w$linear2.weight)) + w$linear2.bias
    mean(log1p(exp(-(2 * made$points$label - 1) * z)))
  }
  w <- made$w
  for (name in names(w)) {
    for (i in seq_along(w[[name]])) {
      up <- down <- w
      up[[name]][i] <- up[[name]][i] + 1e-5
      down[[name]][i] <- down[[name]][i] - 1e-5
      expect_equal((loss(up) - loss(down)) / 2e-5, made$by_hand[[name]][[i]], tolerance = 1e-5)
    }
  }
})

test_that("what the article quotes of the benchmark stands in its results", {
  path <- test_path("../../benchmarks/results/2-cores-amd-epyc.csv")
  skip_if_not(file.exists(path), "the repository")
  results <- utils::read.csv(path)
  value <- function(section, name, setting = "") {
    results$value[results$section == section & results$name == name & results$setting == setting]
  }
  names <- c("xorlab, fused", "JAX, compiled", "scikit-learn", "xorlab, autograd",
             "DataLoader loop", "Lightning")
  took <- vapply(names, function(name) value("fit", name), 0)
  expect_equal(unname(signif(took, 2)), c(0.029, 0.095, 0.26, 0.66, 1.2, 1.9))
  expect_equal(round(took[["xorlab, autograd"]] / took[["xorlab, fused"]]), 23)
  wide <- function(units) {
    value("growth", "xorlab, autograd", paste(units, "hidden units")) /
      value("growth", "xorlab, fused", paste(units, "hidden units"))
  }
  expect_equal(round(c(wide("4"), wide("1,024"))), c(13, 5))
  together <- value("study", "seed_study", "1,000 runs")
  expect_equal(round(together, 1), 4.6)
  expect_equal(round(together / value("study", "C with SIMD, on all cores", "1,000 runs")), 5)
  nnet <- value("accuracy", "nnet", "to 99 %") / value("accuracy", "train_xor", "to 99 %")
  expect_equal(nnet, 0.5, tolerance = 0.05)
  imported <- value("startup", "import torch") / 1000
  expect_equal(imported, 1.5, tolerance = 0.1)
  expect_gt(imported / took[["xorlab, fused"]], 48)
})
