# What each unit of the first hidden layer sees of the plane: plot(fit, "hidden").

most_panels <- 36
samples_shown <- 200

hidden_surface <- function(fit, x1 = NULL, x2 = NULL, call = rlang::caller_env()) {
  if (num_inputs(fit) != 2) {
    abort_input("A picture of the units needs a net with two inputs, not {num_inputs(fit)}.",
                call = call)
  }
  surface <- call_python(
    xorlab_r()$hidden_content(
      fit_to_python(fit), as_py_array(check_grid(x1), "float64"),
      as_py_array(check_grid(x2), "float64")
    ),
    call = call
  )
  flat <- c("x1", "x2", if (!is.null(surface$weight)) "weight")
  surface[flat] <- lapply(surface[flat], as.vector)
  dimnames(surface$line) <- list(NULL, c("w1", "w2", "b"))
  surface
}

plot_hidden <- function(fit, main, call = rlang::caller_env()) {
  surface <- hidden_surface(fit, call = call)
  shown <- min(dim(surface$output)[1], most_panels)
  rows <- grDevices::n2mfrow(shown)[1]
  columns <- grDevices::n2mfrow(shown)[2]
  xor <- is.null(fit$data) || !is.null(fit$data$std)
  old <- start_page(call)
  on.exit(leave_page(old))
  panels <- matrix(c(seq_len(shown), rep(0, rows * columns - shown)), rows, byrow = TRUE)
  cex <- text_size(min(par("din") / c(columns, rows)) / 2.5, most = 0.9)
  key <- graphics::lcm(2.54 * 5.7 * cex * par("cin")[2])
  graphics::layout(cbind(panels, shown + 1), widths = c(rep(1, columns), key))
  par(cex = cex, oma = c(3.2, 3.6, 3, 0), mgp = c(2, 0.5, 0), tcl = -0.3,
      mar = c(0.6, 0.8, 1.5, 0.8), pty = if (xor) "s" else "m")
  # Only the panels at the left and those with none below them have numbers at their axes.
  for (k in seq_len(shown)) draw_unit(fit, surface, k, (k - 1) %% columns == 0, k + columns > shown)
  draw_color_key(fit, surface)
  label_panels(fit, surface, main)
  invisible(surface)
}

draw_unit <- function(fit, surface, k, leftmost, lowest) {
  image(surface$x1, surface$x2, surface$output[k, , ], zlim = c(surface$low, surface$high),
        col = signed_colors(255), xlab = "", ylab = "", axes = FALSE, useRaster = TRUE)
  axis(1, labels = lowest, lwd = 0, lwd.ticks = 1)
  axis(2, labels = leftmost, lwd = 0, lwd.ticks = 1, las = 1)
  graphics::box()
  weight <- if (!is.null(surface$weight)) sprintf(" (%+.1f)", round(surface$weight[k], 1) + 0)
  title <- paste0("Unit ", k, weight)
  fits <- graphics::strwidth(title, "inches") < 0.9 * par("fin")[1]
  mtext(if (fits) title else k, line = 0.3, cex = par("cex"))
  if (!is.null(fit$data)) {
    some <- seq_len(min(samples_shown, nrow(fit$data$x)))
    class <- fit$data$label[some] + 1L
    points(fit$data$x[some, ], pch = class_symbols[class], cex = 0.5, lwd = 0.6, col = "#333333",
           bg = class_colors[class])
  }
  draw_line(surface$line[k, ])
}

# Where w1 x1 + w2 x2 + b = 0, clipped to the panel.
draw_line <- function(line) {
  w1 <- line[["w1"]]
  w2 <- line[["w2"]]
  b <- line[["b"]]
  if (abs(w2) >= abs(w1) && w2 != 0) {
    graphics::abline(a = -b / w2, b = -w1 / w2, col = "#333333", lwd = 1.3)
  } else if (w1 != 0) {
    # Steep lines, upright ones among them, by their ends.
    x2 <- par("usr")[3:4]
    lines(-(b + w2 * x2) / w1, x2, col = "#333333", lwd = 1.3)
  }
}

draw_color_key <- function(fit, surface) {
  values <- seq(surface$low, surface$high, length.out = 255)
  par(mar = c(2, 0.8, 3, 4), pty = "m")
  image(0:1, values, matrix(values[-1], 1), zlim = c(surface$low, surface$high),
        ylim = c(surface$key_low, surface$key_high), col = signed_colors(255), axes = FALSE,
        xlab = "", ylab = "")
  axis(4, las = 1)
  graphics::box()
  mtext(paste(fit$activation, "output"), side = 4, line = 2.5, cex = par("cex"))
}

label_panels <- function(fit, surface, main) {
  labels <- if (is.null(fit$data)) c("x1", "x2") else colnames(fit$data$x)
  cex <- 1.1 * par("cex")
  mtext(labels[1], side = 1, outer = TRUE, line = 1.6, cex = cex)
  mtext(labels[2], side = 2, outer = TRUE, line = 2.2, cex = cex)
  brackets <- if (!is.null(surface$weight)) " (and its weight in the output)"
  units <- dim(surface$output)[1]
  see <- if (units > most_panels) {
    sprintf("What %d of %d hidden units see", most_panels, units)
  } else {
    "What each hidden unit sees"
  }
  main <- main %||% paste0(see, brackets, stage(fit))
  room <- inner_page()[1]
  mtext(main, side = 3, outer = TRUE, line = 1, font = 2,
        cex = fitting_cex(main, room, 1.3, font = 2) * par("cex"))
}

# Blue over white to orange, a quarter of the way to white so that samples stand out.
signed_colors <- function(n) {
  parts <- 0.25 * 255 + 0.75 * t(grDevices::col2rgb(class_colors))
  ends <- grDevices::rgb(parts, maxColorValue = 255)
  grDevices::colorRampPalette(c(ends[1], "white", ends[2]))(n)
}
