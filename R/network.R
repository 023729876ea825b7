# The net as a diagram: plot(fit, "network"). The pictures in its circles are in R/unit_maps.R.

network_layout <- function(fit, call = rlang::caller_env()) {
  layout <- call_python(
    xorlab_r()$network_content(fit_to_python(with_class_names(fit))),
    call = call
  )
  tables <- c("nodes", "edges")
  layout[tables] <- lapply(layout[tables], function(one) as.data.frame(lapply(one, unlist)))
  flat <- c("x1", "x2", "low", "high")
  if (!is.null(layout$maps)) layout$maps[flat] <- lapply(layout$maps[flat], as.vector)
  layout
}

plot_network <- function(fit, main, call = rlang::caller_env()) {
  layout <- network_layout(fit, call)
  nodes <- layout$nodes
  layers <- length(layout$layers)
  old <- c(start_panel(call), par(c("xpd", "mar")))
  on.exit(par(old))
  # Room on both sides for the names there.
  names <- shortened(nodes$label)
  ends <- list(names[nodes$layer == 0], names[nodes$layer == layers - 1])
  cex <- fitting_cex(unlist(ends), 0.25 * par("fin")[1], 0.9)
  # In a layer of many units, names are smaller, or left out.
  many <- max(lengths(ends)) * line_height()
  cex <- min(cex, 0.9 * (par("fin")[2] - 7.8 * line_height()) / many)
  sides <- vapply(ends, function(end) max(graphics::strwidth(end, "inches", cex = cex)), 0)
  rows <- sum(1, !is.null(layout$maps), nzchar(layout$note)) # of the key
  par(mai = line_height() * c(max(3.4, 1.6 + rows), 2.2, 4.4, 2.2) + c(0, sides[1], 0, sides[2]),
      xpd = NA)
  graphics::plot.new()
  graphics::plot.window(xlim = c(0, layers - 1), ylim = c(-0.5, 0.5), yaxs = "i")
  diameter <- if (is.null(layout$maps)) 0 else map_diameter(nodes)
  pictured <- diameter >= smallest_map
  draw_weights(layout$edges)
  if (pictured) {
    draw_maps(layout, diameter, length(fit_levels(fit)))
  } else {
    size <- circle_size(nodes)
    diameter <- size * circle_inches()
    draw_units(nodes, size)
  }
  draw_ends(nodes, names, diameter, cex)
  draw_layer_names(layout$layers)
  draw_title(main %||% paste0("Network", stage(fit)))
  draw_weights_key(if (pictured) layout$maps_key else layout$key, layout$note)
  invisible(structure(layout[c("nodes", "edges", "maps")], class = "xor_network"))
}

draw_weights <- function(edges) {
  size <- abs(edges$weight) / max(abs(edges$weight), .Machine$double.xmin)
  color <- class_colors[(edges$weight > 0) + 1L]
  faded <- mapply(grDevices::adjustcolor, color, 0.25 + 0.75 * size)
  graphics::segments(edges$x0, edges$y0, edges$x1, edges$y1, lwd = 0.5 + 6 * size, col = faded)
}

# Of the circles, as `cex`: as large as they can be without touching each other.
circle_size <- function(nodes) {
  between <- par("pin") / c(max(nodes$layer), max(table(nodes$layer)))
  min(4, 0.9 * between / circle_inches())
}

circle_inches <- function() 0.375 * line_height() # the diameter of pch 21

draw_units <- function(nodes, size) {
  bias <- ifelse(is.nan(nodes$bias), 0, nodes$bias)
  shade <- 0.5 + 0.3 * bias / max(abs(bias), .Machine$double.xmin)
  points(nodes$x, nodes$y, pch = 21, cex = size, bg = signed_colors(255)[round(1 + 254 * shade)],
         col = ink)
  inner <- nodes$layer > 0 & nodes$layer < max(nodes$layer)
  if (size > 1.7 && any(inner)) {
    graphics::text(nodes$x[inner], nodes$y[inner], nodes$label[inner], cex = 0.24 * size)
  }
}

# Names of inputs and classes, beside their circles.
draw_ends <- function(nodes, names, diameter, cex) {
  away <- inches_across(diameter / 2 + 0.05)
  for (side in if (cex > 0.2) c(2, 4)) {
    outer <- nodes$layer == if (side == 2) 0 else max(nodes$layer)
    x <- nodes$x[outer] + if (side == 2) -away else away
    graphics::text(x, nodes$y[outer], names[outer], adj = c(if (side == 2) 1 else 0, 0.5),
                   cex = cex)
  }
}

inches_across <- function(inches) diff(graphics::grconvertX(c(0, inches), "inches", "user"))

inches_up <- function(inches) diff(graphics::grconvertY(c(0, inches), "inches", "user"))

draw_layer_names <- function(names) {
  cex <- fitting_cex(names, 0.9 * par("pin")[1] / (length(names) - 1), 0.9)
  mtext(names, at = seq_along(names) - 1, line = 0.4, col = "#555555", cex = cex * par("cex"))
}

draw_weights_key <- function(key, note) {
  middle <- graphics::grconvertX(0.5, "nfc", "user")
  bottom <- graphics::grconvertY(0, "nfc", "user")
  title <- paste(c(key, if (nzchar(note)) note), collapse = "\n")
  legend_fitting(
    middle, bottom, c("positive", "negative"), yjust = 0, cex = 0.85, lwd = 3,
    col = class_colors[2:1], title = title
  )
}
