# The net as a diagram: plot(fit, "network").

network_layout <- function(fit) {
  layout <- call_python(xorlab_py()$network$network_layout(fit_to_python(fit))$`_asdict`())
  lapply(layout, function(columns) as.data.frame(lapply(columns, unlist)))
}

plot_network <- function(fit) {
  layout <- network_layout(fit)
  nodes <- layout$nodes
  layers <- max(nodes$layer) + 1
  old <- par(mar = c(3.5, 1, 3, 1))
  on.exit(par(old))
  graphics::plot.new()
  graphics::plot.window(xlim = c(-0.35, layers - 0.6), ylim = c(-0.5, 0.6))
  draw_weights(layout$edges)
  draw_units(nodes)
  hidden <- if (layers > 3) paste("Hidden", seq_len(layers - 2)) else "Hidden"
  graphics::text(seq_len(layers) - 1, 0.58, c("Inputs", hidden, "Output"), col = "#555555",
                 cex = 0.9)
  graphics::title("Network")
  largest <- max(abs(layout$edges$weight))
  legend("bottom", inset = c(0, -0.14), xpd = NA, horiz = TRUE, bty = "n", cex = 0.85, lwd = 3,
         col = rev(class_colors), legend = c("positive", "negative"),
         title = sprintf("Weights up to %.2g, circles by bias", largest))
  invisible(layout)
}

draw_weights <- function(edges) {
  size <- abs(edges$weight) / max(abs(edges$weight), .Machine$double.xmin)
  color <- class_colors[(edges$weight > 0) + 1L]
  faded <- mapply(grDevices::adjustcolor, color, 0.25 + 0.75 * size)
  graphics::segments(edges$x0, edges$y0, edges$x1, edges$y1, lwd = 0.5 + 6 * size, col = faded)
}

draw_units <- function(nodes) {
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
    outer <- nodes[nodes$layer == if (side == 2) 0 else max(nodes$layer), ]
    graphics::text(outer$x, outer$y, outer$label, pos = side, offset = 0.35 * size, xpd = NA,
                   cex = 0.9)
  }
}
