#' Predict with a fit
#'
#' @param object An `xor_fit`.
#' @param newdata Of a fit by a formula, a data frame with its variables, as they were before any
#'   coding or scaling. Else a numeric matrix or data frame with the columns of the training data,
#'   in their units: where it has columns of these names, they are taken by name; where it has none
#'   of them, by position, and there must be just as many; where it has some of them only, that is
#'   an error. Without it, the training data.
#' @param type `"class"`, `"prob"` (of the second of two classes, or of each of more) or `"logit"`.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param ... Must be empty.
#' @return A vector with an entry for each row: classes in the levels of the training data (a
#'   factor has all those of your own, unused ones too), or numbers; for probabilities and logits of
#'   more than two classes, a matrix with a column for each class. `NA` for a row with a missing
#'   value, and for one whose logit is not a number. A level of a factor that the training data had
#'   not is an error that names it.
#'
#'   There is a warning where every row of `newdata` lies outside the range of the training data by
#'   more than 5 times its width, in at least one column. Rows with a missing value are not counted,
#'   nor are columns in which the training data do not vary.
#' @seealso [fitted()][fitted.xor_fit] for the training rows, [eval_xor()],
#'   [as.function()][as.function.xor_fit] for predictions without Python.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' predict(fit, rbind(c(0, 0), c(0, 1)), type = "prob")
#'
#' flowers <- train_xor(Species ~ ., data = iris, batch_size = 16, seed = 1)
#' predict(flowers, iris[c(1, 51, 101), ], type = "prob")
predict.xor_fit <- function(object, newdata = NULL, type = "class", epoch = NULL, ...) {
  check_dots(...)
  type <- check_choice(type, c("class", "prob", "logit"))
  object <- fit_at(object, epoch)
  x <- check_newdata(newdata %||% object$data$x, object)
  levels <- fit_levels(object)
  values <- call_python(net_to_python(object)[[prediction_method(type, levels)]](x))
  as_prediction(values, type, levels, function(class) as_classes(class, object$data))
}

# How Python's classifiers call what R asks for.
prediction_method <- function(type, levels) {
  if (type != "prob") "predict_logits" else if (length(levels) > 2) "predict_proba" else "prob"
}

# Python's answer as R's; the classes are called as `name` says, from their numbers.
as_prediction <- function(values, type, levels, name = identity) {
  if (anyNA(values)) values[is.na(values)] <- NA # not NaN
  if (type == "class") return(name(predicted_class(values)))
  if (length(levels) == 2) return(as.vector(values))
  dimnames(values) <- list(NULL, levels)
  values
}

# The number of the class that each row's logits call for, from 0; NA without logits.
predicted_class <- function(logits) {
  if (length(dim(logits)) < 2) return(as.integer(as.vector(logits) >= 0))
  class <- rep(NA_integer_, nrow(logits))
  known <- stats::complete.cases(logits)
  class[known] <- max.col(logits[known, , drop = FALSE], ties.method = "first") - 1L
  class
}

check_newdata <- function(newdata, fit, call = rlang::caller_env()) {
  if (inherits(newdata, "xor_data")) newdata <- newdata$x
  features <- colnames(fit$data$x)
  newdata <- encoded(fit$preparation$encoding, newdata, features, call)
  x <- check_matrix(in_columns(newdata, features, call), "newdata", call)
  if (ncol(x) != num_inputs(fit)) {
    abort_input(
      paste(
        "{.arg newdata} must have {num_inputs(fit)} column{?s}, as the net has inputs,",
        "not {ncol(x)}."
      ),
      call = call
    )
  }
  x
}
