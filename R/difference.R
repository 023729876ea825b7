# A net's probabilities less the exact ones of a toy problem: plot(fit, "difference").

difference_content <- function(fit, view, call) {
  content <- call_python(
    xorlab_r()$difference_content(
      fit_to_python(fit), as_py_array(lines_between(view$xlim), "float64"),
      as_py_array(lines_between(view$ylim), "float64")
    ),
    call = call
  )
  content[c("x1", "x2")] <- lapply(content[c("x1", "x2")], as.vector)
  content
}

plot_difference <- function(fit, main, view, call = rlang::caller_env()) {
  content <- difference_content(fit, view, call)
  old <- start_panel(call, square = TRUE)
  on.exit(par(old))
  draw_difference(content, colnames(fit$data$x))
  above <- draw_difference_lines(content)
  key <- matrix(difference_shades(seq(1, -1, length.out = 255)))
  limit <- format(content$limit, drop0trailing = TRUE)
  draw_key_bar(key, paste0("-", limit), content$key, paste0("+", limit))
  draw_heading(main %||% paste0("Net minus exact probability", stage(fit)), content$caption, above)
  invisible(list(
    x1 = content$x1, x2 = content$x2, difference = content$values, prob = content$net,
    exact = content$exact, mean = content$mean, largest = content$largest
  ))
}

draw_difference <- function(content, names) {
  shades <- difference_shades(content$values / content$limit, beyond(content))
  image(content$x1, content$x2, matrix(seq_along(shades), length(content$x1)), col = shades,
        zlim = c(0.5, length(shades) + 0.5), xlab = shortened(names[1], 40),
        ylab = shortened(names[2], 40), las = 1, useRaster = TRUE)
}

# Where there are next to no data.
beyond <- function(content) if (is.null(content$distance)) FALSE else content$distance > 1

# Where the exact and the net's probability are one half, and where the points lie; gives back how
# many lines the legend takes.
draw_difference_lines <- function(content) {
  lines <- list(exact = content$exact, net = content$net, held = content$distance)
  look <- data.frame(level = c(0.5, 0.5, 1), lty = 1:3, lwd = c(1.6, 1.6, 1.2),
                     col = c(ink, ink, grey))
  drawn <- vapply(seq_along(lines), function(k) {
    any(lines[[k]] < look$level[k]) && any(lines[[k]] > look$level[k])
  }, TRUE)
  for (k in which(drawn)) {
    contour(content$x1, content$x2, lines[[k]], levels = look$level[k], add = TRUE,
            drawlabels = FALSE, col = look$col[k], lty = look$lty[k], lwd = look$lwd[k])
  }
  drawn <- which(drawn)
  legend_above(legend = unlist(content$labels)[drawn], lty = look$lty[drawn],
               lwd = look$lwd[drawn], col = look$col[drawn])
}
