# Pictures by base R, from matrices. They obey par() and the open device.

#' Plot samples
#'
#' @param x An `xor_data` object with two columns.
#' @param ... Passed to [plot()] for the frame (`xlim`, `main`, ...); the points have their own
#'   look.
#' @return `x`, invisibly.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' plot(xor_data(200, seed = 1))
plot.xor_data <- function(x, ...) {
  check_two_columns(x$x)
  args <- list(x = x$x[, 1], y = x$x[, 2], type = "n", xlab = colnames(x$x)[1],
               ylab = colnames(x$x)[2], main = "Samples", las = 1)
  old <- start_panel(rlang::current_env(), square = is_xor(x)) # XOR lives in a square
  on.exit(par(old))
  do.call(plot, utils::modifyList(args, list(...)))
  draw_samples(x)
  invisible(x)
}

check_two_columns <- function(x, call = rlang::caller_env()) {
  if (ncol(x) != 2) {
    abort_input("A picture of the samples needs two columns, not {ncol(x)}.", call = call)
  }
}

draw_samples <- function(data) {
  k <- data$label + 1L
  points(data$x, pch = class_symbols[k], bg = class_colors[k], col = ink,
         cex = if (length(k) > 1000) 0.6 else 0.9, lwd = 0.5)
  classes <- seq_along(data$levels)
  legend_above(legend = paste("Class", data$levels), pch = class_symbols[classes],
               pt.bg = class_colors[classes], col = ink)
}

# Between the panel and its title, where it hides nothing; within the panel where the margin has no
# room for both.
legend_above <- function(..., else_at = "topright") {
  if (!room_above()) {
    legend(else_at, bg = "#FFFFFFDD", box.col = "grey70", cex = 0.85, ...)
  } else {
    legend_fitting(mean(par("usr")[1:2]), par("usr")[4], yjust = 0.1, horiz = TRUE, ...)
  }
}

# Centred at x as far as the figure has room, and no wider than that.
legend_fitting <- function(x, y, ..., cex = 0.9) {
  figure <- graphics::grconvertX(0:1, "nfc", "user")
  draw <- function(x, cex, ...) legend(x, y, bty = "n", xpd = NA, cex = cex, ...)
  cex <- cex * min(1, diff(figure) / draw(x, cex, ..., plot = FALSE)$rect$w)
  half <- draw(x, cex, ..., plot = FALSE)$rect$w / 2
  draw(min(max(x, figure[1] + half), figure[2] - half), cex, xjust = 0.5, ...)
}

#' Plot a fit
#'
#' @param x An `xor_fit`.
#' @param what `"boundary"`: the probability of the second class over the plane, in the colours of
#'   the two classes and white at one half, with a line there, thin lines at 0.25 and 0.75, and the
#'   samples on top; `"history"`: loss and accuracy against the epoch; `"hidden"`: a panel for each
#'   unit of the first hidden layer, with its output over the plane, the line where its input is 0,
#'   some of the samples, and for a net of one hidden layer the unit's weight in the output;
#'   `"network"`: a diagram with a line for each weight, orange where positive and blue where
#'   negative, the wider the larger, and a circle for each unit, filled by its bias.
#'   The hidden units need a page of their own; the others take one panel of `par(mfrow = )` or
#'   [layout()]. A page must have at least 3 by 3 inches, and a panel 1.5 by 1.5.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param main Title; `NULL` for the usual one.
#' @param ... Must be empty.
#' @return What was drawn, invisibly; an error where weights or outputs of the net are not finite
#'   (losses that are not are left out of the history). For the boundary, the list of
#'   [xor_boundary()]; for the history, a data frame. For the hidden units, a list: `x1` and `x2`;
#'   `output`, where `output[k, i, j]` belongs to unit `k` at (`x1[i]`, `x2[j]`); `line`, a matrix
#'   whose rows hold `w1`, `w2` and `b`; and `weight`. For the network, a list of two data frames,
#'   `nodes` and `edges`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' plot(fit)
#' plot(fit, "history")
#' plot(fit, "hidden")
#' plot(fit, "network")
plot.xor_fit <- function(x, what = "boundary", epoch = NULL, main = NULL, ...) {
  what <- check_choice(what, c("boundary", "history", "hidden", "network"))
  check_dots(...)
  x <- fit_at(x, epoch)
  switch(what,
    boundary = plot_boundary(x, main), history = plot_history(x, main),
    hidden = plot_hidden(x, main), network = plot_network(x, main)
  )
}

plot_boundary <- function(fit, main, call = rlang::caller_env()) {
  check_two_inputs(fit, call)
  surface <- as_boundary(call_python(
    xorlab_r()$boundary_content(fit_to_python(fit)), call = call
  ))
  labels <- if (is.null(fit$data)) c("x1", "x2") else colnames(fit$data$x)
  old <- start_panel(call, square = is_xor(fit$data))
  on.exit(par(old))
  draw_surface(surface, labels, main %||% paste0("Classification boundary", stage(fit)))
  draw_key(fit_levels(fit)[2])
  if (!is.null(fit$data)) draw_samples(fit$data)
  invisible(surface)
}

# For titles: how far the training of a fit has come, where not to its end.
stage <- function(fit) {
  done <- nrow(fit$history)
  if (done < fit$settings$epochs %||% 0) sprintf(", epoch %d of %d", done, fit$settings$epochs)
}

room_above <- function() par("mar")[3] >= 3.5

# Probabilities with a line in the picture, and its width.
levels_drawn <- c(0.25, 0.5, 0.75)
level_widths <- c(0.6, 1.5, 0.6)

# Probabilities as colours, and lines at some of them.
draw_surface <- function(surface, labels, title, ...) {
  image(surface$x1, surface$x2, surface$prob, zlim = c(0, 1), col = signed_colors(255),
        xlab = labels[1], ylab = labels[2], las = 1,
        useRaster = evenly_spaced(surface$x1) && evenly_spaced(surface$x2), ...)
  draw_title(title)
  crossed <- min(surface$prob) < levels_drawn & max(surface$prob) > levels_drawn
  if (any(crossed)) {
    contour(surface$x1, surface$x2, surface$prob, levels = levels_drawn[crossed], add = TRUE,
            drawlabels = FALSE, col = ink, lwd = level_widths[crossed])
  }
}

# What the colours mean: a slim bar in the right margin with its words beside it, all as narrow as
# the margin makes them; without a margin there is none.
draw_key <- function(level) {
  line <- graphics::grconvertX(c(0, line_height()), "inches", "user") |> diff()
  right <- par("usr")[2]
  room <- (graphics::grconvertX(1, "nfc", "user") - right) / line # in lines of text
  if (room < 0.8) return(invisible())
  y <- par("usr")[3:4]
  size <- min(0.8, room / 2.1)
  left <- right + 0.35 * size * line
  bar <- left + c(0, 0.6) * size * line
  shades <- grDevices::as.raster(matrix(rev(signed_colors(255))))
  graphics::rasterImage(shades, bar[1], y[1], bar[2], y[2], xpd = NA)
  at <- y[1] + levels_drawn * diff(y)
  graphics::segments(bar[1], at, bar[2], at, lwd = level_widths, col = ink, xpd = NA)
  graphics::rect(bar[1], y[1], bar[2], y[2], border = ink, xpd = NA)
  label <- paste("Probability of class", level)
  cex <- fitting_cex(label, 0.85 * par("pin")[2], size)
  x <- bar[2] + 0.2 * size * line
  for (k in 1:3) {
    graphics::text(x, y[1] + (k - 1) / 2 * diff(y), c("0", label, "1")[k], srt = 90, xpd = NA,
                   adj = c((k - 1) / 2, 1), cex = cex)
  }
}

evenly_spaced <- function(x) isTRUE(all.equal(diff(x), rep(mean(diff(x)), length(x) - 1)))

plot_history <- function(fit, main, call = rlang::caller_env()) {
  history <- fit$history
  if (!nrow(history)) {
    reason <- if (is.null(fit$settings)) "it was read from bare weights" else "no epoch is done"
    abort_input("The fit has no history: {reason}.", call = call)
  }
  loss <- replace(history$loss, !is.finite(history$loss), NA)
  if (all(is.na(loss))) {
    abort_input("There is nothing to draw: no loss of the history is finite.", call = call)
  }
  top <- max(loss, na.rm = TRUE)
  old <- start_panel(call)
  old <- c(old, par(mar = pmax(par("mar"), c(0, 0, 0, 4.1)))) # room for the second scale
  on.exit(par(old))
  type <- if (sum(!is.na(loss)) == 1) "p" else "l" # a line of one point would not show
  plot(history$epoch, loss, type = type, lwd = 2, pch = 19, col = series_colors[1], las = 1,
       xlab = "Epoch", ylab = "Loss", ylim = c(0, top),
       xaxp = if (nrow(history) == 1) c(1, 1, 1))
  draw_title(main %||% "Training")
  # Accuracy, 0 to 1, on a second scale over the same height.
  lines(history$epoch, history$accuracy * top, type = type, lwd = 2, lty = 2, pch = 17,
        col = series_colors[2])
  ticks <- seq(0, 1, 0.25)
  axis(4, at = ticks * top, labels = ticks, las = 1)
  mtext("Accuracy", side = 4, line = 3, cex = par("cex"))
  legend_above(legend = c("Loss", "Accuracy"), col = series_colors[1:2], lwd = 2, lty = 1:2,
               else_at = "right")
  invisible(history)
}
