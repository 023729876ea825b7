#' The device that training would use
#'
#' @param device `"auto"` takes cuda where it is there, then mps, then cpu; a name asks for one.
#' @param ... Must be empty.
#' @return The name of the device, or an error that says which are here.
#' @seealso [xorlab_sitrep()], [benchmark_matmul()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' xor_device()
xor_device <- function(device = "auto", ...) {
  check_dots(...)
  device <- check_string(device)
  call_python(xorlab_py()$get_device(device)$`__str__`())
}
