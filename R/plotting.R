# Pictures by base R, from matrices. They obey par() and the open device.

# Blue and orange of the Okabe-Ito palette, told apart by colour-blind people too
# (https://jfly.uni-koeln.de/color/); python/xorlab/plotting.py has the same.
class_colors <- c("#0072B2", "#E69F00")
class_symbols <- c(21, 24)

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
  old <- start_panel(rlang::current_env(), square = !is.null(x$std)) # XOR lives in a square
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
  points(data$x, pch = class_symbols[k], bg = class_colors[k], col = "#333333",
         cex = if (length(k) > 1000) 0.6 else 0.9, lwd = 0.5)
  legend_above(legend = paste("Class", data$levels), pch = class_symbols, pt.bg = class_colors,
               col = "#333333")
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
#' @param what `"boundary"`: the probability of the second class over the plane, as a mixture of
#'   the two class colours, the line where it is one half, and the samples on top; `"history"`: loss
#'   and accuracy against the epoch; `"hidden"`: a panel for each unit of the first hidden layer,
#'   with its output over the plane, the line where what goes into it is 0, some of the samples, and
#'   for a net of one hidden layer the unit's weight in the output; `"network"`: a diagram with a
#'   line for each weight, orange where positive and blue where negative, the wider the larger, and
#'   a circle for each unit, filled by its bias.
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
  xor <- is.null(fit$data) || !is.null(fit$data$std)
  old <- start_panel(call, square = xor)
  on.exit(par(old))
  draw_surface(surface, labels, main %||% paste0("Classification boundary", stage(fit)))
  if (!is.null(fit$data)) draw_samples(fit$data)
  invisible(surface)
}

# For titles: how far the training of a fit has come, where not to its end.
stage <- function(fit) {
  done <- nrow(fit$history)
  if (done < fit$settings$epochs %||% 0) sprintf(", epoch %d of %d", done, fit$settings$epochs)
}

room_above <- function() par("mar")[3] >= 3.5

# Probabilities as colours, and the line where they are one half.
draw_surface <- function(surface, labels, title, ...) {
  image(surface$x1, surface$x2, surface$prob, zlim = c(0, 1), col = mixed_colors(256),
        xlab = labels[1], ylab = labels[2], las = 1,
        useRaster = evenly_spaced(surface$x1) && evenly_spaced(surface$x2), ...)
  draw_title(title)
  if (min(surface$prob) < 0.5 && max(surface$prob) > 0.5) {
    contour(surface$x1, surface$x2, surface$prob, levels = 0.5, add = TRUE, drawlabels = FALSE,
            col = "#333333", lwd = 1.5)
  }
}

evenly_spaced <- function(x) isTRUE(all.equal(diff(x), rep(mean(diff(x)), length(x) - 1)))

# Half-way to white, so that the samples stand out.
mixed_colors <- function(n) {
  ends <- grDevices::rgb((t(grDevices::col2rgb(class_colors)) + 255) / 2, maxColorValue = 255)
  grDevices::colorRampPalette(ends)(n)
}

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
  plot(history$epoch, loss, type = type, lwd = 2, pch = 19, col = class_colors[1], las = 1,
       xlab = "Epoch", ylab = "Loss", ylim = c(0, top),
       xaxp = if (nrow(history) == 1) c(1, 1, 1))
  draw_title(main %||% "Training")
  # Accuracy, 0 to 1, on a second scale over the same height.
  lines(history$epoch, history$accuracy * top, type = type, lwd = 2, lty = 2, pch = 17,
        col = class_colors[2])
  ticks <- seq(0, 1, 0.25)
  axis(4, at = ticks * top, labels = ticks, las = 1)
  mtext("Accuracy", side = 4, line = 3, cex = par("cex"))
  legend_above(legend = c("Loss", "Accuracy"), col = class_colors, lwd = 2, lty = 1:2,
               else_at = "right")
  invisible(history)
}
