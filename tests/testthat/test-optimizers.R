# What vignettes/optimizers.Rmd says of its figures.

test_that("the article on optimizers knits, with its pictures and without warnings", {
  skip_if_no_torch()
  expect_article("optimizers", pictures = 5)
})

test_that("in one valley SGD creeps, momentum gets further, RMSprop and Adam come to glm()", {
  skip_if_no_torch()
  made <- after_chunks("optimizers", c("points", "paths"))
  expect_equal(unname(coef(made$exact)[1]), 0, tolerance = 1e-6)
  expect_identical(made$exact$iter, 5L)
  expect_identical(unname(lapply(made$paths, function(path) path[1, ])), rep(list(c(0, 0)), 4))
  left <- vapply(made$fits, function(fit) {
    fit$history$loss[made$steps] - made$exact$deviance / (2 * nrow(made$points))
  }, 0)
  expect_true(all(left > 0))
  expect_gt(left[["sgd"]], 2 * left[["momentum"]])
  expect_lt(max(left[c("rmsprop", "adam")]), 0.001)
  ends <- vapply(made$paths, function(path) path[nrow(path), ], c(0, 0))
  exact <- unname(coef(made$exact)[-1])
  expect_equal(ends[, "adam"], exact, tolerance = 0.1)
  expect_equal(ends[, "rmsprop"], exact, tolerance = 0.1)
  expect_gt(ends[2, "momentum"], 3 * ends[2, "sgd"])
  # The first steps of RMSprop and Adam are as long in one coefficient as in the other.
  for (name in c("rmsprop", "adam")) {
    expect_equal(diff(made$paths[[name]])[1, 1], diff(made$paths[[name]])[1, 2], tolerance = 0.01)
  }
})

test_that("on XOR plain SGD stays on the plateau while the others have left it", {
  skip_if_no_torch()
  nets <- after_chunks("optimizers", c("points", "paths", "xor"))$nets
  loss <- vapply(nets, function(net) net$history$loss, numeric(80))
  expect_gt(loss[15, "sgd"], 0.6)
  expect_lt(max(loss[20, c("momentum", "rmsprop", "adam")]), 0.2)
  starts <- lapply(nets, function(net) net$history$loss[1])
  expect_true(all(unlist(starts) > 0.6))
})

test_that("over many starts the others solve XOR more often, and from zeros none does", {
  skip_if_no_torch()
  study <- after_chunks("optimizers", "many")$study
  shares <- summary(study)
  solved <- stats::setNames(shares$solved, paste(shares$optimizer, shares$momentum))
  expect_lt(solved[["sgd 0"]], 35)
  expect_gt(min(solved[c("rmsprop 0", "adam 0", "sgd 0.9")]), 40)
  zeros <- xor_sweep(lr = 0.1, hidden = 4, init = "zeros", runs = 20, seed = 1)
  expect_identical(sum(zeros$solved), 0L)
  expect_equal(zeros$loss, rep(log(2), 20), tolerance = 1e-3)
})

test_that("labels at random are learned by heart, and early stopping ends that", {
  skip_if_no_torch()
  made <- after_chunks("optimizers", c("by-heart", "patience"))
  history <- made$heart$history
  expect_lt(history$loss[150], 0.1)
  expect_gt(history$val_loss[150], history$val_loss[1] + 0.2)
  expect_lt(made$stopped$best_epoch, 50)
  best <- made$stopped$best_epoch
  expect_identical(which.min(made$stopped$history$val_loss), as.integer(best))
})
