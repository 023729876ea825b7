# The loss over a plane of the weights, with the path of the training: plot(fit, "landscape").

landscape_content <- function(fit, directions, seed, call = rlang::caller_env()) {
  directions <- check_choice(directions, c("path", "random"), call = call)
  seed <- check_count(seed, min = 0, call = call)
  content <- call_python(
    xorlab_r()$landscape_content(fit_to_python(fit), directions, seed),
    call = call
  )
  content[c("x", "y")] <- lapply(content[c("x", "y")], as.vector)
  path <- content$path
  epochs <- as.integer(unlist(content$epochs))
  content$path <- data.frame(epoch = epochs, x = path[, 1], y = path[, 2])
  content
}

# With the weights of the epochs that were kept up to its own.
with_path <- function(fit, snapshots) {
  fit$snapshots <- snapshots[as.integer(names(snapshots)) <= nrow(fit$history)]
  fit
}

plot_landscape <- function(fit, main, view, call = rlang::caller_env()) {
  content <- landscape_content(fit, view$directions %||% "path", view$seed %||% 1, call)
  old <- start_panel(call)
  on.exit(par(old))
  draw_loss_surface(content)
  draw_weights_path(content$path)
  least <- format(signif(content$low, 1), scientific = FALSE, drop0trailing = TRUE)
  draw_key_bar(matrix(rev(loss_shades(255))), least, "Loss", format(signif(content$high, 1)))
  draw_heading(main %||% content$title, content$caption)
  invisible(content[c("x", "y", "loss", "path", "caption")])
}

# White to grey, on a scale of powers of ten; nothing where a loss is not finite.
draw_loss_surface <- function(content) {
  loss <- content$loss
  loss[is.nan(loss)] <- NA
  height <- log(pmax(loss, content$low))
  image(content$x, content$y, height, zlim = log(c(content$low, content$high)),
        col = loss_shades(255), xlab = content$names[[1]], ylab = content$names[[2]], las = 1,
        useRaster = TRUE)
  levels <- unlist(content$levels)
  if (length(levels)) {
    contour(content$x, content$y, loss, levels = levels, add = TRUE, col = ink, lwd = 0.6,
            labcex = 0.7 * par("cex"))
  }
}

draw_weights_path <- function(path) {
  ends <- path[c(1, nrow(path)), ]
  lines(path$x, path$y, type = "o", pch = 19, cex = 0.5, lwd = 1.5, col = path_color)
  points(ends$x, ends$y, pch = 21, cex = 1.5, col = ink, bg = c("white", path_color))
  right <- ends$x > mean(par("usr")[1:2])
  graphics::text(ends$x, ends$y, paste("epoch", ends$epoch), pos = ifelse(right, 2, 4), cex = 0.8)
}

loss_shades <- function(n) grDevices::colorRampPalette(c("white", high_loss))(n)
