#' Predict with a fit
#'
#' @param object An `xor_fit`.
#' @param newdata Numeric matrix or data frame with a column for each input. Where it has columns of
#'   the names of the training data, they are taken by name; where it has none of these names, by
#'   position, and there must be just as many; where it has some of them only, that is an error.
#'   Without it, the training data.
#' @param type `"class"`, `"prob"` (of the second class) or `"logit"`.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param ... Must be empty.
#' @return A vector with an entry for each row: classes in the levels of the training data (a
#'   factor has all those of your own, unused ones too), or numbers. `NA` for a row with a missing
#'   value, and for one whose logit is not a number.
#'
#'   There is a warning where every row of `newdata` lies outside the range of the training data by
#'   more than 5 times its width, in at least one column. Rows with a missing value are not counted,
#'   nor are columns in which the training data do not vary.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' predict(fit, rbind(c(0, 0), c(0, 1)), type = "prob")
predict.xor_fit <- function(object, newdata = NULL, type = "class", epoch = NULL, ...) {
  check_dots(...)
  type <- check_choice(type, c("class", "prob", "logit"))
  object <- fit_at(object, epoch)
  x <- check_newdata(newdata %||% object$data$x, object)
  method <- if (type == "prob") "predict_proba" else "predict_logits"
  values <- as.vector(call_python(net_to_python(object)[[method]](x)))
  if (anyNA(values)) values[is.na(values)] <- NA # not NaN
  if (type == "class") as_classes(as.integer(values >= 0), object$data) else values
}

check_newdata <- function(newdata, fit, call = rlang::caller_env()) {
  if (inherits(newdata, "xor_data")) newdata <- newdata$x
  newdata <- in_columns(newdata, colnames(fit$data$x), call)
  x <- check_matrix(newdata, call = call)
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

# The columns that are called as those of the training data; all where none is.
in_columns <- function(newdata, wanted, call) {
  given <- colnames(newdata)
  missing <- setdiff(wanted, given)
  if (length(missing) == length(wanted)) return(newdata)
  if (length(missing)) {
    shown <- with_nearest(missing, setdiff(given, wanted))
    abort_input(
      "{.arg newdata} must have all columns of the training data, but {shown} {?is/are} missing.",
      call = call
    )
  }
  newdata[, wanted, drop = FALSE]
}
