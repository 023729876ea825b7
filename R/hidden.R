# What each unit of the first hidden layer sees of the plane: plot(fit, "hidden").

hidden_content <- function(fit, x1 = NULL, x2 = NULL, call = rlang::caller_env()) {
  if (num_inputs(fit) != 2) {
    abort_input(
      "A picture of the units needs data of two columns, not {num_inputs(fit)}: each panel is the
       plane of two.",
      call = call
    )
  }
  content <- call_python(
    xorlab_r()$hidden_content(
      fit_to_python(fit), as_py_array(check_grid(x1), "float64"),
      as_py_array(check_grid(x2), "float64")
    ),
    call = call
  )
  surface <- content$surface
  flat <- c("x1", "x2", if (!is.null(surface$weight)) "weight")
  surface[flat] <- lapply(surface[flat], as.vector)
  if (!is.null(surface$line)) dimnames(surface$line) <- list(NULL, c("w1", "w2", "b"))
  list(surface = surface, panels = content$panels)
}

plot_hidden <- function(fit, main, call = rlang::caller_env()) {
  content <- hidden_content(fit, call = call)
  surface <- content$surface
  panels <- content$panels
  shown <- length(panels$titles) # the last one is what the net makes of the units
  columns <- panels$columns
  rows <- ceiling(shown / columns)
  old <- start_page(call)
  on.exit(leave_page(old))
  places <- matrix(c(seq_len(shown), rep(0, rows * columns - shown)), rows, byrow = TRUE)
  cex <- text_size(min(par("din") / c(columns, rows)) / 2.5, most = 0.9)
  key <- graphics::lcm(2.54 * 5.7 * cex * par("cin")[2])
  graphics::layout(cbind(places, shown + 1), widths = c(rep(1, columns), key))
  par(cex = cex, oma = c(3.2, 3.6, 3, 0), mgp = c(2, 0.5, 0), tcl = -0.3,
      mar = c(0.6, 0.8, 1.5, 0.8), pty = if (of_one_unit(fit$data)) "s" else "m", xpd = FALSE)
  # Only the panels at the left and those with none below them have numbers at their axes.
  for (k in seq_len(shown)) {
    draw_unit(fit, content, k, (k - 1) %% columns == 0, k + columns > shown)
  }
  draw_color_key(fit, surface)
  label_panels(panels, main)
  invisible(structure(surface, class = "xor_hidden"))
}

# The panel of a unit, or after the last of them that of the probabilities.
draw_unit <- function(fit, content, k, leftmost, lowest) {
  surface <- content$surface
  unit <- k < length(content$panels$titles)
  if (unit) {
    image(surface$x1, surface$x2, surface$output[k, , ], zlim = c(surface$low, surface$high),
          col = signed_colors(255), xlab = "", ylab = "", axes = FALSE, useRaster = TRUE)
  } else {
    draw_surface(surface, c("", ""), axes = FALSE)
  }
  axis(1, labels = lowest, lwd = 0, lwd.ticks = 1)
  axis(2, labels = leftmost, lwd = 0, lwd.ticks = 1, las = 1)
  graphics::box()
  title <- content$panels$titles[k]
  fits <- graphics::strwidth(title, "inches") < 0.9 * par("fin")[1]
  mtext(if (fits) title else if (unit) k else "Sum", line = 0.3, cex = par("cex"))
  if (!is.null(fit$data)) {
    some <- seq_len(min(content$panels$samples, nrow(fit$data$x)))
    draw_points(fit$data$x[some, , drop = FALSE], fit$data$label[some] + 1L, cex = 0.5, lwd = 0.6)
  }
  if (unit) draw_unit_line(surface, content$panels$segments[k, ], k)
}

# Where nothing goes into the unit: a straight line, or a curve where inputs are computed.
draw_unit_line <- function(surface, ends, k) {
  going_in <- surface$input[k, , ]
  if (!is.null(surface$line)) {
    graphics::segments(ends[1], ends[2], ends[3], ends[4], col = ink, lwd = 1.3)
  } else if (min(going_in) < 0 && max(going_in) > 0) {
    contour(surface$x1, surface$x2, going_in, levels = 0, add = TRUE, drawlabels = FALSE,
            col = ink, lwd = 1.3)
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

label_panels <- function(panels, main) {
  cex <- 1.1 * par("cex")
  names <- shortened(panels$features, 24)
  mtext(names[1], side = 1, outer = TRUE, line = 1.6, cex = cex)
  mtext(names[2], side = 2, outer = TRUE, line = 2.2, cex = cex)
  main <- main %||% panels$title
  room <- inner_page()[1]
  mtext(main, side = 3, outer = TRUE, line = 1, font = 2,
        cex = fitting_cex(main, room, 1.3, font = 2) * par("cex"))
}
