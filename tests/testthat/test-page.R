# One fit for all tests of this file, none of which changes it.
made <- new.env()

all_plots <- function() {
  if (is.null(made$fit)) {
    made$fit <- train_xor(xor_data(300, seed = 1), hidden = 8, epochs = 5, seed = 1)
    flowers <- as_xor_data(scale(iris[51:150, 3:4]), as.character(iris$Species[51:150]))
    made$own <- train_xor(flowers, hidden = c(8, 4), epochs = 2, seed = 1)
    made$sweep <- xor_sweep(lr = c(0.003, 0.01, 0.1, 1), runs = 2, epochs = 2, size = 50, seed = 1)
    made$study <- seed_study(runs = 12, hidden = 2, epochs = 2, size = 50, seed = 1)
    made$best <- bayes_xor(0.3)
    made$early <- train_xor(
      iris[51:150, 3:4], as.character(iris$Species[51:150]), hidden = 8, lr = 1, epochs = 60,
      validation = 0.3, patience = 30, seed = 1
    )
  }
  list(
    samples = function() plot(made$fit$data), own_samples = function() plot(made$own$data),
    boundary = function() plot(made$fit), own_boundary = function() plot(made$own),
    tested = function() plot(made$fit, newdata = xor_data(50, seed = 2)),
    history = function() plot(made$fit, "history"),
    validated_history = function() plot(made$early, "history"),
    difference = function() plot(made$fit, "difference"),
    network = function() plot(made$fit, "network"),
    deep_network = function() plot(made$own, "network"), nets = function() plot(made$study),
    bayes = function() plot(made$best), hidden = function() plot(made$fit, "hidden"),
    own_hidden = function() plot(made$own, "hidden"), sweep = function() plot(made$sweep),
    gallery = function() plot(made$study, "gallery")
  )
}

pages <- c("hidden", "own_hidden", "sweep", "gallery")
sizes <- list(c(3, 3), c(3, 5), c(4, 3), c(4, 4), c(5, 3), c(4, 5), c(7, 7), c(12, 3))

# All but where the last plot lies and its scales, which every plot changes.
settings <- function() {
  all <- par(no.readonly = TRUE)
  all[setdiff(names(all), c("usr", "xaxp", "yaxp", "xlog", "ylog", "mai", "plt", "pin"))]
}

test_that("every plot is drawn at every size from 3 by 3 inches up, and within the page", {
  skip_if_no_torch()
  cut <- character()
  for (size in sizes) {
    for (name in names(all_plots())) {
      pixels <- picture(all_plots()[[name]](), 80 * size[1], 80 * size[2], res = 80)
      edge <- c(pixels[c(1, nrow(pixels)), , ], pixels[, c(1, ncol(pixels)), ])
      if (any(edge < 1)) cut <- c(cut, sprintf("%s at %d by %d", name, size[1], size[2]))
      expect_gt(mean(pixels < 0.9), 0.01)
    }
  }
  expect_identical(cut, character())
})

test_that("every plot leaves par() as it was, with large text too", {
  skip_if_no_torch()
  for (size in sizes[c(1, 2, 7)]) {
    withr::with_pdf(NULL, width = size[1], height = size[2], {
      for (cex in c(1, 1.5)) {
        par(cex = cex, mar = c(5, 4, 4, 2))
        before <- settings()
        for (name in names(all_plots())) {
          all_plots()[[name]]()
          expect_identical(settings(), before, info = paste(name, toString(size), cex))
        }
      }
    })
  }
})

test_that("what is added to a plot lies where the plot does", {
  skip_if_no_torch()
  for (size in c(3, 7)) {
    for (name in c("samples", "own_samples", "boundary", "own_boundary", "bayes")) {
      added <- function(add) {
        pixels <- picture({
          all_plots()[[name]]()
          add()
        }, 80 * size, 80 * size, res = 80)
        find_color(pixels, "red")
      }
      frame <- added(function() {
        ends <- par("usr")
        graphics::rect(ends[1], ends[3], ends[2], ends[4], border = "red", xpd = NA)
      })
      expect_equal(added(function() graphics::box(col = "red")), frame, tolerance = 0.02)
    }
  }
})

test_that("XOR is drawn in a square on a page of any shape, and your own data in all the room", {
  skip_if_no_torch()
  withr::local_pdf(NULL, width = 7, height = 4)
  shape <- function(name) {
    all_plots()[[name]]()
    par("pin")[1] / par("pin")[2]
  }
  for (name in c("samples", "boundary", "bayes")) expect_equal(shape(name), 1)
  for (name in c("own_samples", "own_boundary")) expect_gt(shape(name), 1.5)
})

test_that("on a smaller page every plot says which size it needs, before anything is drawn", {
  skip_if_no_torch()
  plain <- picture(plot(1:3), 3, 2.9, units = "in", res = 80)
  for (draw in all_plots()) {
    left <- picture({
      plot(1:3)
      before <- par(no.readonly = TRUE)
      expect_input_error(draw(), "needs a page of at least 3 by 3 inches, not 3 by 2.9.*fig.width")
      expect_identical(par(no.readonly = TRUE), before)
    }, 3, 2.9, units = "in", res = 80)
    expect_identical(left, plain)
  }
})

test_that("a plot of one panel takes one, of any layout", {
  skip_if_no_torch()
  withr::local_pdf(NULL, width = 6, height = 6)
  panels <- all_plots()[setdiff(names(all_plots()), pages)]
  for (draw in panels) {
    par(mfrow = c(2, 3))
    for (k in 1:4) {
      before <- settings()
      draw()
      expect_identical(par("mfg")[1:2], c((k - 1L) %/% 3L, (k - 1L) %% 3L) + 1L)
      expect_identical(settings()[c("cex", "mar", "pty", "xpd", "mfrow")],
                       before[c("cex", "mar", "pty", "xpd", "mfrow")])
    }
    # The last panel is too small, and the first is not.
    graphics::layout(matrix(1:2, 1), widths = c(5, 1))
    draw()
    expect_equal(par("fin"), c(5, 6))
    expect_input_error(draw(), "needs a panel of at least 1.5 by 1.5 inches, not 1 by 6")
  }
})

test_that("panels too small are refused before the page is touched", {
  skip_if_no_torch()
  plain <- picture({
    par(mfrow = c(3, 3))
    plot(1:3)
  }, 4, 4, units = "in", res = 80)
  for (draw in all_plots()[setdiff(names(all_plots()), pages)]) {
    left <- picture({
      par(mfrow = c(3, 3))
      plot(1:3)
      expect_input_error(draw(), "needs a panel of at least 1.5 by 1.5 inches, not 1.33 by 1.33")
      expect_identical(par("mfg"), c(1L, 1L, 3L, 3L))
    }, 4, 4, units = "in", res = 80)
    expect_identical(left, plain)
  }
})

test_that("a plot of several panels needs the page, and leaves what is drawn", {
  skip_if_no_torch()
  layouts <- list(
    function() par(mfrow = c(1, 2)), function() graphics::layout(matrix(1:2, 1)),
    function() par(fig = c(0, 0.5, 0, 1))
  )
  for (lay_out in layouts) {
    plain <- picture({
      lay_out()
      plot(1:3)
    })
    for (name in pages) {
      left <- picture({
        lay_out()
        plot(1:3)
        before <- par(no.readonly = TRUE)
        expect_input_error(all_plots()[[name]](), "several panels needs the whole page.*mfrow")
        expect_identical(par(no.readonly = TRUE), before)
      })
      expect_identical(left, plain)
    }
  }
})

test_that("long names of classes and columns and long titles stay within the page", {
  skip_if_no_torch()
  flowers <- iris[iris$Species != "setosa", 3:5]
  classes <- c("the first of two classes with long names", "the second of two such classes")
  x <- stats::setNames(flowers[1:2], c("a column whose name is rather long",
                                       "another such column, longer"))
  labels <- classes[as.integer(flowers$Species) - 1]
  fit <- train_xor(x, labels, hidden = c(8, 4), epochs = 2, seed = 1)
  for (what in c("boundary", "network", "hidden", "history")) {
    title <- if (what != "network") "A title that is too long for a page of three inches by three"
    pixels <- picture(plot(fit, what, main = title), 240, 240, res = 80)
    expect_true(all(pixels[, c(1, 240), ] == 1))
  }
})

test_that("in R Markdown every plot is one picture, at a width of 4 inches too", {
  skip_if_no_torch()
  withr::local_dir(withr::local_tempdir())
  writeLines(c("```{r, fig.width = 4, fig.height = 4, error = FALSE}", "for (draw in plots) draw()",
               "par(mfrow = c(1, 2))", "plots$boundary()", "plots$network()", "```"), "page.Rmd")
  plots <- all_plots()
  knitr::knit("page.Rmd", quiet = TRUE, envir = environment())
  expect_length(list.files("figure"), length(plots) + 1)
  expect_false(any(grepl("Warning|Error", readLines("page.md"))))
})

test_that("titles, captions and legends stand above each other, at 3 by 3 inches too", {
  skip_if_no_torch()
  x <- stats::setNames(iris[1:4], paste("a long name of column", 1:4))
  fit <- train_xor(x, paste("a class with a long name,", iris$Species), epochs = 1, seed = 1)
  for (inches in list(c(3, 3), c(7, 5))) {
    pixels <- picture(plot(fit), 80 * inches[1], 80 * inches[2], res = 80)
    panel <- which(rowMeans(pixels[, , 1] < 0.9) > 0.65)[1]
    inked <- rle(rowSums(pixels[seq_len(panel - 2), , 1] < 0.7) > 0)
    # Blank rows between the title, the caption and the rows of the legend.
    expect_gte(sum(inked$values), 3)
    expect_false(inked$values[1]) # nor is the title cut
  }
})
