# Pictures by base R, from matrices. They obey par() and the open device.

#' Plot samples
#'
#' @param x An `xor_data` object with two columns.
#' @param ... Passed to [plot()] for the frame (`xlim`, `main`, ...); the points have their own
#'   look.
#' @return `x`, invisibly.
#' @seealso [plot()][plot.xor_fit] of a fit, [xor_data()], [toy_data()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' plot(xor_data(200, seed = 1))
plot.xor_data <- function(x, ...) {
  check_two_columns(x$x)
  args <- list(x = x$x[, 1], y = x$x[, 2], type = "n", xlab = colnames(x$x)[1],
               ylab = colnames(x$x)[2], las = 1)
  old <- start_panel(rlang::current_env(), square = of_one_unit(x))
  on.exit(par(old))
  do.call(plot, utils::modifyList(args, list(...)))
  above <- draw_samples(x)
  if (!"main" %in% names(list(...))) draw_heading("Samples", above = above)
  invisible(x)
}

# Whether both columns have the same unit, as XOR and the other toy problems: they live in a square.
of_one_unit <- function(data) is.null(data) || !is.null(data$std)

check_two_columns <- function(x, call = rlang::caller_env()) {
  if (ncol(x) != 2) {
    abort_input("A picture of the samples needs two columns, not {ncol(x)}.", call = call)
  }
}

draw_samples <- function(data) {
  draw_points(data$x, data$label + 1L)
  draw_classes(data$levels)
}

# Points in the colours and shapes of their classes, from 1 on.
draw_points <- function(x, k, ...) {
  style <- list(x = x[, 1], y = x[, 2], pch = class_symbol(k), bg = class_color(k),
                col = class_outline(k), cex = if (length(k) > 1000) 0.6 else 0.9,
                lwd = class_lines(k))
  do.call(points, utils::modifyList(style, list(...)))
}

#' Plot a fit
#'
#' @param x An `xor_fit`.
#' @param what `"boundary"`: the probability of the second class over the plane, in the colours of
#'   the two classes and white at one half, with a line there, thin lines at 0.25 and 0.75, and the
#'   samples on top. Of K classes, more than two, every point of the plane has the colour of the
#'   most probable one, the paler the less probable that is, down to white at 1 / K, and lines are
#'   where that class changes. Of data of one column, the probability is drawn against it.
#'   `"history"`: loss and accuracy against the epoch; those on validation data, where there are
#'   any, are dotted, in darker shades, with a vertical line at the epoch of the lowest validation
#'   loss: with patience, and where the validation loss rose after it while the training loss fell;
#'   `"hidden"`, for data of two columns and a net with a hidden layer: a panel for each unit of the
#'   first, with its output over the plane, the line where its input is 0, some of the samples, and
#'   for a net of one hidden layer and one output the unit's weight in it; `"network"`: a diagram
#'   with a line for each weight, orange where positive and
#'   blue where negative, the wider the larger, and a circle for each unit, filled by its bias.
#'   All are in the units of the data. The hidden units need a page of their own; the others take
#'   one panel of `par(mfrow = )` or [layout()]. A page must have at least 3 by 3 inches, and a
#'   panel 1.5 by 1.5.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param main Title; `NULL` for the usual one.
#' @param vars,at For the boundary of data of more than two columns: the names of two, and a list of
#'   values of others by name, as for [xor_boundary()]. The line below the title says what the
#'   others are.
#' @param ... Must be empty.
#' @return What was drawn, invisibly; an error where weights or outputs of the net are not finite
#'   (losses that are not are left out of the history). For the boundary, the list of
#'   [xor_boundary()]; for the history, a data frame. For the hidden units, a list: `x1` and `x2`;
#'   `output`, where `output[k, i, j]` belongs to unit `k` at (`x1[i]`, `x2[j]`), and `input`, what
#'   goes into it there; `line`, a matrix whose rows hold `w1`, `w2` and `b` in the units of the
#'   data (`NULL` where inputs are computed, for then it is no straight line); and `weight`. For the
#'   network, a list of two data frames, `nodes` and `edges`.
#' @seealso [animate_xor()] for a moving picture, [as.data.frame()][as.data.frame.xor_boundary]
#'   for pictures by other packages, [xor_boundary()], [plot()][plot.xor_study] of a study.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' plot(fit)
#' plot(fit, "history")
#' plot(fit, "hidden")
#' plot(fit, "network")
#'
#' flowers <- train_xor(Species ~ ., data = iris, batch_size = 16, seed = 1)
#' plot(flowers)
#' plot(flowers, vars = c("Petal.Length", "Sepal.Length"), at = list(Petal.Width = 1.5))
plot.xor_fit <- function(x, what = "boundary", epoch = NULL, main = NULL, vars = NULL, at = NULL,
                         ...) {
  what <- check_choice(what, c("boundary", "history", "hidden", "network"))
  check_dots(...)
  if (what != "boundary" && !(is.null(vars) && is.null(at))) {
    abort_input("{.arg vars} and {.arg at} must be left out for {.val {what}}: they are for the
                 boundary.", call = rlang::current_env())
  }
  x <- fit_at(x, epoch)
  switch(what,
    boundary = plot_boundary(x, main, vars, at), history = plot_history(x, main),
    hidden = plot_hidden(x, main), network = plot_network(x, main)
  )
}

plot_boundary <- function(fit, main, vars, at, call = rlang::caller_env()) {
  content <- boundary_content(fit, vars, at, call = call)
  if (length(content$names) == 1) return(plot_curve(fit, content, main, call))
  old <- start_panel(call, square = of_one_unit(fit$data))
  on.exit(par(old))
  levels <- fit_levels(fit)
  draw_surface(content, shortened(content$names, 40))
  draw_key(levels)
  above <- if (is.null(fit$data)) 0 else draw_section_samples(fit$data, content$names)
  draw_heading(main %||% paste0("Classification boundary", stage(fit)), content$caption, above)
  invisible(as_boundary(content, fit))
}

# The samples at two of their columns; variables of a formula that are no column are not known.
draw_section_samples <- function(data, names) {
  if (all(names %in% colnames(data$x))) draw_points(data$x[, names], data$label + 1L)
  draw_classes(data$levels)
}

# For titles: which epoch the weights are of, where not the last.
stage <- function(fit) {
  done <- fit_epoch(fit)
  planned <- if (has_ended(fit)) nrow(fit$history) else fit$settings$epochs %||% 0
  if (done < planned) sprintf(", epoch %d of %d", done, planned)
}

room_above <- function() par("mar")[3] >= 3.5

# Probabilities with a line in the picture, and its width.
levels_drawn <- c(0.25, 0.5, 0.75)
level_widths <- c(0.6, 1.5, 0.6)

# Probabilities as colours, and lines at some of them; of more than two classes the most probable
# one as colours, and lines where it changes.
draw_surface <- function(surface, labels, ...) {
  prob <- surface$prob
  several <- length(dim(prob)) == 3
  shades <- if (several) class_shades(prob) else signed_colors(255)
  values <- if (several) matrix(seq_along(shades), nrow(prob)) else prob
  limits <- if (several) c(0.5, length(shades) + 0.5) else c(0, 1)
  image(surface$x1, surface$x2, values, zlim = limits, col = shades, xlab = labels[1],
        ylab = labels[2], las = 1,
        useRaster = evenly_spaced(surface$x1) && evenly_spaced(surface$x2), ...)
  if (several) return(draw_winners(surface))
  crossed <- min(prob) < levels_drawn & max(prob) > levels_drawn
  if (any(crossed)) {
    contour(surface$x1, surface$x2, prob, levels = levels_drawn[crossed], add = TRUE,
            drawlabels = FALSE, col = ink, lwd = level_widths[crossed])
  }
}

# Lines where the most probable class changes.
draw_winners <- function(surface) {
  classes <- dim(surface$prob)[3]
  for (k in seq_len(classes)) {
    others <- lapply(seq_len(classes)[-k], function(one) surface$prob[, , one])
    lead <- surface$prob[, , k] - do.call(pmax, others)
    if (min(lead) < 0 && max(lead) > 0) {
      contour(surface$x1, surface$x2, lead, levels = 0, add = TRUE, drawlabels = FALSE, col = ink,
              lwd = level_widths[2])
    }
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
  val_loss <- history$val_loss
  if (!is.null(val_loss)) val_loss[!is.finite(val_loss)] <- NA
  top <- max(loss, val_loss, na.rm = TRUE)
  old <- start_panel(call)
  old <- c(old, par(mar = pmax(par("mar"), c(0, 0, 0, 4.1)))) # room for the second scale
  on.exit(par(old))
  type <- if (sum(!is.na(loss)) == 1) "p" else "l" # a line of one point would not show
  plot(history$epoch, loss, type = type, lwd = 2, pch = 19, col = series_colors[1], las = 1,
       xlab = "Epoch", ylab = "Loss", ylim = c(0, top),
       xaxp = if (nrow(history) == 1) c(1, 1, 1))
  # Accuracy, 0 to 1, on a second scale over the same height.
  curve <- function(share, ...) lines(history$epoch, share * top, type = type, pch = 17, ...)
  curve(history$accuracy, lwd = 2, lty = 2, col = series_colors[2])
  if (!is.null(val_loss)) {
    lines(history$epoch, val_loss, type = type, lwd = 2, lty = 3, pch = 19,
          col = validation_colors[1])
    curve(history$val_accuracy, lwd = 1.5, lty = 4, col = validation_colors[2])
  }
  best <- marked_epoch(fit)
  if (!is.null(best)) abline(v = best, col = grey)
  ticks <- seq(0, 1, 0.25)
  axis(4, at = ticks * top, labels = ticks, las = 1)
  mtext("Accuracy", side = 4, line = 3, cex = par("cex"))
  drawn <- c(TRUE, TRUE, rep(!is.null(val_loss), 2), !is.null(best))
  above <- legend_above(
    legend = c("Loss", "Accuracy", "Validation loss", "Validation accuracy",
               paste("Best epoch:", best))[drawn],
    col = c(series_colors[1:2], validation_colors, grey)[drawn],
    lwd = c(2, 2, 2, 1.5, 1)[drawn], lty = c(1, 2, 3, 4, 1)[drawn], else_at = "right"
  )
  draw_heading(main %||% "Training", above = above)
  invisible(history)
}

# With patience, the epoch of the lowest validation loss; without, that after which the losses part.
marked_epoch <- function(fit) {
  if (is.null(fit$settings$patience)) parted(fit$history) else which.min(fit$history$val_loss)
}
