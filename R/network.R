# The net as a diagram: plot(fit, "network").

network_layout <- function(fit, call = rlang::caller_env()) {
  layout <- call_python(
    xorlab_py()$network$network_layout(fit_to_python(fit))$`_asdict`(), call = call
  )
  lapply(layout, function(columns) as.data.frame(lapply(columns, unlist)))
}

plot_network <- function(fit, main, call = rlang::caller_env()) {
  layout <- network_layout(fit, call)
  nodes <- layout$nodes
  layers <- max(nodes$layer) + 1
  # Room on both sides for the names there, which graphics can measure once there is a page.
  old <- par(c("mar", "xpd"))
  on.exit(par(old))
  par(mai = c(0.75, 0.1, 0.7, 0.1), xpd = FALSE)
  graphics::plot.new()
  names <- shortened(nodes$label)
  widths <- graphics::strwidth(names, "inches", cex = 0.9) + 0.4
  sides <- c(max(widths[nodes$layer == 0]), max(widths[nodes$layer == layers - 1]))
  par(mai = c(0.75, 0.1, 0.7, 0.1) + c(0, sides[1], 0, sides[2]), new = TRUE, xpd = NA)
  graphics::plot.new()
  graphics::plot.window(xlim = c(0, layers - 1), ylim = c(-0.5, 0.6))
  draw_weights(layout$edges)
  draw_units(nodes, names)
  hidden <- if (layers > 3) paste("Hidden", seq_len(layers - 2)) else "Hidden"
  graphics::text(seq_len(layers) - 1, 0.58, c("Inputs", hidden, "Output"), col = "#555555",
                 cex = 0.9)
  graphics::title(main %||% paste0("Network", stage(fit)))
  largest <- max(abs(layout$edges$weight))
  legend("bottom", inset = c(0, -0.14), horiz = TRUE, bty = "n", cex = 0.85, lwd = 3,
         col = rev(class_colors), legend = c("positive", "negative"),
         title = sprintf("Weights up to %.2g, circles by bias", largest))
  invisible(layout)
}

shortened <- function(names, most = 18) {
  ifelse(nchar(names) > most, paste0(substr(names, 1, most - 3), "..."), names)
}

draw_weights <- function(edges) {
  size <- abs(edges$weight) / max(abs(edges$weight), .Machine$double.xmin)
  color <- class_colors[(edges$weight > 0) + 1L]
  faded <- mapply(grDevices::adjustcolor, color, 0.25 + 0.75 * size)
  graphics::segments(edges$x0, edges$y0, edges$x1, edges$y1, lwd = 0.5 + 6 * size, col = faded)
}

draw_units <- function(nodes, names) {
  bias <- ifelse(is.nan(nodes$bias), 0, nodes$bias)
  shade <- 0.5 + 0.3 * bias / max(abs(bias), .Machine$double.xmin)
  most <- max(table(nodes$layer))
  size <- min(4, max(1, 46 / most))
  points(nodes$x, nodes$y, pch = 21, cex = size, bg = signed_colors(255)[round(1 + 254 * shade)],
         col = "#333333")
  inner <- nodes$layer > 0 & nodes$layer < max(nodes$layer)
  if (size > 1.7) {
    graphics::text(nodes$x[inner], nodes$y[inner], nodes$label[inner], cex = 0.24 * size)
  }
  for (side in c(2, 4)) {
    outer <- nodes$layer == if (side == 2) 0 else max(nodes$layer)
    graphics::text(nodes$x[outer], nodes$y[outer], names[outer], pos = side, offset = 0.35 * size,
                   cex = 0.9)
  }
}
