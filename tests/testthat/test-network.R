plot_silently <- function(fit) {
  withr::local_pdf(NULL)
  plot(fit, "network")
}

test_that("the diagram has every weight once, at its units", {
  skip_if_no_torch()
  fit <- train_xor(hidden = c(3, 2), epochs = 1, seed = 1)
  layout <- network_layout(fit)
  expect_equal(table(layout$nodes$layer), table(rep(0:3, c(2, 3, 2, 1))), ignore_attr = TRUE)
  for (layer in 1:3) {
    edges <- layout$edges[layout$edges$layer == layer, ]
    weight <- coef(fit)[[sprintf("linear%d.weight", layer)]]
    expect_equal(edges$weight, weight[cbind(edges$target, edges$source)])
    expect_equal(nrow(edges), length(weight))
    bias <- layout$nodes$bias[layout$nodes$layer == layer]
    expect_equal(bias, unname(coef(fit)[[sprintf("linear%d.bias", layer)]]))
  }
})

test_that("the diagram of any net is drawn and given back, and par() is as it was", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  par(cex = 1.5)
  before <- par("mar", "cex", "xpd")
  own <- as_xor_data(scale(iris[1:4]), ifelse(iris$Species == "setosa", "yes", "no"))
  fit <- train_xor(own, hidden = c(40, 3), epochs = 1, seed = 1)
  layout <- expect_invisible(plot(fit, "network"))
  expect_equal(layout$nodes$label[c(1:4, 48)], c(colnames(own$x), "class yes"))
  expect_equal(par("mar", "cex", "xpd"), before)
})

test_that("a class of TRUE is written as R writes it", {
  skip_if_no_torch()
  own <- as_xor_data(scale(iris[1:2]), iris$Species == "setosa")
  fit <- train_xor(own, scale = FALSE, epochs = 1, seed = 1)
  expect_identical(utils::tail(network_layout(fit)$nodes$label, 1), "class TRUE")
  bare <- fit["data" != names(fit)]
  expect_identical(utils::tail(network_layout(structure(bare, class = "xor_fit"))$nodes$label, 1),
                   "class 1")
})

test_that("a picture that is none is named with those there are", {
  expect_input_error(plot(structure(list(), class = "xor_fit"), "brain"),
                     "must be .*hidden.*network.*, or .*, not .*brain")
})

test_that("positive weights are orange, negative ones blue, and the larger the wider", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  drawn <- function(sign) {
    fit$weights <- lapply(fit$weights, function(w) replace(w, TRUE, sign))
    pixels <- picture(plot(fit, "network"))[60:380, , ]
    vapply(class_colors[1:2], function(color) find_color(pixels, color)["n"], 0, USE.NAMES = FALSE)
  }
  expect_gt(drawn(1)[2], 50 * (1 + drawn(1)[1]))
  expect_gt(drawn(-1)[1], 50 * (1 + drawn(-1)[2]))
  fit$weights <- lapply(fit$weights, function(w) replace(w, TRUE, 1))
  whole <- find_color(picture(plot(fit, "network")), class_colors[2])["n"]
  fit$weights$linear1.weight[] <- 0.1
  expect_lt(find_color(picture(plot(fit, "network")), class_colors[2])["n"], 0.7 * whole)
})

test_that("a picture of an early epoch says so", {
  skip_if_no_torch()
  fit <- train_xor(epochs = 4, seed = 1, snapshots = 2)
  expect_identical(stage(fit_at(fit, 2)), ", epoch 2 of 4")
  expect_null(stage(fit_at(fit, NULL)))
  expect_null(stage(fit_at(fit, 4)))
})

test_that("the classes of toy problems have their numbers", {
  skip_if_no_torch()
  fit <- train_xor(toy_data("blobs", 90, seed = 1), epochs = 1, seed = 1)
  expect_identical(utils::tail(network_layout(fit)$nodes$label, 3), paste("class", 0:2))
  moons <- train_xor(toy_data("moons", 90, seed = 1), epochs = 1, seed = 1, snapshots = 0)
  expect_s3_class(animate_xor(moons), "xor_animation")
})

test_that("inputs have the names of what the net takes, and each of several classes its output", {
  skip_if_no_torch()
  flowers <- train_xor(Species ~ Petal.Length + Petal.Width, data = iris, epochs = 1, seed = 1)
  layout <- network_layout(flowers)
  labels <- split(layout$nodes$label, layout$nodes$layer)
  expect_identical(labels[[1]], c("Petal.Length", "Petal.Width"))
  expect_identical(labels[[3]], paste("class", levels(iris$Species)))
  expect_identical(layout$note, "Inputs standardised")
  inputs <- c("x1*x2", "x1^2", "x2")
  named <- train_xor(xor_data(50, seed = 1), inputs = inputs, epochs = 1, seed = 1)
  layout <- network_layout(named)
  expect_identical(layout$nodes$label[1:3], inputs)
  expect_identical(layout$note, "")
})

test_that("a net of very many inputs is drawn on a small page", {
  skip_if_no_torch()
  withr::local_pdf(NULL, width = 3, height = 3)
  set.seed(1)
  fit <- train_xor(as_xor_data(matrix(rnorm(4000), 20), rep(0:1, 10)), epochs = 1, seed = 1)
  expect_silent(plot(fit, "network"))
})

test_that("circles hold what units give, the right way round, and their edge the bias", {
  skip_if_no_torch()
  fit <- fit_of_x1()
  fit$weights$linear1.weight[] <- rep(c(6, 0), each = 4)
  fit$weights$linear1.bias[] <- -3
  layout <- network_layout(fit)
  maps <- layout$maps
  expect_equal(dim(maps$output), c(5, 48, 48))
  wanted <- matrix(tanh(6 * maps$x1 - 3), 48, 48)
  expect_equal(maps$output[1, , ], wanted, tolerance = 1e-6)
  expect_equal(maps$output[5, , ], stats::plogis(20 * wanted), tolerance = 1e-6)
  expect_identical(plot_silently(fit)$maps, maps)

  shades <- map_shades(maps, 1, 2) # rows are x1
  expect_identical(shades[c(1, 48), 1], signed_colors(255)[c(1, 255)])
  pixels <- picture(plot(fit, "network"))
  blue <- find_color(pixels, signed_colors(255)[1], 0.02)
  orange <- find_color(pixels, signed_colors(255)[255], 0.02)
  expect_gt(min(blue["n"], orange["n"]), 200)
  expect_lt(blue["column"], orange["column"] - 3)
  expect_match(layout$maps_key, "Circle's edge: bias", fixed = TRUE)
})

test_that("the probability of one of several classes has the colour of that class", {
  skip_if_no_torch()
  fit <- train_xor(toy_data("blobs", 90, seed = 1), epochs = 20, seed = 1)
  maps <- network_layout(fit)$maps
  expect_equal(colSums(maps$output[5:7, , ]), matrix(1, 48, 48))
  shades <- map_shades(maps, 7, 3)
  expect_setequal(shades[maps$output[7, , ] < 1 / 3], "#FFFFFF")
  at <- which.max(maps$output[7, , ])
  prob <- maps$output[7, , ][at]
  expect_identical(shades[at], class_shades(cbind((1 - prob) / 2, (1 - prob) / 2, prob)))
})

test_that("other data, small circles and outputs not finite leave circles filled by bias", {
  skip_if_no_torch()
  own <- as_xor_data(scale(iris[1:4]), iris$Species == "setosa")
  expect_null(plot_silently(train_xor(own, epochs = 1, seed = 1))$maps)
  fit <- train_xor(activation = "relu", epochs = 1, seed = 1)
  fit$weights$linear1.weight[] <- 3e38
  expect_null(plot_silently(fit)$maps)
  many <- train_xor(hidden = 40, epochs = 1, seed = 1)
  withr::local_pdf(NULL)
  plot(many, "network")
  expect_lt(map_diameter(network_layout(many)$nodes), smallest_map)
})
