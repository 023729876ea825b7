# What of a fit is in view: limits, and the points on top of its boundary.

# The pictures that an argument of plot.xor_fit() is for, where it is not for all.
view_arguments <- list(
  vars = "boundary", at = "boundary", xlim = c("boundary", "difference"),
  ylim = c("boundary", "difference"), cex = "boundary", points = "boundary",
  newdata = "boundary", units = "space", directions = "landscape", seed = "landscape"
)

check_view <- function(view, what, call = rlang::caller_env()) {
  for (name in names(view)[lengths(view) > 0]) {
    fitting <- view_arguments[[name]]
    if (!what %in% fitting) {
      abort_input("{.arg {name}} must be left out for {.val {what}}: it is for {.val {fitting}}.",
                  call = call)
    }
  }
  for (name in c("xlim", "ylim")) check_limits(view[[name]], name, call)
  if (!is.null(view$points) && !rlang::is_bool(view$points)) {
    value <- show_value(view$points)
    abort_input("{.arg points} must be {.code TRUE} or {.code FALSE}, not {value}.", call = call)
  }
  view$cex <- if (is.null(view$cex)) 1 else check_number(view$cex, above = 0, name = "cex",
                                                         call = call)
  view
}

check_limits <- function(limits, name, call) {
  if (is.null(limits)) return()
  if (!is.numeric(limits) || length(limits) != 2 || !all(is.finite(limits)) ||
        limits[1] >= limits[2]) {
    value <- show_value(limits)
    abort_input("{.arg {name}} must be two finite numbers, the lower one first, not {value}.",
                call = call)
  }
}

grid_lines <- 200

# Lines of a grid between limits; NULL for the usual ones.
lines_between <- function(limits) {
  if (!is.null(limits)) seq(limits[1], limits[2], length.out = grid_lines)
}

# The boundary within the limits, which without any are widened to show all test points.
viewed_content <- function(fit, view, test, call) {
  limits <- list(view$xlim, view$ylim)
  content <- boundary_content(
    fit, view$vars, view$at, lines_between(view$xlim), lines_between(view$ylim), call = call
  )
  one <- length(content$names) == 1
  if (one && !is.null(view$ylim)) {
    abort_input("{.arg ylim} must be left out for data of one column: probabilities are from 0 to
                 1.", call = call)
  }
  if (is.null(test) || !all(content$names %in% colnames(test$x))) return(content)
  lines <- content[intersect(c("x1", "x2"), names(content))]
  wider <- Map(function(line, name, given) {
    if (is.null(given)) widened(line, test$x[, name]) else line
  }, lines, content$names, limits[seq_along(lines)])
  if (identical(unname(wider), unname(lines))) return(content)
  vars <- if (!one) content$names
  new <- boundary_content(fit, vars, view$at, wider[[1]], if (!one) wider[[2]], call = call)
  new$caption <- content$caption # which says how the columns were chosen
  new
}

widened <- function(lines, values) {
  reach <- range(lines, values)
  if (identical(reach, range(lines))) return(lines)
  lines_between(reach + c(-0.03, 0.03) * diff(reach))
}

# Test points in the columns of the fit, or those of a data frame, their classes by number, and
# which of them the net misclassifies.
test_points <- function(fit, newdata, call) {
  data <- evaluation_data(newdata, fit, call, "newdata")
  wrong <- call_python(
    xorlab_r()$misclassified(fit_to_python(fit), data_to_python(data)), call = call
  )
  x <- data$x
  if (is.data.frame(newdata)) {
    numbers <- vapply(newdata, is.numeric, TRUE) & !names(newdata) %in% colnames(x)
    x <- cbind(x, as.matrix(newdata[numbers])) # variables of a formula
  }
  list(x = x, label = data$label, wrong = as.vector(wrong))
}

# Training points, and test points on top; gives back how many lines the legend takes.
draw_fit_points <- function(fit, names, view, test) {
  data <- fit$data
  if (view$points && !is.null(data) && all(names %in% colnames(data$x))) {
    pale <- if (!is.null(test)) list(bg = NA, col = grDevices::adjustcolor(ink, 0.35))
    do.call(draw_points, c(list(data$x[, names], data$label + 1L, view$cex), pale))
  }
  if (!is.null(test) && all(names %in% colnames(test$x))) {
    draw_points(test$x[, names], test$label + 1L, view$cex)
    draw_rings(test$x[test$wrong, names, drop = FALSE], view$cex)
  }
  none <- is.null(test) && (is.null(data) || !view$points)
  if (none) 0 else draw_classes(fit_levels(fit), test$wrong)
}

draw_rings <- function(x, size, ...) {
  points(x[, 1], x[, 2], pch = 1, cex = 2 * size, lwd = 1.6, col = ring_color, ...)
}

ring_color <- "black"
