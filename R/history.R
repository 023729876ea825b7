# Loss and accuracy against the epoch: plot(fit, "history"). Python works out what is drawn.

history_content <- function(fit, call) {
  if (!nrow(fit$history)) {
    reason <- if (is.null(fit$settings)) "it was read from bare weights" else "no epoch is done"
    abort_input("The fit has no history: {reason}.", call = call)
  }
  losses <- intersect(c("loss", "val_loss"), names(fit$history))
  # To Python a loss that is not a number is infinite.
  fit$history[losses] <- lapply(fit$history[losses], function(x) replace(x, is.na(x), Inf))
  call_python(xorlab_r()$history_content(fit_to_python(fit)), call = call)
}

# Two plot regions within one figure region, so that the picture takes one panel of any layout.
plot_history <- function(fit, main, call = rlang::caller_env()) {
  content <- history_content(fit, call)
  old <- c(start_panel(call), par(c("mar", "pty")))
  on.exit(par(old))
  # Room for percentages beside the name of the axis, where there are to be any.
  wide <- if (old$mar[2] >= 3) pmax(old$mar, c(0, 5, 0, 0)) else old$mar
  par(pty = "m", mar = wide)
  room <- room_above()
  regions <- history_regions()
  for (k in 1:2) {
    par(plt = regions[[k]], new = TRUE)
    draw_history_panel(content$panels[[k]], content$best, bottom = regions$beside || k == 2)
    line <- if (regions$beside && k == 2) 3.7 else max(0, wide[2] - 1.3)
    graphics::title(ylab = content$panels[[k]]$frame$title, line = line)
  }
  whole <- list(mar = wide, usr = c(0, 1, 0, 1)) # plot region
  if (room) par(whole)
  above <- draw_history_key(content, room)
  par(whole)
  draw_heading(main %||% "Training", above = above)
  invisible(fit$history)
}

# Beside each other where the figure is wide, else one above the other; as `plt` has them.
history_regions <- function() {
  size <- par("fin")
  edge <- par("plt")
  beside <- size[1] > 1.15 * size[2]
  # Between them, room for the numbers and the name of an axis.
  gap <- if (beside) 5.2 * line_height() / size[1] else 0.8 * line_height() / size[2]
  ends <- if (beside) edge[1:2] else edge[3:4]
  half <- (diff(ends) - gap) / 2
  parts <- list(c(ends[1], ends[1] + half), c(ends[2] - half, ends[2]))
  regions <- if (beside) {
    lapply(parts, function(across) c(across, edge[3:4]))
  } else {
    lapply(rev(parts), function(up) c(edge[1:2], up))
  }
  c(regions, beside = beside)
}

draw_history_panel <- function(panel, best, bottom) {
  frame <- panel$frame
  start_scales(frame)
  draw_guessing(panel$guessing)
  if (!is.null(best)) abline(v = best, col = grey)
  if (!bottom) frame$x$labels <- rep("", length(frame$x$labels))
  draw_scales(frame)
  if (bottom) graphics::title(xlab = frame$x$name)
  for (k in seq_along(panel$curves)) {
    curve <- panel$curves[[k]]
    look <- history_looks(k)
    lines(curve$values, type = if (curve$single) "p" else "l", pch = look$pch, col = look$col,
          lty = look$lty, lwd = look$lwd)
  }
}

# Of the training and of the validation.
history_looks <- function(k) {
  data.frame(col = c(series_colors[1], validation_color), lty = 1:2, lwd = c(2, 1.6),
             pch = c(19, 15))[k, ]
}

draw_history_key <- function(content, room) {
  curves <- content$panels[[1]]$curves
  best <- content$best
  looks <- history_looks(seq_along(curves))
  single <- vapply(curves, `[[`, TRUE, "single")
  other <- if (is.null(best)) NA else c(NA, NA)
  legend_above(
    legend = c(vapply(curves, `[[`, "", "label"), "guessing",
               if (!is.null(best)) paste("best epoch:", best)),
    col = c(looks$col, grey, if (!is.null(best)) grey),
    lty = c(looks$lty, 3, if (!is.null(best)) 1), lwd = c(looks$lwd, 1.5, if (!is.null(best)) 1),
    pch = c(ifelse(single, looks$pch, NA), other), else_at = "right", room = room
  )
}
