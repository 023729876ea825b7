# What vignettes/teaching.Rmd says of its figures.

test_that("the article on teaching knits, with its pictures and without warnings", {
  skip_if_no_torch()
  expect_article("teaching", pictures = 3)
})

test_that("a line is worse than a coin, the product gets all points, a net without it too", {
  skip_if_no_torch()
  made <- after_chunks("teaching", c("points", "line", "product", "fit"))
  right <- function(model) mean((fitted(model) >= 0.5) == made$frame$label)
  expect_lt(right(made$line), 0.4)
  expect_lt(max(abs(coef(made$line))), 0.1)
  expect_identical(right(made$product), 1)
  expect_identical(eval_xor(made$fit, made$points)$accuracy, 1)
  # Nothing is seen until epoch 20.
  expect_gt(made$fit$history$loss[20], 0.6)
  expect_lt(made$fit$history$loss[50], 0.1)
})

test_that("of a class of 24, eleven solve XOR with two units and all of them with four", {
  skip_if_no_torch()
  made <- after_chunks("teaching", c("points", "students", "class", "broken"))
  expect_identical(sum(made$class_of_24$solved), 11L)
  expect_false(made$class_of_24$solved[5])
  expect_identical(diagnose_xor(made$mine)$cause, "stuck")
  expect_true(all(seed_study(runs = 24, hidden = 4, seed = 1)$solved))
  expect_gt(tail(made$broken$history$loss, 1), 1)
})

test_that("the exercises' answers are what the article says", {
  skip_if_no_torch()
  made <- after_chunks("teaching", c("points", "line", "fit", "answer-units", "answer-noise",
                                     "answer-hand", "answer-identity"))
  solved <- summary(made$units)$solved
  expect_identical(solved[c(1, 4)], c(0L, 50L))
  expect_lt(abs(solved[2] - 25), 5)
  expect_gt(solved[3], 45)
  best <- bayes_xor(std = 0.3)$accuracy
  net <- eval_xor(made$noisy, xor_data(10000, std = 0.3, seed = 2))$accuracy
  expect_identical(round(c(best, best - net), 2), c(0.91, 0.02))
  by_hand <- plogis(drop(made$w$linear2.weight %*% made$hidden) + made$w$linear2.bias)
  by_net <- predict(made$fit, rbind(c(0, 1)), type = "prob")
  expect_equal(as.vector(by_hand), by_net, tolerance = 1e-6)
  expect_lt(eval_xor(made$straight, made$fresh)$accuracy, 0.5)
  expect_lt(mean(made$line_on_fresh == made$fresh$label), 0.5)
})

test_that("the lab to hand out has five exercises, each with an answer that unfolds", {
  path <- system.file("rmarkdown/templates/xor-lab/skeleton/skeleton.Rmd", package = "xorlab")
  lines <- readLines(path)
  expect_length(grep("^## [1-5][.] ", lines), 5)
  expect_length(grep("^## [0-9]+[.] ", lines), 5)
  expect_length(grep("<details>", lines, fixed = TRUE), 5)
})
