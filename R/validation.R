# A share of the rows, NULL, or data like those to train on.
check_validation <- function(validation, given, call = rlang::caller_env()) {
  name <- "validation"
  if (is.null(validation) || is.numeric(validation) && length(validation) == 1) {
    return(check_share(validation, name, call))
  }
  pair <- is.list(validation) && length(validation) == 2
  if (!inherits(validation, "xor_data") && !is.data.frame(validation) && !pair) {
    value <- show_value(validation)
    abort_input(
      "{.arg validation} must be a share of the rows, above 0 and below 1, or data with their
       classes, not {value}.",
      call = call
    )
  }
  like <- list(
    data = given$data %||% labelled_points(cbind(x1 = 0, x2 = 0), 0L, 0:1),
    preparation = list(encoding = given$encoding)
  )
  evaluation_data(validation, like, call, name)
}
