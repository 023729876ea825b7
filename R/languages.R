#' Use R's objects in Python, and Python's in R
#'
#' In a document with R and Python chunks, `r.fit` is a `Fit`, `r.data` a dataset, `r.study` a
#' `Study` and `r.rates` a `LearningRates` in Python; `py$fit` is an `xor_fit`, `py$data` an
#' `xor_data`, `py$study` an `xor_study` and `py$rates` an `lr_find` in R.
#'
#' @param x The object.
#' @param convert As in [reticulate::r_to_py()].
#' @return The same thing as an object of the other language.
#' @name languages
#' @keywords internal
#' @rawNamespace S3method(reticulate::r_to_py, xor_fit)
#' @seealso [xorlab_module()] for the module itself, `vignette("lesson", "xorlab")`, which is in
#'   both languages.
r_to_py.xor_fit <- function(x, convert = FALSE) {
  call_python(fit_to_python(x), convert = FALSE)
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::r_to_py, xor_data)
r_to_py.xor_data <- function(x, convert = FALSE) {
  call_python(data_to_python(x), convert = FALSE)
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::r_to_py, xor_study)
r_to_py.xor_study <- function(x, convert = FALSE) {
  call_python(study_to_python(x), convert = FALSE)
}

#' @rdname languages
#' @rawNamespace S3method(reticulate::r_to_py, lr_find)
r_to_py.lr_find <- function(x, convert = FALSE) {
  call_python(lr_find_to_python(x), convert = FALSE)
}

# What R makes of an object of each public class, by the class's name: its S3 class is that of the
# module where it is defined, which may move.
from_python <- list(
  Fit = function(x) new_xor_fit(plain_values(x)),
  PointDataset = function(x) new_xor_data(plain_values(x)),
  Study = function(x) {
    new_xor_study(
      plain_values(x), call_python(x$planned), call_python(x$plan_to_dict()), call_python(x$own)
    )
  },
  LearningRates = function(x) new_lr_find(plain_values(x)),
  Animation = function(x) new_xor_animation(call_python(x$epochs), call_python(x$to_html()))
)

# One of ours as Python's, within a call into Python; other values as they are.
own_to_python <- function(x) {
  if (inherits(x, "xor_fit")) return(fit_to_python(x))
  if (inherits(x, "xor_data")) return(data_to_python(x))
  if (inherits(x, "xor_study")) return(study_to_python(x))
  if (inherits(x, "lr_find")) return(lr_find_to_python(x))
  x
}
