#' What autograd does
#'
#' Differentiates \eqn{f(x) = mean((x + 2)^2 + 3)} at x = (0, 1, 2) by backpropagation.
#'
#' @return A list: `x`; `requires_grad_default` and `requires_grad_switched_on`; the `value`, 38/3;
#'   the `gradient`, (4/3, 2, 8/3); and `gradient_without_zeroing`, what a second backpropagation
#'   adds up to.
#' @seealso `vignette("lesson", "xorlab")`, [show_code()] for a whole training.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' autograd_demo()$gradient
autograd_demo <- function() {
  result <- call_python(xorlab_py()$autograd_demo()$`_asdict`())
  lapply(result, unlist)
}

#' Time a matrix product
#'
#' @param size Rows and columns of each matrix.
#' @param repeats Products timed on each device, after one that is not.
#' @param device Where; `NULL` takes each kind of device that is here.
#' @param ... Must be empty.
#' @return A data frame with a row for each device: `device`, `seconds` (the median) and `gflops`.
#' @seealso [xor_device()], `vignette("speed", "xorlab")`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' benchmark_matmul(200)
benchmark_matmul <- function(size = 5000, repeats = 3, device = NULL, ...) {
  check_dots(...)
  size <- check_count(size)
  repeats <- check_count(repeats)
  if (!is.null(device)) device <- check_string(device)
  columns <- call_python(xorlab_py()$benchmark_matmul(size, repeats, device)$to_dict())
  as.data.frame(lapply(columns, unlist))
}
