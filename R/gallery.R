# The gallery of a study: boundaries of the nets that failed, or did worst.

plot_gallery <- function(study, n, call = rlang::caller_env()) {
  content <- call_python(
    xorlab_r()$gallery_content(study_to_python(study), n), call = call
  )
  panels <- lapply(content$panels, as_gallery_panel)
  rows <- ceiling(length(panels) / content$columns)
  old <- start_page(call)
  on.exit(leave_page(old))
  par(mfrow = c(rows, content$columns))
  cex <- text_size(min(par("din") / c(content$columns, rows)) / 2.8)
  named <- any(lengths(lapply(panels, `[[`, "names")) > 0)
  par(cex = cex, mar = c(2.2, 2.4, 3.2, 0.6) + c(1.2, 1, 0, 0) * named, mgp = c(2.2, 0.6, 0),
      pty = "s")
  for (panel in panels) draw_panel(panel, content$corners, content$classes + 1L)
  invisible(panels)
}

as_gallery_panel <- function(panel) {
  panel$row <- panel$row + 1L # R counts from 1
  panel[c("x1", "x2")] <- lapply(panel[c("x1", "x2")], as.vector)
  panel$names <- unlist(panel$names)
  panel
}

draw_panel <- function(panel, corners, k) {
  draw_surface(panel, if (is.null(panel$names)) c("", "") else shortened(panel$names, 16),
               axes = FALSE)
  for (side in 1:2) axis(side, at = if (!is.null(panel$lost)) 0:1, las = 1)
  graphics::box()
  if (!is.null(panel$lost)) {
    points(corners, pch = class_symbols[k], bg = class_colors[k], col = ink, cex = 2)
    points(corners[panel$lost, , drop = FALSE], pch = 4, lwd = 2, cex = 1.1)
  }
  lines <- strsplit(panel$title, "\n")[[1]]
  if (graphics::strwidth(lines[1], "inches", cex = 0.9) > 0.9 * par("fin")[1]) {
    lines <- c(strsplit(lines[1], "(?<=:) ", perl = TRUE)[[1]], lines[-1])
  }
  cex <- min(fitting_cex(lines, par("fin")[1], 0.9), 2.4 / length(lines)) # within the margin
  mtext(paste(lines, collapse = "\n"), line = 0.4, cex = cex * par("cex"))
}
