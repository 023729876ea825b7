# Legends of classes above a panel, and the key of its colours beside it.

# The legend, and how many lines it takes above the panel; with test points, it says how many of
# them are misclassified.
draw_classes <- function(levels, wrong = NULL) {
  k <- seq_len(min(length(levels), most_entries))
  ring <- if (!is.null(wrong)) sprintf("misclassified (%d of %d)", sum(wrong), length(wrong))
  legend_above(
    legend = c(class_names(levels)[k], ring), pch = c(class_symbol(k), if (!is.null(ring)) 1),
    pt.bg = c(class_color(k), if (!is.null(ring)) NA),
    col = c(class_outline(k), if (!is.null(ring)) ring_color)
  )
}

most_entries <- 12 # of a legend

# Of classes in a legend, where names of more than two have room for themselves alone.
class_names <- function(levels) {
  names <- as.character(levels)
  own <- length(names) > 2 & !grepl("^[0-9]+$", names)
  shortened(ifelse(own, names, paste("Class", names)), 24)
}

# Between the panel and its title, where it hides nothing; within the panel where the margin has no
# room for both.
legend_above <- function(..., else_at = "topright", room = room_above()) {
  if (!room) {
    legend(else_at, bg = "#FFFFFFDD", box.col = "grey70", cex = 0.85, ...)
    return(invisible(0))
  }
  box <- legend_fitting(mean(par("usr")[1:2]), par("usr")[4], yjust = 0.1, ...)
  height <- abs(diff(graphics::grconvertY(c(0, box$rect$h), "user", "inches")))
  invisible(0.9 * height / line_height())
}

# Centred at x as far as the figure has room, and no wider than that; where the letters would become
# too small, in several rows.
legend_fitting <- function(x, y, legend, ..., cex = 0.9) {
  figure <- graphics::grconvertX(0:1, "nfc", "user")
  draw <- function(x, cex, ncol, ...) {
    graphics::legend(x, y, legend, ..., bty = "n", xpd = NA, cex = cex, ncol = ncol)
  }
  width <- function(cex, ncol) draw(x, cex, ncol, ..., plot = FALSE)$rect$w
  for (rows in seq_len(max(1, length(legend) - 1))) {
    ncol <- ceiling(length(legend) / rows)
    fit <- min(1, 0.97 * diff(figure) / width(cex, ncol))
    if (ncol <= 2 || fit >= 0.75) break
  }
  cex <- cex * fit
  # Letters come in whole sizes, so that a smaller `cex` may be as wide.
  while (cex > 0.2 && width(cex, ncol) > diff(figure)) cex <- 0.95 * cex
  half <- width(cex, ncol) / 2
  draw(min(max(x, figure[1] + half), figure[2] - half), cex, ncol, ..., xjust = 0.5)
}

# What the colours mean; of more than two classes, a strip for each.
draw_key <- function(levels) {
  several <- length(levels) > 2
  shades <- if (several) class_key(length(levels)) else matrix(rev(signed_colors(255)))
  label <- paste("Probability of", if (several) "that class" else class_label(levels[2]))
  least <- if (several) format(1 / length(levels), digits = 2) else "0"
  draw_key_bar(shades, least, label, "1", at = if (!several) levels_drawn)
}

# A slim bar of shades in the right margin, the last at the bottom, with numbers at its ends and
# words between them beside it, all as narrow as the margin makes them; without a margin there is
# none. `at` has places of lines across it, from 0 to 1.
draw_key_bar <- function(shades, least, label, most, at = NULL) {
  line <- graphics::grconvertX(c(0, line_height()), "inches", "user") |> diff()
  right <- par("usr")[2]
  room <- (graphics::grconvertX(1, "nfc", "user") - right) / line # in lines of text
  if (room < 0.8) return(invisible())
  y <- par("usr")[3:4]
  size <- min(0.8, room / 2.1)
  left <- right + 0.35 * size * line
  bar <- left + c(0, 0.6) * size * line
  graphics::rasterImage(grDevices::as.raster(shades), bar[1], y[1], bar[2], y[2], xpd = NA)
  if (!is.null(at)) {
    at <- y[1] + at * diff(y)
    graphics::segments(bar[1], at, bar[2], at, lwd = level_widths, col = ink, xpd = NA)
  }
  graphics::rect(bar[1], y[1], bar[2], y[2], border = ink, xpd = NA)
  # Short numbers leave the words more of the length.
  ends <- graphics::strwidth(paste0(least, most, "  "), "inches", cex = size)
  cex <- fitting_cex(label, par("pin")[2] - ends, size)
  x <- bar[2] + 0.2 * size * line
  words <- c(least, label, most)
  for (k in 1:3) {
    graphics::text(x, y[1] + (k - 1) / 2 * diff(y), words[k], srt = 90, xpd = NA,
                   adj = c((k - 1) / 2, 1), cex = if (k == 2) cex else min(cex, size))
  }
}

class_label <- function(level) paste("class", shortened(level, 24))
