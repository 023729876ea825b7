# Pictures by base R, from matrices. They obey par() and the open device.

#' Plot samples
#'
#' @param x An `xor_data` object with two columns.
#' @param cex Size of the points, 1 for the usual one.
#' @param ... Passed to [plot()] for the frame (`xlim`, `main`, ...); the points have their own
#'   look.
#' @return `x`, invisibly.
#' @seealso [plot()][plot.xor_fit] of a fit, [xor_data()], [toy_data()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' plot(xor_data(200, seed = 1))
plot.xor_data <- function(x, cex = 1, ...) {
  cex <- check_number(cex, above = 0)
  check_two_columns(x$x)
  args <- list(x = x$x[, 1], y = x$x[, 2], type = "n", xlab = colnames(x$x)[1],
               ylab = colnames(x$x)[2], las = 1)
  old <- start_panel(rlang::current_env(), square = of_one_unit(x))
  on.exit(par(old))
  do.call(plot, utils::modifyList(args, list(...)))
  above <- draw_samples(x, cex)
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

draw_samples <- function(data, size = 1) {
  draw_points(data$x, data$label + 1L, size)
  draw_classes(data$levels)
}

# Points in the colours and shapes of their classes, from 1 on; of more or less than the usual size.
draw_points <- function(x, k, size = 1, ...) {
  style <- list(x = x[, 1], y = x[, 2], pch = class_symbol(k), bg = class_color(k),
                col = class_outline(k), cex = size * if (length(k) > 1000) 0.6 else 0.9,
                lwd = class_lines(k))
  do.call(points, utils::modifyList(style, list(...)))
}

#' Plot a fit
#'
#' @section Pictures:
#' All are in the units of the data. Those of several panels need a page of their own (`"hidden"`,
#' `"space"`); the others take one panel of `par(mfrow = )` or [layout()]. A page must have at least
#' 3 by 3 inches, and a panel 1.5 by 1.5.
#'
#' * `"boundary"`: the probability of the second class over the plane, in the colours of the two
#'   classes and white at one half, with a line there, thin lines at 0.25 and 0.75, and the samples
#'   on top. Of K classes, more than two, every point of the plane has the colour of the most
#'   probable one, the paler the less probable that is, down to white at 1 / K, and lines are where
#'   that class changes. Of data of one column, the probability is drawn against it.
#' * `"history"`: loss and accuracy against the epoch, one beside or above the other, with a grey
#'   dotted line at what guessing gives, which knows how frequent the classes are and nothing else
#'   (for K equally frequent ones a loss of log K). Those on validation data, where there are any,
#'   are dashed and darker, with a vertical line at the epoch of the lowest validation loss: with
#'   patience, and where the validation loss rose after it while the training loss fell.
#' * `"hidden"`, for data of two columns and a net with a hidden layer: a panel for each unit of the
#'   first layer, with its output over the plane, the line where its input is 0, some of the
#'   samples, and for a net of one hidden layer and one output the unit's weight in the sum. The
#'   last panel has the probability that the net makes of them all. Of more than 35 units the first
#'   35 are drawn.
#' * `"network"`: a diagram with a line for each weight, orange where positive and blue where
#'   negative, the wider the larger, and a circle for each unit. For data of two columns, the circle
#'   of a hidden unit holds its output over the plane, as `"hidden"` draws it, that of the output
#'   the probability, and the edges are coloured by the biases like the lines; for other data, and
#'   where circles would be smaller than 0.2 inches, they are filled by the biases.
#' * `"space"`: on the left the plane of the inputs, on the right the same points and the same grid
#'   lines by the outputs of the last hidden layer, where the boundary is a straight line, since the
#'   output layer is linear. The lines below the titles say how many training points a line has on
#'   their sides: the best of lines in 180 directions among the inputs, and the net's own on the
#'   right.
#' * `"landscape"`: the loss on the training data over a plane of the weights, with the path of the
#'   training on it from a ring to a disc. Every net of a grid of 51 by 51 is evaluated on all
#'   points. It needs the weights of three epochs or more, from `train_xor(snapshots = )`.
#' * `"difference"`, for XOR, blobs of two classes and the linear problem (see [bayes_xor()]): the
#'   net's probability of the second class less the exact one, green where it is more and purple
#'   where it is less, with lines where each is one half. Beyond the grey line, where colours are
#'   faded, there are next to no data, and nothing told the net what is there.
#'
#' @param x An `xor_fit`.
#' @param what Which picture: `"boundary"`, `"history"`, `"hidden"`, `"network"`, `"space"`,
#'   `"landscape"` or `"difference"`. See the section on them.
#' @param epoch One that `train_xor(snapshots = )` kept; `NULL` for the last.
#' @param main Title; `NULL` for the usual one.
#' @param vars,at For the boundary of data of more than two columns: the names of two, and a list of
#'   values of others by name, as for [xor_boundary()]. The line below the title says what the
#'   others are.
#' @param units For `"space"`: the numbers of two units of the last hidden layer. `NULL` takes the
#'   only two, or of more their two main directions (principal components of their outputs at the
#'   training data).
#' @param directions,seed For `"landscape"`: `"path"`, as where it is `NULL`, takes the plane of the
#'   path's two main directions (principal components of the weights after the epochs that were
#'   kept); `"random"` two directions at random from the fit's weights, by the seed, in which the
#'   part for each unit is as long as its weights (Li et al., 2018), without a path, which has next
#'   to no extent there.
#' @param xlim,ylim For the boundary and the difference: the first and the last value of each axis;
#'   `NULL` takes what shows the data.
#' @param cex For the boundary: size of the points, 1 for the usual one.
#' @param points For the boundary: whether the samples that the net was trained on are drawn;
#'   `NULL` draws them unless there is `newdata`. With `newdata` they are pale.
#' @param newdata For the boundary: test points, with their classes, in every form that
#'   [eval_xor()] takes. They are drawn on top, those that the net misclassifies in a ring.
#' @param ... Must be empty.
#' @return What was drawn, invisibly; an error where weights or outputs of the net are not finite
#'   (losses that are not are left out of the history). For the boundary, the list of
#'   [xor_boundary()]; for the history, a data frame. For the hidden units, a list: `x1` and `x2`;
#'   `output`, where `output[k, i, j]` belongs to unit `k` at (`x1[i]`, `x2[j]`), and `input`, what
#'   goes into it there; `line`, a matrix whose rows hold `w1`, `w2` and `b` in the units of the
#'   data (`NULL` where inputs are computed, for then it is no straight line); `weight`; and `prob`,
#'   as of [xor_boundary()]. For the network, a list: the data frames `nodes` and `edges`, and for
#'   data of two columns `maps`, with `x1`, `x2` and `output` of all units but the inputs, in the
#'   order of `nodes`, and the ends of their colour scales, `low` and `high`. For `"space"`, a list:
#'   `inputs` and `hidden`, each with its `samples`, grid `lines` and `surface`, and `label`. For
#'   the landscape, a list: `x`, `y`, the matrix `loss`, `path` (a data frame of `epoch`, `x` and
#'   `y`) and `caption`. For the difference, a list: `x1`, `x2`, and the matrices `difference`,
#'   `prob` of the net and `exact`; `mean`, the mean absolute difference at the training points, and
#'   `largest`, that of the picture.
#' @references H. Li, Z. Xu, G. Taylor, C. Studer, T. Goldstein, "Visualizing the Loss Landscape of
#'   Neural Nets", NeurIPS 2018, <https://arxiv.org/abs/1712.09913>.
#' @seealso [animate_xor()] for a moving picture, [as.data.frame()][as.data.frame.xor_boundary]
#'   for pictures by other packages, [xor_boundary()], [plot()][plot.xor_study] of a study.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' fit <- train_xor(seed = 1)
#' plot(fit)
#' plot(fit, newdata = xor_data(200, seed = 2), cex = 0.8)
#' plot(fit, points = FALSE, xlim = c(-2, 3), ylim = c(-2, 3))
#' plot(fit, "history")
#' plot(fit, "hidden")
#' plot(fit, "network")
#' plot(fit, "space")
#' plot(train_xor(seed = 1, snapshots = seq(0, 100, 4)), "landscape")
#' plot(train_xor(xor_data(std = 0.3, seed = 1), seed = 1), "difference")
#'
#' flowers <- train_xor(Species ~ ., data = iris, batch_size = 16, seed = 1)
#' plot(flowers)
#' plot(flowers, vars = c("Petal.Length", "Sepal.Length"), at = list(Petal.Width = 1.5))
plot.xor_fit <- function(x, what = "boundary", epoch = NULL, main = NULL, vars = NULL, at = NULL,
                         units = NULL, directions = NULL, seed = NULL, xlim = NULL, ylim = NULL,
                         cex = NULL, points = NULL, newdata = NULL, ...) {
  what <- check_choice(what, c(
    "boundary", "history", "hidden", "network",
    "space", "landscape",
    "difference"
  ))
  check_dots(...)
  view <- check_view(list(
    vars = vars, at = at, units = units, directions = directions, seed = seed, xlim = xlim,
    ylim = ylim, cex = cex, points = points, newdata = newdata
  ), what)
  snapshots <- x$snapshots
  x <- fit_at(x, epoch)
  switch(what,
    boundary = plot_boundary(x, main, view), history = plot_history(x, main),
    hidden = plot_hidden(x, main), network = plot_network(x, main),
    space = plot_space(x, main, view), difference = plot_difference(x, main, view),
    landscape = plot_landscape(with_path(x, snapshots), main, view)
  )
}

plot_boundary <- function(fit, main, view, call = rlang::caller_env()) {
  test <- if (!is.null(view$newdata)) test_points(fit, view$newdata, call)
  view$points <- view$points %||% is.null(test)
  content <- viewed_content(fit, view, test, call)
  if (length(content$names) == 1) return(plot_curve(fit, content, main, view, test, call))
  old <- start_panel(call, square = of_one_unit(fit$data))
  on.exit(par(old))
  levels <- fit_levels(fit)
  draw_surface(content, shortened(content$names, 40))
  draw_key(levels)
  above <- draw_fit_points(fit, content$names, view, test)
  draw_heading(main %||% paste0("Classification boundary", stage(fit)), content$caption, above)
  invisible(as_boundary(content, fit))
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
