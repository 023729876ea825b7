# What vignettes/own-data.Rmd says of its figures.

test_that("the article on own data knits, with its pictures and without warnings", {
  skip_if_no_torch()
  page <- expect_article("own-data", pictures = 2, errors = 1)
  expect_match(page$body, "must have levels of the training data", fixed = TRUE)
})

test_that("a line is no better than one answer, told the squares glm() is as good as the net", {
  skip_if_no_torch()
  made <- after_chunks("own-data", c("frame", "split", "glm", "glm-squares", "train", "compare"))
  right <- vapply(made$models, made$right, 0)
  always_no <- mean(made$test$grown == "no")
  expect_lte(right[["glm, a line"]], always_no + 0.01)
  expect_gt(right[["glm, told the squares"]], always_no + 0.1)
  expect_gt(right[["net"]], always_no + 0.1)
  expect_lt(abs(right[["net"]] - right[["glm, told the squares"]]), 0.03)
  loss <- vapply(made$models, made$log_loss, 0)
  expect_equal(loss[["net"]], eval_xor(made$fit, made$test)$loss, tolerance = 1e-6)
  expect_lt(abs(loss[["net"]] - loss[["glm, told the squares"]]), 0.05)
})

test_that("without hidden units the net of the article is the article's glm()", {
  skip_if_no_torch()
  made <- after_chunks("own-data", c("frame", "split", "glm", "smallest"))
  exact <- predict(made$line, made$test, type = "response")
  expect_lt(max(abs(predict(made$smallest, made$test, type = "prob") - exact)), 1e-5)
  slopes <- as.vector(coef(made$smallest)$linear1.weight) / made$smallest$preparation$scale
  expect_equal(slopes, unname(coef(made$line)[-1]), tolerance = 1e-4)
})

test_that("from the same frame, R's formula and Python's column name give the same net", {
  skip_if_no_torch()
  skip_if_not(reticulate::py_module_available("pandas"))
  made <- after_chunks("own-data", c("frame", "split"))
  short <- train_xor(grown ~ ., data = made$train, hidden = 8, epochs = 5, seed = 1)
  lab <- xorlab_module()
  python <- lab$train_xor(made$train, y = "grown", hidden = 8L, epochs = 5L, seed = 1L)
  expect_identical(python$weights, short$weights)
})

test_that("on iris a multinomial logit is as good as the net", {
  skip_if_no_torch()
  skip_if_not_installed("nnet")
  made <- after_chunks("own-data", c("iris", "multinom"))
  test <- iris[made$held_out, ]
  logit <- mean(predict(made$logit, test) == test$Species)
  expect_gte(logit, eval_xor(made$flowers, test)$accuracy - 0.02)
  expect_gt(logit, 0.9)
})

test_that("a fit comes back from its file, and as a function of R's own, with the same answers", {
  skip_if_no_torch()
  made <- after_chunks("own-data", c("frame", "split", "train", "save", "ship"))
  expect_identical(predict(load_xor(made$path), made$test), predict(made$fit, made$test))
  prob <- predict(made$fit, made$test, type = "prob")
  expect_lt(max(abs(made$grows(made$test) - prob)), 1e-6)
})
