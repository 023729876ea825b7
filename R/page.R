# The room a plot has: a panel or the whole page, and text of a size that fits there.

page_inches <- 3 # the smallest page that is drawn on, each way
panel_inches <- 1.5 # the smallest panel of a page of several
full_inches <- 4.5 # in smaller panels text is smaller than par() has it
smallest_text <- 0.45

# Enters the next panel of the page, where the plot is then drawn: only there its size is known,
# which layout() may make another than that of the last. Gives back the settings that it changed.
# The margins stay as they are, for setting them again would put an axis() that is added to the plot
# out of place.
start_panel <- function(call, square = FALSE) {
  check_page(call)
  # Refused before the page is touched, where all panels are the same size.
  if (all(par("mfrow") == 1) || equal_panels()) check_panel(call)
  old <- par(mar = rep(0, 4)) # these always fit
  graphics::plot.new()
  par(old)
  check_panel(call)
  size <- min(par("fin"))
  small <- size < full_inches
  cex <- if (small) min(par("cex"), text_size(size / full_inches))
  par(new = TRUE)
  old <- par(c(list(cex = cex)[small], list(pty = "s")[square]))
  par(mar = par("mar")) # makes the plot region anew, as `pty` alone does not
  old
}

equal_panels <- function() {
  isTRUE(all.equal(par("fin"), inner_page() / rev(par("mfrow")), tolerance = 1e-3))
}

# Width and height within the outer margins.
inner_page <- function() par("din") * diff(matrix(par("omd"), 2))[1, ]

line_height <- function() par("cin")[2] * par("cex") * par("mex")

text_size <- function(size, most = 1) min(most, max(size, smallest_text))

# A page for a plot of several panels, which leave_page() leaves as it was: a new layout also resets
# the sizes of text.
start_page <- function(call) {
  check_page(call)
  if (!isTRUE(all.equal(par("fig"), par("omd"), tolerance = 1e-3))) {
    abort_input(
      "A plot of several panels needs the whole page, not one panel of it.",
      "i" = "Call {.code par(mfrow = c(1, 1))} first.", call = call
    )
  }
  par(c("mfrow", "cex", "mex", "oma", "mgp", "tcl", "pty", "xpd", "mar"))
}

leave_page <- function(old) {
  graphics::layout(1)
  par(old)
}

check_page <- function(call) {
  size <- par("din")
  if (min(size) < page_inches - 0.01) {
    size <- signif(size, 3)
    abort_input(
      "A plot needs a page of at least {page_inches} by {page_inches} inches, not {size[1]} by
       {size[2]}.",
      "i" = "Make the window or the device larger; in R Markdown, {.code fig.width} and
             {.code fig.height}.", call = call
    )
  }
}

check_panel <- function(call) {
  size <- par("fin")
  if (min(size) < panel_inches - 0.01) {
    size <- signif(size, 3)
    abort_input(
      "A plot needs a panel of at least {panel_inches} by {panel_inches} inches, not {size[1]} by
       {size[2]}.",
      "i" = "Put fewer panels on the page, or make it larger.", call = call
    )
  }
}

# The size at which text is a little narrower than so many inches; at most `cex`.
fitting_cex <- function(text, inches, cex = 1, font = NULL) {
  cex * min(1, 0.95 * inches / max(graphics::strwidth(text, "inches", cex = cex, font = font)))
}

# How wide text may be that is centred above or below the panel, in inches.
centred_room <- function() {
  figure <- graphics::grconvertX(0:1, "nfc", "inches")
  2 * min(abs(figure - graphics::grconvertX(0.5, "npc", "inches")))
}

draw_title <- function(main) {
  cex <- fitting_cex(main, centred_room(), par("cex.main"), par("font.main"))
  graphics::title(main, cex.main = cex)
}

# The title, above the legend, which takes so many lines, and above the caption, which says more in
# small; where the margin has no room for all, the title is as high as it goes.
draw_heading <- function(main, caption = "", above = 0) {
  if (!nzchar(caption %||% "") && above < 2) return(draw_title(main)) # of one row at most
  top <- par("mar")[3]
  line <- if (above >= 2) above - 0.15 else if (above > 0) above + 0.1 else 0.3
  if (nzchar(caption %||% "")) {
    mtext(caption, line = line, col = "#555555",
          cex = fitting_cex(caption, centred_room(), 0.8) * par("cex"))
    line <- line + 0.95
  }
  size <- par("cex.main")
  size <- min(size, max(0.7, top - line - 0.1))
  cex <- fitting_cex(main, centred_room(), size, par("font.main"))
  line <- min(line + 0.2, top - cex - 0.1)
  mtext(main, line = line, font = par("font.main"), cex = cex * par("cex"))
}

draw_subtitle <- function(text, line = 0.4) {
  mtext(text, line = line, cex = fitting_cex(text, centred_room(), 0.9) * par("cex"))
}

# Long names with their middle left out.
shortened <- function(names, most = 18) {
  names <- as.character(names)
  end <- (most - 3) %/% 2
  cut <- paste0(substr(names, 1, most - 3 - end), "...",
                substr(names, nchar(names) - end + 1, nchar(names)))
  ifelse(nchar(names) > most, cut, names)
}
