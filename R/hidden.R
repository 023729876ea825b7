# What each unit of the first hidden layer sees of the plane: plot(fit, "hidden").

most_panels <- 36
samples_shown <- 200

hidden_surface <- function(fit, x1 = NULL, x2 = NULL, call = rlang::caller_env()) {
  if (num_inputs(fit) != 2) {
    abort_input("A picture of the units needs a net with two inputs, not {num_inputs(fit)}.",
                call = call)
  }
  hidden <- xorlab_py(call)$hidden
  surface <- hidden$hidden_surface(fit_to_python(fit), check_grid(x1), check_grid(x2))
  surface <- call_python(surface$`_asdict`(), call = call)
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
  page <- page_before()
  old <- par(oma = c(2.5, 2.5, 3, 0), mar = c(1.5, 2, 1.8, 0.5), mgp = c(2, 0.5, 0), tcl = -0.3,
             pty = if (xor) "s" else "m")
  on.exit(leave_page(page, old))
  panels <- matrix(c(seq_len(shown), rep(0, rows * columns - shown)), rows, byrow = TRUE)
  graphics::layout(cbind(panels, shown + 1), widths = c(rep(1, columns), 0.25 + 0.08 * columns))
  for (k in seq_len(shown)) draw_unit(fit, surface, k, rows > 2)
  draw_color_key(fit, surface)
  label_panels(fit, surface, main)
  invisible(surface)
}

draw_unit <- function(fit, surface, k, many) {
  weight <- if (!is.null(surface$weight)) sprintf(" (%+.1f)", round(surface$weight[k], 1) + 0)
  image(surface$x1, surface$x2, surface$output[k, , ], zlim = c(surface$low, surface$high),
        col = signed_colors(255), xlab = "", ylab = "", las = 1, useRaster = TRUE,
        cex.axis = if (many) 0.85 else 1)
  mtext(paste0("Unit ", k, weight), line = 0.3, cex = if (many) 0.65 else 0.8)
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
  low <- if (fit$activation == "relu") 0 else surface$low
  values <- seq(surface$low, surface$high, length.out = 255)
  old <- par(mar = c(4, 1.2, 4, 3), pty = "m")
  on.exit(par(old))
  image(0:1, values, matrix(values[-1], 1), zlim = c(surface$low, surface$high),
        ylim = c(low, surface$high), col = signed_colors(255), axes = FALSE, xlab = "", ylab = "")
  axis(4, las = 1)
  graphics::box()
  mtext(paste(fit$activation, "output"), side = 3, line = 0.4, cex = 0.6)
}

label_panels <- function(fit, surface, main) {
  labels <- if (is.null(fit$data)) c("x1", "x2") else colnames(fit$data$x)
  brackets <- if (!is.null(surface$weight)) " (and its weight in the output)"
  mtext(labels[1], side = 1, outer = TRUE, line = 1, cex = 0.9)
  mtext(labels[2], side = 2, outer = TRUE, line = 1, cex = 0.9)
  units <- dim(surface$output)[1]
  see <- if (units > most_panels) {
    sprintf("What %d of %d hidden units see", most_panels, units)
  } else {
    "What each hidden unit sees"
  }
  mtext(main %||% paste0(see, brackets, stage(fit)), side = 3, outer = TRUE, line = 1, font = 2)
}

# Blue over white to orange, a quarter of the way to white so that samples stand out.
signed_colors <- function(n) {
  parts <- 0.25 * 255 + 0.75 * t(grDevices::col2rgb(class_colors))
  ends <- grDevices::rgb(parts, maxColorValue = 255)
  grDevices::colorRampPalette(c(ends[1], "white", ends[2]))(n)
}
