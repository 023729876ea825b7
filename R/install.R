#' Is Python available for xorlab?
#'
#' Examples and documents ask before they call. Where no Python runs yet and none was named by
#' `RETICULATE_PYTHON`, an active virtual environment or [install_xorlab()], a session that is not
#' interactive answers `FALSE`, so that nothing is downloaded behind anybody's back.
#'
#' @return `TRUE` or `FALSE`.
#' @seealso [xorlab_sitrep()], which says why not.
#' @export
#' @examples
#' xorlab_available()
xorlab_available <- function() {
  if (!interactive() && !python_chosen()) return(FALSE)
  tryCatch(
    {
      need_python()
      TRUE
    },
    error = function(cnd) FALSE
  )
}

#' Make a lasting Python environment
#'
#' xorlab needs no installation step: its first call builds what it needs. This is for those who
#' want an environment of a name that stays, and is used from then on unless you choose another.
#'
#' @param envname Name or path of the virtual environment; xorlab finds `"r-xorlab"` by itself. One
#'   of another name is chosen by `reticulate::use_virtualenv()` at the beginning of a session.
#' @param python The Python to make it from; `NULL` lets reticulate choose.
#' @param index Address of the package index to take torch from, for a build of your choice:
#'   PyTorch's own "Get started" page names one for the CPU and one for each version of CUDA. The
#'   other packages come from pip's usual index. `NULL` leaves torch, too, to pip's settings.
#' @param ... Must be empty.
#' @return The name of the environment, invisibly.
#' @seealso [xorlab_sitrep()] for what is used now, `vignette("troubleshooting", "xorlab")`.
#' @export
#' @examples
#' \dontrun{
#' install_xorlab()
#' install_xorlab(index = "https://download.pytorch.org/whl/cpu")
#' }
install_xorlab <- function(envname = "r-xorlab", python = NULL, index = NULL, ...) {
  check_dots(...)
  envname <- check_string(envname)
  if (!is.null(python)) python <- path.expand(check_string(python))
  if (!is.null(index)) check_string(index)
  make_environment(envname, python, index)
  way <- if (envname != "r-xorlab") ' and call `reticulate::use_virtualenv("{envname}")` first'
  cli::cli_inform(
    c("v" = "{.val {envname}} is ready.", "i" = paste0("Restart R", way, " to use it."))
  )
  invisible(envname)
}
