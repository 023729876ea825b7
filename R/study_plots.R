# Pictures of studies by base R. Python works out what is drawn.

#' Plot a study
#'
#' @param x An `xor_study`.
#' @param what `"nets"`: of a sweep, the share of the nets that solved XOR, with its 95 % interval,
#'   and their median loss, against what varies: the learning rate; else the number with the most
#'   values, such as `momentum` or `hidden`; else the names, such as those of optimizers. What
#'   varies beside that makes lines. Of nets that differ in their seed alone, loss and accuracy of
#'   each. Where there are other data than XOR, the median accuracy takes the place of the share,
#'   with bars from its 5 % to its 95 % quantile. Losses that are not finite are left out.
#'
#'   `"gallery"`: the boundaries of nets that failed, each trained once more, with its seed and its
#'   accuracy; the corners are drawn in the colours of their classes, and crossed out where they are
#'   misclassified. Where there are other data, the nets are those of the least accuracy, the worst
#'   first. A sweep and a gallery need a page of their own.
#' @param n In the gallery, at most so many, of XOR evenly spread over those that failed.
#' @param ... Must be empty.
#' @return What was drawn, invisibly: the [summary][summary.xor_study] of a sweep, or the study; of
#'   the gallery a list with an entry for each panel: its `row` in `x`, its `title`, which corners
#'   are `lost` (`NULL` for other data than XOR), and the boundary's `x1`, `x2` and `prob`, as from
#'   [xor_boundary()].
#' @seealso [summary()][summary.xor_study] for the numbers, [seed_study()],
#'   `vignette("seeds", "xorlab")`.
#' @export
#' @examplesIf xorlab::xorlab_available()
#' sweep <- xor_sweep(lr = c(0.01, 0.1, 1), hidden = c(2, 4), runs = 5, epochs = 30, seed = 1)
#' plot(sweep)
#' plot(xor_sweep(lr = 0.1, hidden = 4, momentum = c(0, 0.5, 0.9), runs = 5, epochs = 20, seed = 1))
#' study <- seed_study(runs = 20, hidden = 2, epochs = 30, seed = 1)
#' plot(study)
#' plot(study, "gallery", n = 4)
plot.xor_study <- function(x, what = "nets", n = 9, ...) {
  check_dots(...)
  what <- check_choice(what, c("nets", "gallery"))
  check_study(x)
  if (what == "gallery") return(plot_gallery(x, check_count(n)))
  content <- call_python(xorlab_r()$study_content(study_to_python(x)))
  if (is.null(content$lines)) plot_outcomes(x, content) else plot_sweep(x, content)
}

# Two panels, and below them a strip with the key to both, where it hides nothing.
plot_sweep <- function(study, sweep, call = rlang::caller_env()) {
  key <- sweep_key(sweep)
  old <- start_page(call)
  on.exit(leave_page(old))
  wide <- par("din")[1] > 1.15 * par("din")[2]
  panel <- par("din") / if (wide) 2:1 else 1:2
  cex <- text_size(min(panel / c(4, 3)))
  columns <- key_columns(key$legend, cex)
  key <- cut_key(key, columns * max(2, floor(0.3 * par("din")[2] / (cex * par("cin")[2]))))
  lines <- ceiling(length(key$legend) / columns)
  strip <- graphics::lcm(2.54 * (0.12 + lines * cex * par("cin")[2]))
  graphics::layout(if (wide) rbind(1:2, 3) else cbind(1:3),
                   heights = if (wide) c(1, strip) else c(1, 1, strip))
  bottom <- 3.6 + if (sweep$joined) 0 else upright_lines(sweep$shares$x$labels, panel[1] / cex)
  par(cex = cex, mar = c(bottom, 5, 3.1, 0.8))
  draw_shares(sweep)
  draw_losses(sweep)
  par(mar = rep(0, 4))
  graphics::plot.new()
  if (length(key$legend)) {
    do.call(legend, c(list("top", ncol = columns, bty = "n", cex = 0.85), key))
  }
  invisible(summary(study))
}

sweep_key <- function(sweep) {
  k <- if (sweep$named) seq_along(sweep$lines)
  band <- !is.null(sweep$usual_rate)
  guess <- !is.null(sweep$guessing)
  others <- rep(NA, guess + band)
  list(
    legend = c(vapply(sweep$lines[k], `[[`, "", "label"), if (guess) "guessing",
               if (band) "usual learning rate"),
    col = c(series_color(k), if (guess) grey, if (band) pale), pt.bg = c(series_color(k), others),
    pch = c(series_symbol(k), others),
    lty = c(rep(if (sweep$joined) 1 else 0, length(k)), if (guess) 3, if (band) 1),
    lwd = c(rep(1.6, length(k)), if (guess) 1.5, if (band) 6)
  )
}

# A key of at most so many entries, the last of which says how many others there are.
cut_key <- function(key, most) {
  count <- length(key$legend)
  if (count <= most) return(key)
  key <- lapply(key, `[`, seq_len(most))
  key$legend[most] <- sprintf("... and %d more", count - most + 1)
  key$pch[most] <- NA
  key$lty[most] <- 0
  key
}

# As many as there is room for.
key_columns <- function(names, cex) {
  width <- cex * (0.6 + letters_width(max(nchar(names), 0)))
  max(1, min(length(names), floor(par("din")[1] / width)))
}

# How many lines more than usual names below ticks take, on a page of this width at the usual size
# of text, where draw_scale() will have them upright.
upright_lines <- function(names, width) {
  longest <- max(letters_width(nchar(names)))
  room <- (width - 5.8 * par("cin")[2]) / length(names)
  if (room >= 0.8 * longest) 0 else max(0, 0.6 * longest / par("cin")[2] - 0.8)
}

# Before there is a page, letters can only be counted.
letters_width <- function(letters) 0.6 * par("cin")[1] * letters

draw_shares <- function(sweep) {
  start_study_panel(sweep$shares, sweep$usual_rate)
  for (k in seq_along(sweep$lines)) {
    line <- sweep$lines[[k]]
    inches <- (line$upper - line$lower) * par("pin")[2] / diff(par("usr")[3:4])
    bars <- which(inches > 0.01) # shorter ones have no angle, of which arrows() warns
    at <- line$beside[bars]
    graphics::arrows(at, line$lower[bars], at, line$upper[bars], angle = 90, code = 3,
                     length = 0.03, col = series_color(k), lwd = 1.5)
    draw_series(line$beside, line$share, k, sweep$joined)
  }
}

draw_losses <- function(sweep) {
  start_study_panel(sweep$losses, sweep$usual_rate)
  draw_guessing(sweep$guessing)
  for (k in seq_along(sweep$lines)) {
    draw_series(sweep$lines[[k]]$x, sweep$lines[[k]]$loss, k, sweep$joined)
  }
}

# The loss of guessing, which differs where nets have data of several kinds.
draw_guessing <- function(loss) {
  if (!is.null(loss)) graphics::abline(h = loss, col = grey, lty = 3, lwd = 1.5)
}

draw_series <- function(x, y, k, joined) {
  if (joined) lines(x, y, col = series_color(k), lwd = 1.6)
  points(x, y, pch = series_symbol(k), col = series_color(k), bg = series_color(k))
}

start_study_panel <- function(panel, usual_rate = NULL) {
  start_scales(panel)
  cex <- fitting_cex(panel$title, centred_room(), 1.1)
  graphics::title(panel$title, line = 1.5, font.main = 1, cex.main = cex)
  draw_subtitle(panel$subtitle, line = 0.3)
  graphics::title(xlab = panel$x$name, line = par("mar")[1] - 1.3,
                  cex.lab = fitting_cex(panel$x$name, 0.94 * centred_room(), par("cex.lab")))
  graphics::title(ylab = panel$y$name, line = 3.8)
  if (!is.null(usual_rate)) graphics::abline(v = usual_rate, col = pale, lwd = 9, lend = "butt")
  draw_scales(panel)
}

start_scales <- function(panel) {
  log <- paste(c("x", "y")[c(panel$x$log, panel$y$log)], collapse = "")
  plot(panel$x$limits, panel$y$limits, type = "n", log = log, xaxs = "i", yaxs = "i", xlab = "",
       ylab = "", axes = FALSE)
}

draw_scales <- function(panel) {
  draw_scale(panel$x)
  axis(2, at = panel$y$ticks, labels = panel$y$labels, las = 1, gap.axis = 0.3)
  graphics::box()
}

# A label at each tick of the horizontal axis: smaller, or else upright, where they stand close.
draw_scale <- function(scale) {
  places <- if (scale$log) log10(scale$ticks) else scale$ticks
  per_inch <- par("pin")[1] / diff(par("usr")[1:2])
  room <- if (length(places) > 1) min(diff(places)) * per_inch else Inf
  fits <- room / (1.2 * max(graphics::strwidth(scale$labels, "inches")))
  axis(1, at = scale$ticks, labels = scale$labels, gap.axis = 0,
       cex.axis = min(1, max(fits, 0.6)), las = if (fits < 0.6) 2 else 1)
}

# Loss against accuracy, a point for each net.
plot_outcomes <- function(study, outcomes, call = rlang::caller_env()) {
  old <- start_panel(call)
  old <- c(old, par(mar = c(3.6, 5, 3.1, 0.8)))
  on.exit(par(old))
  start_study_panel(outcomes$panel)
  draw_guessing(outcomes$guessing)
  groups <- outcomes$groups
  nets <- lapply(groups, function(one) lapply(one[c("accuracy", "loss")], as.numeric))
  # Those that solved XOR and those that did not; for other data there is one group.
  colors <- c(solved_color, failed_color)[seq_along(groups)]
  symbols <- c(21, 23)[seq_along(groups)]
  for (k in seq_along(groups)) {
    points(nets[[k]]$accuracy, nets[[k]]$loss, pch = symbols[k], col = ink, lwd = 0.5, cex = 1.1,
           bg = grDevices::adjustcolor(colors[k], 0.6))
  }
  accuracy <- unlist(lapply(nets, `[[`, "accuracy"))
  loss <- unlist(lapply(nets, `[[`, "loss"))
  guess <- if (!is.null(outcomes$guessing)) "guessing"
  line <- rep(NA, length(guess))
  each <- function(value) rep(value, length(groups))
  legend(free_corner(accuracy, loss), inset = 0.02,
         legend = c(vapply(groups, `[[`, "", "label"), guess), pch = c(symbols, line),
         pt.bg = c(colors, line), lty = c(each(NA), 3)[seq_len(length(groups) + length(guess))],
         lwd = c(each(0.5), 1.5), col = c(each(ink), grey), bg = "#FFFFFFDD", box.col = "grey70",
         cex = 0.85)
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
