# What vignettes/why.Rmd says of its figures.

test_that("the article on nets that fail knits, with its pictures and without warnings", {
  skip_if_no_torch()
  expect_article("why", pictures = 4)
})

test_that("half of the nets of two units fail, with half of log 2, and few of them are slow", {
  skip_if_no_torch()
  made <- after_chunks("why", c("study", "patience"))
  failed <- made$study[!made$study$solved, ]
  expect_identical(nrow(failed), 48L)
  expect_gt(mean(abs(failed$loss - log(2) / 2) < 0.06), 0.8)
  expect_lt(sum(abs(failed$loss - log(2)) < 0.1), 4)
  expect_gt(mean(made$study$loss[made$study$solved] < 0.1), 0.9)
  expect_identical(sum(made$long$solved[!made$study$solved]), 4L)
  expect_true(all(made$long$solved[made$study$solved]))
  still <- !made$long$solved
  expect_lt(max(abs(made$long$loss[still] - log(2) / 2)), 0.15)
})

test_that("a stuck net is sure of two corners and hedges on two, and a slow one gets there", {
  skip_if_no_torch()
  made <- after_chunks("why", c("study", "stuck", "longer"))
  expect_identical(diagnose_xor(made$stuck)$cause, "stuck")
  expect_identical(diagnose_xor(made$slow)$cause, "not done yet")
  corners <- rbind(c(0, 0), c(0, 1), c(1, 0), c(1, 1))
  for (seed in c(5, 16, 44, 66, 88, 100)) {
    fit <- train_xor(hidden = 2, seed = seed)
    prob <- predict(fit, corners, type = "prob")
    expect_identical(sum(abs(prob - 0.5) < 0.1), 2L)
    expect_identical(sum(pmin(prob, 1 - prob) < 0.1), 2L)
    expect_identical(sum((prob >= 0.5) != c(FALSE, TRUE, TRUE, FALSE)), 1L)
  }
  expect_lt(made$longer$slow$history$loss[400], 0.05)
  expect_gt(made$longer$stuck$history$loss[400], log(2) / 2)
  at_100 <- vapply(made$longer, function(fit) fit$history$loss[100], 0)
  expect_gt(at_100[["slow"]], at_100[["stuck"]])
})

test_that("one unit never solves XOR, and each unit more makes it more likely", {
  skip_if_no_torch()
  units <- after_chunks("why", c("study", "units"))$units
  solved <- summary(units)$solved
  expect_identical(solved[c(1, 3, 4)], c(0L, 94L, 100L))
  expect_false(is.unsorted(solved, strictly = TRUE))
})

test_that("a rate too high raises the loss and kills the units, one too low only creeps", {
  skip_if_no_torch()
  made <- after_chunks("why", c("study", "rates"))
  last <- vapply(made$by_rate, function(fit) fit$history$loss[100], 0)
  expect_gt(last[4], 10 * log(2))
  expect_gt(last[1], 0.6)
  expect_lt(max(last[2:3]), 0.05)
  high <- diagnose_xor(made$by_rate[[4]])
  expect_true(all(high$units$dead))
  expect_identical(high$rate, "too high")
  low <- diagnose_xor(made$by_rate[[1]])
  expect_identical(low$cause, "not done yet")
  expect_false(high$solved || low$solved)
})

test_that("ReLU units die, and another activation or more of them help most", {
  skip_if_no_torch()
  made <- after_chunks("why", c("study", "dead", "dead-often"))
  expect_identical(sum(!made$found$units$dead), 1L)
  expect_identical(made$found$cause, "dead units")
  often <- summary(made$often)
  solved <- stats::setNames(often$solved, paste(often$hidden, often$activation, often$init))
  expect_identical(solved[["4 tanh default"]], 50L)
  expect_identical(solved[["8 relu default"]], 50L)
  expect_gt(solved[["4 relu kaiming"]], solved[["4 relu default"]])
  expect_lt(solved[["4 relu kaiming"]], 45)
})

test_that("without scaling the net answers no to all rows, its units flat from the start", {
  skip_if_no_torch()
  made <- after_chunks("why", c("study", "seeds"))
  expect_setequal(predict(made$raw, made$seeds), "no")
  expect_gt(eval_xor(made$scaled, made$seeds)$accuracy, mean(made$seeds$grown == "no") + 0.1)
  start <- train_xor(
    grown ~ ., data = made$seeds, hidden = 8, epochs = 1, scale = FALSE, seed = 1, snapshots = 0
  )
  weights <- coef(start, epoch = 0)
  inputs <- as.matrix(made$seeds[c("temperature", "humidity")])
  sums <- sweep(inputs %*% t(weights$linear1.weight), 2, weights$linear1.bias, "+")
  expect_gt(mean(abs(tanh(sums)) > 0.99), 0.9)
})
