#' @keywords internal
#' @importFrom graphics axis contour image legend lines mtext par points plot
#' @importFrom rlang %||%
#' @importFrom stats coef predict
#' @importFrom utils packageVersion
"_PACKAGE"
