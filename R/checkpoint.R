#' Save and load a fit
#'
#' The file is the same in both languages: Python has it by `Fit.save()` and `xorlab.load_xor()`.
#'
#' @param fit An `xor_fit`.
#' @param path The file; one of that name is replaced only when the new one is whole.
#' @param activation Of the hidden units of a bare state dict, which does not say; `NULL` takes
#'   `"tanh"`.
#' @param ... Must be empty.
#' @return `save_xor()`: `path`, invisibly. `load_xor()`: the `xor_fit`. It also reads a bare state
#'   dict, as `torch.save(model.state_dict(), path)` writes, also of a module in `torch.compile()`
#'   or `DataParallel()`; code hidden in a file is refused, not run. Damage is found by the
#'   checksums that files have; only a state dict as torch wrote it before 1.6 has none.
#' @seealso [save_study()] for studies, [as.function()][as.function.xor_fit] for predictions where
#'   no Python is, [resume_xor()], which takes such a file.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' path <- tempfile(fileext = ".pt")
#' save_xor(train_xor(epochs = 5, seed = 1), path)
#' load_xor(path)
save_xor <- function(fit, path, ...) {
  check_dots(...)
  check_fit(fit)
  file <- check_path(path)
  call_python(fit_to_python(fit)$save(file))
  invisible(path)
}

#' @rdname save_xor
#' @export
load_xor <- function(path, activation = NULL, ...) {
  check_dots(...)
  file <- check_path(path)
  if (!is.null(activation)) check_choice(activation, names(activations))
  call_python(xorlab_py()$load_xor(file, activation))
}
