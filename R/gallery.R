# The gallery of a study: boundaries of the nets that failed, or did worst. Python works out what is
# drawn.

plot_gallery <- function(study, n, call = rlang::caller_env()) {
  content <- call_python(
    xorlab_r()$gallery_content(study_to_python(study), n), call = call
  )
  panels <- lapply(content$panels, as_gallery_panel)
  columns <- content$columns
  rows <- ceiling(length(panels) / columns)
  old <- start_page(call)
  on.exit(leave_page(old))
  cex <- text_size(min(par("din") / c(columns, rows + 0.5)) / 2.2)
  words <- text_size(min(par("din")) / full_inches) # of heading and key
  lay_out_gallery(length(panels), rows, columns, words)
  most <- par("din")[1] / columns / letters_width(0.9 * cex) # letters of a title
  panels <- lapply(panels, function(panel) {
    c(panel, list(lines = strwrap(strsplit(panel$title, "\n")[[1]], max(12, most))))
  })
  named <- any(lengths(lapply(panels, `[[`, "names")) > 0)
  par(cex = words, mar = rep(0, 4))
  graphics::plot.new()
  draw_strip(content$heading, 1.2, font = 2)
  lines <- max(lengths(lapply(panels, `[[`, "lines")))
  par(cex = cex, mgp = c(2.2, 0.5, 0), tcl = -0.3, pty = "s",
      mar = c(1.7, 2.2, 0.6 + 0.9 * lines, 0.6) + c(1.2, 1, 0, 0) * named)
  for (panel in panels) draw_panel(panel, content$corners, content$corner_classes + 1L)
  par(cex = words, mar = rep(0, 4), pty = "m")
  graphics::plot.new()
  draw_gallery_key(unlist(content$classes), content$crossed)
  invisible(lapply(panels, function(panel) panel[names(panel) != "lines"]))
}

# A strip for the heading, the panels, and a strip for the key.
lay_out_gallery <- function(count, rows, columns, words) {
  line <- 2.54 * words * par("cin")[2]
  places <- c(seq_len(count) + 1, rep(0, rows * columns - count))
  graphics::layout(
    rbind(1, matrix(places, rows, byrow = TRUE), count + 2),
    heights = c(graphics::lcm(1.9 * line), rep(1, rows), graphics::lcm(1.7 * line))
  )
}

draw_strip <- function(text, cex, font = 1) {
  cex <- fitting_cex(text, par("fin")[1], cex, font)
  graphics::text(0.5, 0.4, text, cex = cex, font = font, xpd = NA)
}

draw_gallery_key <- function(classes, crossed) {
  k <- seq_along(classes)[seq_len(min(length(classes), most_entries))]
  cross <- if (!is.null(crossed)) 4
  legend_fitting(
    0.5, 0.9, c(classes[k], crossed), pch = c(class_symbol(k), cross), yjust = 1,
    pt.bg = c(class_color(k), NA[seq_along(cross)]),
    col = c(class_outline(k), if (!is.null(cross)) "black"),
    pt.lwd = c(class_lines(k), if (!is.null(cross)) 2)
  )
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
  mtext(paste(panel$lines, collapse = "\n"), line = 0.3,
        cex = fitting_cex(panel$lines, par("fin")[1], 0.9) * par("cex"))
}
