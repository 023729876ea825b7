# The probabilities of the classes against the one column of the data: plot(fit).

row_step <- 0.05 # between the rows of points below the curves

# Of two classes the curve of the second, with the samples at 0 and 1; of more a curve for each,
# with the samples below.
plot_curve <- function(fit, content, main, view, test, call) {
  old <- start_panel(call)
  on.exit(par(old))
  levels <- fit_levels(fit)
  several <- length(levels) > 2
  x <- content$x1
  prob <- matrix(content$prob, length(x))
  low <- -row_step * if (several) 1 + length(levels) else 1
  of <- if (!several) paste(" of", class_label(levels[2]))
  plot(range(x), c(low, 1 + row_step), type = "n", xaxs = "i", yaxs = "i", las = 1, yaxt = "n",
       xlab = shortened(content$names, 40), ylab = paste0("Probability", of))
  axis(2, at = c(0, 0.5, 1), labels = c("0", "0.5", "1"), las = 1)
  graphics::abline(h = 1 / length(levels), col = grey, lty = 3)
  for (k in seq_len(ncol(prob))) {
    lines(x, prob[, k], col = class_color(if (several) k else 2), lwd = 2)
  }
  above <- draw_curve_points(fit, content$names, view, test)
  draw_heading(main %||% paste0("Classification by one column", stage(fit)), content$caption, above)
  invisible(as_boundary(content, fit))
}

# As draw_fit_points(), the classes in rows.
draw_curve_points <- function(fit, name, view, test) {
  several <- length(fit_levels(fit)) > 2
  in_rows <- function(data) {
    rows <- if (several) -row_step * (1 + data$label) else data$label
    data$x <- if (name %in% colnames(data$x)) {
      matrix(c(data$x[, name], rows), ncol = 2, dimnames = list(NULL, c(name, "row")))
    }
    data
  }
  if (!is.null(fit$data)) fit$data <- in_rows(fit$data)
  draw_fit_points(fit, c(name, "row"), view, if (!is.null(test)) in_rows(test))
}
