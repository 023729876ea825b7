#' Keep a fit in a file that Python reads too
#'
#' @param fit An `xor_fit`.
#' @param path The file; one of that name is replaced only when the new one is whole.
#' @return `save_xor()`: `path`, invisibly. `load_xor()`: the `xor_fit`. It also reads a bare state
#'   dict of a two-layer classifier with tanh units; code hidden in a file is refused, not run.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' path <- tempfile(fileext = ".pt")
#' save_xor(train_xor(epochs = 5, seed = 1), path)
#' load_xor(path)
save_xor <- function(fit, path) {
  check_class(fit, "xor_fit")
  file <- check_path(path)
  call_python(fit_to_python(fit)$save(file))
  invisible(path)
}

#' @rdname save_xor
#' @export
load_xor <- function(path) {
  file <- check_path(path)
  call_python(xorlab_py()$load_xor(file))
}
