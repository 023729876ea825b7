#' Animate the training of a net
#'
#' The boundary, the hidden units and the loss, epoch by epoch: as a page with a slider, which needs
#' nothing else to work, or as a moving picture.
#'
#' The hidden units are shown as by [plot(fit, "space")][plot.xor_fit], where the last hidden layer
#' has two or more: the points, grid lines of the inputs' plane, and the boundary, which is a
#' straight line there. Of more than two units the plane is the one of their two main directions at
#' the last epoch, through the mean of their outputs at the epoch shown.
#'
#' @param fit An `xor_fit`, trained with `train_xor(snapshots = )`. Of data of more than two
#'   columns, the two are shown that predictions depend on most, as by [plot()][plot.xor_fit].
#' @param path A file to write: `.html` for a page with a slider, `.gif` for a moving picture;
#'   `NULL` for none.
#' @param ... Must be empty.
#' @return An `xor_animation`: `epochs`, and `page`, the page as a string. It shows itself in the
#'   viewer or browser of an interactive session, and with its slider in a knitted page; with
#'   `path`, it is returned invisibly.
#' @seealso [plot()][plot.xor_fit] with `epoch =` for a single epoch, [train_xor()] for
#'   `snapshots`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(epochs = 50, seed = 1, snapshots = seq(0, 50, 5))
#' animate_xor(fit, tempfile(fileext = ".html"))
animate_xor <- function(fit, path = NULL, ...) {
  check_dots(...)
  check_fit(fit)
  file <- if (!is.null(path)) check_path(path)
  named <- with_class_names(fit)
  animation <- if (is.null(fit$preparation$encoding$formula)) {
    call_python(xorlab_py()$animate_xor(fit_to_python(named), file))
  } else {
    found <- find_section(fit, NULL, NULL, lines = animation_lines)
    call_python(xorlab_r()$animation(
      fit_to_python(named), file, section_to_python(fit, found),
      as_py_array(found$x1, "float64"), as_py_array(found$x2 %||% 0, "float64")
    ))
  }
  if (is.null(path)) animation else invisible(animation)
}

animation_lines <- 64 # of the grid, each way

new_xor_animation <- function(epochs, page) {
  structure(list(epochs = as.integer(unlist(epochs)), page = page), class = "xor_animation")
}

#' @export
format.xor_animation <- function(x, ...) {
  sprintf("<xor_animation> %d epochs: %s", length(x$epochs), shown_epochs(x$epochs))
}

#' @export
print.xor_animation <- function(x, ...) {
  writeLines(format(x))
  if (rlang::is_interactive()) {
    file <- tempfile("animation-", fileext = ".html")
    writeLines(x$page, file, sep = "", useBytes = TRUE)
    show_page <- getOption("viewer", utils::browseURL)
    show_page(file)
  }
  invisible(x)
}

#' @rawNamespace S3method(knitr::knit_print, xor_animation)
knit_print.xor_animation <- function(x, ...) {
  if (!knitr::is_html_output()) return(knitr::normal_print(x))
  knitr::asis_output(call_python(xorlab_r()$frame(x$page)))
}
