# The points before and after the hidden layers: plot(fit, "space").

space_content <- function(fit, units, call = rlang::caller_env()) {
  units <- check_units(units, call)
  content <- call_python(
    xorlab_r()$space_content(fit_to_python(with_class_names(fit)), units),
    call = call
  )
  for (panel in c("inputs", "hidden")) {
    flat <- c("x1", "x2")
    content[[panel]]$surface[flat] <- lapply(content[[panel]]$surface[flat], as.vector)
  }
  content$label <- as.integer(content$label)
  content
}

# Two units counted from 1, as Python takes them, or NULL.
check_units <- function(units, call) {
  if (is.null(units)) return(NULL)
  if (length(units) != 2) {
    abort_input("{.arg units} must be the numbers of two hidden units, not {show_value(units)}.",
                call = call)
  }
  lapply(units, function(one) check_count(one, name = "units", call = call))
}

plot_space <- function(fit, main, view, call = rlang::caller_env()) {
  content <- space_content(fit, view$units, call)
  old <- start_page(call)
  on.exit(leave_page(old))
  cex <- text_size(min(par("din") / c(2, 1.15)) / 3.6, most = 0.95)
  par(mfrow = c(1, 2), cex = cex, oma = c(1.4, 0, 2, 0), mar = c(3.8, 4.2, 4, 0.8),
      mgp = c(2.7, 0.6, 0), tcl = -0.3, xpd = FALSE)
  for (name in c("inputs", "hidden")) {
    par(pty = if (name == "hidden" || of_one_unit(fit$data)) "s" else "m")
    draw_space(content[[name]], content$label, fit)
  }
  main <- main %||% content$title
  mtext(main, outer = TRUE, line = 0.4, font = 2,
        cex = fitting_cex(main, inner_page()[1], 1.25, font = 2) * par("cex"))
  caption <- content$caption
  mtext(caption, side = 1, outer = TRUE, line = 0.2, col = "#555555",
        cex = fitting_cex(caption, inner_page()[1], 0.85) * par("cex"))
  invisible(content[c("inputs", "hidden", "label")])
}

draw_space <- function(panel, label, fit) {
  draw_surface(panel$surface, shortened(panel$names, 30))
  for (i in seq_len(dim(panel$lines)[1])) {
    lines(panel$lines[i, , 1], panel$lines[i, , 2], col = grDevices::adjustcolor(grey, 0.8),
          lwd = 0.6)
  }
  above <- 0
  if (length(label)) {
    draw_points(panel$samples, label + 1L, cex = 0.7)
    above <- draw_classes(fit_levels(fit))
  }
  draw_heading(panel$title, panel$subtitle, above)
}
