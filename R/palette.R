# Colours and symbols of the pictures. The colours are in R/tables.R.

# A symbol for each class, in the order of `class_colors`: the Okabe-Ito palette, which colour-blind
# people tell apart (https://jfly.uni-koeln.de/color/). Of two classes, the first is blue and the
# second orange.
class_symbols <- c(21, 24, 22, 23, 25, 3, 4, 8)

# Of classes by their numbers from 1 on. Of more than there are colours, those of one colour have
# different symbols; symbols that cannot be filled have the colour themselves, darker, to be seen on
# its shades.
class_color <- function(k) class_colors[(k - 1) %% length(class_colors) + 1]

class_symbol <- function(k) {
  class_symbols[(k - 1 + (k - 1) %/% length(class_colors)) %% length(class_symbols) + 1]
}

class_outline <- function(k) {
  dark <- grDevices::rgb(0.55 * t(grDevices::col2rgb(class_color(k))), maxColorValue = 255)
  ifelse(class_symbol(k) > 20, ink, dark)
}

class_lines <- function(k) ifelse(class_symbol(k) > 20, 0.5, 1.3)

# The colour of the most probable class, for probabilities whose last dimension is that of K
# classes: white where all are 1 / K, and at 1 a quarter of the way to white.
class_shades <- function(prob) {
  classes <- dim(prob)[length(dim(prob))]
  by_class <- matrix(prob, ncol = classes)
  best <- max.col(by_class, ties.method = "first")
  most <- by_class[cbind(seq_along(best), best)]
  sure <- pmin(pmax((most - 1 / classes) / (1 - 1 / classes), 0), 1)
  ends <- 0.25 + 0.75 * t(grDevices::col2rgb(class_color(seq_len(classes)))) / 255
  grDevices::rgb(1 + sure * (ends[best, , drop = FALSE] - 1))
}

# A strip of shades for each class, at most as many as have a colour of their own: from a
# probability of 1, on top, to one of 1 / K.
class_key <- function(classes) {
  sure <- seq(1, 1 / classes, length.out = 255)
  vapply(seq_len(min(classes, length(class_colors))), function(k) {
    prob <- matrix((1 - sure) / (classes - 1), length(sure), classes)
    prob[, k] <- sure + 1e-9 # which wins where all are the same
    class_shades(prob)
  }, character(length(sure)))
}

# Lines and points that stand for anything else. Blue and orange mean the two classes, or the sign
# of a number, and are not among them. There is one symbol more than colours, so that a pair of both
# comes back late.
series_symbols <- c(21, 22, 24, 23, 25, 4)

# Blue over white to orange, for probabilities from 0 to 1 and for numbers around 0. The ends are a
# quarter of the way to white, so that samples stand out.
signed_colors <- function(n) {
  parts <- 0.25 * 255 + 0.75 * t(grDevices::col2rgb(class_colors[1:2]))
  ends <- grDevices::rgb(parts, maxColorValue = 255)
  grDevices::colorRampPalette(c(ends[1], "white", ends[2]))(n)
}

# Purple over white to green for numbers from -1 to 1, paler where `faded_at` says so.
difference_shades <- function(values, faded_at = FALSE) {
  ends <- t(grDevices::col2rgb(difference_colors)) / 255
  size <- pmin(abs(as.vector(values)), 1) * ifelse(as.vector(faded_at), faded, 1)
  grDevices::rgb(1 + size * (ends[1 + (as.vector(values) > 0), , drop = FALSE] - 1))
}

series_color <- function(k) series_colors[(k - 1) %% length(series_colors) + 1]

series_symbol <- function(k) series_symbols[(k - 1) %% length(series_symbols) + 1]
