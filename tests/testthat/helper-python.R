skip_if_no_torch <- function() {
  skip_on_cran()
  skip_if_not(xorlab_available(), "Python with torch")
}

expect_input_error <- function(object, regexp) {
  expect_error(object, regexp, class = "xorlab_input_error")
}

# A fit whose logit depends on x1 alone: class 1 where x1 is above one half.
fit_of_x1 <- function() {
  fit <- train_xor(epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- rep(c(1, 0), each = 4)
  fit$weights$linear1.bias[] <- -0.5
  fit$weights$linear2.weight[] <- 5
  fit$weights$linear2.bias[] <- 0
  fit
}
