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
    expect_equal(bias, coef(fit)[[sprintf("linear%d.bias", layer)]])
  }
})

test_that("the diagram of any net is drawn and given back, and par() is as it was", {
  skip_if_no_torch()
  withr::local_pdf(NULL)
  before <- par("mar")
  own <- as_xor_data(scale(iris[1:4]), ifelse(iris$Species == "setosa", "yes", "no"))
  fit <- train_xor(own, hidden = c(40, 3), epochs = 1, seed = 1)
  layout <- expect_invisible(plot(fit, "network"))
  expect_equal(layout$nodes$label[c(1:4, 48)], c(colnames(own$x), "class yes"))
  expect_equal(par("mar"), before)
})

test_that("a picture that is none is named with those there are", {
  expect_input_error(plot(structure(list(), class = "xor_fit"), "brain"),
                     "must be .*hidden.* or .*network")
})
