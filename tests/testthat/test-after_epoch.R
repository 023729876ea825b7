train <- function(..., epochs = 5) train_xor(xor_data(60, seed = 1), epochs = epochs, seed = 1, ...)

test_that("a function is called after each epoch, with its number and the history so far", {
  skip_if_no_torch()
  seen <- list()
  fit <- train(validation = 0.2, after_epoch = function(epoch, history) {
    seen[[epoch]] <<- history
    FALSE
  })
  expect_length(seen, 5)
  for (epoch in 1:5) expect_identical(seen[[epoch]], as.data.frame(fit)[seq_len(epoch), ])
  expect_named(seen[[1]], c("epoch", "loss", "accuracy", "seconds", "val_loss", "val_accuracy"))
  expect_identical(fit$weights, train(validation = 0.2)$weights)
})

test_that("TRUE of one of several functions ends the training, once all were called", {
  skip_if_no_torch()
  last <- 0
  fit <- train(after_epoch = list(
    function(epoch, history) epoch == 3, function(epoch, history) last <<- epoch
  ))
  expect_identical(nrow(fit$history), 3L)
  expect_identical(last, 3L)
  expect_identical(fit$weights, train(epochs = 3)$weights)
  expect_identical(nrow(train(after_epoch = function(...) "TRUE")$history), 5L)
  expect_identical(nrow(train(after_epoch = function(...) c(TRUE, TRUE))$history), 5L)
})

test_that("a training that goes on calls its functions, too", {
  skip_if_no_torch()
  rows <- NULL
  resume_xor(train(), epochs = 8, after_epoch = function(epoch, history) {
    rows <<- c(rows, nrow(history))
  })
  expect_identical(rows, 6:8)
})

test_that("an error of the function is the user's own, and the training goes on from there", {
  skip_if_no_torch()
  fails <- function(epoch, history) if (epoch == 3) rlang::abort("Of {mine}.", "mine")
  cnd <- expect_error(train(after_epoch = fails), "Of {mine}", fixed = TRUE, class = "xorlab_error")
  expect_s3_class(cnd$parent, "mine")
  expect_identical(as.character(conditionCall(cnd)[[1]]), "train_xor")
  expect_identical(resume_xor()$weights, train()$weights)
  expect_snapshot_output(refusals(list(
    quote(train_xor(epochs = 5, after_epoch = function(epoch, history) stop("Mine."), seed = 1)),
    quote(resume_xor(train(), epochs = 8, after_epoch = function(epoch, history) log(-1:a)))
  )))
  expect_identical(nrow(resume_xor()$history), 8L)
})

test_that("what a function says reaches R, and a handler around the call is gone to", {
  skip_if_no_torch()
  expect_warning(fit <- train(after_epoch = function(epoch, history) {
    if (epoch == 2) warning("Mine.")
  }), "^Mine.$")
  expect_identical(nrow(fit$history), 5L)
  expect_message(train(after_epoch = function(epoch, history) {
    if (epoch == 2) message("Mine.")
  }), "^Mine.")
  for (signal in list(warning, message, function(text) rlang::signal(text, "mine"))) {
    gone <- tryCatch(
      train(after_epoch = function(epoch, history) if (epoch == 2) signal("Mine.")),
      warning = conditionMessage, message = conditionMessage, mine = conditionMessage
    )
    expect_match(gone, "^Mine.")
    expect_identical(nrow(resume_xor()$history), 5L)
  }
})

test_that("a function may use xorlab itself", {
  skip_if_no_torch()
  points <- xor_data(60, seed = 1)
  accuracy <- NULL
  fit <- train(after_epoch = function(epoch, history) {
    accuracy <<- c(accuracy, eval_xor(train_xor(points, epochs = epoch, seed = 1), points)$accuracy)
  })
  expect_length(accuracy, 5)
  expect_identical(eval_xor(fit, points)$accuracy, accuracy[5])
})

test_that("an error of a function keeps the seed that was drawn, and what is refused draws none", {
  skip_if_no_torch()
  set.seed(1)
  before <- .Random.seed
  expect_error(train_xor(after_epoch = 3), class = "xorlab_input_error")
  expect_identical(.Random.seed, before)
  expect_error(train_xor(epochs = 3, after_epoch = function(epoch, history) stop("Mine.")))
  expect_false(identical(.Random.seed, before))
  expect_identical(nrow(resume_xor()$history), 3L)
})

test_that("Ctrl-C within a function ends the training, which goes on later", {
  skip_if_no_torch()
  skip_on_os("windows")
  shown <- interrupted_script(
    c(
      "library(xorlab)",
      "waits <- function(epoch, history) if (epoch == 3) { cat('waiting\\n'); Sys.sleep(600) }",
      "caught <- tryCatch(train_xor(epochs = 5, seed = 1, after_epoch = waits),",
      "                   interrupt = function(cnd) class(cnd)[1])",
      "cat('caught', caught, '\\n')",
      "cat(identical(coef(resume_xor()), coef(train_xor(epochs = 5, seed = 1))), '\\n')"
    ),
    when = function(shown) any(grepl("waiting", shown))
  )
  expect_match(shown, "Interrupted after 3 of 5 epochs", all = FALSE)
  expect_match(shown, "^caught interrupt", all = FALSE)
  expect_match(shown, "^TRUE", all = FALSE)
})

test_that("what is no function is refused", {
  expect_snapshot_output(refusals(calls_with(
    "train_xor", "after_epoch", list(3, "a", TRUE, list(1), list(mean, 2))
  )))
})
