# What every unit makes of the plane, in the circles of plot(fit, "network").

smallest_map <- 0.2 # in inches

# Of circles with pictures, in inches: as large as leaves room for names above them, and for lines
# between the layers.
map_diameter <- function(nodes) {
  between <- par("pin") / c(max(nodes$layer), max(table(nodes$layer)))
  min(c(0.45, 0.66) * between, 0.8)
}

draw_maps <- function(layout, diameter, classes) {
  nodes <- layout$nodes
  inputs <- nodes$layer == 0
  radius <- c(inches_across(diameter / 2), inches_up(diameter / 2))
  bias <- ifelse(inputs, 0, nodes$bias)
  width <- ifelse(inputs, 1, 1 + 3 * abs(bias) / max(abs(bias), .Machine$double.xmin))
  color <- ifelse(bias == 0, ink, class_colors[(bias > 0) + 1L])
  for (k in seq_len(nrow(nodes))) {
    at <- c(nodes$x[k], nodes$y[k])
    draw_circle(at, radius, col = "white", border = NA)
    if (!inputs[k]) draw_map(layout$maps, k - sum(inputs), classes, at, radius)
    # Between a picture and an edge of its colour there is a little white.
    draw_circle(at, radius, border = "white", lwd = width[k] + 2.5)
    draw_circle(at, radius, border = color[k], lwd = width[k])
  }
  draw_unit_names(nodes[!inputs & nodes$layer < max(nodes$layer), ], radius)
}

# The picture of unit k, which is transparent outside the circle.
draw_map <- function(maps, k, classes, at, radius) {
  shades <- map_shades(maps, k, classes)
  across <- seq(-1, 1, length.out = nrow(shades))
  shades[outer(across^2, across^2, "+") > 1] <- "transparent"
  picture <- t(shades)[rev(seq_len(ncol(shades))), ] # rows for x2, from the top
  low <- at - radius
  high <- at + radius
  graphics::rasterImage(grDevices::as.raster(picture), low[1], low[2], high[1], high[2],
                        interpolate = FALSE)
}

# A matrix of colours: blue over white to orange, or for the probability of one of more than two
# classes white at 1 / K to the colour of that class.
map_shades <- function(maps, k, classes) {
  output <- maps$output[k, , ]
  which <- k - (dim(maps$output)[1] - classes)
  if (classes > 2 && which > 0) {
    sure <- as.vector(pmax(output, 1 / classes))
    prob <- matrix((1 - sure) / (classes - 1), length(sure), classes)
    prob[, which] <- sure
    return(matrix(class_shades(prob), nrow(output)))
  }
  share <- (output - maps$low[k]) / (maps$high[k] - maps$low[k])
  matrix(signed_colors(255)[round(1 + 254 * share)], nrow(output))
}

draw_circle <- function(at, radius, ...) {
  angle <- seq(0, 2 * pi, length.out = 100)
  graphics::polygon(at[1] + radius[1] * cos(angle), at[2] + radius[2] * sin(angle), ...)
}

draw_unit_names <- function(nodes, radius) {
  names <- paste("Unit", nodes$label)
  cex <- min(0.8, 0.4 * radius[2] / graphics::strheight("U"))
  if (!nrow(nodes) || cex * par("cex") < 0.35) return(invisible())
  y <- nodes$y + radius[2] + inches_up(0.05)
  half <- 0.55 * graphics::strwidth(names, cex = cex)
  graphics::rect(nodes$x - half, y, nodes$x + half, y + graphics::strheight("U", cex = cex),
                 col = "#FFFFFFB2", border = NA)
  graphics::text(nodes$x, y, names, adj = c(0.5, 0), cex = cex)
}
