# Draws into a PNG and reads it back: an array of rows, columns and colours.
picture <- function(code, width = 400, height = 400, ...) {
  file <- withr::local_tempfile(fileext = ".png")
  grDevices::png(file, width, height, ...)
  tryCatch(force(code), finally = grDevices::dev.off())
  png::readPNG(file)[, , 1:3]
}

# Where the pixels of a colour lie: their mean row (from the top) and column, and how many.
find_color <- function(pixels, color, tolerance = 0.1) {
  wanted <- as.vector(grDevices::col2rgb(color)) / 255
  off <- abs(sweep(pixels, 3, wanted))
  at <- which(off[, , 1] < tolerance & off[, , 2] < tolerance & off[, , 3] < tolerance, TRUE)
  c(row = mean(at[, 1]), column = mean(at[, 2]), n = nrow(at))
}
