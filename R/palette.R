# Colours and symbols of the pictures. python/xorlab/plots/palette.py has the same.

# The Okabe-Ito palette, which colour-blind people tell apart (https://jfly.uni-koeln.de/color/): a
# colour and a symbol for each class. Of two classes, the first is blue and the second orange.
class_colors <- c("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442",
                  "#000000")
class_symbols <- c(21, 24, 22, 23, 25, 3, 4, 8)

# Lines and points that stand for anything else. Blue and orange mean the two classes, or the sign
# of a number, and are not among them. There is one symbol more than colours, so that a pair of both
# comes back late.
series_colors <- c("#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")
series_symbols <- c(21, 22, 24, 23, 25, 4)
solved_color <- "#009E73"
failed_color <- "#D55E00"

ink <- "#333333" # of lines, and around points
grey <- "#777777" # of lines to compare with
pale <- "#E0E0E0"

# Blue over white to orange, for probabilities from 0 to 1 and for numbers around 0. The ends are a
# quarter of the way to white, so that samples stand out.
signed_colors <- function(n) {
  parts <- 0.25 * 255 + 0.75 * t(grDevices::col2rgb(class_colors[1:2]))
  ends <- grDevices::rgb(parts, maxColorValue = 255)
  grDevices::colorRampPalette(c(ends[1], "white", ends[2]))(n)
}

series_color <- function(k) series_colors[(k - 1) %% length(series_colors) + 1]

series_symbol <- function(k) series_symbols[(k - 1) %% length(series_symbols) + 1]
