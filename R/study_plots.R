# Pictures of studies by base R. python/xorlab/study_plots.py draws the same.

# Of the Okabe-Ito palette, and a symbol for each.
series_colors <- c("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
series_symbols <- c(21, 22, 24, 23, 25, 4) # one fewer, so that pairs of both come back late
# Nets that solved the problem, and those that did not.
outcome_colors <- c("#0072B2", "#D55E00")
outcome_symbols <- c(21, 24)

usual_rate <- 0.1
smallest_loss <- 1e-6 # what is smaller is drawn here, on an axis of powers of ten
most_ticks <- 10

#' Plot a study
#'
#' @param x An `xor_study`.
#' @param what `"nets"`: of a sweep, the share of the nets that solved XOR, with its 95 % interval,
#'   and their median loss, against the learning rate, a line for each width (where all had the same
#'   rate, against the width); of a study of one cell, loss and accuracy of each net. Losses that
#'   are not finite are left out. `"gallery"`: the boundaries of nets that failed, each trained once
#'   more, with its seed; the corners are drawn in the colours of their classes, and crossed out
#'   where they are lost. A sweep and a gallery need a page of their own.
#' @param n In the gallery, at most so many, evenly spread over those that failed.
#' @param ... Must be empty.
#' @return What was drawn, invisibly: the [summary][summary.xor_study] of a sweep, the study of one
#'   cell; of the gallery a list with an entry for each panel: its `row` in `x`, its `title`, which
#'   corners are `lost`, and the boundary's `x1`, `x2` and `prob`, as from [xor_boundary()].
#' @export
#' @examplesIf xorlab::xorlab_available()
#' sweep <- xor_sweep(lr = c(0.01, 0.1, 1), hidden = c(2, 4), runs = 5, epochs = 30, seed = 1)
#' plot(sweep)
#' study <- seed_study(runs = 20, hidden = 2, epochs = 30, seed = 1)
#' plot(study)
#' plot(study, "gallery", n = 4)
plot.xor_study <- function(x, what = "nets", n = 9, ...) {
  check_dots(...)
  what <- check_choice(what, c("nets", "gallery"))
  check_study(x)
  if (what == "gallery") return(plot_gallery(x, check_count(n)))
  if (length(study_cells(x)) == 1) plot_nets(x) else plot_sweep(x)
}

# Two panels, and below them a strip with the key to both, where it hides nothing.
plot_sweep <- function(study, call = rlang::caller_env()) {
  series <- study_series(study)
  rates <- sort(unique(study$lr))
  key <- series_key(series, rates)
  old <- start_page(call)
  on.exit(leave_page(old))
  wide <- par("din")[1] > 1.15 * par("din")[2]
  panel <- par("din") / if (wide) 2:1 else 1:2
  cex <- text_size(min(panel / c(4, 3)))
  columns <- key_columns(key$legend, cex)
  lines <- ceiling(length(key$legend) / columns)
  strip <- graphics::lcm(2.54 * (0.12 + lines * cex * par("cin")[2]))
  graphics::layout(if (wide) rbind(1:2, 3) else cbind(1:3),
                   heights = if (wide) c(1, strip) else c(1, 1, strip))
  par(cex = cex, mar = c(3.6, 5, 3.1, 0.8))
  draw_shares(series, rates)
  draw_losses(series, rates)
  par(mar = rep(0, 4))
  graphics::plot.new()
  do.call(legend, c(list("top", ncol = columns, bty = "n", cex = 0.85), key))
  invisible(summary(study))
}

series_key <- function(series, rates) {
  # Lines that differ in their width alone, at one rate, have their names on the axis.
  named_below <- length(rates) == 1 && by_width_alone(series)
  lines <- if (!named_below) seq_along(series)
  band <- length(rates) > 1 && shows_usual_rate(rates)
  list(
    legend = c(names(series)[lines], "guessing", if (band) "the usual rate"),
    col = c(series_color(lines), "#777777", if (band) "#E0E0E0"),
    pt.bg = c(series_color(lines), NA, if (band) NA),
    pch = c(series_symbol(lines), NA, if (band) NA),
    lty = c(rep(1, length(lines)), 3, if (band) 1),
    lwd = c(rep(1.6, length(lines)), 1.5, if (band) 6)
  )
}

# As many as there is room for; before there is a page, letters can only be counted.
key_columns <- function(names, cex) {
  width <- cex * (0.6 + 0.6 * par("cin")[1] * max(nchar(names)))
  max(1, min(length(names), floor(par("din")[1] / width)))
}

# The cells that differ in their rates alone are a line: a list of their summaries by name, each in
# the order of its rates.
study_series <- function(study) {
  cells <- study_cells(study)
  settings <- do.call(rbind, lapply(cells, function(cell) cell[1, cell_columns]))
  others <- setdiff(cell_columns, "lr")
  name <- describe_cells(settings, others)
  results <- do.call(rbind, lapply(cells, summarize_cell))
  lapply(split(results, factor(name, unique(name))), function(one) one[order(one$lr), ])
}

# Those of the settings that are not the same in all the cells, in words.
describe_cells <- function(settings, names) {
  varies <- vapply(settings[names], function(column) length(unique(column)) > 1, NA)
  words <- list(
    hidden = paste(settings$hidden, "hidden"), activation = settings$activation,
    std = sprintf("std %g", settings$std), size = counted(settings$size, "point"),
    epochs = counted(settings$epochs, "epoch"),
    batch_size = paste("batches of", settings$batch_size)
  )
  do.call(paste, c(unname(words[if (any(varies)) names[varies] else "hidden"]), sep = ", "))
}

draw_shares <- function(series, rates) {
  runs <- unique(unlist(lapply(series, `[[`, "runs")))
  each <- if (length(runs) == 1) paste0(counted(runs, "net"), " each, ") else ""
  empty_panel(series, rates, c(0, 1), "Share solved", "Share that solved XOR")
  draw_subtitle(sprintf("(%sbars: 95 %% interval)", each), line = 0.3)
  ticks <- seq(0, 1, 0.2)
  axis(2, at = ticks, labels = paste0(100 * ticks, "%"), las = 1)
  for (k in seq_along(series)) {
    x <- series_places(k, series, rates, apart = TRUE)
    graphics::arrows(x, series[[k]]$lower, x, series[[k]]$upper, angle = 90, code = 3,
                     length = 0.03, col = series_color(k), lwd = 1.5)
    draw_line_of(x, series[[k]]$share, k)
  }
}

draw_losses <- function(series, rates) {
  loss <- drawn_loss(unlist(lapply(series, `[[`, "loss")))
  empty_panel(series, rates, range(loss, log(2), na.rm = TRUE), "Loss", "Median loss", log = "y")
  draw_subtitle("in the last epoch", line = 0.3)
  draw_loss_axis()
  for (k in seq_along(series)) {
    x <- series_places(k, series, rates)
    draw_line_of(x, drawn_loss(series[[k]]$loss), k)
  }
}

# Axes for one panel: rates on a scale of powers of ten, or for one rate the names of the lines.
empty_panel <- function(series, rates, ylim, ylab, main, log = "") {
  one <- length(rates) == 1
  places <- lapply(seq_along(series), series_places, series = series, rates = rates, apart = TRUE)
  xlim <- if (one) c(0.5, length(series) + 0.5) else range(places)
  short <- by_width_alone(series)
  xlab <- if (!one) {
    "Learning rate"
  } else {
    sprintf("%s at a learning rate of %g", if (short) "Hidden units," else "Nets", rates)
  }
  plot(xlim, ylim, type = "n", log = paste0(if (one) "" else "x", log), xlab = "", ylab = "",
       axes = FALSE)
  name_panel(xlab, ylab, main)
  if (!one && shows_usual_rate(rates)) {
    graphics::abline(v = usual_rate, col = "#E0E0E0", lwd = 9, lend = "butt")
  }
  if (one) {
    widths <- if (short) sub(" hidden$", "", names(series)) else FALSE
    axis(1, at = seq_along(series), labels = widths, gap.axis = 0)
  } else if (length(rates) <= most_ticks) {
    draw_rates(rates)
  } else {
    axis(1)
  }
  graphics::box()
}

# A label at each rate: smaller, or else upright, where they stand close.
draw_rates <- function(rates) {
  labels <- sprintf("%g", rates)
  per_inch <- par("pin")[1] / diff(par("usr")[1:2])
  room <- if (length(rates) > 1) min(diff(log10(rates))) * per_inch else Inf
  fits <- room / (1.2 * max(graphics::strwidth(labels, "inches")))
  axis(1, at = rates, labels = labels, gap.axis = 0, cex.axis = min(1, max(fits, 0.6)),
       las = if (fits < 0.6) 2 else 1)
}

by_width_alone <- function(series) all(grepl("^[^ ]+ hidden$", names(series)))

name_panel <- function(xlab, ylab, main) {
  cex <- fitting_cex(main, centred_room(), 1.1)
  graphics::title(main, line = 1.5, font.main = 1, cex.main = cex)
  graphics::title(xlab = xlab, line = 2.3)
  graphics::title(ylab = ylab, line = 3.8)
}

shows_usual_rate <- function(rates) rates[1] <= usual_rate && usual_rate <= rates[length(rates)]

# Moved apart a little, so that intervals do not hide each other.
series_places <- function(k, series, rates, apart = FALSE) {
  if (length(rates) == 1) return(k)
  if (!apart || length(series) == 1) return(series[[k]]$lr)
  series[[k]]$lr * exp(0.3 * min(diff(log(rates))) * ((k - 1) / (length(series) - 1) - 0.5))
}

series_color <- function(k) series_colors[(k - 1) %% length(series_colors) + 1]

series_symbol <- function(k) series_symbols[(k - 1) %% length(series_symbols) + 1]

draw_line_of <- function(x, y, k) {
  lines(x, y, col = series_color(k), lwd = 1.6)
  points(x, y, pch = series_symbol(k), col = series_color(k), bg = series_color(k))
}

drawn_loss <- function(loss) ifelse(is.finite(loss), pmax(loss, smallest_loss), NA)

# Plain numbers at powers of ten, or closer where the scale is short, and the loss of guessing.
draw_loss_axis <- function() {
  range <- par("usr")[3:4]
  powers <- 10^(floor(range[1]):ceiling(range[2]))
  for (ticks in list(powers, sort(outer(c(1, 2, 5), powers)), pretty(10^range))) {
    ticks <- ticks[ticks > 0 & ticks >= 10^range[1] & ticks <= 10^range[2]]
    if (length(ticks) >= 3) break
  }
  axis(2, at = ticks, labels = sprintf("%g", ticks), las = 1, gap.axis = 0.3)
  graphics::abline(h = log(2), col = "#777777", lty = 3, lwd = 1.5)
}

# Loss against accuracy, a point for each net.
plot_nets <- function(study, call = rlang::caller_env()) {
  loss <- drawn_loss(study$loss)
  drawn <- !is.na(loss)
  total <- summary(study)
  old <- start_panel(call)
  old <- c(old, par(mar = c(3.6, 5, 3.1, 0.8)))
  on.exit(par(old))
  plot(range(study$accuracy[drawn], 0.95, 1), range(loss[drawn], log(2)), type = "n", log = "y",
       axes = FALSE, xlab = "", ylab = "")
  name_panel(
    "Accuracy on fresh points", "Loss in the last epoch",
    sprintf("%d of %d nets solved XOR: %.1f%%", total$solved, total$runs, 100 * total$share)
  )
  draw_subtitle(
    sprintf("(95 %% interval %.1f%% to %.1f%%)", 100 * total$lower, 100 * total$upper), line = 0.3
  )
  ticks <- graphics::axTicks(1)
  axis(1, at = ticks, labels = sprintf("%g%%", 100 * ticks))
  draw_loss_axis()
  graphics::box()
  k <- ifelse(study$solved, 1, 2)[drawn]
  points(study$accuracy[drawn], loss[drawn], pch = outcome_symbols[k], col = "#333333", lwd = 0.5,
         bg = grDevices::adjustcolor(outcome_colors, 0.6)[k], cex = 1.1)
  counts <- c(sum(study$solved), sum(!study$solved))
  legend(free_corner(study$accuracy[drawn], loss[drawn]),
         legend = c(sprintf(c("solved (%d)", "not solved (%d)"), counts), "guessing"),
         pch = c(outcome_symbols, NA), pt.bg = c(outcome_colors, NA), lty = c(NA, NA, 3),
         lwd = c(0.5, 0.5, 1.5), col = c("#333333", "#333333", "#777777"), bg = "#FFFFFFDD",
         box.col = "grey70", cex = 0.85)
  invisible(study)
}

# The corner of the panel with the fewest points.
free_corner <- function(x, y) {
  usr <- par("usr")
  across <- ((if (par("xlog")) log10(x) else x) - usr[1]) / (usr[2] - usr[1])
  up <- ((if (par("ylog")) log10(y) else y) - usr[3]) / (usr[4] - usr[3])
  corners <- c("bottomleft", "topleft", "bottomright", "topright")
  held <- vapply(corners, function(corner) {
    beside <- if (grepl("left", corner)) across < 0.45 else across > 0.55
    level <- if (grepl("bottom", corner)) up < 0.4 else up > 0.6
    sum(beside & level, na.rm = TRUE)
  }, 0)
  corners[which.min(held)]
}
