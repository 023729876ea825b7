#' Show the code behind a fit as a script in plain PyTorch
#'
#' The script makes the data, the net and every step of the training anew, without xorlab: the five
#' visible steps of a training loop (forward, loss, zero_grad, backward, step).
#'
#' It comes to the weights of `train_xor(engine = "autograd")`: to the last bit on the same machine
#' with the same version of torch, as long as torch computes by its own matrix library (see "Two
#' results differ in their last digits" in `vignette("troubleshooting", "xorlab")`). Those of
#' `"fused"`, which is `"auto"`'s choice and takes the same steps by closed-form gradients, agree
#' with them to rounding: about 1e-6, more where a training is long or unstable.
#'
#' With `patience`, the script stops where the fit did, and keeps the weights of the same epoch. Of
#' a training that Ctrl-C or `after_epoch` ended, it takes the epochs that were done.
#'
#' @param fit An `xor_fit` that [train_xor()] made.
#' @param language `"python"`, or `"r"` for the same through reticulate.
#' @param path Where the script looks for data of your own, for training or validation, which it
#'   cannot make from a seed: write that file first, by [save_xor()]. Points from [xor_data()] need
#'   no file.
#' @param ... Must be empty.
#' @return The script, a string of class `xor_code`, which prints as it reads;
#'   `writeLines(code, "script.py")` keeps it.
#' @seealso `vignette("lesson", "xorlab")`, which writes the same step by step,
#'   [as.function()][as.function.xor_fit].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(device = "cpu", seed = 1)
#' show_code(fit)
#' show_code(fit, "r")
show_code <- function(fit, language = "python", path = "fit.pt", ...) {
  check_dots(...)
  check_class(fit, "xor_fit")
  language <- check_choice(language, c("python", "r"))
  path <- check_path(path)
  code <- call_python(xorlab_py()$show_code(fit_to_python(fit), language, path))
  structure(as.character(code), class = "xor_code")
}

#' @export
format.xor_code <- function(x, ...) unclass(x)

#' @export
print.xor_code <- function(x, ...) {
  writeLines(format(x))
  invisible(x)
}
