# The gallery of a study: boundaries of the nets that failed. python/xorlab/gallery.py draws the
# same.

plot_gallery <- function(study, n, call = rlang::caller_env()) {
  panels <- failed_boundaries(study, n, call)
  columns <- ceiling(sqrt(length(panels)))
  page <- page_before()
  old <- par(mar = c(2.2, 2.4, 3, 0.6), mgp = c(2, 0.6, 0), pty = "s")
  on.exit(leave_page(page, old))
  par(mfrow = c(ceiling(length(panels) / columns), columns))
  for (panel in panels) draw_panel(panel)
  invisible(panels)
}

failed_boundaries <- function(study, n, call) {
  panels <- call_python(
    xorlab_py()$gallery$gallery_content(study_to_python(study), n), call = call
  )
  lapply(panels, function(panel) {
    panel$row <- panel$row + 1L # R counts from 1
    panel$lost <- as.logical(unlist(panel$lost))
    panel[c("x1", "x2")] <- lapply(panel[c("x1", "x2")], as.vector)
    panel
  })
}

draw_panel <- function(panel) {
  draw_surface(panel, c("", ""), "", axes = FALSE)
  for (side in 1:2) axis(side, at = 0:1, las = 1)
  graphics::box()
  corners <- cbind(x1 = c(0, 0, 1, 1), x2 = c(0, 1, 0, 1))
  k <- 1L + (corners[, "x1"] != corners[, "x2"])
  points(corners, pch = class_symbols[k], bg = class_colors[k], col = "#333333", cex = 2)
  points(corners[panel$lost, , drop = FALSE], pch = 4, lwd = 2, cex = 1.1)
  # As large as fits above its panel.
  lines <- strsplit(panel$title, "\n")[[1]]
  room <- 1.15 * par("pin")[1] / max(graphics::strwidth(lines, "inches"))
  mtext(panel$title, line = 0.5, cex = min(0.95, room) * par("cex"))
}
