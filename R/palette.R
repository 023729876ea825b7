# Colours and symbols of the pictures. The colours are in R/tables.R.

# A symbol for each class, in the order of `class_colors`: the Okabe-Ito palette, which colour-blind
# people tell apart (https://jfly.uni-koeln.de/color/). Of two classes, the first is blue and the
# second orange.
class_symbols <- c(21, 24, 22, 23, 25, 3, 4, 8)

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

series_color <- function(k) series_colors[(k - 1) %% length(series_colors) + 1]

series_symbol <- function(k) series_symbols[(k - 1) %% length(series_symbols) + 1]
