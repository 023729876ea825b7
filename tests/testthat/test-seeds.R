# What vignettes/seeds.Rmd says of its figures.

test_that("the article on seeds knits, with its picture and without warnings", {
  skip_if_no_torch()
  expect_article("seeds", pictures = 1)
})

test_that("nine of twenty solve XOR, and the interval of a study is that of prop.test()", {
  skip_if_no_torch()
  cells <- summary(seed_study(runs = 20, hidden = 2, seed = 1))
  expect_identical(cells$solved, 9L)
  wilson <- as.vector(prop.test(9, 20, correct = FALSE)$conf.int)
  expect_equal(c(cells$lower, cells$upper), wilson)
  expect_equal(wilson, c(1 / 4, 2 / 3), tolerance = 0.03)
})

test_that("twenty people find 8 to 17 of 20, and 19 of their intervals hold the share of all", {
  skip_if_no_torch()
  made <- after_chunks("seeds", c("twenty", "many", "pairs", "fewer-pairs", "slow-ones"))
  expect_identical(as.vector(range(made$solved)), c(8L, 17L))
  share <- mean(made$slow$solved)
  expect_identical(sum(made$limits[, 1] < share & share < made$limits[, 2]), 19L)
  expect_gt(max(made$limits[, 1]), share)

  # 59 % against 66 %, of which only the pairs are proof.
  solved <- c(sum(made$fast$solved), sum(made$slow$solved))
  expect_identical(round(100 * solved / 400), c(66, 59))
  expect_gt(prop.test(solved, c(400, 400))$p.value, 0.05)
  needed <- power.prop.test(p1 = solved[1] / 400, p2 = solved[2] / 400, power = 0.8)$n
  expect_equal(needed, 950, tolerance = 0.05)
  expect_identical(made$slow$seed, made$fast$seed)
  expect_identical(c(made$pairs[1, 2], made$pairs[2, 1]), c(26L, 1L))
  expect_gt(sum(diag(made$pairs)), 0.9 * 400)
  expect_lt(binom.test(26, 27)$p.value, 1e-4)
  expect_lt(binom.test(made$half[1, 2], made$half[1, 2] + made$half[2, 1])$p.value, 0.01)
  expect_gt(sum(made$longer), 5)
})

test_that("widths and sizes are as the article says", {
  width <- function(n) diff(prop.test(round(0.59 * n), n, correct = FALSE)$conf.int)
  expect_equal(width(400) / width(1600), 2, tolerance = 0.02)
  expect_equal(c(width(100), width(400)) / 2, c(0.1, 0.05), tolerance = 0.06)
  expect_gt(width(20), 1 / 3)
  expect_gt(1 - 0.41^20, 0.999)
})

test_that("a study of own data draws other rows for each seed, of 30 held out", {
  skip_if_no_torch()
  own <- after_chunks("seeds", c("twenty", "own"))$own
  thirds <- own$accuracy * 30
  expect_equal(thirds, round(thirds))
  expect_gt(length(unique(own$accuracy)), 2)
  expect_true(all(is.na(own$solved)))
})
