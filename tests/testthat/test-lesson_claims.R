# What the R chunks of vignettes/lesson.Rmd show, against what its text says of them.

in_lesson <- function(...) after_chunks("lesson", c(...))

test_that("a line is at log 2 and right by chance, the product and the distance separate", {
  skip_on_cran()
  skip_if_no_torch()
  made <- in_lesson("points", "glm-line", "glm-product")
  expect_equal(made$share_right(made$line), 0.3716)
  expect_equal(deviance(made$line) / (2 * nrow(made$d)), log(2), tolerance = 1e-3)
  expect_lt(max(abs(coef(made$line))), 0.05)
  expect_identical(made$share_right(made$product), 1)
  distance <- suppressWarnings(glm(label ~ abs(x1 - x2), family = binomial, data = made$d))
  expect_identical(made$share_right(distance), 1)
})

test_that("with a bend the net separates, without it is at log 2 whatever its accuracy", {
  skip_if_no_torch()
  made <- in_lesson("points", "bend")
  expect_identical(made$loss_and_share("tanh")[["accuracy"]], 1)
  expect_lt(made$loss_and_share("tanh")[["loss"]], 0.05)
  others <- vapply(1:6, function(seed) {
    fit <- train_xor(made$points, activation = "identity", seed = seed)
    unlist(eval_xor(fit, made$points)[c("loss", "accuracy")])
  }, c(loss = 0, accuracy = 0))
  expect_equal(unname(others["loss", ]), rep(log(2), 6), tolerance = 1e-3)
  expect_gt(diff(range(others["accuracy", ])), 0.3)
})

test_that("R recycles down the columns", {
  expect_identical(matrix(0:5, 2) + c(10, 20), matrix(c(10, 21, 12, 23, 14, 25), 2))
})

test_that("nets of two units that fail are stuck, not slow", {
  skip_if_no_torch()
  solved <- vapply(c(100, 300, 1000), function(epochs) {
    sum(seed_study(runs = 50, hidden = 2, epochs = epochs, seed = 1)$solved)
  }, 0)
  expect_true(all(abs(solved - c(27, 29, 29)) <= 2))
})

test_that("SGD stays on the plateau that momentum and Adam leave at once", {
  skip_if_no_torch()
  loss <- vapply(in_lesson("optimizers")$nets, function(one) one$history$loss, numeric(100))
  expect_gt(loss[10, "SGD"], 0.65)
  expect_lt(max(loss[20, c("momentum", "Adam")]), 0.2)
})

test_that("labels at random are learned by heart, and the validation loss tells", {
  skip_if_no_torch()
  history <- in_lesson("by-heart")$heart$history
  expect_lt(history$loss[300], history$loss[1] - 0.3)
  expect_gt(history$val_loss[300], history$val_loss[1] + 0.3)
})

test_that("no rate is too small or too large without harm", {
  skip_if_no_torch()
  last_loss <- in_lesson("answer-rate-r")$last_loss
  expect_gt(last_loss(0.0001), 0.65)
  expect_lt(last_loss(0.1), 0.05)
  expect_gt(last_loss(30), 1)
  expect_warning(train_xor(lr = 30, seed = 1), class = "xorlab_warning")
})

test_that("sixteen units come a point nearer to the best accuracy at a noise of 0.5", {
  skip_if_no_torch()
  reached <- in_lesson("answer-units")$reached
  expect_equal(unname(diff(reached)), 0.01, tolerance = 0.6)
  expect_lt(max(reached), bayes_xor(0.5)$accuracy)
})

test_that("the net ties with glm() on flowers, and follows moons and circles where glm() cannot", {
  skip_if_no_torch()
  flowers <- in_lesson("own-data", "own-glm")
  net <- mean(predict(flowers$own_fit, flowers$fresh) == flowers$fresh$Species)
  expect_identical(net, mean(flowers$by_glm == flowers$fresh$Species))
  shares <- in_lesson("own-moons")$shares
  expect_lt(max(shares["glm", ]), 0.92)
  expect_gt(min(shares["net", ]), 0.98)
})
